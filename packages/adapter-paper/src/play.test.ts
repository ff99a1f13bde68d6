import { type Bar, type ConnectionState, type MikroBotError, type Tick, timeframeMs } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { type PaperAdapter, paper } from './adapter.js';
import type { PaperOptions } from './options.js';
import { feedOf, type Row } from './testing/rows.js';

const T0 = Date.UTC(2024, 0, 10, 12);
const forever = new AbortController().signal;
const balance = { USD: '10000' };

const venue = (rows: readonly Row[], options: Partial<PaperOptions> = {}): PaperAdapter =>
  paper({ feed: feedOf(rows), costs: 'none', balance, ...options });
const ticksOf = (adapter: PaperAdapter, symbols = ['EURUSD']): Tick[] => {
  const ticks: Tick[] = [];
  adapter.on('tick', (tick) => ticks.push({ ...tick }));
  for (const symbol of symbols) void adapter.subscribe({ symbol });
  return ticks;
};
const failure = (run: () => unknown): MikroBotError => {
  try {
    run();
  } catch (error) {
    return error as MikroBotError;
  }
  throw new Error('nothing was thrown');
};

describe('Making a paper venue', () => {
  it('without costs says what to write', () => {
    const options = { feed: feedOf([{ time: T0, bid: 1.1 }]), balance } as unknown as PaperOptions;
    const error = failure(() => paper(options));
    expect(error.code).toBe('COSTS_REQUIRED');
    expect(error.message).toContain("'retail-fx'");
  });

  it('needs one currency, known contracts and something to list', () => {
    const feed = feedOf([{ time: T0, bid: 1.1 }]);
    const costs = 'none';
    expect(failure(() => paper({ feed, costs, balance: {} })).code).toBe('BAD_CONFIG');
    expect(failure(() => paper({ feed, costs, balance: { USD: '1', EUR: '1' } })).code).toBe('BAD_CONFIG');
    expect(failure(() => paper({ feed, costs, balance: { USD: '1.234' } })).code).toBe('BAD_CONFIG');
    expect(failure(() => paper({ costs, balance })).code).toBe('BAD_CONFIG');
    const unknown = feedOf([{ time: T0, bid: 1.1, symbol: 'FOO' }]);
    expect(failure(() => paper({ feed: unknown, costs, balance })).code).toBe('UNKNOWN_INSTRUMENT');
  });

  it('declares history only with a feed, and brackets as told', () => {
    expect(venue([{ time: T0, bid: 1.1 }]).capabilities).toMatchObject({
      history: 'native',
      bracket: 'native',
    });
    expect(venue([{ time: T0, bid: 1.1 }], { brackets: 'none' }).capabilities.bracket).toBe('none');
  });
});

