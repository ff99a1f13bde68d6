import type { Book } from '../model/book.js';
import { entryPrice } from '../model/entry-price.js';
import type { Side } from '../model/side.js';
import type { Approval, Draft, Signal, SignalOrigin } from '../model/signal.js';
import type { Quote } from '../model/tick.js';

const NO_QUOTE: Quote = { time: 0, bid: 0, ask: 0 };

/** A target given as a multiple of the stop's distance, as a price. 0, which validation refuses, when there is no distance. */
const targetPrice = (draft: Draft, side: Side | undefined, entry: number): number | undefined => {
  const { target, stop, trail } = draft;
  if (target === undefined || typeof target === 'number') return target;
  const distance = stop === undefined ? trail : Math.abs(entry - stop);
  if (distance === undefined || side === undefined) return 0;
  return side === 'buy' ? entry + target.r * distance : entry - target.r * distance;
};

/** Whose signal it is. */
export interface Origin {
  /** The ledger: a run's or a person's name. */
  readonly source: string;
  readonly origin: SignalOrigin;
  readonly approval?: Approval;
}

/** Adds to a draft what only core may say: id, source, time, quote, rate and account figures. */
export const stampSignal = (book: Book, id: string, draft: Draft, from: Origin): Signal => {
  const { source, origin, approval } = from;
  const { symbol, intent, side } = draft;
  const live = book.quote(symbol);
  const quote = live === undefined ? NO_QUOTE : { time: live.time, bid: live.bid, ask: live.ask };
  const { currency, balance, equity } = book.account();
  const instrument = book.instrument(symbol);
  const held = book.position(symbol, source);
  const adjusts = intent === 'adjust' && held.quantity !== 0;
  const way = adjusts ? (held.quantity > 0 ? 'buy' : 'sell') : side;
  const entry = adjusts ? held.averagePrice : entryPrice({ order: draft.order, side: way, quote });
  return {
    kind: 'signal',
    id,
    source,
    origin,
    time: book.now(),
    symbol,
    intent,
    side,
    quantity: draft.quantity,
    order: draft.order,
    stop: draft.stop,
    target: targetPrice(draft, way, entry),
    trail: draft.trail,
    confidence: draft.confidence,
    reason: draft.reason ?? '',
    priority: draft.priority ?? 'normal',
    tags: draft.tags,
    quote,
    rate: instrument === undefined ? undefined : book.rate(instrument.currency, currency),
    account: { currency, balance, equity },
    approval,
  };
};
