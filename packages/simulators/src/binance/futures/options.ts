import type { VenueLimits } from '../server/limits.js';
import type { FuturesSymbolOptions } from './symbols.js';

/** An account with what is in its wallets, as exact decimals by asset. */
export interface FuturesAccountOptions {
  readonly name: string;
  readonly balances?: Readonly<Record<string, string>>;
  /** Hedge mode from the start. */
  readonly dual?: boolean;
}

/** What a simulated exchange of USD-M futures is made of. */
export interface FuturesExchangeOptions {
  readonly accounts: readonly FuturesAccountOptions[];
  /** Default: BTCUSDT and ETHUSDT. */
  readonly symbols?: readonly FuturesSymbolOptions[];
  /** Part of a trade's value, as in `0.0002`. Default 0.0002 for makers, 0.0005 for takers. */
  readonly fees?: { readonly maker: string; readonly taker: string };
  /** Part of a position's value that longs pay to shorts every eight hours. Default 0.0001. */
  readonly fundingRate?: string;
  /** Leverage of every contract until the user changes it. Default 20. */
  readonly leverage?: number;
  /** Limits that exchangeInfo tells; the door keeps them. Default: those of the documentation. */
  readonly limits?: Pick<VenueLimits, 'weight' | 'orders'> | undefined;
  /** From which number on ids are given; those of the venue can be beyond 2^53. */
  readonly firstIds?: {
    readonly order?: bigint;
    readonly algo?: bigint;
    readonly trade?: bigint;
  };
}
