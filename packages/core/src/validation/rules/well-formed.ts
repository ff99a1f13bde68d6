import type { Book } from '../../model/book.js';
import type { Finding } from '../../model/refuse.js';
import type { Signal } from '../../model/signal.js';
import type { Rule } from '../rule.js';

const missing = (field: string): Finding => ({ code: 'INCOMPLETE', limit: field, actual: 'missing' });

const FIELDS = ['quantity', 'stop', 'target', 'trail'] as const;

/** The price at which a signal would enter: its order's price, or the side of the quote that it would meet. */
export const entryPrice = (signal: Signal): number =>
  signal.order?.price ?? (signal.side === 'buy' ? signal.quote.ask : signal.quote.bid);

const badNumber = (signal: Signal): Finding | undefined => {
  for (const field of FIELDS) {
    const value = signal[field];
    if (value !== undefined && !(value > 0 && value < Number.POSITIVE_INFINITY)) {
      return { code: 'INVALID', limit: `${field} above 0`, actual: String(value) };
    }
  }
  const { confidence, order } = signal;
  if (confidence !== undefined && !(confidence >= 0 && confidence <= 1)) {
    return { code: 'INVALID', limit: 'confidence from 0 to 1', actual: String(confidence) };
  }
  if (order !== undefined) {
    if (order.type !== 'market' && !((order.price ?? 0) > 0)) return missing('order.price');
    if (order.type === 'stop-limit' && !((order.limitPrice ?? 0) > 0)) return missing('order.limitPrice');
    if (order.timeInForce === 'GTD' && !((order.goodTill ?? 0) > signal.time)) {
      return { code: 'INVALID', limit: 'order.goodTill after the signal', actual: String(order.goodTill) };
    }
  }
  return undefined;
};

const wrongSide = (signal: Signal): Finding | undefined => {
  const entry = entryPrice(signal);
  const { stop, target } = signal;
  const long = signal.side === 'buy';
  if (stop !== undefined && (long ? stop >= entry : stop <= entry)) {
    return { code: 'STOP_WRONG_SIDE', limit: `${long ? 'below' : 'above'} ${entry}`, actual: stop };
  }
  if (target !== undefined && (long ? target <= entry : target >= entry)) {
    return { code: 'TARGET_WRONG_SIDE', limit: `${long ? 'above' : 'below'} ${entry}`, actual: target };
  }
  return undefined;
};

/**
 * Known symbol, sensible numbers, a side where one is needed, stop and target on their sides of the entry.
 * Judges every signal, for a malformed exit would do harm too.
 */
export const wellFormed = (): Rule => ({
  name: 'wellFormed',
  always: true,
  check(signal: Signal, book: Book) {
    if (book.instrument(signal.symbol) === undefined) {
      return { code: 'UNKNOWN_SYMBOL', limit: 'a symbol of the venue', actual: signal.symbol };
    }
    const bad = badNumber(signal);
    if (bad !== undefined) return bad;
    if (signal.intent === 'exit') return undefined;
    if (signal.intent === 'adjust') {
      const nothing = signal.stop === undefined && signal.target === undefined && signal.trail === undefined;
      return nothing ? missing('stop, target or trail') : undefined;
    }
    if (signal.side === undefined) return missing('side');
    if (!(signal.quote.bid > 0)) return { code: 'NO_QUOTE', limit: 'a quote', actual: 'none yet' };
    return wrongSide(signal);
  },
});
