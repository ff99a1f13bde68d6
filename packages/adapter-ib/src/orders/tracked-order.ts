import type { CommandOutcome, FillEvent, OrderEvent, OrderType, Side } from '@mikrobot/core';
import type { Order } from '@stoqey/ib';
import type { SeenOrder } from './seen-order.js';

/** How an order ended. */
export type End = 'filled' | 'cancelled' | 'expired' | 'rejected';

/** An end that is not told yet, with its reason. */
export interface Ending {
  readonly end: Exclude<End, 'filled'>;
  readonly reason: string;
}

/** A command that waits for its answer. */
export type Settle = (outcome: CommandOutcome) => void;

/** What is known of one order of ours: what was sent, what TWS shows, and what was told. */
export interface TrackedOrder {
  /** Client order id. */
  readonly id: string;
  readonly symbol: string;
  clientId: number;
  /** 0 where it is not known. */
  orderId: number;
  /** 0 until TWS has told it. */
  permId: number;
  readonly side: Side;
  readonly type: OrderType;
  readonly tif: string;
  /** Of GTD orders: epoch ms. */
  readonly goodTill: number | undefined;
  /** Lots in all; 0 where it is not known. */
  quantity: number;
  /** The most lots that it was ever for, as asked or as shown. */
  most: number;
  price: number | undefined;
  /** The entry that it protects, where TWS keeps both as a bracket. */
  readonly entry: TrackedOrder | undefined;
  /** The legs that TWS keeps with it. */
  readonly legs: TrackedOrder[];
  /** As it was sent in this process. */
  readonly sent: Order | undefined;
  /** As TWS showed it last. */
  shown: SeenOrder | undefined;
  status: string;
  /** Why TWS holds it, such as `trigger` or `child`. */
  heldFor: string;
  /** Trades that were told. */
  readonly fills: FillEvent[];
  /** Lots of {@link fills}. */
  filled: number;
  /** Lots that TWS has counted as traded. */
  counted: number;
  /** Lots that it had traded when TWS called it filled: its quantity, whatever changes were asked for. Undefined until then. */
  whole: number | undefined;
  /** Whether TWS has said that it works or has traded. */
  accepted: boolean;
  /** Whether TWS has not shown it since the line or the way to IB was open again: to send its id could place a new order. */
  missing: boolean;
  /** Whether TWS shows it at work after its end was told: TWS knows better. */
  revived: boolean;
  triggered: boolean;
  /** Whether we asked for its end. */
  cancelAsked: boolean;
  /** What TWS refused it, or a change of it, with, and when (epoch ms). */
  refusal: { readonly code: string; readonly detail: string; readonly at: number } | undefined;
  /** How it ends, once its trades are told. */
  ending: Ending | undefined;
  /** How it ended; nothing is told of it afterwards, but trades. */
  ended: End | undefined;
  /** What of a leg waits until its entry has traded: before, nobody knows of legs. */
  withheld: OrderEvent[];
  submitting: Settle | undefined;
  amending:
    | { readonly settle: Settle; readonly quantity: number; readonly price: number | undefined }
    | undefined;
  cancelling: Settle | undefined;
  /** Takes back the timer that waits for its trades. */
  disarm: (() => void) | undefined;
}

/** What a {@link TrackedOrder} begins with. */
export type OrderFacts = Pick<
  TrackedOrder,
  'id' | 'symbol' | 'clientId' | 'orderId' | 'permId' | 'side' | 'type' | 'tif' | 'quantity' | 'price'
> &
  Partial<Pick<TrackedOrder, 'goodTill' | 'entry' | 'sent' | 'shown' | 'accepted'>>;

/** An order of which nothing was told yet. */
export const track = (facts: OrderFacts): TrackedOrder => ({
  goodTill: undefined,
  entry: undefined,
  sent: undefined,
  shown: undefined,
  accepted: false,
  ...facts,
  most: facts.quantity,
  legs: [],
  status: '',
  heldFor: '',
  fills: [],
  filled: 0,
  counted: 0,
  whole: undefined,
  missing: false,
  revived: false,
  triggered: false,
  cancelAsked: false,
  refusal: undefined,
  ending: undefined,
  ended: undefined,
  withheld: [],
  submitting: undefined,
  amending: undefined,
  cancelling: undefined,
  disarm: undefined,
});

/** Whether a leg waits for its entry, so that nobody is to hear of it. */
export const waitsForEntry = ({ entry }: TrackedOrder): boolean => entry !== undefined && entry.filled === 0;
