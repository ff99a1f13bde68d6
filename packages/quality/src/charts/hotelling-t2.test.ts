import fc from 'fast-check';
import { from, lastValueFrom, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { dataset, groupsOf } from '../testing/golden/datasets.js';
import { chartSamples } from './chart-samples.js';
import { controlChart } from './control-chart.js';
import { type T2Design, t2Chart } from './hotelling-t2.js';
import { phaseOne } from './phase-one.js';
import { t2PhaseOneLimit, t2PhaseTwoLimit } from './t2-limits.js';

const boiler = groupsOf(dataset('boiler')!.phaseOne);
// On a grid, so that moving and scaling them loses no digits.
const finite = fc.integer({ min: -400, max: 400 }).map((x) => x / 8);
const rows = (width: number) =>
  fc
    .array(fc.array(finite, { minLength: width, maxLength: width }), { minLength: width + 6, maxLength: 30 })
    .filter((data) => t2Chart().estimate(data).design !== undefined);

describe('the T² chart of the boiler', () => {
  // Inverted and integrated with mpmath at 30 digits.
  it('has the statistics and limits of the literature', () => {
    const { points } = chartSamples(t2Chart({ confidence: 0.999 }).retrospective, boiler);
    expect(points[8]!.value).toBeCloseTo(17.5752934774331, 8);
    expect(points[12]!.value).toBeCloseTo(1.31634173805877, 8);
    expect(points[8]!.limits.upper).toBeCloseTo(17.4170466005846, 10);
    expect(t2PhaseTwoLimit(25, 8, 0.999)).toBeCloseTo(70.0294324957235, 9);
  });

  it('loses vector 9 in phase I, by the limit of phase I alone', () => {
    const kind = t2Chart({ confidence: 0.999 });
    const found = phaseOne(kind, boiler);
    expect(found).toEqual(phaseOne(kind.retrospective, boiler));
    expect(found.rounds[0]!.removed).toEqual([9]);
    expect(found.rounds[0]!.limits!.upper).toBeCloseTo(17.4170466005846, 10);
    // By the limit of new vectors nothing would be lost: vector 9 is far below 70.
    const { points } = chartSamples({ ...kind, retrospective: undefined }, boiler);
    expect(points.flatMap(({ violations }) => violations)).toEqual([]);
  });

  it('is judged by either limit in its phase, in a batch and in a stream', async () => {
    const kind = t2Chart({ confidence: 0.999 });
    const next = boiler.slice(0, 3);
    const points = await lastValueFrom(
      from([...boiler, ...next]).pipe(controlChart({ kind, phaseOne: boiler.length }), toArray()),
    );
    const phaseOneOnly = points.filter(({ phase }) => phase === 'one');
    const { removed, design } = phaseOne(kind, boiler);
    expect(
      phaseOneOnly.filter(({ violations }) => violations.includes('t2')).map(({ index }) => index),
    ).toEqual(removed);
    const kept = boiler.length - removed.length;
    expect(phaseOneOnly.at(-1)!.limits.upper).toBe(t2PhaseOneLimit(kept, 8, 0.999));
    expect(points.slice(boiler.length).map(({ index, limits }) => [index, limits.upper])).toEqual(
      [26, 27, 28].map((index) => [index, t2PhaseTwoLimit(kept, 8, 0.999)]),
    );
    const batch = chartSamples(
      kind,
      boiler.filter((_, i) => !removed.includes(i + 1)),
      { phaseTwo: next },
    );
    expect(batch.design).toEqual(design);
    expect(batch.points.slice(-3).map(({ limits }) => limits)).toEqual(
      points.slice(-3).map(({ limits }) => limits),
    );
    expect(batch.points[0]!.limits).toEqual(points[0]!.limits);
  });
});

describe('T²', () => {
  it('adds up to p (m - 1) over the vectors that it was made from', () => {
    fc.assert(
      fc.property(rows(3), (data) => {
        const { points } = chartSamples(t2Chart(), data);
        const total = points.reduce((sum, { value }) => sum + value, 0);
        expect(total / (3 * (data.length - 1))).toBeCloseTo(1, 6);
      }),
    );
  });

  it('does not mind the units of the variables', () => {
    fc.assert(
      fc.property(rows(2), (data) => {
        const moved = data.map(([a, b]) => [a! * 1000 + 5, b! / 64 - 2]);
        const { points } = chartSamples(t2Chart(), data);
        for (const [i, { value }] of chartSamples(t2Chart(), moved).points.entries()) {
          expect(value).toBeCloseTo(points[i]!.value, 4);
        }
      }),
    );
  });

  it('is the square of a standardised value for one variable, and of what two add to each other', () => {
    const design: T2Design = {
      center: [1, 2],
      covariance: [
        [4, 0],
        [0, 9],
      ],
      vectors: 40,
      confidence: 0.99,
    };
    const point = t2Chart().running(design).push([5, -1]);
    expect(point.value).toBeCloseTo(4 + 1, 12);
    expect(point.contributions[0]).toBeCloseTo(4, 12);
    expect(point.contributions[1]).toBeCloseTo(1, 12);
  });

  it('tells which variable would have to be left out', () => {
    // Each alone is within 2 sigma, but they should move together: by hand, T² = (4 + 4 + 2 * 0.9 * 4) / (1 - 0.81).
    const covariance = [
      [1, 0.9, 0],
      [0.9, 1, 0],
      [0, 0, 1],
    ];
    const design = { center: [0, 0, 0], covariance, vectors: 100, confidence: 0.9973 };
    const point = t2Chart().running(design).push([2, -2, 0.5]);
    expect(point.value).toBeCloseTo(15.2 / 0.19 + 0.25, 10);
    expect(point.violations).toEqual(['t2']);
    expect(point.contributions[2]).toBeCloseTo(0.25, 12);
    // Without the first variable the second alone leaves 4.
    expect(point.contributions[0]).toBeCloseTo(15.2 / 0.19 - 4, 10);
  });

  it('has wider limits for new vectors than for its own, and both near chi-squared for many', () => {
    expect(t2PhaseTwoLimit(30, 3, 0.99)).toBeGreaterThan(t2PhaseOneLimit(30, 3, 0.99));
    // 11.3448667301444: the 0.99 quantile of chi-squared with 3 degrees of freedom.
    expect(t2PhaseTwoLimit(1e6, 3, 0.99)).toBeCloseTo(11.3448667301444, 3);
    expect(t2PhaseOneLimit(1e6, 3, 0.99)).toBeCloseTo(11.3448667301444, 3);
  });
});

describe('what T² cannot be made from', () => {
  it.each([
    ['no vectors', [], 'EMPTY'],
    ['too few', boiler.slice(0, 9), 'NOT_ENOUGH_DATA'],
    ['a variable without spread', boiler.map(([a]) => [a!, 3]), 'NO_SPREAD'],
    [
      'a sum of others, but for rounding',
      boiler.map(([a, b]) => [a! / 3, b! / 7, a! / 3 + b! / 7]),
      'NO_SPREAD',
    ],
    ['a variable that follows from another', boiler.map(([a]) => [a!, 2 * a! + 1]), 'NO_SPREAD'],
  ])('%s leave a note', (_, data, code) => {
    expect(t2Chart().estimate(data)).toMatchObject({ design: undefined, notes: [{ code }] });
  });

  it('is a vector of another length, which is refused', () => {
    const { design } = t2Chart().estimate(boiler);
    const chart = t2Chart().running(design!);
    expect(() => chart.push([1, 2])).toThrow(expect.objectContaining({ code: 'BAD_DATA' }));
    expect(chart.state()).toEqual({ index: 0 });
    expect(() => t2Chart({ variables: 8 }).estimate([[1, 2]])).toThrow(
      expect.objectContaining({ code: 'BAD_DATA' }),
    );
  });

  it('is a design whose covariance is none', () => {
    const design = { center: [0, 0], vectors: 30, confidence: 0.99 };
    for (const covariance of [
      [[1]],
      [
        [1, 1],
        [1, 1],
      ],
      [
        [1, 2],
        [2, 1],
      ],
    ]) {
      expect(() => t2Chart().running({ ...design, covariance })).toThrow(
        expect.objectContaining({ code: 'BAD_DATA' }),
      );
    }
    expect(() =>
      t2Chart().running({
        ...design,
        covariance: [
          [1, 0],
          [0, 1],
        ],
        vectors: 3,
      }),
    ).toThrow(expect.objectContaining({ code: 'BAD_DATA' }));
  });
});
