import { MikroBotError, normal, seededRandom } from '@mikrobot/core';
import { from, lastValueFrom, of, throwError, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { capability } from './capability.js';
import { capabilityFromMoments } from './capability-from-moments.js';
import { type CapabilityResult, indexNames } from './result.js';
import { RunningCapability, runningCapability } from './running-capability.js';
import { verdict } from './verdict.js';

const random = seededRandom(11);
const values = Array.from({ length: 300 }, () => 20 + 2 * normal(random));
const latencies = values.map((x) => Math.exp((x - 20) / 4 + 3));
const specification = { lower: 14, upper: 25 };

const code = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return error instanceof MikroBotError ? error.code : String(error);
  }
  return 'nothing was thrown';
};

const expectSame = (running: CapabilityResult, whole: CapabilityResult): void => {
  expect(running.n).toBe(whole.n);
  expect(running.effectiveN).toBeCloseTo(whole.effectiveN, 6);
  expect(running.mean).toBeCloseTo(whole.mean!, 9);
  expect(running.observed).toEqual(whole.observed);
  for (const name of indexNames) {
    const [a, b] = [running.indices[name], whole.indices[name]];
    expect(a === undefined, name).toBe(b === undefined);
    if (!a || !b) continue;
    expect(a.value, name).toBeCloseTo(b.value, 9);
    expect(a.lower, name).toBeCloseTo(b.lower!, 8);
    expect(a.upper, name).toBeCloseTo(b.upper!, 8);
  }
};

describe('a running capability', () => {
  it('of all values is that of the values at once', () => {
    const running = new RunningCapability({ specification });
    for (const x of values) running.push(x);
    expectSame(running.result(), capability(values, { specification, method: 'normal' }));
  });

  it('of a window is that of its last values, at every moment', () => {
    // Narrow enough that values beyond both limits come and go.
    const narrow = { lower: 18, upper: 23 };
    const running = new RunningCapability({ specification: narrow, window: 40 });
    for (const [i, x] of values.entries()) {
      running.push(x);
      if (i % 17 !== 5) continue;
      const last = values.slice(Math.max(0, i - 39), i + 1);
      expectSame(running.result(), capability(last, { specification: narrow, method: 'normal' }));
    }
  });

  it('of latencies judges their logarithms', () => {
    const limits = { upper: Math.exp(5) };
    const running = new RunningCapability({ specification: limits, method: 'lognormal', window: 100 });
    for (const x of latencies) running.push(x);
    const whole = capability(latencies.slice(-100), { specification: limits, method: 'lognormal' });
    expectSame(running.result(), whole);
    expect(running.result().method).toBe('lognormal');
  });

  it('marks the indices of values that are not normal', () => {
    const running = new RunningCapability({ specification: { upper: 150 } });
    for (const x of latencies) running.push(x);
    const { notes, distribution } = running.result();
    expect(distribution.test).toBe('jarque-bera');
    expect(notes.map((note) => note.code)).toContain('NOT_NORMAL');
  });

  it.each([
    { specification },
    { specification, window: 50 },
    { specification, window: 50, method: 'lognormal' },
  ] as const)('goes on after its state was saved: %o', (options) => {
    const whole = new RunningCapability(options);
    const first = new RunningCapability(options);
    for (const x of values) whole.push(x);
    for (const x of values.slice(0, 120)) first.push(x);
    const second = RunningCapability.from(JSON.parse(JSON.stringify(first.state())), options);
    for (const x of values.slice(120)) second.push(x);
    expect(second.result()).toEqual(whole.result());
  });

  it('refuses a state of other limits, another window or no state at all', () => {
    const { state } = { state: new RunningCapability({ specification, window: 50 }).state() };
    const restore = (given: unknown, options: object) =>
      code(() => RunningCapability.from(given, { specification, ...options }));
    expect(restore(state, { window: 50 })).toBe('nothing was thrown');
    expect(restore(state, { window: 60 })).toBe('BAD_DATA');
    expect(restore(state, {})).toBe('BAD_DATA');
    expect(restore(state, { window: 50, specification: { upper: 1 } })).toBe('BAD_DATA');
    expect(restore(state, { window: 50, method: 'lognormal' })).toBe('BAD_DATA');
    expect(restore({}, { window: 50 })).toBe('BAD_DATA');
  });

  it('takes in nothing that it refuses', () => {
    const running = new RunningCapability({ specification: { upper: 9 }, method: 'lognormal', window: 5 });
    running.push(3);
    for (const bad of [0, -1, Number.NaN, Infinity]) expect(code(() => running.push(bad))).toBe('BAD_DATA');
    running.push(4);
    expect(running.result().n).toBe(2);
    expect(running.result().observed.above).toBe(0);
  });

  it('of no values says so', () => {
    const result = new RunningCapability({ specification, minimum: 1 }).result();
    expect(result.notes.map((note) => note.code)).toEqual(['EMPTY']);
    expect(result.observed.total).toBeUndefined();
    expect(result.verdict!.outcome).toBe('not enough data');
  });

  it('refuses options that make no sense', () => {
    expect(code(() => new RunningCapability({ specification: {} }))).toBe('BAD_CONFIG');
    expect(code(() => new RunningCapability({ specification, window: 1 }))).toBe('BAD_CONFIG');
    expect(code(() => new RunningCapability({ specification, method: 'box-cox' as never }))).toBe(
      'BAD_CONFIG',
    );
    expect(code(() => runningCapability({ specification, every: 0 }))).toBe('BAD_CONFIG');
    expect(code(() => runningCapability({ specification, confidence: 2 }))).toBe('BAD_CONFIG');
  });
});

