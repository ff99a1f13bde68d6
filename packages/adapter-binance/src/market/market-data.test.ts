import { type Bar, VirtualClock } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import type { MarketEvent } from '../mapper/market-events.js';
import { sample } from '../testing/market-messages.js';
import { MarketData } from './market-data.js';
import { futuresPath } from './stream-names.js';

type Asked = readonly [path: string, params: Readonly<Record<string, string | number>>, weight: number];

/** Streams and REST answers by hand. */
class Venue {
  readonly listeners = new Map<string, (data: unknown) => void>();
  readonly asked: Asked[] = [];
  readonly answers: (unknown | Error)[] = [];
  readonly clock = new VirtualClock(1_723_161_255_000);
  readonly data: MarketData;

  constructor(venue: 'spot' | 'futures' = 'spot') {
    this.data = new MarketData({
      venue,
      clock: this.clock,
      tickSize: () => 0.01,
      streams: {
        subscribe: (stream, listener) => {
          this.listeners.set(stream, listener);
          return () => this.listeners.delete(stream);
        },
      },
      get: async (...asked) => {
        this.asked.push(asked);
        const answer = this.answers.shift();
        if (answer instanceof Error) throw answer;
        return answer;
      },
    });
  }

  tell(stream: string, data: unknown): void {
    this.listeners.get(stream)?.(data);
  }

  get malformed(): number {
    return Object.values(this.data.malformed).reduce((a, b) => a + b);
  }
}

/** Lets all answers that are there arrive. */
const settle = async (): Promise<void> => {
  for (let i = 0; i < 10; i++) await Promise.resolve();
};

describe('market data', () => {
  it('gives best prices as ticks, timed by the venue or, on spot, by their arrival', () => {
    const spot = new Venue();
    const ticks: unknown[] = [];
    spot.data.ticks('BTCUSDT', (tick) => ticks.push({ ...tick }));
    spot.tell('btcusdt@bookTicker', sample('btcusdt@bookTicker'));
    expect(ticks).toEqual([
      { symbol: 'BTCUSDT', time: 1_723_161_255_000, bid: 61837.63, ask: 61837.64, volume: 0 },
    ]);
    const futures = new Venue('futures');
    futures.data.ticks('BNBUSDT', (tick) => ticks.push(tick.time));
    futures.tell('bnbusdt@bookTicker', sample('bnbusdt@bookTicker'));
    expect(ticks[1]).toBe(1568014460891);
  });

  it('never lets ticks go back in time, also when the clock is corrected', () => {
    const venue = new Venue();
    let now = 5_000;
    const data = new MarketData({
      venue: 'spot',
      clock: { now: () => now, arm: () => () => undefined },
      streams: {
        subscribe(_, listener) {
          venue.listeners.set('x', listener);
          return () => undefined;
        },
      },
      get: async () => undefined,
    });
    const times: number[] = [];
    data.ticks('BTCUSDT', ({ time }) => times.push(time));
    for (const at of [5_000, 4_000, 6_000]) {
      now = at;
      venue.tell('x', sample('btcusdt@bookTicker'));
    }
    expect(times).toEqual([5_000, 5_000, 6_000]);
  });

  it('names the streams as the venue does, and ends them', () => {
    const spot = new Venue();
    const futures = new Venue('futures');
    const nothing = (): void => undefined;
    const ends = [spot, futures].flatMap(({ data }) => [
      data.quotes('BTCUSDT', nothing),
      data.trades('BTCUSDT', nothing),
      data.bars('BTCUSDT', 'M5', nothing),
      data.depth('BTCUSDT', 20, nothing),
    ]);
    const mark = futures.data.markPrice('BTCUSDT', nothing);
    const common = ['btcusdt@bookTicker', 'btcusdt@depth20@100ms', 'btcusdt@kline_5m'];
    expect([...spot.listeners.keys()].sort()).toEqual([...common, 'btcusdt@trade'].sort());
    expect([...futures.listeners.keys()].sort()).toEqual(
      [...common, 'btcusdt@aggTrade', 'btcusdt@markPrice@1s'].sort(),
    );
    // "Important WebSocket Change Notice" of USD-M futures.
    expect([...futures.listeners.keys()].filter((stream) => futuresPath(stream) === 'public').sort()).toEqual(
      ['btcusdt@bookTicker', 'btcusdt@depth20@100ms'],
    );
    for (const end of [...ends, mark]) end();
    expect(spot.listeners.size + futures.listeners.size).toBe(0);
  });

  it('drops and counts what is malformed, and what is of another symbol', () => {
    const venue = new Venue();
    const told: MarketEvent[] = [];
    venue.data.trades('BTCUSDT', (trade) => told.push(trade));
    venue.tell('btcusdt@trade', { ...sample('btcusdt@trade'), p: '-1' });
    venue.tell('btcusdt@trade', { ...sample('btcusdt@trade'), s: 'ETHUSDT' });
    venue.tell('btcusdt@trade', sample('btcusdt@trade'));
    expect(told).toHaveLength(1);
    expect([venue.malformed, venue.data.malformed.price, venue.data.malformed.symbol]).toEqual([2, 1, 1]);
  });

  it('gives klines with the ask one tick above the bid', () => {
    const venue = new Venue();
    const bars: unknown[] = [];
    venue.data.bars('BNBBTC', 'M1', ({ bar, closed }) => bars.push([bar.close, bar.askClose, closed]));
    venue.tell('bnbbtc@kline_1m', sample('bnbbtc@kline_1m'));
    expect(bars).toEqual([[0.002, 0.01, false]]);
  });
});

