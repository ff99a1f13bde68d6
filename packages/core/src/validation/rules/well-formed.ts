import type { Book } from '../../model/book.js';
import { entryPrice } from '../../model/entry-price.js';
import type { Finding } from '../../model/refuse.js';
import type { Signal } from '../../model/signal.js';
import type { Rule } from '../rule.js';

const missing = (field: string): Finding => ({ code: 'INCOMPLETE', limit: field, actual: 'missing' });

const FIELDS = ['quantity', 'stop', 'target', 'trail'] as const;

const notPositive = (field: string, value: number | undefined): Finding | undefined =>
  value === undefined || (value > 0 && value < Number.POSITIVE_INFINITY)
    ? undefined
    : { code: 'INVALID', limit: `${field} above 0`, actual: String(value) };

const badOrder = ({ order, time }: Signal): Finding | undefined => {
  if (order === undefined) return undefined;
  const { type, price, limitPrice, timeInForce, goodTill } = order;
  if (type === 'market' && price !== undefined)
    return { code: 'INVALID', limit: 'no order.price with a market order', actual: price };
  if (type !== 'market' && price === undefined) return missing('order.price');
  if (type === 'stop-limit' && limitPrice === undefined) return missing('order.limitPrice');
  if (timeInForce === 'GTD' && !(goodTill !== undefined && goodTill > time && Number.isFinite(goodTill)))
    return { code: 'INVALID', limit: 'order.goodTill after the signal', actual: String(goodTill) };
  if (timeInForce === 'CLS' && type !== 'market' && type !== 'limit')
    return { code: 'INVALID', limit: 'a market or limit order at the close', actual: type };
  return notPositive('order.price', price) ?? notPositive('order.limitPrice', limitPrice);
};

const badNumber = (signal: Signal): Finding | undefined => {
  for (const field of FIELDS) {
    const bad = notPositive(field, signal[field]);
    if (bad !== undefined) return bad;
  }
  const { confidence } = signal;
  return confidence === undefined || (confidence >= 0 && confidence <= 1)
    ? undefined
    : { code: 'INVALID', limit: 'confidence from 0 to 1', actual: String(confidence) };
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
    const bad = badNumber(signal) ?? badOrder(signal);
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
