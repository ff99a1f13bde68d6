import {
  type Bar,
  BarBuilder,
  type HistoryQuery,
  systemClock,
  type Timeframe,
  VirtualClock,
} from '@mikrobot/core';
import { startTws, type TwsSimulator } from '@mikrobot/simulators';
import { afterEach, describe, expect, it } from 'vitest';
import { ContractBook } from '../contracts/contract-book.js';
import {
  type ContractSpec,
  cfd,
  continuous,
  crypto,
  forex,
  future,
  index,
  option,
  stock,
} from '../contracts/contract-spec.js';
import { openLine } from '../line/open-line.js';
import { history } from './history.js';
import { HistoryQueue } from './history-queue.js';
import { passTime } from './testing/pass-time.js';

const at = (text: string): number => Date.parse(text);
/** A Wednesday; quarterly expiries that follow are 19 December and 20 March. */
const NOW = at('2025-12-03T20:00Z');
const MINUTE = 60_000;
const ends: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const connect = async (contracts: Record<string, ContractSpec>, serverVersion: 176 | 193) => {
  const clock = new VirtualClock(NOW);
  const tws: TwsSimulator = await startTws({ clock, serverVersion, messagesPerSecond: 10_000 });
  ends.push(() => tws.close());
  const line = await openLine({
    host: tws.host,
    port: tws.port,
    clientId: 7,
    clock: systemClock(),
    messagesPerSecond: 10_000,
  });
  ends.push(() => line.close('the test is over'));
  const book = new ContractBook({ contracts, clock });
  await book.resolve(line);
  const queue = new HistoryQueue(clock);
  const parts = { clock, queue, line: () => line, contract: (symbol: string) => book.get(symbol) };
  const read = (symbol: string, timeframe: Timeframe, from: string, to: string): Promise<Bar[]> => {
    const query: HistoryQuery = { symbol, timeframe, from: at(from), to: at(to) };
    const all = (async () => {
      const bars: Bar[] = [];
      for await (const bar of history(parts, query)) bars.push(bar);
      return bars;
    })();
    return passTime(clock, all);
  };
  return { tws, book, read, asked: () => tws.received.get('reqHistoricalData') ?? 0 };
};

/** A bar a minute, whose prices differ from minute to minute. */
const minutes = (from: string, count: number) =>
  Array.from({ length: count }, (_, i) => {
    const open = 20_000 + ((i * 7) % 40) * 0.25;
    return {
      time: at(from) + i * MINUTE,
      open,
      high: open + 2,
      low: open - 1.5,
      close: open + 0.75,
      volume: i % 9,
      count: 2,
    };
  });

