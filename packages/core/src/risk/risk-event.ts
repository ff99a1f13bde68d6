import type { ConnectionState } from '../execution/broker-adapter.js';
import type { Decision } from '../model/decision.js';
import type { Fill, OrderRequest, OrderState } from '../model/order.js';
import type { Signal } from '../model/signal.js';
import type { Trade } from '../model/trade.js';
import type { ParsedCommand } from '../runtime/command.js';

/**
 * What a policy with a memory is told, each once and in order. The book given with it is that of the moment: a fill is booked
 * before it is told.
 */
export type RiskEvent =
  /** The bot is active: account, instruments and positions are known, saved states are loaded. */
  | { readonly type: 'start' }
  /** Prices moved; only told to policies that watch them. The same mark may be told twice. */
  | { readonly type: 'mark' }
  /** The moment came that a memory asked for by `wakeAt`. */
  | { readonly type: 'time' }
  /** An order was approved and will be sent. It counts from here on. */
  | { readonly type: 'sent'; readonly order: OrderRequest; readonly signal: Signal }
  /** An order goes to the venue now: an approved one, after what it had to wait for, or a leg of its protection. */
  | { readonly type: 'submitted'; readonly order: OrderRequest }
  /** An order ended; `filled` in lots. */
  | {
      readonly type: 'ended';
      readonly order: OrderRequest;
      readonly state: OrderState;
      readonly filled: number;
    }
  /**
   * A trade was booked. `expected` is the price that it should have had: the quote that the signal saw, or the trigger of a stop;
   * undefined for limits, which cannot slip, and for what no order of ours made.
   */
  | { readonly type: 'fill'; readonly fill: Fill; readonly expected: number | undefined }
  /**
   * A position that was to have a stop is no longer without one: the venue has it, or the position is closed. `naked`: ms from its
   * first trade until then.
   */
  | {
      readonly type: 'protected';
      readonly symbol: string;
      readonly owner: string;
      readonly naked: number;
    }
  /** A round trip is finished. */
  | { readonly type: 'trade'; readonly trade: Trade }
  /** The final word on a signal. */
  | { readonly type: 'decision'; readonly decision: Decision }
  | { readonly type: 'connection'; readonly connection: ConnectionState }
  /** A command that was obeyed, of a person, of another part of the system, or of a policy. */
  | { readonly type: 'command'; readonly command: ParsedCommand };
