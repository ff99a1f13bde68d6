import type { Book, Finding, OrderDraft, PolicyAnswer, Signal } from '@mikrobot/core';
import * as z from 'zod';
import {
  goodBalance,
  goodEquity,
  isFinding,
  knownInstrument,
  sharedCodes,
  signalRate,
  stopDistance,
  unpriced,
} from '../checks.js';
import { lotsAtRisk } from '../formulas/size-by-risk.js';

/** Settings that all policies share which size by what a trade may lose. */
export const riskSettings = {
  basis: z
    .enum(['balance', 'equity'])
    .default('balance')
    .describe('what the fraction is of: balance, or equity (floating profit included)'),
  commission: z
    .number()
    .min(0)
    .default(0)
    .describe('commission of a round trip, account currency per lot; part of what is risked'),
};

/** What is risked of what; see {@link riskSettings}. */
export interface RiskBasis {
  readonly basis: 'balance' | 'equity';
  readonly commission: number;
}

/** What the findings of {@link capAtRisk} mean. */
export const riskCodes = {
  BAD_ACCOUNT: sharedCodes.BAD_ACCOUNT,
  NO_RATE: sharedCodes.NO_RATE,
  UNKNOWN_SYMBOL: sharedCodes.UNKNOWN_SYMBOL,
  UNPRICED: sharedCodes.UNPRICED,
} as const;

/** What the findings about the stop of an order mean. */
export const stopCodes = {
  NO_STOP: sharedCodes.NO_STOP,
  STOP_DISTANCE: sharedCodes.STOP_DISTANCE,
} as const;

/** The balance, or the equity where it is known, in account currency. */
export const capital = (basis: RiskBasis['basis'], { account }: Signal, book: Book): number | Finding =>
  basis === 'balance' ? goodBalance(account) : (unpriced(book) ?? goodEquity(account));

/** Account currency that one lot gains or loses when the price moves by 1. */
export const pointValue = (signal: Signal, book: Book): number | Finding => {
  const instrument = knownInstrument(book, signal.symbol);
  if (isFinding(instrument)) return instrument;
  const rate = signalRate(signal);
  return isFinding(rate) ? rate : instrument.contractSize * rate;
};

/**
 * Caps an order at the lots that lose a fraction of the capital when the price moves by a distance against them:
 * `capital x fraction / (distance x contract size x rate + commission)`.
 */
export const capAtRisk = (
  fraction: number,
  distance: number,
  { basis, commission }: RiskBasis,
  signal: Signal,
  book: Book,
): PolicyAnswer => {
  const money = capital(basis, signal, book);
  if (isFinding(money)) return money;
  const point = pointValue(signal, book);
  if (isFinding(point)) return point;
  const riskAmount = money * fraction;
  return { cap: lotsAtRisk({ riskAmount, stopDistance: distance, pointValue: point, commission }) };
};

/** {@link capAtRisk} at the distance of the order's own stop. */
export const capAtStop = (
  fraction: number,
  terms: RiskBasis,
  order: OrderDraft,
  signal: Signal,
  book: Book,
): PolicyAnswer => {
  const distance = stopDistance(order);
  return isFinding(distance) ? distance : capAtRisk(fraction, distance, terms, signal, book);
};
