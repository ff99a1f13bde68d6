import {
  type AdapterEvents,
  type ApprovedOrder,
  type Bar,
  type BrokerAdapter,
  type Capabilities,
  type CommandOutcome,
  defineInstrument,
  type FillEvent,
  type Instrument,
  type MaybePromise,
  MikroBotError,
  type OrderRef,
  type OrderReport,
  type OrderRequest,
  type QueryOutcome,
  type Snapshot,
  type StreamRequest,
} from '@mikrobot/core';
import { EventEmitter } from 'eventemitter3';

// ---- The venue: yours is at the other end of a socket. It nets, and keeps no brackets.

/** An order in the venue's words. */
export interface ToyOrder {
  readonly cid: string;
  readonly buy: boolean;
  readonly kind: 'MKT' | 'LMT' | 'STP';
  readonly qty: number;
  readonly px: number;
  readonly ioc: boolean;
  state: 'open' | 'done' | 'cancelled';
  readonly trades: ToyTrade[];
}

/** A trade in the venue's words. */
export interface ToyTrade {
  readonly no: number;
  readonly qty: number;
  readonly px: number;
  readonly pnl: number;
  readonly left: number;
  readonly ts: number;
}

/** Calls back one connection. */
export interface ToyLine {
  quote(bid: number, ask: number, ts: number): void;
  order(order: ToyOrder, trade: ToyTrade | undefined, ts: number): void;
  dropped(): void;
}

/** The venue. Its fields are what a test does to it. */
export class ToyServer {
  readonly lines = new Set<ToyLine>();
  readonly orders = new Map<string, ToyOrder>();
  bid = 1.1;
  ask = 1.1001;
  net = 0;
  paid = 0;
  balance = 10_000;
  /** Lots that a quote trades of an order. */
  depth = Number.POSITIVE_INFINITY;
  /** Ms by which the venue's clock is ahead. */
  skew = 0;
  /** What the next order command meets. */
  fate: 'lose answer' | 'lose request' | 'NO_MONEY' | 'TOO_MANY' | undefined;
  /** Whether it answers questions. */
  blind = false;
  repeat = false;
  up = true;
  #trades = 0;
  #waiting: (() => void)[] = [];

  now(): number {
    return Date.now() + this.skew;
  }

