import type { EventEmitter } from 'eventemitter3';
import type { Timeframe } from '../market/timeframe.js';
import type { AccountState } from '../model/account.js';
import type { Bar } from '../model/bar.js';
import type { Instrument } from '../model/instrument.js';
import type { FillEvent, OrderEvent, OrderRef, OrderReport } from '../model/order.js';
import type { OrderType, TimeInForce } from '../model/signal.js';
import type { Tick } from '../model/tick.js';
import type { ApprovedOrder } from '../risk/approved-order.js';
import type { Clock } from '../runtime/clock.js';

/** A value now or later. Only adapter methods and `journal.commit()` may be late; core brings late answers in as inputs. */
export type MaybePromise<T> = T | Promise<T>;

/** Whether the venue can do a thing itself; what it cannot, core emulates or refuses. */
export type Support = 'native' | 'none';

/** What an adapter declares. The conformance kit runs what is declared and prints what is skipped. */
export interface Capabilities {
  readonly orderTypes: Readonly<Record<OrderType, Support>>;
  /** `CLS` may be left out where there is no closing auction. */
  readonly timeInForce: Readonly<Record<Exclude<TimeInForce, 'CLS'>, Support>> & { readonly CLS?: Support };
  /**
   * Stop and target attached to an entry and kept by the venue. `none`: core places, resizes and cancels them. `attached`: the venue
   * takes them with the entry and wakes them when all of it has filled, each as large as the entry; from the entry's end on core keeps
   * them.
   */
  readonly bracket: Support | 'attached';
  /**
   * `limits`: of limit orders only. `prices`: the price, and not the quantity. What cannot be amended, core cancels and places anew.
   */
  readonly amend: Support | 'limits' | 'prices';
  /** Orders that can only shrink a position. */
  readonly reduceOnly: Support;
  readonly history: Support;
  /** Whether more can be sold than is held. `none`: core refuses to enter short. Default: native. */
  readonly shorting?: Support;
  /**
   * An order that closes a position locks what it would sell, as on spot markets: a second one is refused for want of holdings.
   * Core then has stop and target placed as one pair ({@link BrokerAdapter.submitPair}), and withdraws them before it exits.
   * Default: it locks nothing.
   */
  readonly closingLocks?: boolean;
}

/** The answer to an order command. `unknown` is never sent again: it is asked for by client order id. */
export type CommandOutcome =
  | { readonly outcome: 'accepted'; readonly venueId?: string | undefined }
  | { readonly outcome: 'rejected'; readonly code: string; readonly detail?: string | undefined }
  | { readonly outcome: 'unknown'; readonly detail: string };

/** The answer to a query by client order id. `absent` is proof that the venue has no such order; `unknown` proves nothing. */
export type QueryOutcome =
  | { readonly outcome: 'found'; readonly report: OrderReport; readonly fills: readonly FillEvent[] }
  | { readonly outcome: 'absent' }
  | { readonly outcome: 'unknown'; readonly detail: string };

/** What the venue holds for the account. An incomplete snapshot is unknown, never empty. */
export interface Snapshot {
  readonly complete: boolean;
  /** Venue time up to which it holds, epoch ms. */
  readonly asOf: number;
  readonly account: AccountState;
  /** Orders that still work. */
  readonly orders: readonly OrderReport[];
  readonly positions: readonly VenuePosition[];
}

/** A position as the venue keeps it; hedging accounts can have several of one symbol. */
export interface VenuePosition {
  readonly symbol: string;
  /** Signed lots. */
  readonly quantity: number;
  readonly averagePrice: number;
  readonly venueId?: string | undefined;
}

/** The state of the line to the venue. `dataLost`: events may have been missed, so core reconciles. */
export interface ConnectionState {
  readonly state: 'up' | 'degraded' | 'down';
  readonly dataLost: boolean;
  readonly detail: string;
}

/** Market data that is wanted. */
export interface StreamRequest {
  readonly symbol: string;
}

/** Past bars that are wanted: `from` inclusive, `to` exclusive, epoch ms. */
export interface HistoryQuery {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly from: number;
  readonly to: number;
}

/** What adapters emit. A tick object may be reused by the adapter: core reads it and never keeps it. */
export interface AdapterEvents {
  tick: (tick: Tick) => void;
  order: (event: OrderEvent) => void;
  account: (state: AccountState) => void;
  connection: (state: ConnectionState) => void;
  /** The venue is alive: at the latest every few seconds while connected. */
  heartbeat: () => void;
}

/**
 * The one port to a broker. Extend EventEmitter3's `EventEmitter<AdapterEvents>` and implement this.
 * No method retries an order; no method throws for what the venue said, it answers with an outcome.
 */
export interface BrokerAdapter extends EventEmitter<AdapterEvents> {
  readonly name: string;
  readonly capabilities: Capabilities;
  /** Adapters that bring their own time (a replayed market); others leave it out and get the system's clock. */
  readonly clock?: Clock;
  /** Whether its market moves by itself. Default: it does, unless the adapter has {@link play}. */
  readonly realTime?: boolean;
  /** Opens the line and authorises. Rejects with a `MikroBotError` when it cannot. */
  connect(abort: AbortSignal): MaybePromise<void>;
  instruments(): MaybePromise<readonly Instrument[]>;
  /** Starts a stream that outlives reconnects. Returns the way to end it. */
  subscribe(stream: StreamRequest): MaybePromise<() => void>;
  history(query: HistoryQuery): AsyncIterable<Bar>;
  snapshot(): MaybePromise<Snapshot>;
  submit(order: ApprovedOrder): MaybePromise<CommandOutcome>;
  /**
   * Places the stop and the target of one position, of which the venue keeps one: when one trades or ends, so does the other. Both
   * are taken or neither, so there is one answer. Needed where `closingLocks` is declared, and only called there.
   */
  submitPair?(stop: ApprovedOrder, target: ApprovedOrder): MaybePromise<CommandOutcome>;
  /** Replaces price and quantity (in all, what has filled included) of a working order that keeps its client order id. */
  amend(order: ApprovedOrder, replaces: OrderRef): MaybePromise<CommandOutcome>;
  cancel(order: OrderRef): MaybePromise<CommandOutcome>;
  /** Looks an order up by client order id, also one of an earlier process. */
  query(order: OrderRef): MaybePromise<QueryOutcome>;
  close(): MaybePromise<void>;
  /** Adapters that own their market play it to its end here; `bot.run()` awaits it. Live adapters leave it out. */
  play?(abort: AbortSignal): Promise<void>;
}
