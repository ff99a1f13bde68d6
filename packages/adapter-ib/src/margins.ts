import { type Clock, MikroBotError, type Tick } from '@mikrobot/core';
import type { ResolvedContract } from './contracts/resolved-contract.js';
import type { WhatIf } from './orders/what-if.js';

/** Ms that a first price may take: at the week's end there is none. */
const PRICE_WAIT = 1_500;

/** What margins are found with. */
export interface MarginParts {
  readonly clock: Clock;
  readonly contracts: readonly ResolvedContract[];
  readonly whatIf: (symbol: string, quantity: number) => Promise<WhatIf>;
  /** Looks at the ticks of a symbol, for a moment. */
  readonly peek: (symbol: string, listener: (tick: Tick) => void) => () => void;
  /** Account currency for one unit of another. */
  readonly rate: (currency: string) => number | undefined;
}

/**
 * The part of its value that a contract takes as margin, by symbol, by orders that are only thought of. A contract whose price or margin
 * cannot be told now is left out.
 * @throws `MikroBotError` `PREFLIGHT_FAILED` when TWS would refuse an order for one of them, with its words
 */
export const findMarginRates = async (parts: MarginParts): Promise<ReadonlyMap<string, number>> => {
  const rates = new Map<string, number>();
  const work = parts.contracts
    .filter(({ tradable }) => tradable)
    .map(async (contract) => {
      const { symbol, instrument } = contract;
      const quantity = instrument.minQuantity;
      const [answer, price] = await Promise.all([
        parts.whatIf(symbol, quantity),
        firstPrice(parts, contract),
      ]);
      if (answer.outcome === 'refused') throw refusal(symbol, answer);
      const rate = parts.rate(instrument.currency);
      if (answer.outcome !== 'known' || price === undefined || rate === undefined) return;
      const marginRate = answer.initialMargin / (price * quantity * instrument.contractSize * rate);
      if (marginRate > 0 && marginRate <= 1) rates.set(symbol, marginRate);
    });
  await Promise.all(work);
  return rates;
};

const refusal = (symbol: string, { code, detail }: { readonly code: string; readonly detail: string }) =>
  new MikroBotError('PREFLIGHT_FAILED', `TWS would refuse an order: ${detail} (${code}).`, {
    where: symbol,
    hint: 'Ask for the trading permission in Client Portal, or take the contract out; `checkMargin: false` skips this check.',
  });

const firstPrice = async (
  { clock, peek }: MarginParts,
  { symbol, spec }: ResolvedContract,
): Promise<number | undefined> => {
  // TWS allows one such stream of a contract in 15 seconds, and that is the bot's.
  if (spec.tickByTick === true) return undefined;
  let [leave, disarm] = [(): void => undefined, (): void => undefined];
  try {
    return await new Promise<number | undefined>((resolve) => {
      // Whether there is market data is found out when the bot asks for it.
      leave = peek(symbol, ({ bid, ask }) => resolve((bid + ask) / 2));
      disarm = clock.arm(`ib first price ${symbol}`, clock.now() + PRICE_WAIT, () => resolve(undefined));
    });
  } finally {
    leave();
    disarm();
  }
};