describe.each([176, 193] as const)(
  'contracts and past bars of the simulated TWS at server version %i',
  (version) => {
    it('finds contracts of every kind, and makes their instruments', async () => {
      const contracts = {
        AAPL: stock('AAPL'),
        NQ: future('NQ', { exchange: 'CME' }),
        SIXE: future('EUR', { exchange: 'CME', tradingClass: '6E' }),
        EURUSD: forex('EURUSD'),
        US500: cfd('IBUS500'),
        SPX: index('SPX', { exchange: 'CBOE' }),
        CALL: option({ underlying: 'AAPL', expiry: '20251219', strike: 200, right: 'C' }),
        BTC: crypto('BTC'),
        SERIES: continuous('NQ', { exchange: 'CME' }),
      };
      const { book } = await connect(contracts, version);
      const told = book.all.map(({ symbol, instrument: i, facts, tradable }) =>
        [symbol, facts.localSymbol, i.contractSize, i.tickSize, i.pipSize, i.quantityStep, tradable].join(
          ' ',
        ),
      );
      expect(told).toEqual([
        'AAPL AAPL 1 0.01 0.01 1 true',
        'NQ NQZ5 20 0.25 0.25 1 true',
        'SIXE 6EZ5 125000 0.00005 0.00005 1 true',
        'EURUSD EUR.USD 1 0.00005 0.0001 1 true',
        'US500 IBUS500 1 0.01 0.01 1 true',
        'SPX SPX 1 0.01 0.01 1 false',
        'CALL AAPL  251219C00200000 100 0.01 0.01 1 true',
        'BTC BTC.USD 1 0.25 0.25 1e-8 true',
        'SERIES NQZ5 20 0.25 0.25 1 false',
      ]);
      expect(book.notes).toEqual([]);
      // Wednesday 14:00 in Chicago and in New York 15:00; Saturday.
      expect(['AAPL', 'NQ', 'EURUSD'].map((symbol) => book.sessions(symbol).isOpen(NOW))).toEqual([
        true,
        true,
        true,
      ]);
      expect(
        ['AAPL', 'NQ', 'EURUSD'].map((symbol) => book.sessions(symbol).isOpen(at('2025-12-06T18:00Z'))),
      ).toEqual([false, false, false]);
    });

    it('reads minutes over a weekend, whole and once, and larger bars as core makes them of those minutes', async () => {
      const { tws, read, asked } = await connect({ NQ: future('NQ', { exchange: 'CME' }) }, version);
      // Friday until the close at 16:00 in Chicago, and from Sunday 17:00 on.
      const rows = [...minutes('2025-11-28T15:00Z', 7 * 60), ...minutes('2025-11-30T23:00Z', 30 * 60)];
      tws.controls.history('NQ', rows);
      const span = ['2025-11-28T00:00Z', '2025-12-02T05:00Z'] as const;
      const bars = await read('NQ', 'M1', ...span);
      expect(
        bars.map(({ time, open, high, low, close, volume, ticks }) => ({
          time,
          open,
          high,
          low,
          close,
          volume,
          count: ticks,
        })),
      ).toEqual(rows);
      expect(asked()).toBe(5);
      for (const timeframe of ['M5', 'M30', 'H1', 'H4', 'H12'] as const) {
        const builder = new BarBuilder('NQ', [timeframe]);
        const made: Bar[] = [];
        builder.series(timeframe).bars.observable.subscribe((bar) => void made.push(bar));
        for (const bar of bars) builder.bar(bar);
        builder.finish();
        expect(await read('NQ', timeframe, ...span)).toEqual(made);
      }
    }, 15_000);

    it('reads days as dates of the exchange: the evening of Sunday counts to Monday', async () => {
      const { tws, read } = await connect({ NQ: future('NQ', { exchange: 'CME' }) }, version);
      tws.controls.history('NQ', [
        ...minutes('2025-11-28T15:00Z', 60),
        ...minutes('2025-11-30T23:00Z', 60),
        ...minutes('2025-12-01T15:00Z', 60),
      ]);
      const bars = await read('NQ', 'D1', '2025-11-24T06:00Z', '2025-12-03T06:00Z');
      expect(bars.map(({ time, ticks }) => [new Date(time).toISOString(), ticks])).toEqual([
        ['2025-11-28T06:00:00.000Z', 120],
        ['2025-12-01T06:00:00.000Z', 240],
      ]);
    });

    it('reads bid and ask of a pair', async () => {
      const { tws, read } = await connect({ EURUSD: forex('EURUSD') }, version);
      const bid = { open: 1.1, high: 1.102, low: 1.099, close: 1.101 };
      const ask = { open: 1.1001, high: 1.1021, low: 1.0991, close: 1.1011 };
      tws.controls.history('EURUSD', [{ time: at('2025-12-02T15:00Z'), ...bid, bid, ask }]);
      const { open, high, low, close } = ask;
      expect(await read('EURUSD', 'M1', '2025-12-02T14:00Z', '2025-12-02T16:00Z')).toMatchObject([
        { ...bid, askOpen: open, askHigh: high, askLow: low, askClose: close, volume: 0 },
      ]);
    });

    it('reads the trades of a coin by the name that they have there', async () => {
      const { tws, read } = await connect({ BTC: crypto('BTC') }, version);
      tws.controls.history('BTC', minutes('2025-12-02T15:00Z', 3));
      expect(await read('BTC', 'M1', '2025-12-02T15:00Z', '2025-12-02T16:00Z')).toHaveLength(3);
    });

    it('never breaks a limit of TWS: no request of 70 pages of small bars had to be made twice', async () => {
      const { tws, read, asked } = await connect({ NQ: future('NQ', { exchange: 'CME' }) }, version);
      tws.controls.history('NQ', [
        { time: at('2025-12-01T00:00Z'), length: 5_000, open: 1, high: 1, low: 1, close: 1 },
      ]);
      await read('NQ', 'S5', '2025-12-01T00:00Z', '2025-12-03T20:00Z');
      expect(asked()).toBe(68);
    }, 15_000);

    it('waits where the limits hold for all bars, as heavy use meets them, and gets everything in the end', async () => {
      const { tws, read, asked } = await connect({ NQ: future('NQ', { exchange: 'CME' }) }, version);
      const rows = minutes('2025-08-01T15:00Z', 2);
      tws.controls.history('NQ', rows);
      tws.controls.pacing('all');
      const bars = await read('NQ', 'M1', '2025-08-01T00:00Z', '2025-10-10T00:00Z');
      expect(bars).toHaveLength(2);
      expect(asked()).toBeGreaterThan(70);
    }, 15_000);

    it('reads a continuous future, which takes no end', async () => {
      const { tws, read } = await connect(
        { NQ: future('NQ', { exchange: 'CME', history: 'continuous' }) },
        version,
      );
      tws.controls.history('NQ', minutes('2025-12-02T15:00Z', 5));
      expect(await read('NQ', 'M1', '2025-12-02T15:00Z', '2025-12-02T15:05Z')).toHaveLength(5);
    });

    it('says what TWS says where the data are not subscribed', async () => {
      const { tws, read } = await connect({ NQ: future('NQ', { exchange: 'CME' }) }, version);
      tws.controls.subscriptionMissing('NQ');
      await expect(read('NQ', 'M1', '2025-12-02T15:00Z', '2025-12-02T15:05Z')).rejects.toMatchObject({
        twsCode: 162,
        where: 'past bars of NQ',
      });
    });
  },
);
