import { describe, expect, it } from 'vitest';
import { commanded, refusedSignal } from '../test-support/events.js';
import { bookWith, instrumentWith, MOMENT, OWNER, type Present, usdjpy } from '../test-support/market.js';
import { follow, type PolicyRun, said } from '../test-support/policy-run.js';
import { correlationExposure } from './correlation-exposure.js';

const INTERVAL = 900_000;
const FIRST = Math.ceil(MOMENT / INTERVAL) * INTERVAL;
const mark = { type: 'mark' } as const;
const instruments = [instrumentWith(), instrumentWith({ symbol: 'GBPUSD' }), usdjpy];

/** Anscombe's first set (1973): a correlation of 0.816. */
const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
const y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
const ANSCOMBE = expect.closeTo(0.8164205163, 8);

/** Quotes whose middle prices have logarithmic returns of so many thousandths. */
const quotesAfter = (n: number): NonNullable<Present['quotes']> => {
  const price = (returns: readonly number[]): readonly [number, number] => {
    const mid = Math.exp(returns.slice(0, n).reduce((sum, r) => sum + r / 1_000, 0));
    return [mid - 0.0001, mid + 0.0001];
  };
  return { EURUSD: price(x), GBPUSD: price(y) };
};

type Settings = Parameters<typeof correlationExposure>[0];

const symbols = ['EURUSD', 'GBPUSD'];
const started = (settings: Settings = {}) => follow(correlationExposure({ symbols, least: 11, ...settings }));

/** The prices of so many moments, one an interval. */
const seen = <S>(run: PolicyRun<S>, moments = 12): PolicyRun<S> => {
  let current = run;
  for (let n = 0; n < moments; n++)
    current = current.tell(mark, { now: FIRST + n * INTERVAL, quotes: quotesAfter(n), instruments });
  return current;
};

const holding = (quantity: number, symbol = 'GBPUSD', owner = 'b'): Present => ({
  instruments,
  positions: [{ symbol, quantity, owner }],
});
const sell = { side: 'sell', stop: 1.12 } as const;

describe('the correlation of an entry with what is open', () => {
  const run = seen(started());

  it('refuses above 0.7 unless told otherwise', () => {
    const refusal = { code: 'CORRELATION', limit: 0.7, actual: ANSCOMBE };
    expect(run.judge({}, holding(1))).toEqual(refusal);
    expect(run.judge(sell, holding(-1))).toEqual(refusal);
    expect(seen(started({ most: 0.8165 })).judge({}, holding(1))).toBeUndefined();
    expect(said(seen(started({ most: 0.8164 })).judge({}, holding(1)))).toBe('refuse CORRELATION');
  });

  it('does not mind the opposite direction', () => {
    expect(run.judge(sell, holding(1))).toBeUndefined();
    expect(run.judge({}, holding(-1))).toBeUndefined();
    expect(seen(started({ most: 0 })).judge(sell, holding(1))).toBeUndefined();
  });

  it('counts entries on their way', () => {
    const entries = [{ symbol: 'GBPUSD', owner: 'b', quantity: 0.1, stop: undefined }];
    expect(said(run.judge({}, { instruments, entries }))).toBe('refuse CORRELATION');
    expect(run.judge(sell, { instruments, entries })).toBeUndefined();
  });

  it('takes a symbol for the same bet as itself, without samples', () => {
    const fresh = started();
    expect(fresh.judge({}, holding(1, 'EURUSD'))).toEqual({ code: 'CORRELATION', limit: 0.7, actual: 1 });
    expect(fresh.judge(sell, holding(1, 'EURUSD'))).toBeUndefined();
    expect(started({ most: 1 }).judge({}, holding(1, 'EURUSD'))).toBeUndefined();
  });

  it('names the largest of several', () => {
    const positions = [
      { symbol: 'GBPUSD', quantity: 1, owner: 'b' },
      { symbol: 'EURUSD', quantity: 1, owner: 'c' },
    ];
    expect(run.judge({}, { instruments, positions })).toMatchObject({ actual: 1 });
    expect(run.judge({}, { instruments, positions: positions.toReversed() })).toMatchObject({ actual: 1 });
    // A position that goes against it does not make up for one that goes with it.
    const mixed = [positions[0]!, { ...positions[1]!, quantity: -1 }];
    expect(run.judge({}, { instruments, positions: mixed })).toMatchObject({ actual: ANSCOMBE });
  });

  it('looks at the net where the venue nets, and at each position where it hedges', () => {
    const positions = [
      { symbol: 'GBPUSD', quantity: 0.3, owner: 'a' },
      { symbol: 'GBPUSD', quantity: -0.1, owner: 'b' },
      { symbol: 'GBPUSD', quantity: -0.2, owner: 'c' },
    ];
    expect(run.judge({}, { instruments, positions })).toBeUndefined();
    expect(run.judge(sell, { instruments, positions })).toBeUndefined();
    expect(started().judge({}, { instruments, positions })).toBeUndefined();
    const account = { mode: 'hedging' } as const;
    expect(said(run.judge({}, { instruments, positions, account }))).toBe('refuse CORRELATION');
    expect(said(run.judge(sell, { instruments, positions, account }))).toBe('refuse CORRELATION');
  });

  it('does not count the position that a reversal closes first', () => {
    for (const mode of ['netting', 'hedging'] as const) {
      const own = { ...holding(1, 'EURUSD', OWNER), account: { mode } };
      expect(run.judge({ intent: 'reverse' }, own)).toBeUndefined();
      expect(said(run.judge({}, own))).toBe('refuse CORRELATION');
    }
  });

  it('approves the first position without any samples', () => {
    expect(started().judge({}, { instruments })).toBeUndefined();
  });
});

