import { VenueError } from '../../exchange.js';
import { FuturesExchange } from '../futures-exchange.js';
import type { FuturesExchangeOptions } from '../options.js';

/** An answer's or an event's fields, as a test looks at them. */
export type Fields = Readonly<Record<string, unknown>>;

/** Noon, far from any funding. */
const T0 = Date.UTC(2026, 0, 14, 12);

/** An exchange with one account of 10,000 USDT, and all that its user stream told. */
export const futuresBench = (options: Partial<FuturesExchangeOptions> = {}) => {
  const accounts = options.accounts ?? [{ name: 'amy', balances: { USDT: '10000' } }];
  const exchange = new FuturesExchange({ ...options, accounts });
  const told: Fields[] = [];
  exchange.on('user', (_, payload) => told.push(payload));
  let now = T0;
  const call = (path: string, params: Readonly<Record<string, string>> = {}): unknown =>
    exchange.routes.get(path)!.handle({ params, account: 'amy', now });
  return {
    exchange,
    told,
    /** Events since the last call of it. */
    news: (): readonly Fields[] => told.splice(0),
    now: () => now,
    pass: (ms: number): void => {
      now += ms;
      exchange.pass(now);
    },
    quote: (bid: number, ask = bid + 0.1, symbol = 'BTCUSDT'): void => {
      now += 1;
      exchange.quote(symbol, now, bid, ask);
    },
    /** What a route answers: an object. */
    get: (path: string, params: Readonly<Record<string, string>> = {}): Fields =>
      call(path, params) as Fields,
    /** What a route answers: a list. */
    list: (path: string, params: Readonly<Record<string, string>> = {}): readonly Fields[] =>
      call(path, params) as readonly Fields[],
    /** Code and message that a route says no with. */
    refusal: (path: string, params: Readonly<Record<string, string>> = {}): readonly [number, string] => {
      try {
        const answer = call(path, params);
        throw new Error(`It was taken: ${String(answer)}`);
      } catch (error) {
        if (error instanceof VenueError) return [error.code, error.message];
        throw error;
      }
    },
  };
};

/** A bench, where one is handed on. */
export type FuturesBench = ReturnType<typeof futuresBench>;

/** A market order of 0.1 BTC, unless more is said. */
export const market = (
  side: 'BUY' | 'SELL',
  more: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> => ({
  symbol: 'BTCUSDT',
  side,
  type: 'MARKET',
  quantity: '0.1',
  ...more,
});

/** A limit order of 0.1 BTC that is good till cancelled, unless more is said. */
export const limit = (
  side: 'BUY' | 'SELL',
  price: string,
  more: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> => ({
  symbol: 'BTCUSDT',
  side,
  type: 'LIMIT',
  timeInForce: 'GTC',
  quantity: '0.1',
  price,
  ...more,
});

/** A conditional order of 0.1 BTC, unless more is said. */
export const algo = (
  side: 'BUY' | 'SELL',
  type: string,
  more: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> => ({
  algoType: 'CONDITIONAL',
  symbol: 'BTCUSDT',
  side,
  type,
  quantity: '0.1',
  ...more,
});

/** A short name of an event: `ORDER_TRADE_UPDATE TRADE FILLED`, `ALGO_UPDATE NEW`, `ACCOUNT_UPDATE ORDER`. */
export const nameOf = (event: Fields): string => {
  const order = (event.o ?? {}) as Fields;
  const reason = ((event.a ?? {}) as Fields).m;
  return [event.e, order.x, order.X, reason].filter((part) => part !== undefined).join(' ');
};
