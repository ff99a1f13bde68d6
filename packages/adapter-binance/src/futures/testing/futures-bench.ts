import { type Clock, seededRandom } from '@mikrobot/core';
import {
  type BinanceSimulator,
  type FuturesExchangeOptions,
  type KlineRow,
  startBinance,
  VenueError,
} from '@mikrobot/simulators';
import type { VenueUnderTest } from '@mikrobot/testkit';
import type { BinanceFuturesOptions } from '../../options.js';
import { botKey, secrets } from '../../testing/bot-keys.js';
import { type BinanceFuturesAdapter, binanceFutures } from '../adapter.js';
import { StepClock } from './step-clock.js';

export const symbol = 'BTCUSDT';

/** Where the market stands when a test begins: the smallest order is worth more there than the venue asks for. */
export const market = { bid: 120_000, ask: 120_000.1 };

const minute = 60_000;
const from = Date.UTC(2024, 0, 10, 11);
const bars = 5;

/** Bars that the venue has. */
const past = { symbol, timeframe: 'M1', from, to: from + bars * minute } as const;

/** Klines as REST lists them. */
const klines = Array.from({ length: bars }, (_, i): KlineRow => {
  const open = from + i * minute;
  const prices = ['120000.0', `${120_100 + i}.0`, '119900.0', '120050.5'];
  return [open, ...prices, '12.500', open + minute - 1, '1500000.0', 7, '6.0', '720000.0', '0'];
});

/** What differs from a usual bench. */
export interface BenchOptions extends Pick<FuturesExchangeOptions, 'firstIds' | 'fees'> {
  readonly hedge?: boolean;
  readonly clock?: Clock;
}

/** A simulator of its own, with an account `bot`. */
export const startVenue = async ({
  hedge = false,
  clock,
  ...more
}: BenchOptions = {}): Promise<BinanceSimulator> => {
  const venue = await startBinance({
    accounts: [{ name: 'bot', keys: [botKey], balances: { futures: { USDT: '100000' } }, hedge }],
    futures: more,
    ...(clock === undefined ? {} : { clock }),
  });
  venue.controls.futures.history(symbol, '1m', klines);
  venue.controls.futures.quote(symbol, market.bid, market.ask);
  return venue;
};

/** An adapter on a simulator. Its window is short, so that an order which never arrived is soon known as absent. */
export const adapterOn = (
  venue: BinanceSimulator,
  options: Partial<BinanceFuturesOptions> = {},
): BinanceFuturesAdapter =>
  binanceFutures({
    symbols: [symbol],
    secrets,
    environment: venue.futures,
    recvWindow: 500,
    absentAfter: 1_000,
    random: seededRandom(1),
    ...options,
  });

const isPlacing = (name: string): boolean => /^POST .*order/i.test(name);

/** The venue as the cards of the test kit want it, with every control. */
export const cardVenue = async (
  options: BenchOptions & { readonly stepped?: boolean } = {},
): Promise<VenueUnderTest> => {
  const clock = options.stepped === true ? new StepClock() : undefined;
  const venue = await startVenue({ ...options, ...(clock === undefined ? {} : { clock }) });
  const { faults } = venue;
  const { futures } = venue.controls;
  const start = (): BinanceFuturesAdapter => adapterOn(venue, clock === undefined ? {} : { clock });
  let adapter = start();
  let quoted = market;
  return {
    adapter,
    symbol,
    market,
    past,
    controls: {
      quote(bid, ask) {
        quoted = { bid, ask };
        futures.quote(symbol, bid, ask);
      },
      depth: (lots) => futures.depth(symbol, lots),
      loseAnswer: () => faults.loseNextAnswer('timeout'),
      loseRequest: () => faults.loseNextRequest(),
      refuse: () => futures.refuseNext('bot', new VenueError(-2019, 'Margin is insufficient.')),
      throttle: () => faults.throttleNext(200, isPlacing),
      blind: (on) => faults.blind(on),
      repeat: () => faults.duplicateNext('ORDER_TRADE_UPDATE TRADE'),
      cut: () => faults.refuseConnections(),
      restore: () => faults.restore(),
      restart() {
        // The process is dead: nobody hears its adapter any more.
        adapter.removeAllListeners();
        adapter.close();
        adapter = start();
        return adapter;
      },
      byHand: (lots) => futures.byHand('bot', symbol, lots),
      skew(ms) {
        faults.skew(ms);
        futures.quote(symbol, quoted.bid, quoted.ask);
      },
      ...(clock === undefined ? {} : { pass: (ms: number) => clock.pass(ms) }),
    },
    async dispose() {
      adapter.close();
      await venue.close();
      if (venue.failures.length > 0) throw venue.failures[0];
    },
  };
};
