import type { Clock } from '@mikrobot/core';
import { FuturesExchange } from './futures/futures-exchange.js';
import type { FuturesExchangeOptions } from './futures/options.js';
import type { VenueKey } from './server/keys.js';
import type { VenueLimits } from './server/limits.js';
import type { History } from './server/market/feed.js';
import { type BinanceSimulator, serveExchanges } from './server/simulator.js';
import type { SpotAccountOptions } from './spot/account.js';
import { SpotExchange } from './spot/spot-exchange.js';
import type { SpotOptions } from './spot/venue.js';

export type { BinanceSimulator } from './server/simulator.js';

/** An account of the simulator, with what it owns at each venue: exact decimals by asset, such as `{ USDT: '10000' }`. */
export interface BinanceAccount {
  readonly name: string;
  /** Good for both venues. */
  readonly keys: readonly VenueKey[];
  readonly balances?: {
    readonly spot?: Readonly<Record<string, string>>;
    readonly futures?: Readonly<Record<string, string>>;
  };
  /** Spot: rates of commission, and whether it is paid in BNB. Default: 0.001 each, not in BNB. */
  readonly spotFees?: Pick<SpotAccountOptions, 'maker' | 'taker' | 'bnbFees'>;
  /** Futures: hedge mode from the start. Default: one-way. */
  readonly hedge?: boolean;
}

/** What is told of either venue. */
export interface VenueOptions {
  /** Limits of requests and orders. Default: those of the documentation. */
  readonly limits?: VenueLimits;
  /** Klines that the market has from before. */
  readonly history?: History;
}

/** What a simulator of Binance is made of. */
export interface BinanceSimulatorOptions {
  /** Default: one account `main`, key and secret of {@link demoKey}, 10000 USDT at each venue. */
  readonly accounts?: readonly BinanceAccount[];
  readonly spot?: Omit<SpotOptions, 'accounts' | 'seed'> & VenueOptions;
  readonly futures?: Omit<FuturesExchangeOptions, 'accounts'> & VenueOptions;
  /** Default: the machine's. */
  readonly clock?: Clock;
  /** Seed of what is made up, such as listen keys and ids. Default: 1. */
  readonly seed?: number;
  /** Default: 0, any port that is free. */
  readonly port?: number;
  /** Where ids of public trades and of updates of the book begin. Default: 1,000,000. */
  readonly firstMarketId?: bigint;
}

/** The key of the account that a simulator has unless it is given others. It opens nothing but simulators. */
export const demoKey = { apiKey: 'mikrobot', secret: 'simulator' } as const;

const demoAccount: BinanceAccount = {
  name: 'main',
  keys: [demoKey],
  balances: { spot: { USDT: '10000' }, futures: { USDT: '10000' } },
};

/**
 * Starts both venues of Binance, spot and USD-M futures, on one port of 127.0.0.1. They speak the venue's own protocol: REST, WebSocket
 * API, streams, user data, with keys, signatures, filters, limits and error codes. No order ever leaves the machine.
 *
 * The market stands still until `controls.spot.quote(...)` (or a replay of recorded streams) moves it.
 *
 * @example
 * ```ts
 * const binance = await startBinance();
 * binance.controls.spot.quote('BTCUSDT', 60_000, 60_000.01);
 * const adapter = binanceSpot({ environment: binance.spot, symbols: ['BTCUSDT'], secrets });
 * ```
 * @throws TypeError for a key that is none
 */
export const startBinance = async (options: BinanceSimulatorOptions = {}): Promise<BinanceSimulator> => {
  const { accounts = [demoAccount], spot = {}, futures = {}, seed = 1 } = options;
  const spotExchange = new SpotExchange({
    ...spot,
    seed,
    accounts: accounts.map(({ name, balances, spotFees }) => ({
      name,
      balances: balances?.spot ?? {},
      ...spotFees,
    })),
  });
  const futuresExchange = new FuturesExchange({
    ...futures,
    accounts: accounts.map(({ name, balances, hedge = false }) => ({
      name,
      balances: balances?.futures ?? {},
      dual: hedge,
    })),
  });
  const simulator = await serveExchanges({
    spot: { exchange: spotExchange, limits: spot.limits, history: spot.history },
    futures: { exchange: futuresExchange, limits: futures.limits, history: futures.history },
    accounts,
    clock: options.clock,
    seed,
    port: options.port,
    firstMarketId: options.firstMarketId,
  });
  for (const { symbol } of futures.fundingRate === undefined ? [] : futuresExchange.symbols)
    simulator.controls.futures.fundingRate(symbol, Number(futures.fundingRate));
  return simulator;
};
