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
import type { ToyLine, ToyOrder, ToyServer, ToyTrade } from '../toy/toy-server.js';

// ---- The mapper: pure functions between the venue's words and ours.

const symbol = 'EURUSD';
const eurusd: Instrument = defineInstrument({
  symbol,
  assetClass: 'forex',
  currency: 'USD',
  contractSize: 100_000,
  tickSize: 0.00001,
  pipSize: 0.0001,
  quantityStep: 0.01,
  minQuantity: 0.01,
  maxQuantity: 50,
});
const kinds = { market: 'MKT', limit: 'LMT', stop: 'STP' } as const;
const types = { MKT: 'market', LMT: 'limit', STP: 'stop' } as const;

const toWire = ({ id, side, quantity, type, price = 0, timeInForce }: OrderRequest): ToyOrder => {
  const kind = kinds[type as keyof typeof kinds];
  const ioc = timeInForce === 'IOC';
  return { cid: id, buy: side === 'buy', kind, qty: quantity, px: price, ioc, state: 'open', trades: [] };
};
const toFill = ({ cid, buy }: ToyOrder, { no, qty, px, pnl, left, ts }: ToyTrade): FillEvent => {
  const base = { type: 'fill', id: cid, symbol, time: ts, tradeId: String(no), commission: 0 } as const;
  return { ...base, side: buy ? 'buy' : 'sell', quantity: qty, price: px, remaining: left, profit: pnl };
};
const toReport = ({ cid, buy, kind, qty, px, state, trades }: ToyOrder): OrderReport => {
  const filled = trades.reduce((lots, trade) => lots + trade.qty, 0);
  const cost = trades.reduce((sum, trade) => sum + trade.qty * trade.px, 0);
  const open = filled > 0 ? 'partially-filled' : 'accepted';
  return {
    id: cid,
    venueId: undefined,
    symbol,
    side: buy ? 'buy' : 'sell',
    type: types[kind],
    state: state === 'done' ? 'filled' : state === 'cancelled' ? 'cancelled' : open,
    quantity: qty,
    filled,
    averagePrice: filled === 0 ? 0 : cost / filled,
    price: kind === 'MKT' ? undefined : px,
  };
};

const [native, none] = ['native', 'none'] as const;
const capabilities: Capabilities = {
  orderTypes: { market: native, limit: native, stop: native, 'stop-limit': none, 'trailing-stop': none },
  timeInForce: { GTC: native, DAY: none, GTD: none, IOC: native, FOK: none },
  bracket: none,
  amend: none,
  reduceOnly: none,
  history: none,
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
    const state = await this.server.call(true, () => this.server.state());
    if ('error' in state) throw new Error(state.error);
    const { net, paid, balance, open, ts } = state;
    const figures = { balance, equity: balance, margin: 0, leverage: 30 };
    const account = { id: 'T-1', currency: 'USD', mode: 'netting', live: false, ...figures } as const;
    const positions = net === 0 ? [] : [{ symbol, quantity: net, averagePrice: paid }];
    return { complete: true, asOf: ts, account, orders: open.map(toReport), positions };
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
