import { EventEmitter } from 'eventemitter3';
import type {
  AdapterEvents,
  BrokerAdapter,
  Capabilities,
  CommandOutcome,
  MaybePromise,
  QueryOutcome,
  Snapshot,
  VenuePosition,
} from '../execution/broker-adapter.js';
import type { AccountState } from '../model/account.js';
import type { Bar } from '../model/bar.js';
import { defineInstrument, type Instrument } from '../model/instrument.js';
import type { OrderEvent, OrderRef, OrderReport, OrderRequest } from '../model/order.js';
import type { ApprovedOrder } from '../risk/approved-order.js';
import { VirtualClock } from '../runtime/virtual-clock.js';

/** EURUSD as most brokers specify it. */
export const eurusd: Instrument = defineInstrument({
  symbol: 'EURUSD',
  assetClass: 'forex',
  currency: 'USD',
  contractSize: 100_000,
  tickSize: 0.00001,
  pipSize: 0.0001,
  quantityStep: 0.01,
  minQuantity: 0.01,
  maxQuantity: 50,
});

const can: Capabilities = {
  orderTypes: {
    market: 'native',
    limit: 'native',
    stop: 'native',
    'stop-limit': 'native',
    'trailing-stop': 'none',
  },
  timeInForce: { GTC: 'native', DAY: 'native', GTD: 'native', IOC: 'native', FOK: 'native' },
  bracket: 'none',
  amend: 'native',
  reduceOnly: 'native',
  history: 'none',
};

/** What the bot asked of the venue, in order. */
export type Heard =
  | { readonly command: 'submit'; readonly request: OrderRequest }
  | { readonly command: 'pair'; readonly stop: OrderRequest; readonly target: OrderRequest }
  | { readonly command: 'amend'; readonly request: OrderRequest; readonly ref: OrderRef }
  | { readonly command: 'cancel' | 'query'; readonly ref: OrderRef };

/**
 * A venue that does nothing by itself: a test says how it answers and what it tells. It matches nothing, so no test can pass on
 * the strength of our own matching engine.
 */
export class ScriptedVenue extends EventEmitter<AdapterEvents> implements BrokerAdapter {
  readonly name = 'scripted';
  readonly clock = new VirtualClock(1_700_000_000_000);
  readonly capabilities: Capabilities;
  readonly heard: Heard[] = [];
  account: AccountState = {
    id: 'T1',
    currency: 'USD',
    mode: 'netting',
    live: false,
    balance: 10_000,
    equity: 10_000,
    margin: 0,
    leverage: 30,
  };
  complete = true;
  /** What the account holds, as a snapshot tells it. */
  positions: readonly VenuePosition[] = [];
  /** Orders that work, as a snapshot tells them. */
  orders: readonly OrderReport[] = [];
  /** How a submit is answered. */
  onSubmit: (request: OrderRequest) => MaybePromise<CommandOutcome> = () => ({ outcome: 'accepted' });
  onPair: (stop: OrderRequest, target: OrderRequest) => MaybePromise<CommandOutcome> = () => ({
    outcome: 'accepted',
  });
  onAmend: (request: OrderRequest, ref: OrderRef) => MaybePromise<CommandOutcome> = () => ({
    outcome: 'accepted',
  });
  onCancel: (ref: OrderRef) => MaybePromise<CommandOutcome> = () => ({ outcome: 'accepted' });
  onQuery: (ref: OrderRef) => MaybePromise<QueryOutcome> = () => ({
    outcome: 'unknown',
    detail: 'not asked to answer',
  });
  #trades = 0;

  constructor(over: Partial<Capabilities> = {}) {
    super();
    this.capabilities = { ...can, ...over };
  }

  connect(): void {
    // A script has no line to open.
  }

  instruments(): readonly Instrument[] {
    return [eurusd];
  }

  subscribe(): () => void {
    this.emit('heartbeat');
    return () => undefined;
  }

  async *history(): AsyncIterable<Bar> {
    // A script has no past.
  }

  snapshot(): Snapshot {
    return {
      complete: this.complete,
      asOf: this.clock.now(),
      account: this.account,
      orders: this.orders,
      positions: this.positions,
    };
  }

  submit({ request }: ApprovedOrder): MaybePromise<CommandOutcome> {
    this.heard.push({ command: 'submit', request });
    return this.onSubmit(request);
  }

  submitPair(stop: ApprovedOrder, target: ApprovedOrder): MaybePromise<CommandOutcome> {
    this.heard.push({ command: 'pair', stop: stop.request, target: target.request });
    return this.onPair(stop.request, target.request);
  }

  amend({ request }: ApprovedOrder, ref: OrderRef): MaybePromise<CommandOutcome> {
    this.heard.push({ command: 'amend', request, ref });
    return this.onAmend(request, ref);
  }

  cancel(ref: OrderRef): MaybePromise<CommandOutcome> {
    this.heard.push({ command: 'cancel', ref });
    return this.onCancel(ref);
  }

  query(ref: OrderRef): MaybePromise<QueryOutcome> {
    this.heard.push({ command: 'query', ref });
    return this.onQuery(ref);
  }

  close(): void {
    // A script has no line to close.
  }

  /** The market moves, and time with it. */
  tick(bid: number, ask = bid + 0.0001, afterMs = 1_000): void {
    this.clock.advance(this.clock.now() + afterMs);
    this.emit('tick', { symbol: 'EURUSD', time: this.clock.now(), bid, ask, volume: 1 });
  }

  /** Requests that were submitted. */
  get submitted(): readonly OrderRequest[] {
    return this.heard.flatMap((h) => (h.command === 'submit' ? [h.request] : []));
  }

  /** The venue tells of a trade. */
  fill(
    request: OrderRequest,
    quantity = request.quantity,
    price = 1.1,
    remaining = request.quantity - quantity,
    { commission = 0, profit = 0 }: { readonly commission?: number; readonly profit?: number } = {},
  ): void {
    this.tell({
      type: 'fill',
      id: request.id,
      symbol: request.symbol,
      time: this.clock.now(),
      tradeId: `t${this.#trades++}`,
      side: request.side,
      quantity,
      price,
      remaining,
      commission,
      profit,
    });
  }

  tell(event: OrderEvent): void {
    this.emit('order', event);
  }

  cancelled(request: { readonly id: string; readonly symbol: string }): void {
    const { id, symbol } = request;
    this.tell({ type: 'cancelled', id, symbol, time: this.clock.now(), reason: 'asked to' });
  }
}
