import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dataset, groupsOf, valuesOf } from '../testing/golden/datasets.js';
import { chartSamples } from './chart-samples.js';
import { cusumChart } from './cusum.js';
import { ewmaChart } from './ewma.js';
import { phaseOne } from './phase-one.js';
import { xbar } from './subgroup-charts.js';

const values = fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 1, maxLength: 60 });
// Montgomery (7th ed.), table 9.1: target 10, sigma 1, the mean at 11 from sample 21 on.
const montgomery = [
  9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.2, 10.34, 9.03, 11.47, 10.51, 9.4, 10.08, 9.37, 10.62,
  10.31, 8.52, 10.84, 10.9, 9.33, 12.29, 11.5, 10.6, 11.08, 10.38, 11.62, 11.31, 10.52,
];
const known = { center: 10, sigma: 1 };

describe('an EWMA chart', () => {
  it('weighs samples by powers of 1 - lambda (Montgomery, equation 9.24)', () => {
    fc.assert(
      fc.property(values, fc.double({ min: 0.01, max: 1, noNaN: true }), (data, lambda) => {
        const kind = ewmaChart({ lambda });
        const chart = kind.running(kind.designFor({ center: 3, sigma: 2 }));
        const last = data.map((x) => chart.push(x)).at(-1)!;
        const i = data.length;
        const weighed = data.reduce((sum, x, j) => sum + lambda * (1 - lambda) ** (i - 1 - j) * x, 0);
        expect(last.value).toBeCloseTo(weighed + (1 - lambda) ** i * 3, 9);
        const share = (lambda / (2 - lambda)) * (1 - (1 - lambda) ** (2 * i));
        expect(last.limits.sigma).toBeCloseTo(2 * Math.sqrt(share), 10);
      }),
    );
  });

  it('is an X̄ chart at lambda 1', () => {
    const groups = groupsOf(dataset('pistonrings groups 1..25')!.phaseOne);
    const ewma = chartSamples(ewmaChart({ lambda: 1, width: 3 }), groups);
    const means = chartSamples(xbar(), groups);
    for (const [i, point] of ewma.points.entries()) {
      expect(point.value).toBeCloseTo(means.points[i]!.value!, 12);
      expect(point.limits.upper).toBeCloseTo(means.points[i]!.limits.upper!, 12);
    }
  });

  it('signals beyond either limit, and not on it', () => {
    const kind = ewmaChart({ lambda: 0.5, width: 2 });
    const signal = (x: number) => kind.running(kind.designFor({ center: 0, sigma: 1 })).push(x).violations;
    // By hand: the first EWMA is x / 2, its limits are 2 * 0.5 * 1.
    expect([2.01, 2, -2, -2.01].map(signal)).toEqual([['ewma'], [], [], ['ewma']]);
  });

  it('reaches the asymptotic limits, and starts within them', () => {
    const exact = ewmaChart({ lambda: 0.1 });
    const steady = ewmaChart({ lambda: 0.1, limits: 'asymptotic' });
    const a = exact.running(exact.designFor(known));
    const b = steady.running(steady.designFor(known));
    const points = Array.from({ length: 300 }, () => [a.push(10), b.push(10)] as const);
    expect(points[0]![0].limits.upper).toBeCloseTo(10 + 2.962 * 0.1, 12);
    expect(points[0]![1].limits.upper).toBe(points[299]![1].limits.upper);
    expect(points[299]![0].limits.upper).toBeCloseTo(points[299]![1].limits.upper!, 12);
  });

  it('widens its limits for small subgroups among large ones', () => {
    const kind = ewmaChart({ lambda: 0.5, width: 3 });
    const chart = kind.running(kind.designFor({ center: 0, sigma: 1 }));
    chart.push([0, 0, 0, 0]);
    // By hand: 0.25 * (0.25 / 4) + 0.25 / 1.
    expect(chart.push(0).limits.sigma).toBeCloseTo(Math.sqrt(0.25 * 0.0625 + 0.25), 14);
  });
});

