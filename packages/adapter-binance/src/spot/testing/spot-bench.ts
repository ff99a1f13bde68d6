import { type Clock, MikroBotError } from '@mikrobot/core';
import {
  type BinanceSimulator,
  type SpotSymbolInput,
  spotSymbol,
  startBinance,
  VenueError,
} from '@mikrobot/simulators';
import type { VenueControls, VenueUnderTest } from '@mikrobot/testkit';
import { botKey, secrets } from '../../testing/bot-keys.js';
import { type BinanceSpotAdapter, binanceSpot } from '../adapter.js';

/** How a simulated account is charged and what it owns. */
export interface BenchAccount {
  readonly balances?: Readonly<Record<string, string>>;
  readonly maker?: string;
  readonly taker?: string;
  readonly bnbFees?: boolean;
}

/** What differs from a usual bench. */
export interface BenchOptions extends BenchAccount {
  readonly clock?: Clock;
  /** Ms. Short, so that an order that never arrived is soon known as absent. */
  readonly recvWindow?: number;
  readonly firstId?: bigint;
  /** More symbols. */
  readonly more?: readonly SpotSymbolInput[];
}

/** A simulator of its own, with an account `bot`. */
export const startVenue = ({
  balances = { USDT: '1000000' },
  maker = '0',
  taker = '0',
  bnbFees = false,
  firstId = 1n,
  more = [],
  clock,
}: BenchOptions = {}): Promise<BinanceSimulator> => {
  const keys = [botKey];
  return startBinance({
    ...(clock === undefined ? {} : { clock }),
    accounts: [{ name: 'bot', keys, balances: { spot: balances }, spotFees: { maker, taker, bnbFees } }],
    spot: {
      firstOrderId: firstId,
      firstTradeId: firstId,
      symbols: [
        // The smallest lot is worth more than the smallest order, so that cards can trade it.
        spotSymbol({
          baseAsset: 'ETH',
          quoteAsset: 'USDT',
          tickSize: '0.01000000',
          stepSize: '0.00100000',
          minNotional: '1.00000000',
        }),
        spotSymbol({
          baseAsset: 'BNB',
          quoteAsset: 'USDT',
          tickSize: '0.01000000',
          stepSize: '0.00100000',
          minNotional: '5.00000000',
        }),
        ...more.map(spotSymbol),
      ],
    },
  });
};

export const symbol = 'ETHUSDT';

/** An adapter on a simulator. */
const adapterOn = (venue: BinanceSimulator, recvWindow = 5_000): BinanceSpotAdapter =>
  binanceSpot({ symbols: [symbol], secrets, environment: venue.spot, recvWindow, absentAfter: 1_000 });

const isOrderCommand = (name: string): boolean => /^(POST|DELETE) .*order/i.test(name);

/** The venue as the cards of the test kit want it, with every control. */
export const cardVenue = async (options: BenchOptions = {}): Promise<VenueUnderTest> => {
  const venue = await startVenue(options);
  const { recvWindow = 500 } = options;
  const market = venue.controls.spot;
  let adapter = adapterOn(venue, recvWindow);
  const controls: VenueControls = {
    quote: (bid, ask) => market.quote(symbol, bid, ask),
    depth: (lots) => market.depth(symbol, lots),
    loseAnswer: () => venue.faults.loseNextAnswer('timeout'),
    loseRequest: () => venue.faults.loseNextRequest(),
    refuse: () =>
      market.refuseNext(
        'bot',
        new VenueError(-2010, 'Account has insufficient balance for requested action.'),
      ),
    throttle: () => venue.faults.throttleNext(100, isOrderCommand),
    blind: (on) => venue.faults.blind(on),
    repeat: () => venue.faults.duplicateNext('executionReport TRADE'),
    cut: () => venue.faults.refuseConnections(),
    restore: () => venue.faults.restore(),
    restart: () => {
      // The process is dead: nobody hears its adapter any more.
      adapter.removeAllListeners();
      adapter.close();
      adapter = adapterOn(venue, recvWindow);
      return adapter;
    },
    byHand: (lots) => market.byHand('bot', symbol, lots),
    skew: (ms) => venue.faults.skew(ms),
  };
  const minute = 60_000;
  const from = Math.floor(Date.now() / minute) * minute - 10 * minute;
  market.history(symbol, '1m', pastBars(from, 10));
  market.quote(symbol, 2_000, 2_000.02);
  return {
    adapter,
    symbol,
    lots: 0.1,
    market: { bid: 2_000, ask: 2_000.02 },
    controls,
    past: { symbol, timeframe: 'M1', from, to: from + 10 * minute },
    dispose: async () => {
      await venue.close();
      if (venue.failures.length > 0)
        throw new MikroBotError('BAD_DATA', `The simulator failed: ${String(venue.failures[0])}`);
    },
  };
};

/** Klines as REST lists them. */
const pastBars = (from: number, count: number) =>
  Array.from({ length: count }, (_, i): readonly (string | number)[] => {
    const open = from + i * 60_000;
    const price = 2_000 + i;
    const text = (value: number): string => value.toFixed(2);
    const prices = [text(price), text(price + 2), text(price - 1), text(price + 1)];
    return [open, ...prices, '10.00000000', open + 59_999, '20000.00000000', 5, '5.0', '10000.0', '0'];
  });