describe('a correlation that is not known yet', () => {
  const missing = (returns: number) => ({
    code: 'CORRELATION_UNKNOWN',
    limit: '11 returns that vary',
    actual: `${returns} of EURUSD and GBPUSD`,
  });

  it('refuses until there are enough returns in common', () => {
    expect(started().judge({}, holding(1))).toEqual(missing(0));
    expect(seen(started(), 11).judge({}, holding(1))).toEqual(missing(10));
    expect(seen(started(), 12).judge({}, holding(1))).toMatchObject({ code: 'CORRELATION' });
  });

  it('refuses with the known one where another is above the limit', () => {
    const positions = [
      { symbol: 'USDJPY', quantity: 1 },
      { symbol: 'GBPUSD', quantity: 1, owner: 'b' },
    ];
    expect(said(seen(started()).judge({}, { instruments, positions }))).toBe('refuse CORRELATION');
    expect(said(seen(started()).judge(sell, { instruments, positions }))).toBe('refuse CORRELATION_UNKNOWN');
  });

  it('passes where that is wanted', () => {
    const run = seen(started({ unknown: 'pass' }), 11);
    expect(run.judge({}, holding(1))).toBeUndefined();
    expect(said(run.judge({}, holding(1, 'EURUSD')))).toBe('refuse CORRELATION');
  });

  it('stays unknown while a price does not move', () => {
    let run = started();
    for (let n = 0; n < 13; n++)
      run = run.tell(mark, {
        now: FIRST + n * INTERVAL,
        quotes: { ...quotesAfter(n), GBPUSD: [1, 1] },
        instruments,
      });
    expect(run.judge({}, holding(1))).toEqual(missing(12));
  });
});

describe('the samples of prices', () => {
  const policy = correlationExposure();
  const { memory } = policy;

  it('are taken once an interval, and cost nothing in between', () => {
    const run = seen(started(), 1);
    expect(run.state.rows).toHaveLength(1);
    const between = bookWith({ now: FIRST + INTERVAL - 1, quotes: quotesAfter(1) });
    expect(memory!.next(run.state, mark, between)).toBe(run.state);
    expect(memory!.next(run.state, refusedSignal(), between)).toBe(run.state);
    expect(seen(started(), 2).state.rows).toHaveLength(2);
    expect(memory?.watches).toBe('always');
  });

  it('are 96 returns at most unless told otherwise', () => {
    expect(seen(follow(policy), 120).state.rows).toHaveLength(97);
    expect(seen(started({ samples: 5 }), 12).state.rows).toHaveLength(6);
  });

  it('begin for a symbol with its first signal or position', () => {
    const now = FIRST;
    const run = follow(policy);
    expect(run.tell(mark, { now }).state.symbols).toEqual([]);
    expect(run.tell(refusedSignal(), { now }).state.symbols).toEqual(['EURUSD']);
    expect(run.tell(mark, { now, ...holding(1) }).state.symbols).toEqual(['GBPUSD']);
    expect(run.tell(refusedSignal({ symbol: 'XXXYYY' }), { now }).state.symbols).toEqual([]);
  });

  it('of another interval are forgotten', () => {
    const { state } = seen(started());
    const other = correlationExposure({ symbols, interval: 60_000 });
    const book = bookWith({ now: FIRST + 5, quotes: quotesAfter(3), instruments });
    const next = other.memory!.next(state, mark, book);
    expect(next.rows).toHaveLength(1);
    expect(next.interval).toBe(60_000);
  });

  it('do not care for commands', () => {
    const run = seen(started(), 1);
    const pause = commanded({ do: 'pause', by: 'anna' });
    expect(run.tell(pause, { now: FIRST + 1 }).state).toEqual(run.state);
  });

  it('have settings that make sense', () => {
    for (const bad of [{ most: 1.1 }, { most: -0.1 }, { interval: 0 }, { samples: 2 }, { least: 2 }])
      expect(() => correlationExposure(bad)).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }));
    expect(policy.settings?.value).toEqual({
      most: 0.7,
      interval: INTERVAL,
      samples: 96,
      least: 30,
      unknown: 'refuse',
      symbols: [],
    });
  });
});
