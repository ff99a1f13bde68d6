import type { Side } from '../model/side.js';
import type { Draft, Intent } from '../model/signal.js';

/** A draft's fields beside those that the factory's verb sets. */
export type DraftDetails = Omit<Draft, 'symbol' | 'intent' | 'side'>;

/** Verbs that write drafts for one symbol. */
export interface SignalFactory {
  /** Enter long. */
  buy(details?: DraftDetails): Draft;
  /** Enter short. */
  sell(details?: DraftDetails): Draft;
  /** Close the position, or `quantity` lots of it. */
  exit(details?: Pick<DraftDetails, 'quantity' | 'reason' | 'confidence' | 'priority' | 'tags'>): Draft;
  /** Close the position and enter on the other side. */
  reverse(side: Side, details?: DraftDetails): Draft;
  /** Move the open position's stop, target or trailing distance. */
  adjust(details: Pick<DraftDetails, 'stop' | 'target' | 'trail' | 'reason' | 'tags'>): Draft;
}

/** Every field is named: a spread copy that grows becomes a slow dictionary. */
const draft = (
  symbol: string,
  intent: Intent,
  side: Side | undefined,
  details: DraftDetails = {},
): Draft => ({
  symbol,
  intent,
  side,
  quantity: details.quantity,
  order: details.order,
  stop: details.stop,
  target: details.target,
  trail: details.trail,
  confidence: details.confidence,
  reason: details.reason,
  priority: details.priority,
  tags: details.tags,
});

/** The factory for one symbol. */
export const signalFactory = (symbol: string): SignalFactory => ({
  buy: (details) => draft(symbol, 'enter', 'buy', details),
  sell: (details) => draft(symbol, 'enter', 'sell', details),
  exit: (details) => draft(symbol, 'exit', undefined, details),
  reverse: (side, details) => draft(symbol, 'reverse', side, details),
  adjust: (details) => draft(symbol, 'adjust', undefined, details),
});
