import { normal, seededRandom } from '@mikrobot/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChartKind, ChartPoint } from './chart.js';
import { chartSamples, pointsBreaking } from './chart-samples.js';
import { individuals, individualsAndMovingRange, movingRange } from './individuals-charts.js';
import { rangeQuantile } from './range-quantile.js';
import { westernElectric } from './rules.js';
import { deviations, ranges, type Subgroup, xbar, xbarR, xbarS } from './subgroup-charts.js';

type Kind<Sample> = ChartKind<Sample, unknown, ChartPoint>;
const groupKinds = [xbar, ranges, deviations, xbarR, xbarS].map((make) => make() as Kind<Subgroup>);
const valueKinds = [individuals, movingRange, individualsAndMovingRange].map(
  (make) => make() as Kind<number>,
);

const value = fc.integer({ min: -400, max: 400 }).map((x) => x / 4);
const group = fc.array(value, { minLength: 2, maxLength: 8 });
const groups = fc.array(group, { minLength: 2, maxLength: 30 });
const values = fc.array(value, { minLength: 2, maxLength: 60 });

/** Streams through a chart that is saved and resumed after `cut` samples. */
const stream = <Sample>(kind: Kind<Sample>, design: unknown, samples: readonly Sample[], cut: number) => {
  const json = (thing: unknown) => JSON.parse(JSON.stringify(thing));
  const first = kind.running(design, { rules: westernElectric });
  const before = samples.slice(0, cut).map((sample) => first.push(sample));
  const second = kind.running(json(design), { rules: westernElectric, state: json(first.state()) });
  return [...before, ...samples.slice(cut).map((sample) => second.push(sample))];
};

const streamsAsBatch = <Sample>(kind: Kind<Sample>, samples: readonly Sample[], cut: number) => {
  const { design, points } = chartSamples(kind, samples, { rules: westernElectric });
  if (design !== undefined) expect(stream(kind, design, samples, cut)).toEqual(points);
};

describe.each(groupKinds.map((kind) => [kind.name, kind] as const))('the %s chart', (_, kind) => {
  it('streams, is saved and resumed as in a batch', () => {
    fc.assert(fc.property(groups, fc.nat(30), (samples, cut) => streamsAsBatch(kind, samples, cut)));
  });

  it('has limits that scale and shift with the data, and the same alarms', () => {
    const location = kind.name.startsWith('X̄');
    fc.assert(
      fc.property(groups, (samples) => {
        const { points } = chartSamples(kind, samples);
        const moved = chartSamples(
          kind,
          samples.map((one) => one.map((x) => 2 * x + 100)),
        );
        for (const [i, point] of moved.points.entries()) {
          const to = (x: number) => 2 * x + (location ? 100 : 0);
          expect(point.limits.center).toBeCloseTo(to(points[i]!.limits.center), 8);
          expect(point.limits.upper).toBeCloseTo(to(points[i]!.limits.upper!), 8);
          expect(point.limits.lower).toBeCloseTo(to(points[i]!.limits.lower!), 8);
          expect(point.value).toBeCloseTo(to(points[i]!.value!), 8);
        }
      }),
    );
  });

  it('has no limits without data or spread, and says so', () => {
    expect(chartSamples(kind, [])).toMatchObject({
      design: undefined,
      points: [],
      notes: [{ code: 'EMPTY' }],
    });
    expect(chartSamples(kind, [[1, 1]])).toMatchObject({ design: undefined, notes: [{ code: 'NO_SPREAD' }] });
  });

  it('stays as it was when a sample cannot be plotted', () => {
    const { design } = kind.estimate([
      [1, 2],
      [2, 5],
    ]);
    const chart = kind.running(design);
    chart.push([2, 3]);
    const before = chart.state();
    const many = Array.from({ length: 26 }, (_, i) => i);
    const tooLarge = ['R', 'X̄-R'].includes(kind.name) ? [many] : [];
    for (const bad of [[1], [], [1, Number.NaN], 5, undefined, null, ...tooLarge]) {
      expect(() => chart.push(bad as never)).toThrow(expect.objectContaining({ code: 'BAD_DATA' }));
      expect(() => kind.estimate([[1, 2], bad as never])).toThrow(
        expect.objectContaining({ code: 'BAD_DATA' }),
      );
    }
    if (tooLarge.length === 0) expect(chart.push(many).value).toBeDefined();
    else expect(chart.state()).toEqual(before);
  });

  it('refuses a design or state of something else', () => {
    expect(() => kind.running({ center: 1 })).toThrow(/design of an? /);
    const { design } = kind.estimate([[1, 2]]);
    expect(() => kind.running(design, { state: { index: -1 } })).toThrow(/state/);
  });
});