describe('Playing', () => {
  it('tells every row of what is subscribed, in order, and nothing else', async () => {
    const adapter = venue([
      { time: T0, bid: 1.1, ask: 1.1001, volume: 3 },
      { time: T0 + 1, bid: 150, ask: 150.01, symbol: 'USDJPY' },
      { time: T0 + 2, bid: 1.2, ask: 1.2001 },
    ]);
    const ticks = ticksOf(adapter);
    await adapter.play(forever);
    expect(ticks).toEqual([
      { symbol: 'EURUSD', time: T0, bid: 1.1, ask: 1.1001, volume: 3 },
      { symbol: 'EURUSD', time: T0 + 2, bid: 1.2, ask: 1.2001, volume: 0 },
    ]);
  });

  it('stops telling when the stream is ended', async () => {
    const adapter = venue([{ time: T0, bid: 1.1 }]);
    const end = adapter.subscribe({ symbol: 'EURUSD' }) as () => void;
    const again = adapter.subscribe({ symbol: 'EURUSD' }) as () => void;
    let ticks = 0;
    adapter.on('tick', () => ticks++);
    end();
    end();
    await adapter.play(forever);
    expect(ticks).toBe(1);
    again();
    adapter.feedTick({ symbol: 'EURUSD', time: T0 + 1, bid: 1.1, ask: 1.1, volume: 0 });
    expect(ticks).toBe(1);
  });

  it('models the ask where the data has none, and only there', async () => {
    const adapter = venue(
      [
        { time: T0, bid: 1.1 },
        { time: T0 + 1, bid: 1.1, ask: 1.10001 },
        { time: Date.UTC(2024, 0, 10, 22), bid: 1.1 },
      ],
      { costs: 'retail-fx' },
    );
    const ticks = ticksOf(adapter);
    await adapter.play(forever);
    // 1.2 pips; as in the data; four times as wide at the roll-over
    expect(ticks.map((t) => t.ask)).toEqual([1.10012, 1.10001, 1.10048]);
  });

  it('tells crossed and broken rows, so that they can be counted, and does not trade on them', async () => {
    const { NaN: nan, POSITIVE_INFINITY: infinite } = Number;
    const adapter = venue([
      { time: T0, bid: 1.1, ask: 1.1001 },
      { time: T0 + 1, bid: 1.3, ask: 1.2 },
      { time: T0 + 2, bid: nan, ask: 1.2 },
      { time: nan, bid: 1.3, ask: 1.3 },
      { time: infinite, bid: 1.3, ask: 1.3 },
      { time: T0 - 5, bid: 1.3, ask: 1.3 },
    ]);
    const ticks = ticksOf(adapter);
    const times: number[] = [];
    adapter.on('tick', () => times.push(adapter.clock.now()));
    await adapter.play(forever);
    expect(ticks).toHaveLength(6);
    expect(times).toEqual([T0, T0 + 1, T0 + 2, T0 + 2, T0 + 2, T0 + 2]);
    expect(await adapter.snapshot()).toMatchObject({ asOf: T0 + 2, positions: [] });
  });

  it('moves time before anything else, so that a timer fires before the tick after it', async () => {
    const adapter = venue([
      { time: T0, bid: 1.1 },
      { time: T0 + 100, bid: 1.2 },
    ]);
    const seen: string[] = [];
    ticksOf(adapter);
    adapter.on('tick', (t) => {
      seen.push(`tick ${t.time - T0} at ${adapter.clock.now() - T0}`);
      if (t.time > T0) return;
      adapter.clock.arm('x', T0 + 50, () => seen.push(`timer at ${adapter.clock.now() - T0}`));
    });
    await adapter.play(forever);
    expect(seen).toEqual(['tick 0 at 0', 'timer at 50', 'tick 100 at 100']);
  });

  it('stands still while somebody keeps the clock waiting', async () => {
    const adapter = venue([
      { time: T0, bid: 1.1 },
      { time: T0 + 1, bid: 1.2 },
    ]);
    const seen: string[] = [];
    ticksOf(adapter);
    adapter.on('tick', (t) => {
      seen.push(`tick ${t.time - T0}`);
      if (t.time !== T0) return;
      const work = Promise.resolve()
        .then(() => Promise.resolve())
        .then(() => seen.push(`answer at ${adapter.clock.now() - T0}`));
      adapter.clock.track(work);
    });
    await adapter.play(forever);
    expect(seen).toEqual(['tick 0', 'answer at 0', 'tick 1']);
  });

  it('ends cleanly on abort and closes the feed', async () => {
    const rows = Array.from({ length: 50 }, (_, i) => ({ time: T0 + i, bid: 1.1 }));
    const feed = feedOf(rows);
    const adapter = paper({ feed, costs: 'none', balance });
    const ticks = ticksOf(adapter);
    const control = new AbortController();
    adapter.on('tick', (t) => {
      if (t.time === T0 + 6) control.abort();
    });
    await adapter.play(control.signal);
    expect(ticks).toHaveLength(7);
    expect(feed).toMatchObject({ opened: 1, closed: 1 });
  });

  it('does not begin when it is aborted already, and ends when the venue is closed', async () => {
    const feed = feedOf([{ time: T0, bid: 1.1 }]);
    await paper({ feed, costs: 'none', balance }).play(AbortSignal.abort());
    expect(feed.opened).toBe(0);
    const adapter = venue([
      { time: T0, bid: 1.1 },
      { time: T0 + 1, bid: 1.1 },
    ]);
    const ticks = ticksOf(adapter);
    adapter.on('tick', () => void adapter.close());
    await adapter.play(forever);
    expect(ticks).toHaveLength(1);
  });

  it('plays once', async () => {
    const adapter = venue([{ time: T0, bid: 1.1 }]);
    await adapter.play(forever);
    await expect(adapter.play(forever)).rejects.toMatchObject({ code: 'ALREADY_RUN' });
  });

  it('tells that the line is up, that it lives, and that it is down', async () => {
    const rows = Array.from({ length: 21 }, (_, i) => ({ time: T0 + i * 12_000, bid: 1.1 }));
    const adapter = venue([{ time: Number.POSITIVE_INFINITY, bid: 1.1 }, ...rows]);
    const states: ConnectionState['state'][] = [];
    let beats = 0;
    adapter.on('connection', (c) => states.push(c.state));
    adapter.on('heartbeat', () => beats++);
    await adapter.connect(forever);
    void adapter.subscribe({ symbol: 'EURUSD' });
    expect(beats).toBe(1);
    await adapter.play(forever);
    expect(beats).toBe(6); // and at 0, 60, 120, 180 and 240 s
    await adapter.close();
    await adapter.close();
    expect(states).toEqual(['up', 'down']);
  });
});

