import { defineInstrument, type OrderEvent, type OrderRequest, VirtualClock } from '@mikrobot/core';
import { type Contract, EventName, type Order, type OrderState, SecType } from '@stoqey/ib';
import { Orders } from '../orders.js';
import type { OrderParts, TradedContract } from '../parts.js';
import { ScriptedLine } from './scripted-line.js';

const ES: Contract = {
  conId: 551601561,
  symbol: 'ES',
  secType: SecType.FUT,
  localSymbol: 'ESZ3',
  multiplier: 50,
  exchange: 'CME',
  currency: 'USD',
};

const traded: TradedContract = {
  symbol: 'ES',
  contract: ES,
  tradable: true,
  spec: { outsideRegularHours: true },
  instrument: defineInstrument({
    symbol: 'ES',
    assetClass: 'future',
    currency: 'USD',
    contractSize: 50,
    tickSize: 0.25,
    pipSize: 0.25,
    quantityStep: 1,
    minQuantity: 1,
    maxQuantity: 100,
  }),
};

/** A limit order to buy 2 ES at 4500, or as given. */
export const orderRequest = (given: Partial<OrderRequest> = {}): OrderRequest => ({
  id: 'j1-0abc-1-e',
  symbol: 'ES',
  owner: 'test',
  purpose: 'enter',
  side: 'buy',
  quantity: 2,
  type: 'limit',
  price: 4500,
  limitPrice: undefined,
  trail: undefined,
  timeInForce: 'GTC',
  goodTill: undefined,
  bracket: undefined,
  reduceOnly: false,
  ...given,
});

/** Lets everything that waits for nothing but its turn happen. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** What TWS says of one order; the fields of its messages. */
export interface Told {
  readonly orderId: number;
  readonly permId?: number;
  readonly clientId?: number;
  readonly ref?: string;
  readonly status?: string;
  readonly filled?: number;
  readonly quantity?: number;
  readonly whyHeld?: string;
  readonly order?: Partial<Order>;
  readonly account?: string;
}

/** What TWS says of one trade. */
export interface Trade {
  readonly execId: string;
  readonly orderId: number;
  readonly ref?: string;
  readonly clientId?: number;
  readonly permId?: number;
  readonly shares?: number;
  /** Lots of the order so far, as TWS counts them. */
  readonly total?: number;
  readonly price?: number;
  readonly side?: 'BOT' | 'SLD';
  readonly account?: string;
  readonly time?: string;
}

/** The order room on a line whose other end is the test. */
export class OrderBench {
  readonly clock = new VirtualClock(Date.UTC(2023, 9, 16, 14, 30));
  readonly events: OrderEvent[] = [];
  readonly notes: string[] = [];
  readonly orders: Orders;
  line = new ScriptedLine();
  reachesVenue = true;
  /** Whether the market is open. */
  isOpen = true;
  /** What TWS answers when it is asked for its lists; undefined: it is silent. */
  open: readonly Told[] | undefined = [];
  completed: readonly (Told & { readonly completedStatus?: string })[] | undefined = [];
  executions: readonly Trade[] | undefined = [];
  #up: ((line: ScriptedLine, up: { first: boolean }) => void | Promise<void>) | undefined;

  constructor(given: Partial<OrderParts> = {}) {
    const bench = this;
    this.orders = new Orders({
      session: {
        get line() {
          return bench.line;
        },
        get reachesVenue() {
          return bench.reachesVenue;
        },
        onUp: (listener) => {
          this.#up = listener;
          return () => undefined;
        },
      },
      contracts: {
        find: (symbol) => (symbol === 'ES' ? traded : undefined),
        byContractId: (id) => (id === ES.conId ? traded : undefined),
        sessions: () => ({ name: 'ES', isOpen: () => this.isOpen, spanAt: () => undefined }),
      },
      clock: this.clock,
      account: 'DU1',
      clientId: 7,
      rate: (currency) => (currency === 'USD' ? 1 : undefined),
      tell: (event) => this.events.push(event),
      note: (detail) => this.notes.push(detail),
      ...given,
    });
  }

  /** A line that has caught up. */
  static async connected(given: Partial<OrderParts> = {}): Promise<OrderBench> {
    const bench = new OrderBench(given);
    await bench.connect();
    return bench;
  }

  /** The line stands, and what was missed is caught up with. */
  async connect({ first = true, line = this.line } = {}): Promise<void> {
    this.line = line;
    line.onSent = ({ name, values }) => this.#answer(name, values);
    await this.#up?.(line, { first });
    await settled();
  }

  /** Another line after this one has ended. */
  async reconnect(nextOrderId = 1): Promise<void> {
    await this.connect({ first: false, line: new ScriptedLine(nextOrderId) });
  }

