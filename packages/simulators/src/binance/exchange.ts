import type { EventEmitter } from 'eventemitter3';

/** What a route asks of a request before it is handled, as the venue's documentation names it. */
export type RouteSecurity = 'NONE' | 'MARKET_DATA' | 'USER_STREAM' | 'USER_DATA' | 'TRADE';

/** A request that passed the venue's door: key, signature, time and limits were checked. */
export interface VenueCall {
  /** Decoded parameters, without `signature`, `timestamp`, `recvWindow` and `apiKey`. */
  readonly params: Readonly<Record<string, string>>;
  /** The account that the key belongs to; empty for public routes. */
  readonly account: string;
  /** The venue's time, epoch ms. */
  readonly now: number;
}

/** One thing that a venue can be asked for, by REST and, where it has a name there, by the WebSocket API. */
export interface Route {
  readonly security: RouteSecurity;
  /** Request weight, by what is asked. */
  readonly weight: number | ((params: VenueCall['params']) => number);
  /** How many orders it counts as, against the limits of orders. */
  readonly orders?: number;
  /** Name in the WebSocket API, such as `order.place`. */
  readonly wsMethod?: string;
  /**
   * @returns the body; a `bigint` in it is written as an integer
   * @throws VenueError
   */
  readonly handle: (call: VenueCall) => unknown;
}

/** An error as the venue answers it. */
export class VenueError extends Error {
  readonly status: number;
  readonly code: number;
  /** Further fields of the answer, such as `data` of a cancel-replace. */
  readonly data: Readonly<Record<string, unknown>> | undefined;

  constructor(code: number, msg: string, status = 400, data?: Readonly<Record<string, unknown>>) {
    super(msg);
    this.name = 'VenueError';
    this.code = code;
    this.status = status;
    this.data = data;
  }
}

/** What an exchange tells. Payloads have the venue's own fields. */
export interface ExchangeEvents {
  /** To the user stream of an account. */
  user: (account: string, payload: Readonly<Record<string, unknown>>) => void;
  /** To the subscribers of a stream, such as `btcusdt@bookTicker`. */
  market: (stream: string, payload: unknown) => void;
  /** An order of an account traded: told on the trade streams, as any trade of the market. Time in epoch ms. */
  print: (symbol: string, time: number, price: number, quantity: number, buyerIsMaker: boolean) => void;
}

/** What the door must know of a symbol: how its prices and quantities are written. */
export interface SymbolRule {
  /** In capitals, such as `BTCUSDT`. */
  readonly symbol: string;
  readonly base: string;
  readonly quote: string;
  /** Price step, as an exact decimal such as `0.01`. */
  readonly tickSize: string;
  /** Quantity step, as an exact decimal such as `0.00001`. */
  readonly stepSize: string;
}

/** One venue behind the door: accounts, orders, market. It knows nothing of sockets. */
export interface Exchange extends EventEmitter<ExchangeEvents> {
  /** By method and path, such as `POST /api/v3/order`. */
  readonly routes: ReadonlyMap<string, Route>;
  /** What is listed. */
  readonly symbols: readonly SymbolRule[];
  /**
   * The market moves: best prices of a symbol, and how much each quote lets trade (undefined: any size).
   * @param time - epoch ms, never falling
   */
  quote(symbol: string, time: number, bid: number, ask: number): void;
  /** From now on each quote trades at most so many units of an order; undefined: any size. */
  depth(symbol: string, quantity: number | undefined): void;
  /** A trade of the market at large, told on the trade streams. */
  trade(symbol: string, time: number, price: number, quantity: number, buyerIsMaker: boolean): void;
  /** Futures: the mark price is this from now on; undefined: the middle of the quote again. Time in epoch ms. */
  mark?(symbol: string, price: number | undefined, time: number): void;
  /** Futures: what longs pay to shorts at the next funding, as a part of the position's value. */
  setFundingRate?(symbol: string, rate: number): void;
  /** Money comes in, or goes out where it is negative: an exact decimal. */
  transfer?(account: string, asset: string, amount: string): void;
  /** Spot: opens or closes a symbol for trading. */
  setStatus?(symbol: string, status: 'TRADING' | 'HALT' | 'BREAK'): void;
  /** The next order of the account is refused with this error. */
  refuseNext(account: string, error: VenueError): void;
  /** A person trades at the market by other means: signed units. */
  byHand(account: string, symbol: string, quantity: number): void;
  /** Time passes: what is due expires, funding is paid. */
  pass(now: number): void;
}
