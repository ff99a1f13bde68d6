import type { Side } from './side.js';

/** How a round trip ended: by its stop or target, by an order of the strategy, a person or core, or by the venue itself. */
export type TradeExit = 'stop' | 'target' | 'order' | 'venue';

/** A finished round trip of one ledger: from flat to flat, or to the other side. */
export interface Trade {
  /** The ledger: a run's or a person's name. */
  readonly owner: string;
  readonly symbol: string;
  /** The side of the position. */
  readonly side: Side;
  /** The most lots that were open. */
  readonly quantity: number;
  /** Epoch ms of the first and the last fill. */
  readonly opened: number;
  readonly closed: number;
  /** Account currency, after commission. */
  readonly profit: number;
  readonly exit: TradeExit;
}