  pass(ms: number): Promise<void> {
    this.clock.advance(this.clock.now() + ms);
    return settled();
  }

  /** What `placeOrder` has said, the latest last: id and order. */
  get placed(): readonly { readonly id: number; readonly order: Order }[] {
    return this.line.sent
      .filter(({ name }) => name === 'placeOrder')
      .map(({ values }) => ({ id: values[0] as number, order: values[2] as Order }));
  }

  get cancelled(): readonly number[] {
    return this.line.sent
      .filter(({ name }) => name === 'cancelOrder')
      .map(({ values }) => values[0] as number);
  }

  openOrder(told: Told): void {
    const { orderId, permId = 900 + orderId, clientId = 7, ref, status = 'Submitted', quantity = 2 } = told;
    const order = {
      orderType: 'LMT',
      action: 'BUY',
      lmtPrice: 4500,
      tif: 'GTC',
      ...told.order,
      totalQuantity: quantity,
      account: told.account ?? 'DU1',
      orderRef: ref ?? this.#refOf(orderId),
      orderId,
      permId,
      clientId,
    };
    this.line.emit(EventName.openOrder, orderId, ES, order, { status });
  }

  status({
    orderId,
    permId = 900 + orderId,
    clientId = 7,
    status = 'Submitted',
    filled = 0,
    whyHeld = '',
  }: Told): void {
    this.line.emit(EventName.orderStatus, orderId, status, filled, 0, 0, permId, 0, 0, clientId, whyHeld, 0);
  }

  /** openOrder and orderStatus, as TWS sends them together. */
  shows(told: Told): void {
    this.openOrder(told);
    this.status(told);
  }

  execution(trade: Trade, requestId = -1): void {
    const { orderId, permId = 900 + orderId, clientId = 7, shares = 1, price = 4500, side = 'BOT' } = trade;
    this.line.emit(EventName.execDetails, requestId, ES, {
      orderId,
      permId,
      clientId,
      shares,
      price,
      side,
      execId: trade.execId,
      cumQty: trade.total,
      acctNumber: trade.account ?? 'DU1',
      orderRef: trade.ref ?? this.#refOf(orderId),
      time: trade.time ?? '20231016 14:30:00 UTC',
    });
  }

  commission(execId: string, commission = 2.25, realizedPNL?: number, currency = 'USD'): void {
    this.line.emit(EventName.commissionReport, { execId, commission, currency, realizedPNL });
  }

  /** The answer to a margin check. */
  whatIf(orderId: number, state: { readonly [K in keyof OrderState]?: OrderState[K] | undefined }): void {
    const order = {
      orderType: 'MKT',
      action: 'BUY',
      totalQuantity: 1,
      whatIf: true,
      account: 'DU1',
      orderId,
    };
    this.line.emit(
      EventName.openOrder,
      orderId,
      ES,
      { ...order, clientId: 7 },
      { status: 'PreSubmitted', ...state },
    );
  }

  /** An execution with its commission. */
  trade(trade: Trade): void {
    this.execution(trade);
    this.commission(trade.execId);
  }

  /** Places an order that TWS takes. */
  async works(request: OrderRequest = orderRequest()): Promise<number> {
    const answer = this.orders.submit(request);
    const { id, order } = this.placed.at(-1)!;
    this.shows({ orderId: id, quantity: request.quantity, order });
    await answer;
    return id;
  }

  #refOf(orderId: number): string {
    return this.placed.find(({ id }) => id === orderId)?.order.orderRef ?? '';
  }

  #answer(name: string, values: readonly unknown[]): void {
    if (name === 'reqAllOpenOrders' && this.open !== undefined) {
      for (const told of this.open) this.shows(told);
      this.line.emit(EventName.openOrderEnd);
    }
    if (name === 'reqCompletedOrders' && this.completed !== undefined) {
      for (const { orderId, permId = 900 + orderId, ref = '', status, filled, ...told } of this.completed)
        this.line.emit(
          EventName.completedOrder,
          ES,
          {
            orderType: 'LMT',
            action: 'BUY',
            lmtPrice: 4500,
            tif: 'GTC',
            ...told.order,
            // Completed orders say neither their ids nor how much they were for.
            totalQuantity: 0,
            filledQuantity: filled ?? 0,
            account: 'DU1',
            orderRef: ref,
            permId,
          },
          { status, completedStatus: told.completedStatus ?? '' },
        );
      this.line.emit(EventName.completedOrdersEnd);
    }
    if (name === 'reqExecutions' && this.executions !== undefined) {
      for (const trade of this.executions) {
        this.execution(trade, values[0] as number);
        this.commission(trade.execId);
      }
      this.line.emit(EventName.execDetailsEnd, values[0]);
    }
  }
}