describe('a live book', () => {
  const diff = (U: number, u: number, b: readonly unknown[] = []) => ({
    ...sample('btcusdt@depth@100ms'),
    U,
    u,
    b,
    a: [],
  });
  const book = (lastUpdateId: number, quantity = '1') => ({
    lastUpdateId,
    bids: [['100.00', quantity]],
    asks: [['101.00', quantity]],
  });
  const stream = 'btcusdt@depth@100ms';

  it('asks for its snapshot only once the stream has begun, and once', async () => {
    const venue = new Venue();
    const live = venue.data.book('BTCUSDT');
    await settle();
    expect(venue.asked).toEqual([]);
    venue.answers.push(book(10));
    venue.tell(stream, diff(8, 9));
    venue.tell(stream, diff(10, 11, [['100.00', '5']]));
    await settle();
    expect(venue.asked).toEqual([['/api/v3/depth', { symbol: 'BTCUSDT', limit: 1000 }, 50]]);
    expect([live.book.synced, live.book.bid, live.book.bidQuantity]).toEqual([true, 100, 5]);
  });

  it('syncs again by itself after a gap, and tells both', async () => {
    const venue = new Venue();
    const told: (readonly [boolean, number])[] = [];
    const live = venue.data.book('BTCUSDT', {
      listener: ({ synced, bidQuantity }) => told.push([synced, bidQuantity]),
    });
    venue.answers.push(book(10), book(30, '3'));
    venue.tell(stream, diff(9, 11));
    await settle();
    venue.clock.advance(1_723_161_260_000);
    venue.tell(stream, diff(20, 29));
    await settle();
    venue.tell(stream, diff(31, 32, [['100.00', '4']]));
    expect(told).toEqual([
      [true, 1],
      [false, 0],
      [true, 3],
      [true, 4],
    ]);
    expect([live.resyncs, venue.asked.length]).toEqual([1, 2]);
  });

  it('asks again with growing pauses while snapshots fail, cannot be read or are too old', async () => {
    const venue = new Venue();
    const live = venue.data.book('BTCUSDT');
    venue.answers.push(new Error('no answer'), { lastUpdateId: 'x' }, book(5), book(12));
    venue.tell(stream, diff(10, 11));
    await settle();
    const asked: number[] = [];
    for (let at = 0; at <= 2_000; at += 50) {
      const before = venue.asked.length;
      venue.clock.advance(1_723_161_255_000 + at);
      await settle();
      if (venue.asked.length > before) asked.push(at);
    }
    expect(asked).toEqual([250, 750, 1_750]);
    expect(live.book.synced).toBe(true);
  });

  it('that is lost as soon as it is there is not asked for at once each time', async () => {
    const venue = new Venue();
    const live = venue.data.book('BTCUSDT');
    venue.tell(stream, diff(1, 1));
    for (let i = 0, id = 10; i < 2_000; i += 1, id += 10) {
      venue.answers.push(book(id));
      await settle();
      // A hole after each snapshot, ten times a second.
      venue.tell(stream, diff(id + 5, id + 6));
      venue.clock.advance(1_723_161_255_000 + i * 100);
    }
    // 200 s hold 8 pauses, from 250 ms doubled up to 30 s, and four more of 30 s.
    expect(venue.asked.length).toBeLessThan(16);
    live.close();
  });

  it('that is closed asks for nothing more, and leaves no timer', async () => {
    const venue = new Venue();
    let armed = 0;
    const { arm } = venue.clock;
    venue.clock.arm = (...timer) => {
      const disarm = arm.apply(venue.clock, timer);
      armed += 1;
      return () => {
        armed -= 1;
        disarm();
      };
    };
    const live = venue.data.book('BTCUSDT');
    venue.answers.push(new Error('no answer'), book(12));
    venue.tell(stream, diff(10, 11));
    await settle();
    expect(armed).toBe(1);
    live.close();
    expect(armed).toBe(0);
    venue.clock.advance(1_723_161_355_000);
    await settle();
    expect([venue.asked.length, venue.listeners.size, live.book.synced]).toEqual([1, 0, false]);
  });
});

