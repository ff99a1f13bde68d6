import { MikroBotError } from '@mikrobot/core';
import type { ContractFacts } from './contract-facts.js';

/** A step of prices from a price on. */
export interface PriceStep {
  readonly from: number;
  readonly step: number;
}

/** What a price may be: the first step, and coarser or finer ones above. */
export interface PriceSteps {
  readonly tickSize: number;
  readonly bands: readonly { readonly from: number; readonly tickSize: number }[];
}

/**
 * The market rule of an exchange; undefined where TWS names none. Its list runs parallel to that of the exchanges.
 * Source: TWS API, Minimum Price Increment.
 */
export const ruleOf = (facts: ContractFacts, exchange: string): number | undefined => {
  const id = facts.marketRuleIds[facts.validExchanges.indexOf(exchange)];
  return id !== undefined && Number.isInteger(id) && id > 0 ? id : undefined;
};

/** Decimal prices: 0.00025 times 100 is not 0.025 in binary. */
const scaled = (value: number, factor: number): number => Number((value * factor).toPrecision(12));

/**
 * The grid of prices by a market rule, or by the details' own smallest tick where there is no rule. Both are in the contract's currency;
 * prices are larger by its magnifier where they are quoted in cents or pence, and so are their steps (ib_async issue 55).
 * @throws `MikroBotError` `BAD_DATA` where neither says a step
 */
export const priceSteps = (
  facts: ContractFacts,
  rule: readonly PriceStep[] | undefined,
  where: string,
): PriceSteps => {
  const { priceMagnifier } = facts;
  const steps = (rule ?? [])
    .filter(({ from, step }) => Number.isFinite(from) && step > 0 && step < Number.POSITIVE_INFINITY)
    .map(({ from, step }) => ({ from: scaled(from, priceMagnifier), tickSize: scaled(step, priceMagnifier) }))
    .sort((a, b) => a.from - b.from);
  // A rule may begin below zero (TICK-NYSE begins at -9999): what holds at zero is the first step.
  const tickSize = steps.findLast(({ from }) => from <= 0)?.tickSize ?? scaled(facts.minTick, priceMagnifier);
  if (!(tickSize > 0))
    throw new MikroBotError('BAD_DATA', 'TWS tells no step of its prices.', {
      where,
      hint: 'Ask TWS for its contract details by hand; without a step no order can be priced.',
    });
  const bands: { from: number; tickSize: number }[] = [];
  for (const band of steps)
    if (band.from > 0 && band.tickSize !== (bands.at(-1)?.tickSize ?? tickSize)) bands.push(band);
  return { tickSize, bands };
};