describe('History', () => {
  const minutes = Array.from({ length: 240 }, (_, i) => ({
    time: T0 + i * 15_000,
    bid: (11_000 + ((i * 7) % 40)) / 10_000,
    ask: (11_005 + ((i * 7) % 40)) / 10_000,
    volume: 1,
  }));
  const bars = async (adapter: PaperAdapter, from: number, to: number): Promise<Bar[]> => {
    const all: Bar[] = [];
    for await (const bar of adapter.history({ symbol: 'EURUSD', timeframe: 'M1', from, to })) all.push(bar);
    return all;
  };

  it('gives the bars that have closed so far, and none of the future', async () => {
    const adapter = venue(minutes);
    ticksOf(adapter);
    expect(await bars(adapter, 0, Number.POSITIVE_INFINITY)).toEqual([]);
    let within: Promise<Bar[]> | undefined;
    adapter.on('tick', (t) => {
      if (t.time === T0 + 10 * 60_000) {
        within = bars(adapter, T0 + 120_000, Number.POSITIVE_INFINITY);
        adapter.clock.track(within);
      }
    });
    await adapter.play(forever);
    const then = await within!;
    expect(then.map((b) => (b.time - T0) / 60_000)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    // Rows 8 to 11: 7 * 8 % 40 = 16, 23, 30, 37
    expect(then[0]).toMatchObject({
      open: 1.1016,
      low: 1.1016,
      high: 1.1037,
      close: 1.1037,
      askOpen: 1.1021,
    });
    expect(then[0]).toMatchObject({ volume: 4, ticks: 4, closeTime: then[0]!.time + timeframeMs('M1') });
    const later = await bars(adapter, T0, T0 + 180_000);
    expect(later.map((b) => (b.time - T0) / 60_000)).toEqual([0, 1, 2]);
  });

  it('is of known instruments only', async () => {
    const adapter = venue(minutes);
    const query = { symbol: 'USDJPY', timeframe: 'M1', from: 0, to: 1 } as const;
    await expect(adapter.history(query).next()).rejects.toMatchObject({ code: 'UNKNOWN_INSTRUMENT' });
  });
});
