import { type Clock, seededRandom, systemClock } from '@mikrobot/core';
import type { Exchange } from '../exchange.js';
import { type BuiltVenue, buildVenue } from './build-venue.js';
import { type BinanceFaults, faultControls } from './fault-controls.js';
import { FaultState } from './faults.js';
import { knownKeys, type VenueAccount } from './keys.js';
import { futuresLimits, spotLimits, type VenueLimits } from './limits.js';
import type { History } from './market/feed.js';
import { marketControls, type VenueControls } from './market-controls.js';
import { futuresStyle, spotStyle } from './venue.js';
import { VenueServer } from './venue-server.js';

/** Where a venue of the simulator is found: the URLs that an adapter or a client takes. */
export interface VenueEndpoints {
  readonly rest: string;
  readonly wsApi: string;
  readonly streams: string;
}

/** An exchange and what its door is like. */
export interface ServedExchange {
  readonly exchange: Exchange;
  readonly limits?: VenueLimits | undefined;
  /** Klines from before. */
  readonly history?: History | undefined;
}

/** What a simulator serves. */
export interface ServeOptions {
  readonly spot?: ServedExchange | undefined;
  readonly futures?: ServedExchange | undefined;
  readonly accounts: readonly VenueAccount[];
  /** Default: the machine's. */
  readonly clock?: Clock | undefined;
  /** Seed of what is made up, such as listen keys. Default: 1. */
  readonly seed?: number | undefined;
  /** Default: 0, any that is free. */
  readonly port?: number | undefined;
  /** Where ids of trades and updates of the market begin. Default: 1,000,000. */
  readonly firstMarketId?: bigint | undefined;
}

/** A venue that runs on loopback. */
export interface BinanceSimulator {
  /** Of REST, without a path. */
  readonly url: string;
  readonly spot: VenueEndpoints;
  readonly futures: VenueEndpoints;
  /** What moves the markets. */
  readonly controls: { readonly spot: VenueControls; readonly futures: VenueControls };
  /** What goes wrong. */
  readonly faults: BinanceFaults;
  /** Open connections of all kinds: to see that a client leaks none. */
  readonly connections: number;
  /** What broke inside of the simulator itself: must stay empty. */
  readonly failures: readonly unknown[];
  /** Ends all connections and timers. */
  close(): Promise<void>;
}

/** The exchanges learn of time so often, in ms: orders expire, funding is paid. */
const PASS_EVERY = 1_000;

const keepPassing = (clock: Clock, venues: readonly BuiltVenue[]): (() => void) => {
  let cancel: () => void;
  const next = (): void => {
    for (const { exchange, now } of venues) exchange.pass(Math.floor(now()));
    cancel = clock.arm('binance-pass', clock.now() + PASS_EVERY, next);
  };
  next();
  return () => cancel();
};

const missing = (name: string): never => {
  throw new TypeError(`This simulator does not serve ${name}.`);
};

/** Serves exchanges on one port of the loopback, in the protocol of the venue. */
export const serveExchanges = async (options: ServeOptions): Promise<BinanceSimulator> => {
  const clock = options.clock ?? systemClock();
  const random = seededRandom(options.seed ?? 1);
  const faults = new FaultState();
  const failures: unknown[] = [];
  const keys = knownKeys(options.accounts);
  const now = (): number => clock.now() + faults.skew;
  const firstId = options.firstMarketId ?? 1_000_000n;
  const build = (served: ServedExchange | undefined, style: typeof spotStyle, usual: VenueLimits) =>
    served &&
    buildVenue({
      style,
      exchange: served.exchange,
      limits: served.limits ?? usual,
      history: served.history,
      ...{ keys, clock, now, random, faults, firstId, failures },
    });
  const spot = build(options.spot, spotStyle, spotLimits);
  const futures = build(options.futures, futuresStyle, futuresLimits);
  const venues = [spot, futures].filter((venue) => venue !== undefined);
  const server = new VenueServer({
    spot,
    futures,
    failures,
    onRefused: () => faults.count('refused-connection'),
  });
  const port = await server.listen(options.port ?? 0);
  const stop = keepPassing(clock, venues);
  const host = `127.0.0.1:${port}`;
  return {
    url: `http://${host}`,
    spot: { rest: `http://${host}`, wsApi: `ws://${host}/ws-api/v3`, streams: `ws://${host}` },
    futures: { rest: `http://${host}`, wsApi: `ws://${host}/ws-fapi/v1`, streams: `ws://${host}` },
    controls: {
      get spot() {
        return spot === undefined ? missing('spot') : marketControls(spot);
      },
      get futures() {
        return futures === undefined ? missing('futures') : marketControls(futures);
      },
    },
    faults: faultControls(server, faults, venues),
    get connections() {
      return server.connections;
    },
    failures,
    async close() {
      stop();
      for (const venue of venues) {
        venue.timed.close();
        venue.listenKeys.clear();
      }
      await server.close();
    },
  };
};
