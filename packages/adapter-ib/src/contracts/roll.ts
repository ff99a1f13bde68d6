import { MikroBotError } from '@mikrobot/core';
import type { ContractFacts } from './contract-facts.js';
import type { FutureSpec, MonthCode } from './contract-spec.js';
import { ambiguous, distinct } from './pick-contract.js';
import { exchangeZone } from './time-zone.js';

const DAY_MS = 86_400_000;
const CODES: readonly MonthCode[] = ['F', 'G', 'H', 'J', 'K', 'M', 'N', 'Q', 'U', 'V', 'X', 'Z'];

/** Days since 1970 of `20251219`. */
const dayNumber = (date: string): number =>
  Date.UTC(Number(date.slice(0, 4)), Number(date.slice(4, 6)) - 1, Number(date.slice(6, 8))) / DAY_MS;

/** Which expiry of a future is traded, and what people should know about it. */
export interface Rolled {
  readonly facts: ContractFacts;
  readonly note: string | undefined;
}

const monthOf = (facts: ContractFacts): MonthCode | undefined =>
  CODES[Number((facts.month || facts.expiry).slice(4, 6)) - 1];

/** Expiries that are still traded and wanted, in order. */
const chainOf = (spec: FutureSpec, candidates: readonly ContractFacts[], today: number): ContractFacts[] =>
  distinct(candidates)
    .filter(({ expiry }) => /^\d{8}$/.test(expiry) && dayNumber(expiry) >= today)
    .filter((facts) => spec.months === undefined || spec.months.includes(monthOf(facts)!))
    .sort((a, b) => (a.expiry < b.expiry ? -1 : 1));

/**
 * The expiry to trade: one that the account holds or has an order in before all others (the nearest, where it holds several), else the
 * nearest that is more than `rollDaysBefore` days from its last trading day, by the date at the exchange.
 * @param held - contract ids with a position, or an order of ours that works
 * @param now - epoch ms
 * @throws `MikroBotError` `BAD_CONFIG` where contracts of several kinds fit, `UNKNOWN_INSTRUMENT` where none is left
 */
export const rollFuture = (
  symbol: string,
  spec: FutureSpec,
  candidates: readonly ContractFacts[],
  held: ReadonlySet<number>,
  now: number,
): Rolled => {
  const zone = exchangeZone(candidates[0]?.timeZoneId ?? '');
  const today = Math.floor((zone?.toLocal(now) ?? now) / DAY_MS);
  const chain = chainOf(spec, candidates, today);
  const kinds = new Set(chain.map((facts) => `${facts.tradingClass} ${facts.multiplier} ${facts.currency}`));
  if (kinds.size > 1) throw ambiguous(symbol, chain);
  const front = chain.find(({ expiry }) => dayNumber(expiry) - today > spec.rollDaysBefore) ?? chain.at(-1);
  if (front === undefined)
    throw new MikroBotError(
      'UNKNOWN_INSTRUMENT',
      `none of the ${candidates.length} expiries of ${spec.root} is left.`,
      {
        where: `contract ${symbol}`,
        hint: 'Compare `months` with those that the exchange lists.',
      },
    );
  const holding = distinct(candidates)
    .filter(({ contractId }) => held.has(contractId))
    .sort((a, b) => (a.expiry < b.expiry ? -1 : 1))[0];
  if (holding === undefined || holding.contractId === front.contractId)
    return { facts: front, note: undefined };
  return {
    facts: holding,
    note: `${symbol} is ${holding.localSymbol} (${holding.expiry}), which the account holds or has an order in; the front month is ${front.localSymbol}`,
  };
};

/**
 * What should be said of a future that has come near its end since it was chosen.
 * @param now - epoch ms
 */
export const rollNote = (
  symbol: string,
  spec: FutureSpec,
  facts: ContractFacts,
  now: number,
): string | undefined => {
  const today = Math.floor((exchangeZone(facts.timeZoneId)?.toLocal(now) ?? now) / DAY_MS);
  const left = dayNumber(facts.expiry) - today;
  if (spec.roll !== 'front' || !(left <= spec.rollDaysBefore)) return undefined;
  return `${symbol} is ${facts.localSymbol}, whose last trading day is ${left < 0 ? 'over' : `in ${left} days`}: be flat and start anew to roll`;
};