describe('a CUSUM chart', () => {
  const run = (options: Parameters<typeof cusumChart>[0], data: readonly number[]) => {
    const kind = cusumChart(options);
    const chart = kind.running(kind.designFor(known));
    return data.map((x) => chart.push(x));
  };

  it('finds the shift of the published example at 29, and that it began 7 samples ago', () => {
    const points = run({}, montgomery);
    expect(points.filter(({ violations }) => violations.length > 0).map(({ index }) => index)).toEqual([
      29, 30,
    ]);
    expect(points[28]).toMatchObject({ violations: ['cusumUpper'], upperRun: 7, lowerRun: 0 });
    expect(points[28]!.upper).toBeCloseTo(5.28, 10);
    expect(points[2]!.lower).toBeCloseTo(1.77, 10);
  });

  it('is the largest sum of what lies behind, as Page has it', () => {
    fc.assert(
      fc.property(values, (data) => {
        const last = run({ k: 0.5, h: 1e6 }, data).at(-1)!;
        const largest = (sign: number): number => {
          let sum = 0;
          let most = 0;
          for (const x of data.toReversed()) {
            sum += sign * (x - 10) - 0.5;
            most = Math.max(most, sum);
          }
          return most;
        };
        expect(last.upper).toBeCloseTo(largest(1), 8);
        expect(last.lower).toBeCloseTo(largest(-1), 8);
      }),
    );
  });

  it('mirrors its sums when values are mirrored', () => {
    fc.assert(
      fc.property(values, (data) => {
        const there = run({ headStart: 2.5 }, data);
        const back = run(
          { headStart: 2.5 },
          data.map((x) => 20 - x),
        );
        for (const [i, { upper, lower }] of there.entries()) {
          expect(back[i]!.upper).toBeCloseTo(lower, 8);
          expect(back[i]!.lower).toBeCloseTo(upper, 8);
        }
      }),
    );
  });

  it('counts in deviations of the mean for subgroups', () => {
    const kind = cusumChart();
    const chart = kind.running(kind.designFor({ center: 10, sigma: 2 }));
    // By hand: the mean of four deviates by 1, one deviation of the mean.
    expect(chart.push([11, 13, 9, 11]).upper).toBeCloseTo(0.5, 14);
  });

  it('has raw sums that are sigma times the standardised ones', () => {
    const process = { center: 10, sigma: 2 };
    const standard = cusumChart({ k: 0.5, h: 5 });
    const raw = cusumChart({ k: 1, h: 10, units: 'raw' });
    const a = standard.running(standard.designFor(process));
    const b = raw.running(raw.designFor(process));
    for (const x of montgomery) expect(b.push(x).upper).toBeCloseTo(2 * a.push(x).upper, 12);
  });

  it('can begin again after a signal', () => {
    const points = run({ afterSignal: 'restart', headStart: 2.5 }, [...montgomery.slice(0, 29), 10]);
    expect(points[28]!.violations).toEqual(['cusumUpper']);
    expect(points[29]).toMatchObject({ upper: 2, lower: 2, violations: [] });
  });
});

describe('both charts', () => {
  const estimates = [ewmaChart(), cusumChart(), cusumChart({ headStart: 2 })].map((kind) => kind.estimate);
  const flow = valuesOf(dataset('nistFlow')!.phaseOne);

  it('scale with the data and do not mind where zero is', () => {
    const scale = fc.double({ min: 0.01, max: 100, noNaN: true });
    fc.assert(
      fc.property(scale, fc.integer({ min: -1000, max: 1000 }), (factor, offset) => {
        const moved = montgomery.map((x) => x * factor + offset);
        const ewma = chartSamples(ewmaChart(), montgomery).points.at(-1)!;
        const ewmaMoved = chartSamples(ewmaChart(), moved).points.at(-1)!;
        expect((ewmaMoved.limits.upper! - offset) / factor).toBeCloseTo(ewma.limits.upper!, 5);
        expect((ewmaMoved.value! - offset) / factor).toBeCloseTo(ewma.value!, 5);
        const sums = chartSamples(cusumChart(), montgomery).points.at(-1)!;
        expect(chartSamples(cusumChart(), moved).points.at(-1)!.upper).toBeCloseTo(sums.upper, 5);
      }),
    );
  });

  it('purge in phase I what their own rules find, and nothing else', () => {
    expect(phaseOne(ewmaChart(), flow).removed).toEqual([]);
    expect(phaseOne(cusumChart(), [...flow, ...flow.map((x) => x + 30)]).removed).not.toEqual([]);
  });

  it('say why there is no design', () => {
    for (const estimate of estimates) {
      expect(estimate([])).toMatchObject({ design: undefined, notes: [{ code: 'EMPTY' }] });
      expect(estimate([4])).toMatchObject({ design: undefined, notes: [{ code: 'ONE_VALUE' }] });
      expect(estimate([4, 4, 4])).toMatchObject({ design: undefined, notes: [{ code: 'NO_SPREAD' }] });
    }
  });

  it('refuse options and processes that are none', () => {
    const wrong = [
      () => ewmaChart({ lambda: 0 }),
      () => ewmaChart({ lambda: 1.1 }),
      () => ewmaChart({ width: Number.NaN }),
      () => cusumChart({ k: -1 }),
      () => cusumChart({ h: 0 }),
      () => cusumChart({ headStart: 5 }),
      () => ewmaChart({ limits: 'wide' as never }),
      () => cusumChart({ units: 'furlongs' as never }),
      () => cusumChart({ afterSignal: 'panic' as never }),
      () => ewmaChart().designFor({ center: 1, sigma: 0 }),
      () => cusumChart().designFor({ center: Number.NaN, sigma: 1 }),
    ];
    for (const make of wrong) expect(make).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }));
    expect(() => ewmaChart().estimate([1, []])).toThrow(expect.objectContaining({ code: 'BAD_DATA' }));
  });
});
