import type { Draft } from '../model/signal.js';

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
  reverse(side: 'buy' | 'sell', details?: DraftDetails): Draft;
  /** Move the open position's stop, target or trailing distance. */
  adjust(details: Pick<DraftDetails, 'stop' | 'target' | 'trail' | 'reason' | 'tags'>): Draft;
}

/** The factory for one symbol. */
export const signalFactory = (symbol: string): SignalFactory => ({
  buy: (details) => ({ ...details, symbol, intent: 'enter', side: 'buy' }),
  sell: (details) => ({ ...details, symbol, intent: 'enter', side: 'sell' }),
  exit: (details) => ({ ...details, symbol, intent: 'exit' }),
  reverse: (side, details) => ({ ...details, symbol, intent: 'reverse', side }),
  adjust: (details) => ({ ...details, symbol, intent: 'adjust' }),
});
