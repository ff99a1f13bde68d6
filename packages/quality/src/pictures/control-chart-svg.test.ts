import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChartPoint } from '../charts/chart.js';
import { ControlChart } from '../charts/control-chart.js';
import { individuals } from '../charts/individuals-charts.js';
import { allOf, faultsOf, numbers, readMarkup, withClass } from '../testing/read-svg.js';
import { controlChartSvg } from './control-chart-svg.js';

const limits = { center: 10, lower: 7, upper: 13, sigma: 1 };
const texts = (svg: string): string[] =>
  allOf(readMarkup(svg))
    .filter(({ name }) => name === 'text')
    .map(({ text }) => text);

const odd = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(
    0,
    -0,
    1,
    -1,
    5e-324,
    -5e-324,
    1e-300,
    1e15,
    1e15 + 0.25,
    Number.MAX_VALUE,
    -Number.MAX_VALUE,
  ),
  fc.integer({ min: -5, max: 5 }),
);

describe('controlChartSvg', () => {
  it('puts points, limits and centre where their values belong', () => {
    // Values from 7 to 13 with 6 % of room on both sides: the plot is 6.64 … 13.36 over y from 272 (320 - 48) to 34.
    const root = readMarkup(controlChartSvg({ title: 'T', points: [10, 8, 12, 10], limits }));
    const dots = withClass(root, 'q-point').map((dot) => numbers(dot, 'cx', 'cy'));
    const heights = dots.map(([, y]) => y);
    expect(heights).toEqual([153, 223.8, 82.2, 153]);
    const gaps = dots.slice(1).map(([x = 0], i) => x - (dots[i]?.[0] ?? 0));
    for (const gap of gaps) expect(gap).toBeCloseTo(gaps[0]!, 0);
    expect(withClass(root, 'q-center')[0]?.attributes.d).toMatch(/^M[\d.]+ 153H[\d.]+$/);
    const [lower, upper] = withClass(root, 'q-limit').map(({ attributes }) => attributes.d);
    expect(lower).toMatch(/^M[\d.]+ 259\.[23]H[\d.]+$/);
    expect(upper).toMatch(/^M[\d.]+ 46\.[78]H[\d.]+$/);
    // One and two sigma on both sides: 8, 9, 11 and 12.
    const zones = withClass(root, 'q-grid').map(({ attributes }) =>
      Number(attributes.d?.match(/ ([\d.]+)H/)?.[1]),
    );
    expect(zones).toEqual([223.8, 188.4, 117.6, 82.2]);
  });

  it('marks a point that breaks a rule by shape and colour, and tells the rule', () => {
    const violations = [[], ['we1', 'we2'] as const, []];
    const root = readMarkup(
      controlChartSvg({ title: 'T', unit: 'ms', points: [10, 14, 9], limits, violations }),
    );
    expect(withClass(root, 'q-point')).toHaveLength(2);
    const [mark, ...rest] = withClass(root, 'q-signal').filter(({ text }) => text !== '');
    expect(rest).toEqual([]);
    expect(mark?.name).toBe('path');
    expect(mark?.text).toBe('2: 14.00 ms: we1 (beyond 3 sigma), we2 (2 of 3 beyond 2 sigma)');
    expect(root.text).toContain('1 of 3 points breaks a rule: beyond 3 sigma 1, 2 of 3 beyond 2 sigma 1.');
  });

  it('holds plain numbers against their limits unless it is told what they break', () => {
    const marks = (violations?: readonly [][]): number =>
      withClass(
        readMarkup(controlChartSvg({ title: 'T', points: [6.9, 7, 13, 13.1], limits, violations })),
        'q-signal',
      ).filter(({ text }) => text !== '').length;
    expect(marks()).toBe(2);
    expect(marks([])).toBe(0);
  });

  it('draws limits that differ from point to point in steps', () => {
    const points = [1, 2, 2].map(
      (upper, i): ChartPoint => ({
        index: i + 1,
        value: 0,
        limits: { center: 0, lower: undefined, upper, sigma: 0.1 },
        violations: [],
      }),
    );
    const paths = withClass(readMarkup(controlChartSvg({ title: 'T', points })), 'q-limit');
    expect(paths).toHaveLength(1);
    expect(paths[0]?.attributes.d).toMatch(/^M[\d.]+ [\d.]+H[\d.]+V[\d.]+H[\d.]+$/);
  });

  it('leaves a gap where a point has no value', () => {
    const point = (index: number, value: number | undefined): ChartPoint => ({
      index,
      value,
      limits,
      violations: [],
    });
    const points = [point(1, undefined), point(2, 9), point(3, 11), point(4, undefined), point(5, 10)];
    const root = readMarkup(controlChartSvg({ title: 'T', points }));
    expect(withClass(root, 'q-point')).toHaveLength(3);
    expect(withClass(root, 'q-series')[0]?.attributes.d).toMatch(/^M[\d. ]+L[\d. ]+M[\d. ]+$/);
  });

  it('parts phase I from phase II, as points say or as it is told', () => {
    const chart = new ControlChart({ kind: individuals(), phaseOne: 8 });
    const values = [10, 12, 9, 11, 10, 13, 8, 10, 11, 9, 12, 10];
    const own = controlChartSvg({ title: 'T', points: values.flatMap((value) => chart.push(value)) });
    const told = controlChartSvg({ title: 'T', points: values, phaseOne: 8 });
    for (const svg of [own, told]) {
      const [divider, ...rest] = withClass(readMarkup(svg), 'q-phase');
      expect(rest).toEqual([]);
      const dots = withClass(readMarkup(svg), 'q-point').map((dot) => numbers(dot, 'cx')[0]!);
      expect(numbers(divider!, 'x1')[0]).toBeCloseTo((dots[7]! + dots[8]!) / 2, 0);
      expect(texts(svg)).toEqual(expect.arrayContaining(['phase I', 'phase II']));
    }
    const none = controlChartSvg({ title: 'T', points: values });
    expect(texts(none)).not.toContain('phase I');
  });

  it('never lets the labels of limits overlap or leave the picture, however close the limits are', () => {
    const close = fc.tuple(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    );
    fc.assert(
      fc.property(close, fc.double({ min: -100, max: 100, noNaN: true }), ([down, up], value) => {
        const near = { center: 10, lower: 10 - down, upper: 10 + up };
        const root = readMarkup(
          controlChartSvg({ title: 'T', points: [value], limits: near }, { width: 240, height: 180 }),
        );
        const labels = allOf(root).filter(({ name, text }) => name === 'text' && /^(UCL|CL|LCL) /.test(text));
        const ys = labels.map((label) => numbers(label, 'y')[0]!).sort((a, b) => a - b);
        expect(ys).toHaveLength(3);
        expect(ys[0]).toBeGreaterThanOrEqual(30);
        expect(ys[2]).toBeLessThanOrEqual(180 - 30);
        for (const i of [1, 2]) expect(ys[i]! - ys[i - 1]!).toBeGreaterThanOrEqual(12);
      }),
    );
  });

  it('draws anything that is finite: nothing, one point, equal, huge, tiny and negative values', () => {
    const someLimits = fc.option(
      fc.record({
        center: odd,
        lower: odd,
        upper: odd,
        sigma: fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
      }),
      { nil: undefined },
    );
    const drawn = (points: readonly number[], given: typeof limits | undefined): void => {
      const svg = controlChartSvg({ title: 'T', unit: 'u', points, limits: given });
      expect(faultsOf(svg)).toEqual([]);
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
      expect(controlChartSvg({ title: 'T', unit: 'u', points, limits: given })).toBe(svg);
    };
    for (const points of [[], [3], [4, 4, 4], [1e308, -1e308], [5e-324, 0]]) drawn(points, undefined);
    fc.assert(fc.property(fc.array(odd, { maxLength: 30 }), someLimits, drawn));
  });

  it('thins out a long series and keeps its marks', () => {
    const points = Array.from({ length: 50_000 }, (_, i) => (i === 31_415 ? 20 : 10 + Math.sin(i)));
    const svg = controlChartSvg({ title: 'T', points, limits });
    expect(svg.length).toBeLessThan(60_000);
    expect(svg).toContain('<title>31416: 20.00: beyondLimits (beyond the limits)</title>');
  });

  it('refuses what cannot be drawn', () => {
    expect(() => controlChartSvg({ title: 'T', points: [1, Number.NaN] })).toThrow(
      /value for a control chart is NaN/,
    );
    expect(() => controlChartSvg({ title: 'T', points: [1], limits: { center: Infinity } })).toThrow(
      /limits/,
    );
    expect(() => controlChartSvg({ title: 'T', points: [1], phaseOne: -1 })).toThrow(/phase I/);
    expect(() => controlChartSvg({ title: 'T', points: [1] }, { width: Number.NaN, height: 200 })).toThrow(
      /NaN by 200/,
    );
  });
});