  /** Connects as soon as the venue can be reached. */
  async dial(line: ToyLine, abort: AbortSignal): Promise<void> {
    while (!this.up && !abort.aborted) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
        abort.addEventListener('abort', () => resolve(), { once: true });
      });
    }
    if (abort.aborted) throw new Error('aborted');
    this.lines.add(line);
  }

  setLine(up: boolean): void {
    this.up = up;
    if (up) for (const resolve of this.#waiting.splice(0)) resolve();
    else for (const line of [...this.lines]) if (this.lines.delete(line)) line.dropped();
  }

  /** One request and its answer. */
  async call<T>(asks: boolean, work: () => T): Promise<T | { readonly error: string }> {
    const { fate } = this;
    if (!asks) this.fate = undefined;
    if (!this.up || (asks && this.blind) || (!asks && fate === 'lose request')) throw new Error('timed out');
    if (!asks && (fate === 'NO_MONEY' || fate === 'TOO_MANY')) return { error: fate };
    const answer = work();
    if (!asks && fate === 'lose answer') throw new Error('socket hang up');
    return answer;
  }

  place(order: ToyOrder): { readonly error?: string } {
    if (this.orders.has(order.cid)) return { error: 'DUPLICATE' };
    this.orders.set(order.cid, order);
    this.tell(order);
    this.match(order);
    if (order.ioc && order.state === 'open') this.cancel(order.cid);
    return {};
  }

  cancel(cid: string): { readonly error?: string } {
    const order = this.orders.get(cid);
    if (order?.state !== 'open') return { error: 'NOT_OPEN' };
    order.state = 'cancelled';
    this.tell(order);
    return {};
  }

  quote(bid: number, ask: number): void {
    this.bid = bid;
    this.ask = ask;
    for (const line of this.lines) line.quote(bid, ask, this.now());
    for (const order of this.orders.values()) if (order.state === 'open') this.match(order);
  }

  match(order: ToyOrder): void {
    const { buy, kind, px, qty, trades } = order;
    const price = buy ? this.ask : this.bid;
    const above = buy ? price - px : px - price;
    if ((kind === 'LMT' && above > 0) || (kind === 'STP' && above < 0)) return;
    const open = trades.at(-1)?.left ?? qty;
    const lots = kind === 'LMT' ? Math.min(open, this.depth) : open;
    const left = Number((open - lots).toFixed(2));
    const pnl = this.book(buy ? lots : -lots, price);
    this.#trades += 1;
    const trade = { no: this.#trades, qty: lots, px: price, pnl, left, ts: this.now() };
    trades.push(trade);
    if (left === 0) order.state = 'done';
    this.tell(order, trade);
    if (this.repeat) this.tell(order, trade);
    this.repeat = false;
  }

  /** Nets signed lots. @returns the profit that this realises */
  book(lots: number, price: number): number {
    const before = this.net;
    this.net = Number((before + lots).toFixed(2));
    if (before * lots >= 0) {
      this.paid = (this.paid * Math.abs(before) + price * Math.abs(lots)) / Math.abs(this.net || 1);
      return 0;
    }
    const closed = Math.min(Math.abs(before), Math.abs(lots));
    const pnl = closed * Math.sign(before) * (price - this.paid) * 100_000;
    this.balance += pnl;
    if (before * this.net < 0) this.paid = price;
    return pnl;
  }

  tell(order: ToyOrder, trade?: ToyTrade): void {
    for (const line of this.lines) line.order(order, trade, this.now());
  }
}

// ---- The mapper: pure functions between the venue's words and ours.

const eurusd: Instrument = defineInstrument({
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
const { symbol } = eurusd;
const kinds = { market: 'MKT', limit: 'LMT', stop: 'STP' } as const;
const types = { MKT: 'market', LMT: 'limit', STP: 'stop' } as const;

const toWire = ({ id, side, quantity, type, price = 0, timeInForce }: OrderRequest): ToyOrder => ({
  cid: id,
  buy: side === 'buy',
  kind: kinds[type as keyof typeof kinds],
  qty: quantity,
  px: price,
  ioc: timeInForce === 'IOC',
  state: 'open',
  trades: [],
});
const toFill = ({ cid, buy }: ToyOrder, { no, qty, px, pnl, left, ts }: ToyTrade): FillEvent => ({
  type: 'fill',
  id: cid,
  symbol,
  time: ts,
  tradeId: String(no),
  side: buy ? 'buy' : 'sell',
  quantity: qty,
  price: px,
  remaining: left,
  commission: 0,
  profit: pnl,
});
const toReport = ({ cid, buy, kind, qty, px, state, trades }: ToyOrder): OrderReport => {
  const filled = trades.reduce((lots, trade) => lots + trade.qty, 0);
  const cost = trades.reduce((sum, trade) => sum + trade.qty * trade.px, 0);
  const begun = filled > 0 ? 'partially-filled' : 'accepted';
  return {
    id: cid,
    venueId: undefined,
    symbol,
    side: buy ? 'buy' : 'sell',
    type: types[kind],
    state: state === 'done' ? 'filled' : state === 'cancelled' ? 'cancelled' : begun,
    quantity: qty,
    filled,
    averagePrice: filled === 0 ? 0 : cost / filled,
    price: kind === 'MKT' ? undefined : px,
  };
};

const capabilities: Capabilities = {
  orderTypes: {
    market: 'native',
    limit: 'native',
    stop: 'native',
    'stop-limit': 'none',
    'trailing-stop': 'none',
  },
  timeInForce: { GTC: 'native', DAY: 'none', GTD: 'none', IOC: 'native', FOK: 'none' },
  bracket: 'none',
  amend: 'none',
  reduceOnly: 'none',
  history: 'none',
};

// ---- The adapter: all that you would write.

/** Connects a bot to the venue. */
export class ToyAdapter extends EventEmitter<AdapterEvents> implements BrokerAdapter, ToyLine {
  readonly name = 'toy';
  readonly capabilities = capabilities;
  readonly server: ToyServer;
  readonly #end = new AbortController();
  #up = false;
  #streams = 0;

  constructor(server: ToyServer) {
    super();
    this.server = server;
  }

  async connect(abort: AbortSignal): Promise<void> {
    try {
      await this.server.dial(this, AbortSignal.any([abort, this.#end.signal]));
    } catch (cause) {
      throw new MikroBotError('PREFLIGHT_FAILED', 'the toy venue cannot be reached.', {
        where: this.name,
        cause,
      });
    }
    this.#isUp(false);
  }

  instruments(): readonly Instrument[] {
    return [eurusd];
  }

  subscribe(stream: StreamRequest): () => void {
    if (stream.symbol !== symbol)
      throw new MikroBotError('UNKNOWN_INSTRUMENT', `there is no ${stream.symbol}.`, { where: this.name });
    this.#streams += 1;
    let open = true;
    if (this.#up) this.quote(this.server.bid, this.server.ask, this.server.now());
    return () => {
      if (open) this.#streams -= 1;
      open = false;
    };
  }

  async *history(): AsyncGenerator<Bar> {
    yield* [];
  }

  async snapshot(): Promise<Snapshot> {
    const { server } = this;
    const state = await server.call(true, () => ({
      net: server.net,
      paid: server.paid,
      balance: server.balance,
      open: [...server.orders.values()].filter(({ state }) => state === 'open').map(toReport),
      ts: server.now(),
    }));
    if ('error' in state) throw new Error(state.error);
    const { net, paid, balance, open, ts } = state;
    const account = {
      id: 'T-1',
      currency: 'USD',
      mode: 'netting',
      live: false,
      margin: 0,
      leverage: 30,
    } as const;
    const positions = net === 0 ? [] : [{ symbol, quantity: net, averagePrice: paid }];
    return {
      complete: true,
      asOf: ts,
      account: { ...account, balance, equity: balance },
      orders: open,
      positions,
    };
  }

  submit({ request }: ApprovedOrder): MaybePromise<CommandOutcome> {
    const { orderTypes, timeInForce } = capabilities;
    // Certain: nothing was sent.
    if (orderTypes[request.type] === 'none' || timeInForce[request.timeInForce] === 'none')
      return { outcome: 'rejected', code: 'UNSUPPORTED' };
    return this.#command(() => this.server.place(toWire(request)));
  }

  amend(): CommandOutcome {
    return { outcome: 'rejected', code: 'UNSUPPORTED' };
  }

  cancel({ id }: OrderRef): MaybePromise<CommandOutcome> {
    return this.#command(() => this.server.cancel(id));
  }

  async query({ id }: OrderRef): Promise<QueryOutcome> {
    try {
      const found = await this.server.call(true, () => this.server.orders.get(id) ?? { error: 'NOT_FOUND' });
      if ('error' in found) return { outcome: 'absent' };
      return {
        outcome: 'found',
        report: toReport(found),
        fills: found.trades.map((trade) => toFill(found, trade)),
      };
    } catch (error) {
      return { outcome: 'unknown', detail: String(error) };
    }
  }

  close(): void {
    this.#end.abort();
    this.server.lines.delete(this);
    if (this.#up) this.emit('connection', { state: 'down', dataLost: false, detail: 'closed' });
    this.#up = false;
  }

  quote(bid: number, ask: number, ts: number): void {
    if (this.#streams > 0) this.emit('tick', { symbol, time: ts, bid, ask, volume: 0 });
  }

  order(order: ToyOrder, trade: ToyTrade | undefined, ts: number): void {
    const base = { id: order.cid, symbol, time: ts };
    if (trade !== undefined) this.emit('order', toFill(order, trade));
    else if (order.state === 'open') this.emit('order', { type: 'accepted', ...base });
    else this.emit('order', { type: 'cancelled', ...base, reason: 'by the venue' });
  }

  dropped(): void {
    this.#up = false;
    this.emit('connection', { state: 'down', dataLost: false, detail: 'the line broke' });
    // What happened meanwhile is not told again: core shall ask.
    this.server.dial(this, this.#end.signal).then(
      () => this.#isUp(true),
      () => undefined,
    );
  }

  #isUp(dataLost: boolean): void {
    this.#up = true;
    this.emit('connection', { state: 'up', dataLost, detail: 'connected' });
  }

  async #command(work: () => { readonly error?: string }): Promise<CommandOutcome> {
    // Certain, too. An order that waits here for the line would be a stale one.
    if (!this.#up) return { outcome: 'rejected', code: 'NOT_CONNECTED' };
    try {
      const { error } = await this.server.call(false, work);
      return error === undefined ? { outcome: 'accepted' } : { outcome: 'rejected', code: error };
    } catch (error) {
      return { outcome: 'unknown', detail: String(error) };
    }
  }
}