describe.each(valueKinds.map((kind) => [kind.name, kind] as const))('the %s chart', (_, kind) => {
  it('streams, is saved and resumed as in a batch', () => {
    fc.assert(fc.property(values, fc.nat(60), (samples, cut) => streamsAsBatch(kind, samples, cut)));
  });

  it('has no limits for one value or without spread, and says so', () => {
    expect(chartSamples(kind, [4])).toMatchObject({ design: undefined, notes: [{ code: 'ONE_VALUE' }] });
    expect(chartSamples(kind, [4, 4])).toMatchObject({ design: undefined, notes: [{ code: 'NO_SPREAD' }] });
  });

  it('refuses what is not finite and stays as it was', () => {
    const chart = kind.running(kind.estimate([1, 2, 4]).design);
    chart.push(3);
    const before = chart.state();
    expect(() => chart.push(Number.NaN)).toThrow(/NaN/);
    expect(chart.state()).toEqual(before);
  });
});

describe('charts of location and spread', () => {
  it('tell a wide subgroup by its spread though its mean is in control', () => {
    const calm = Array.from({ length: 20 }, (_, i) => [10 + (i % 3), 11, 12 - (i % 2), 10]);
    const { points } = chartSamples(xbarR(), calm, { phaseTwo: [[1, 11, 20, 11]] });
    const last = points.at(-1)!;
    expect(last.violations).toEqual(['spread']);
    expect(last.spread.value).toBe(19);
    expect(last.spread.value!).toBeGreaterThan(last.spread.limits.upper!);
    expect(pointsBreaking(points).map(({ index }) => index)).toEqual([21]);
  });

  it('plot no moving range for the first value, and a jump by both statistics', () => {
    const { points } = chartSamples(individualsAndMovingRange(), [1, 2, 1, 2, 1, 2], { phaseTwo: [30] });
    expect(points[0]?.spread.value).toBeUndefined();
    expect(points[1]?.spread.value).toBe(1);
    expect(points.at(-1)?.violations).toEqual(['beyondLimits', 'spread']);
  });

  it('widen the limits of small subgroups and narrow those of large ones', () => {
    const sizes = [2, 8, 4];
    const { points } = chartSamples(
      xbarS(),
      sizes.map((n, i) => Array.from({ length: n }, (_, k) => i + (k % 3))),
    );
    const widths = points.map(({ limits }) => limits.upper! - limits.center);
    expect(widths[0]! / widths[1]!).toBeCloseTo(2, 12);
    expect(widths[2]! / widths[1]!).toBeCloseTo(Math.SQRT2, 12);
    expect(new Set(points.map(({ spread }) => spread.limits.center)).size).toBe(3);
  });
});

describe('the width of limits', () => {
  // Harter (1960), percentage points of the studentized range with infinite degrees of freedom.
  it.each([
    [2, 0.95, 2.772],
    [3, 0.95, 3.314],
    [5, 0.95, 3.858],
    [10, 0.95, 4.474],
    [2, 0.99, 3.643],
    [5, 0.99, 4.603],
    [20, 0.99, 5.645],
  ])('of ranges of %d at %d is the published %d', (n, p, published) => {
    expect(Math.abs(rangeQuantile(p, n) - published)).toBeLessThan(0.00051);
  });

  it.each([ranges, deviations])(
    'by confidence holds that share of in-control spreads, half of the rest on each side',
    (make) => {
      const random = seededRandom(8);
      const kind = make({ confidence: 0.9 });
      const design = { center: 0, sigma: 1, width: { confidence: 0.9 } };
      const chart = kind.running(design);
      let above = 0;
      let below = 0;
      const count = 20_000;
      for (let i = 0; i < count; i++) {
        const { value: spread, limits } = chart.push(Array.from({ length: 4 }, () => normal(random)));
        if (spread! > limits.upper!) above++;
        if (spread! < limits.lower!) below++;
      }
      // 5 % each; the standard error of a share is 0.0015.
      expect(Math.abs(above / count - 0.05)).toBeLessThan(0.007);
      expect(Math.abs(below / count - 0.05)).toBeLessThan(0.007);
    },
  );

  it('is refused when it makes no sense', () => {
    expect(() => xbarR({ sigmas: 3, confidence: 0.99 })).toThrow(/both/);
    expect(() => individuals({ sigmas: -1 })).toThrow(/-1 sigmas/);
    expect(() => individuals({ confidence: 99 })).toThrow(/99/);
    expect(() => individuals({ span: 1 })).toThrow(/samples of 1/);
    expect(() => individuals({ method: 'guess' as never })).toThrow(/guess/);
    expect(() => xbar({ within: 'guess' as never })).toThrow(/guess/);
  });
});