describe('runningCapability()', () => {
  it('tells after every so many values', async () => {
    const told = await lastValueFrom(
      from(values).pipe(runningCapability({ specification, window: 100, every: 50 }), toArray()),
    );
    expect(told.map(({ n }) => n)).toEqual([50, 100, 100, 100, 100, 100]);
    expectSame(told[5]!, capability(values.slice(-100), { specification, method: 'normal' }));
  });

  it('keeps figures for every subscriber apart', async () => {
    const told$ = of(1, 2, 3).pipe(runningCapability({ specification }));
    const count = async () => (await lastValueFrom(told$)).n;
    expect(await count()).toBe(3);
    expect(await count()).toBe(3);
  });

  it('passes errors on, and makes one of a value that is none', async () => {
    const options = { specification };
    await expect(lastValueFrom(of(1, Number.NaN).pipe(runningCapability(options)))).rejects.toMatchObject({
      code: 'BAD_DATA',
    });
    const broken = throwError(() => new Error('feed lost')).pipe(runningCapability(options));
    await expect(lastValueFrom(broken)).rejects.toThrow('feed lost');
  });
});

describe('capability from moments', () => {
  it('without moving ranges has the overall indices alone, and says what nobody looked at', () => {
    const { indices, notes } = capabilityFromMoments(
      { n: 50, mean: 0, deviation: 1 },
      { specification: { upper: 4 } },
    );
    expect(indices.cpu).toBeUndefined();
    expect(indices.ppu!.value).toBeCloseTo(4 / 3, 12);
    expect(notes.map((note) => note.code)).toEqual([
      'NORMALITY_ASSUMED',
      'NOT_ENOUGH_DATA',
      'NO_SPECIFICATION',
    ]);
  });

  it('refuses figures that no values have', () => {
    const options = { specification: { upper: 4 } };
    expect(code(() => capabilityFromMoments({ n: 2.5, mean: 0, deviation: 1 }, options))).toBe('BAD_DATA');
    expect(code(() => capabilityFromMoments({ n: 5, mean: Number.NaN, deviation: 1 }, options))).toBe(
      'BAD_DATA',
    );
    expect(code(() => capabilityFromMoments({ n: 5, mean: 0, deviation: -1 }, options))).toBe('BAD_DATA');
  });
});

describe('a verdict', () => {
  const study = (n: number, cpk: number) =>
    capabilityFromMoments(
      { n, mean: 0, deviation: 1, movingRange: 2 / Math.sqrt(Math.PI) },
      { specification: { upper: 3 * cpk } },
    );

  it('is taken on the interval, not on the estimate', () => {
    expect(verdict(study(1000, 1.5), { minimum: 1.33 }).outcome).toBe('capable');
    expect(verdict(study(50, 1.5), { minimum: 1.33 }).outcome).toBe('not enough data');
    expect(verdict(study(1000, 1.2), { minimum: 1.33 }).outcome).toBe('not capable');
    expect(verdict(study(50, 1.2), { minimum: 1.33 }).outcome).toBe('not enough data');
  });

  it('changes exactly where the ends of the interval lie', () => {
    const result = study(200, 1.5);
    const { lower, upper } = result.indices.cpk!;
    const at = (minimum: number) => verdict(result, { minimum }).outcome;
    expect(at(lower!)).toBe('capable');
    expect(at(lower! + 1e-9)).toBe('not enough data');
    expect(at(upper!)).toBe('not enough data');
    expect(at(upper! + 1e-9)).toBe('not capable');
  });

  it('waits for the minimum count, however clear the values are', () => {
    expect(verdict(study(29, 9), { minimum: 1.33 }).outcome).toBe('not enough data');
    expect(verdict(study(30, 9), { minimum: 1.33 }).outcome).toBe('capable');
    expect(verdict(study(29, 0.1), { minimum: 1.33 }).outcome).toBe('not enough data');
    expect(verdict(study(30, 9), { minimum: 1.33, minimumCount: 100 }).outcome).toBe('not enough data');
  });

  it('judges the index that it was told', () => {
    const result = study(1000, 1.5);
    expect(verdict(result, { minimum: 1.33, index: 'ppu' }).index).toBe('ppu');
    const missing = verdict(result, { minimum: 1.33, index: 'cpl' });
    expect(missing).toMatchObject({ outcome: 'not enough data', lower: undefined });
  });

  it('refuses a minimum that is none', () => {
    expect(code(() => verdict(study(50, 1), { minimum: Infinity }))).toBe('BAD_CONFIG');
    expect(code(() => verdict(study(50, 1), { minimum: 1, minimumCount: -1 }))).toBe('BAD_CONFIG');
  });
});
