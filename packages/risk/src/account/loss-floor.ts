import type { Book, Finding, OrderDraft, PolicyAnswer, RiskEvent, Signal } from '@mikrobot/core';
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
import { leavingOf } from '../exposure/ledgers.js';
import { openRisk, openRiskCodes } from '../exposure/open-risk.js';

/** The equity that a loss counts from, and the equity at which it is too much; account currency. */
export interface LossFloor {
  readonly from: number;
  readonly floor: number;
}

/** What the findings of {@link judgeFloor} mean, beside the two that its caller names. */
export const floorCodes = {
  ...openRiskCodes,
  BAD_ACCOUNT: sharedCodes.BAD_ACCOUNT,
  NO_STOP: sharedCodes.NO_STOP,
  STOP_DISTANCE: sharedCodes.STOP_DISTANCE,
  UNPRICED: sharedCodes.UNPRICED,
} as const;

/** Binary dust of sums of money, as a fraction: a hundredth of a cent on 100,000. */
const DUST = 1e-9;

/** Whether an equity is at its floor or below. NaN is neither. */
export const atFloor = (equity: number, { from, floor }: LossFloor): boolean => equity <= floor + from * DUST;

/** The balance before an event changed it: a fill is booked before it is told. @returns `BAD_ACCOUNT` unless it is positive */
export const balanceBefore = (book: Book, event: RiskEvent | undefined): number | Finding => {
  const { balance } = book.account();
  if (event?.type !== 'fill') return goodBalance({ balance });
  const { profit, commission } = event.fill;
  return goodBalance({ balance: balance - profit + commission });
};

/** The equity, where it is known. @returns `UNPRICED` or `BAD_ACCOUNT` where it is not */
export const knownEquity = (book: Book): number | Finding => unpriced(book) ?? goodEquity(book.account());

/**
 * Keeps the equity above a floor: refuses at the floor and, with `includeOpenRisk`, caps the size so that the equity stays at or
 * above it when the stops of the order, of all positions and of all entries on their way are hit.
 * @param codes - of the refusals at the floor, and where open stops use up all the room above it
 */
export const judgeFloor = (
  order: OrderDraft,
  signal: Signal,
  book: Book,
  limit: LossFloor,
  codes: { readonly reached: string; readonly full: string },
  includeOpenRisk: boolean,
): PolicyAnswer => {
  const equity = knownEquity(book);
  if (isFinding(equity)) return equity;
  const { from, floor } = limit;
  if (atFloor(equity, limit)) return { code: codes.reached, limit: from - floor, actual: from - equity };
  if (!includeOpenRisk) return undefined;
  const instrument = knownInstrument(book, order.symbol);
  if (isFinding(instrument)) return instrument;
  const distance = stopDistance(order);
  if (isFinding(distance)) return distance;
  const rate = signalRate(signal);
  if (isFinding(rate)) return rate;
  const open = openRisk(book, leavingOf(signal));
  if (isFinding(open)) return open;
  if (atFloor(equity - open, limit))
    return { code: codes.full, limit: from - floor, actual: from - equity + open };
  return { cap: (equity - open - floor) / (distance * instrument.contractSize * rate) };
};
