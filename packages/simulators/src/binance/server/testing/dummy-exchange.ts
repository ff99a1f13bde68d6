import { EventEmitter } from 'eventemitter3';
import type { Exchange, ExchangeEvents, Route, SymbolRule, VenueCall, VenueError } from '../../exchange.js';

/** An exchange that only remembers what it was asked: for tests of the door, not of trading. */
export class DummyExchange extends EventEmitter<ExchangeEvents> implements Exchange {
  readonly symbols: readonly SymbolRule[] = [
    { symbol: 'BTCUSDT', base: 'BTC', quote: 'USDT', tickSize: '0.01', stepSize: '0.00001' },
    { symbol: 'ETHUSDT', base: 'ETH', quote: 'USDT', tickSize: '0.01', stepSize: '0.0001' },
  ];
  readonly calls: { readonly name: string; readonly call: VenueCall }[] = [];
  readonly quotes: (readonly [string, number, number, number])[] = [];
  readonly passed: number[] = [];
  readonly routes: ReadonlyMap<string, Route>;
  /** Thrown by every request, when it is there. */
  refusal: VenueError | undefined;

  constructor(prefix: '/api/v3' | '/fapi/v1') {
    super();
    const order = { weight: 1, security: 'TRADE' } as const;
    this.routes = new Map<string, Route>([
      this.#route(`POST ${prefix}/order`, { ...order, orders: 1, wsMethod: 'order.place' }),
      this.#route(`DELETE ${prefix}/order`, { ...order, wsMethod: 'order.cancel' }),
      this.#route(`GET ${prefix}/order`, { weight: 4, security: 'USER_DATA', wsMethod: 'order.status' }),
      this.#route(`GET ${prefix}/account`, { weight: 20, security: 'USER_DATA', wsMethod: 'account.status' }),
      this.#route(`GET ${prefix}/heavy`, { weight: 1_000, security: 'NONE', wsMethod: 'heavy' }),
    ]);
  }

  #route(name: string, route: Omit<Route, 'handle'>): readonly [string, Route] {
    const handle = (call: VenueCall): unknown => {
      this.calls.push({ name, call });
      if (this.refusal !== undefined) throw this.refusal;
      // Larger than 2^53: it must arrive whole.
      return { orderId: 9_007_199_254_740_993n, account: call.account, params: call.params };
    };
    return [name, { ...route, handle }];
  }

  quote(symbol: string, time: number, bid: number, ask: number): void {
    this.quotes.push([symbol, time, bid, ask]);
  }

  depth(): void {}

  trade(): void {}

  refuseNext(_account: string, _error: VenueError): void {}

  byHand(): void {}

  pass(now: number): void {
    this.passed.push(now);
  }
}