describe('history', () => {
  const MINUTE = 60_000;
  const from = 1_700_000_040_000;
  const row = (i: number, close = '100.5') =>
    [
      from + i * MINUTE,
      '100',
      '101.00',
      '99.5',
      close,
      '12.5',
      from + (i + 1) * MINUTE - 1,
      '0',
      7,
      '0',
      '0',
      '0',
    ] as const;
  const rows = (start: number, end: number) => Array.from({ length: end - start }, (_, i) => row(start + i));
  const read = async (venue: Venue, minutes: number): Promise<readonly Bar[]> => {
    const bars: Bar[] = [];
    const query = { symbol: 'BTCUSDT', timeframe: 'M1', from, to: from + minutes * MINUTE } as const;
    for await (const bar of venue.data.history(query)) bars.push(bar);
    return bars;
  };

  it('is read page by page, each from where the one before ended', async () => {
    const venue = new Venue();
    venue.answers.push(rows(0, 1000), rows(1000, 2000), rows(2000, 2500));
    const bars = await read(venue, 2500);
    expect(bars.map(({ time }) => time)).toEqual(rows(0, 2500).map(([time]) => time));
    expect(bars[0]).toEqual({
      symbol: 'BTCUSDT',
      timeframe: 'M1',
      time: from,
      closeTime: from + MINUTE,
      open: 100,
      high: 101,
      low: 99.5,
      close: 100.5,
      askOpen: 100.01,
      askHigh: 101.01,
      askLow: 99.51,
      askClose: 100.51,
      volume: 12.5,
      ticks: 7,
    });
    const end = from + 2500 * MINUTE - 1;
    const params = { symbol: 'BTCUSDT', interval: '1m', endTime: end, limit: 1000 };
    expect(venue.asked).toEqual(
      [0, 1000, 2000].map((i) => ['/api/v3/klines', { ...params, startTime: from + i * MINUTE }, 2]),
    );
  });

  it('ends before the bar that still forms', async () => {
    const venue = new Venue();
    const now = venue.clock.now();
    const last = Math.floor((now - from) / MINUTE);
    venue.answers.push([row(last - 1), row(last)]);
    const bars: Bar[] = [];
    const query = { symbol: 'BTCUSDT', timeframe: 'M1', from: from + (last - 1) * MINUTE, to: now } as const;
    for await (const bar of venue.data.history(query)) bars.push(bar);
    expect(bars.map(({ time }) => time)).toEqual([row(last - 1)[0]]);
  });

  it.each([
    ['no list', { code: -1121 }],
    ['a broken row', [row(0, 'x')]],
    ['rows that do not ascend', [row(1), row(1)]],
  ])('that is %s is an error, not an end', async (_, answer) => {
    const venue = new Venue();
    venue.answers.push(answer);
    await expect(read(venue, 10)).rejects.toMatchObject({ code: 'BAD_DATA' });
  });

  it('has no lengths that the venue does not have', async () => {
    const query = { symbol: 'BTCUSDT', timeframe: 'S1', from, to: from + 1 } as const;
    const first = async (venue: Venue) => venue.data.history(query)[Symbol.asyncIterator]().next();
    await expect(first(new Venue('futures'))).rejects.toMatchObject({ code: 'BAD_TIMEFRAME' });
    const spot = new Venue();
    spot.answers.push([]);
    await expect(first(spot)).resolves.toMatchObject({ done: true });
  });
});
