import type { Book, Finding, Instrument, OrderDraft, PendingEntry, Signal } from '@mikrobot/core';
import { bookRate, isFinding, knownInstrument, shown, signalRate } from '../checks.js';
import { leavingOf } from './ledgers.js';
import { openLots } from './open-lots.js';

/** What is open, in account currency, and what an order would add to it. */
export interface GrossValue {
  /** Of all positions and entries on their way, each at the middle of its quote. */
  readonly open: number;
  /** Of one lot of the order at its price; positive. */
  readonly lot: number;
  /** Lots of the order that add nothing, because they only take a netting account's net to the other side. */
  readonly free: number;
}

/** How much of its notional value an instrument counts with: 1 for leverage, its margin rate for margin, 0 to leave it out. */
export type Weight = (instrument: Instrument) => number;

/** The notional value of one lot at the middle of the quote, account currency. @returns `NO_QUOTE` or `NO_RATE` when unknown */
const lotValue = (book: Book, { symbol, contractSize, currency }: Instrument): number | Finding => {
  const quote = book.quote(symbol);
  const mid = quote === undefined ? Number.NaN : (quote.bid + quote.ask) / 2;
  if (!(mid > 0 && mid < Number.POSITIVE_INFINITY))
    return { code: 'NO_QUOTE', limit: 'a price for every position', actual: symbol };
  const rate = bookRate(book, currency, book.account().currency);
  return isFinding(rate) ? rate : mid * contractSize * rate;
};

/**
 * The gross notional value of everything open: lots x contract size x price x rate. Hedging counts each ledger, netting the net;
 * entries on their way count as if those fill that make it worst.
 * @param entries - those on their way; all of the book when left out
 */
export const grossValue = (
  order: OrderDraft,
  signal: Signal,
  book: Book,
  weight: Weight,
  entries: readonly PendingEntry[] = book.entries(),
): GrossValue | Finding => {
  const own = knownInstrument(book, order.symbol);
  if (isFinding(own)) return own;
  if (!(order.price > 0 && order.price < Number.POSITIVE_INFINITY))
    return { code: 'NO_QUOTE', limit: 'a price above 0', actual: shown(order.price) };
  const ownRate = signalRate(signal);
  if (isFinding(ownRate)) return ownRate;
  let open = 0;
  for (const symbol of book.exposed()) {
    const instrument = knownInstrument(book, symbol);
    if (isFinding(instrument)) return instrument;
    const counts = weight(instrument);
    if (counts === 0) continue;
    const { gross } = openLots(book, symbol, order.side, leavingOf(signal), entries);
    if (gross === 0) continue;
    const value = lotValue(book, instrument);
    if (isFinding(value)) return value;
    open += gross * value * counts;
  }
  const { free } = openLots(book, order.symbol, order.side, leavingOf(signal), entries);
  return { open, free, lot: order.price * own.contractSize * ownRate * weight(own) };
};

/**
 * Lots of an order that keep the gross value within a limit, or the finding where not even the smallest part would. Where the
 * limit is passed already, lots that only bring a net closer to zero are still allowed.
 * @param limit - account currency
 */
export const lotsWithin = (
  limit: number,
  { open, free, lot }: GrossValue,
  above: () => Finding,
): { readonly cap: number } | Finding => {
  const room = limit - open + free * lot;
  const cap = room / lot;
  // Binary dust of sums of money must not become a size, nor must a product that overflowed.
  return room > limit * 1e-9 && cap > 0 ? { cap } : above();
};
