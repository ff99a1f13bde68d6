import { type Bar, type Secrets, seededRandom } from '@mikrobot/core';
import type { VenueUnderTest } from '@mikrobot/testkit';
import { VenueError } from '../../../../simulators/src/binance/exchange.js';
import { FuturesExchange } from '../../../../simulators/src/binance/futures/futures-exchange.js';
import {
  type BinanceSimulator,
  serveExchanges,
} from '../../../../simulators/src/binance/server/simulator.js';
import type { BinanceFuturesOptions } from '../../options.js';
import { type BinanceFuturesAdapter, binanceFutures } from '../adapter.js';

export const symbol = 'BTCUSDT';
export const key = { apiKey: 'k'.repeat(64), secret: 'simulator' };
/** Where the market stands when a test begins. */
export const market = { bid: 120_000, ask: 120_000.1 };

export const secrets: Secrets = {
  get: (name) => ({ BINANCE_API_KEY: key.apiKey, BINANCE_SECRET: key.secret })[name],
};

/** A bar of a minute each, up to the start of the last whole hour. */
const from = Date.UTC(2024, 0, 10, 12);
const rows = Array.from({ length: 5 }, (_, i) => {
  const open = from + i * 60_000;
  return [
    open,
    '100.0',
    `${101 + i}.0`,
    '99.0',
    '100.5',
    '12.5',
    open + 59_999,
    '1250',
    7,
    '6',
    '600',
    '0',
  ] as const;
});

export const past = { symbol, timeframe: 'M1', from, to: from + 5 * 60_000 } as const;

export interface Bench {
  readonly sim: BinanceSimulator;
  adapter(options?: Partial<BinanceFuturesOptions>): BinanceFuturesAdapter;
}

export const startBench = async (hedge = false, more: { firstIds?: object } = {}): Promise<Bench> => {
  const sim = await serveExchanges({
    accounts: [{ name: 'main', keys: [key] }],
    futures: {
      exchange: new FuturesExchange({
        accounts: [{ name: 'main', balances: { USDT: '100000' }, dual: hedge }],
        ...more,
      }),
    },
  });
  sim.controls.futures.quote(symbol, market.bid, market.ask);
  sim.controls.futures.history(symbol, '1m', rows as never);
  return {
    sim,
    adapter: (options = {}) =>
      binanceFutures({
        symbols: [symbol],
        secrets,
        environment: sim.futures,
        recvWindow: 300,
        random: seededRandom(1),
        ...options,
      }),
  };
};

const isPlacing = (name: string): boolean => name.startsWith('POST') && /order/i.test(name);

/** A venue with every control, for the kit's cards. */
export const createVenue = async (hedge: boolean): Promise<VenueUnderTest> => {
  const { sim, adapter } = await startBench(hedge);
  const { faults } = sim;
  const { futures } = sim.controls;
  let current = adapter();
  let last = market;
  return {
    adapter: current,
    symbol,
    market,
    past,
    controls: {
      quote(bid, ask) {
        last = { bid, ask };
        futures.quote(symbol, bid, ask);
      },
      depth: (lots) => futures.depth(symbol, lots),
      loseAnswer: () => faults.loseNextAnswer('timeout'),
      loseRequest: () => faults.loseNextRequest(),
      refuse: () => futures.refuseNext('main', new VenueError(-2019, 'Margin is insufficient.')),
      throttle: () => faults.throttleNext(200, isPlacing),
      blind: (on) => faults.blind(on),
      repeat: () => faults.duplicateNext('ORDER_TRADE_UPDATE TRADE'),
      cut: () => faults.refuseConnections(),
      restore: () => faults.restore(),
      restart() {
        current = adapter();
        return current;
      },
      byHand: (lots) => futures.byHand('main', symbol, lots),
      async skew(ms) {
        faults.skew(ms);
        // The venue's time is in everything that it tells; so is the new one, and the adapter hears it.
        const compared = new Promise((resolve) => current.notices.once('clock', resolve));
        futures.quote(symbol, last.bid, last.ask);
        await compared;
      },
    },
    async dispose() {
      await sim.close();
      if (sim.failures.length > 0) throw sim.failures[0];
    },
  };
};
