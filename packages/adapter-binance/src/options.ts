import type { Clock, Random, Secrets } from '@mikrobot/core';
import type { MarginType } from './futures/settings.js';

/** Where a venue is reached; for the local simulator, or for a proxy. URLs without a slash at the end. */
export interface BinanceEndpoints {
  /** Of REST, before `/api` or `/fapi`. */
  readonly rest: string;
  /** Of the WebSocket API, whole. */
  readonly wsApi: string;
  /** Of market streams: before `/stream` on spot; before `/public`, `/market` and `/private` on futures. */
  readonly streams: string;
  /** Whether real money is traded there. Default: where `rest` is a host of the venue itself, which is always live. */
  readonly live?: boolean;
}

/** How a Binance venue is used. */
export interface BinanceOptions {
  /** What is traded, such as `['BTCUSDT']`. */
  readonly symbols: readonly string[];
  /**
   * Where the keys come from. Names: `BINANCE_API_KEY`, with `BINANCE_SECRET` (HMAC) or `BINANCE_PRIVATE_KEY` (PEM in PKCS#8, RSA or
   * Ed25519, with `BINANCE_PASSPHRASE` where it is encrypted). Without it there is market data only.
   */
  readonly secrets?: Secrets;
  /** Default `testnet`. */
  readonly environment?: 'testnet' | 'live' | BinanceEndpoints;
  /** Must be true before an order is placed where real money is traded. Default false. */
  readonly live?: boolean;
  /** How long after its timestamp a signed request is still taken, ms, at most 60,000. Default 5,000. */
  readonly recvWindow?: number;
  /**
   * Ms after the end of its `recvWindow` at which an order that the venue does not find counts as absent. The venue minds the window only
   * until it hands an order to its matching engine, and waits 10 s for that one. Default 10,000; less is for simulated venues.
   */
  readonly absentAfter?: number;
  /** Default: the machine's. */
  readonly clock?: Clock;
  /** Draws the jitter of pauses. Default: seeded by the time of the start. */
  readonly random?: Random;
}

/** How USD-M futures are used. */
export interface BinanceFuturesOptions extends BinanceOptions {
  /** Leverage by symbol, set at the start; what is left out stays as the account has it. */
  readonly leverage?: Readonly<Record<string, number>>;
  /** Set at the start for every symbol; left out, it stays as the account has it. */
  readonly marginType?: MarginType;
  /** The currency of the account. Default `USDT`. */
  readonly marginAsset?: string;
}
