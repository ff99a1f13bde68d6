import { describe, expect, it } from 'vitest';
import { refusedSignal, sent } from '../test-support/events.js';
import { bookWith, eurusd, MOMENT, type Present } from '../test-support/market.js';
import { follow, type PolicyRun, said } from '../test-support/policy-run.js';
import { liquidityFilter } from './liquidity-filter.js';

const EVERY = 1_000;
const settings = { samples: 5, every: EVERY, atLeast: 3, symbols: ['EURUSD'] };

/** EURUSD with so many pips of spread, and other quotes. */
const spread = (pips: number, now: number, over: Present['quotes'] = {}): Present => ({
  now,
  quotes: { EURUSD: [1.1, 1.1 + pips * 0.0001], ...over },
});
/** A mark each second from 1 on, with these spreads in pips. */
const marks = <S>(run: PolicyRun<S>, ...pips: readonly number[]): PolicyRun<S> =>
  pips.reduce((r, p, i) => r.tell({ type: 'mark' }, spread(p, (i + 1) * EVERY)), run);
const asking = (pips: number) => ({ quote: { time: 0, bid: 1.1, ask: 1.1 + pips * 0.0001 } });

describe('liquidityFilter', () => {
  const start = follow(liquidityFilter(settings));

  it('refuses a spread of more than three times the median', () => {
    const run = marks(start, 1, 9, 2);
    expect(said(run.judge(asking(6)))).toBe('approve');
    expect(run.judge(asking(6.1))).toEqual({ code: 'LOW_LIQUIDITY', limit: 3, actual: 3.05 });
  });

  it('takes the middle of two of an even number', () => {
    // Median of 1, 9, 2, 4 is 3.
    const run = marks(start, 1, 9, 2, 4);
    expect(said(run.judge(asking(9)))).toBe('approve');
    expect(said(run.judge(asking(9.1)))).toBe('refuse LOW_LIQUIDITY');
  });

  it('looks at the last samples only', () => {
    const run = marks(start, 9, 9, 9, 9, 1, 1, 1);
    expect(run.state.series[0]?.spreads).toEqual([0.0009, 0.0009, 0.0001, 0.0001, 0.0001]);
    expect(said(run.judge(asking(3.1)))).toBe('refuse LOW_LIQUIDITY');
  });

  it('takes a multiple of one’s own', () => {
    const run = marks(follow(liquidityFilter({ ...settings, times: 2 })), 1, 1, 1);
    expect(said(run.judge(asking(2)))).toBe('approve');
    expect(run.judge(asking(2.1))).toMatchObject({ limit: 2, actual: 2.1 });
  });

  it('counts a typical spread below one tick as one tick', () => {
    const run = marks(start, 0, 0, 0);
    expect(said(run.judge(asking(0.3)))).toBe('approve');
    expect(run.judge(asking(0.4))).toMatchObject({ code: 'LOW_LIQUIDITY', actual: 4 });
  });

  it('samples once in `every` ms, and changes nothing between', () => {
    const { next } = liquidityFilter(settings).memory!;
    const first = next(start.state, { type: 'mark' }, bookWith(spread(1, 5_000)));
    expect(first.due).toBe(6_000);
    expect(next(first, { type: 'mark' }, bookWith(spread(9, 5_999)))).toBe(first);
    expect(next(first, { type: 'mark' }, bookWith(spread(9, 6_000))).series[0]?.spreads).toHaveLength(2);
    expect(next(first, sent(), bookWith(spread(9, 6_000)))).toBe(first);
  });

  it('samples only quotes that are new and can be used', () => {
    const { next } = liquidityFilter({ ...settings, symbols: ['EURUSD', 'NONE', 'USDJPY'] }).memory!;
    const book = bookWith({ now: 1_000, quotes: { EURUSD: [1.1, 1.1002], USDJPY: [150, 149] } });
    const first = next(start.state, { type: 'mark' }, book);
    const quote = book.quote('EURUSD');
    const later = next(first, { type: 'mark' }, { ...book, now: () => 2_000, quote: () => quote });
    expect(first.series.map(({ spreads }) => spreads.length)).toEqual([1, 0, 0]);
    expect(later.series[0]).toBe(first.series[0]);
    expect(later.due).toBe(3_000);
  });

  it('begins anew when quotes were missing for the whole window', () => {
    const run = marks(start, 1, 1, 1);
    const again = (now: number) => run.tell({ type: 'mark' }, spread(5, now)).state.series[0]?.spreads.length;
    expect(again(3_000 + 5 * EVERY)).toBe(4);
    expect(again(3_000 + 5 * EVERY + 1)).toBe(1);
  });

  it('passes while there are too few samples, or refuses when told', () => {
    expect(said(marks(start, 1, 1).judge(asking(50)))).toBe('approve');
    expect(said(marks(start, 1, 1, 1).judge(asking(50)))).toBe('refuse LOW_LIQUIDITY');
    const strict = follow(liquidityFilter({ ...settings, whenUnknown: 'refuse' }));
    expect(marks(strict, 1, 1).judge(asking(1))).toEqual({ code: 'LIQUIDITY_UNKNOWN', limit: 3, actual: 2 });
    expect(strict.judge(asking(1))).toMatchObject({ actual: 0 });
  });

  it('needs no more samples than it keeps', () => {
    const few = follow(
      liquidityFilter({ samples: 3, every: EVERY, symbols: ['EURUSD'], whenUnknown: 'refuse' }),
    );
    expect(marks(few, 1, 1).judge(asking(1))).toMatchObject({ limit: 3, actual: 2 });
    expect(said(marks(few, 1, 1, 1).judge(asking(1)))).toBe('approve');
  });

  it('learns symbols from signals, up to a number', () => {
    const { memory } = liquidityFilter({ ...settings, symbols: [] });
    expect(memory!.next(memory!.initial, { type: 'mark' }, bookWith(spread(1, 1)))).toBe(memory!.initial);
    let state = memory!.next(memory!.initial, refusedSignal(), bookWith());
    expect(state.series.map(({ symbol }) => symbol)).toEqual(['EURUSD']);
    expect(memory!.next(state, refusedSignal(), bookWith())).toBe(state);
    expect(memory!.next(state, { type: 'mark' }, bookWith(spread(1, 1))).series[0]?.spreads).toEqual([
      0.0001,
    ]);
    for (let i = 0; i < 100; i++) state = memory!.next(state, refusedSignal({ symbol: `S${i}` }), bookWith());
    expect(state.series).toHaveLength(64);
  });

  it('keeps each symbol by itself', () => {
    const two = follow(liquidityFilter({ ...settings, symbols: ['EURUSD', 'USDJPY'] }));
    const wide = { USDJPY: [150, 150.1] } as const;
    const run = [1, 2, 3].reduce((r, i) => r.tell({ type: 'mark' }, spread(1, i * EVERY, wide)), two);
    const yen = { symbol: 'USDJPY', quote: { time: 0, bid: 150, ask: 150.3 } };
    expect(said(run.judge(yen))).toBe('approve');
    expect(said(run.judge({ ...yen, quote: { time: 0, bid: 150, ask: 150.31 } }))).toBe(
      'refuse LOW_LIQUIDITY',
    );
    expect(said(run.judge(asking(4)))).toBe('refuse LOW_LIQUIDITY');
  });

  it('believes the tag of a signal', () => {
    expect(start.judge({ tags: { liquidity: 'low' } })).toEqual({
      code: 'LOW_LIQUIDITY',
      limit: 'no tag liquidity: low',
      actual: 'low',
    });
    expect(said(start.judge({ tags: { liquidity: 'high' } }))).toBe('approve');
    expect(said(start.judge({ tags: { liquidity: 0 } }))).toBe('approve');
    const { judge } = follow(liquidityFilter({ ...settings, minLiquidity: 0.3 }));
    expect(said(judge({ tags: { liquidity: 0.3 } }))).toBe('approve');
    expect(judge({ tags: { liquidity: 0.29 } })).toEqual({ code: 'LOW_LIQUIDITY', limit: 0.3, actual: 0.29 });
    expect(judge({ tags: { liquidity: Number.NaN } })).toMatchObject({ actual: 'NaN' });
    expect(said(judge({ tags: { liquidity: 'fine' } }))).toBe('approve');
    expect(said(judge({ tags: { other: 0 } }))).toBe('approve');
    expect(said(judge())).toBe('approve');
  });

  it('refuses without a usable quote or instrument', () => {
    expect(said(start.judge({ quote: { time: 0, bid: 1.1, ask: 1 } }))).toBe('refuse NO_QUOTE');
    expect(said(start.judge({ symbol: 'NONE' }))).toBe('refuse UNKNOWN_SYMBOL');
  });

  it('takes an hour of minutes and needs twenty when not told otherwise', () => {
    const policy = liquidityFilter({ symbols: ['EURUSD'] });
    expect(policy.memory?.watches).toBe('always');
    let run = follow(policy);
    for (let i = 0; i < 100; i++) {
      if (i === 19) expect(said(run.judge(asking(50)))).toBe('approve');
      if (i === 20) expect(said(run.judge(asking(50)))).toBe('refuse LOW_LIQUIDITY');
      run = run.tell({ type: 'mark' }, spread(1, MOMENT + i * 60_000));
    }
    expect(run.state.series[0]?.spreads).toHaveLength(60);
    expect(said(run.judge(asking(3), { instruments: [eurusd] }))).toBe('approve');
  });

  it('refuses settings that make no sense', () => {
    expect(() => liquidityFilter({ times: 0.9 })).toThrowError('Too small');
    expect(() => liquidityFilter({ samples: 2 })).toThrowError('Too small');
    expect(() => liquidityFilter({ every: 0 })).toThrowError('Too small');
    expect(() => liquidityFilter({ atLeast: 0 })).toThrowError('Too small');
    expect(() => liquidityFilter({ symbols: Array.from({ length: 65 }, (_, i) => `S${i}`) })).toThrowError(
      'Too big',
    );
  });
});
