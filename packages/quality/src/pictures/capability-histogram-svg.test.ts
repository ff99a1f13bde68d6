import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capability } from '../capability/capability.js';
import { fitNormal } from '../fitting/normal-fit.js';
import { allOf, faultsOf, numbers, type Read, readMarkup, withClass } from '../testing/read-svg.js';
import { capabilityHistogramSvg } from './capability-histogram-svg.js';

const drawn = (...input: Parameters<typeof capabilityHistogramSvg>): Read =>
  readMarkup(capabilityHistogramSvg(...input));
const tooltips = (root: Read): string[] =>
  allOf(root)
    .filter(({ name }) => name === 'title')
    .map(({ text }) => text);
const labelled = (root: Read): Read[] => withClass(root, 'q-strong');

/** Montgomery, Introduction to Statistical Quality Control (7th ed.), table 8.1: bursting strength of 100 bottles, psi; mean 264.06, s 32.02. */
const bottles = [
  265, 197, 346, 280, 265, 200, 221, 265, 261, 278, 205, 286, 317, 242, 254, 235, 176, 262, 248, 250, 263,
  274, 242, 260, 281, 246, 248, 271, 260, 265, 307, 243, 258, 321, 294, 328, 263, 245, 274, 270, 220, 231,
  276, 228, 223, 296, 231, 301, 337, 298, 268, 267, 300, 250, 260, 276, 334, 280, 250, 257, 260, 281, 208,
  299, 308, 264, 280, 274, 278, 210, 234, 265, 187, 258, 235, 269, 265, 253, 254, 280, 299, 214, 264, 267,
  283, 235, 272, 287, 274, 269, 215, 318, 271, 293, 277, 290, 283, 258, 275, 251,
];

describe('capabilityHistogramSvg', () => {
  it('counts values in round bins', () => {
    // Quartiles 248 and 280, so 2 · 32 / 100^⅓ = 13.8 is the width of Freedman and Diaconis, and (346 - 176) / 13.8 = 12.3, so 13
    // bins of 13.1: the nearest round width is 10.
    const root = drawn({ title: 'T', values: bottles, specification: { lower: 200 } });
    const told = tooltips(root);
    expect(told[0]).toMatch(/^170\.0 to 180\.0: 1, 1 outside/);
    expect(told).toContain('260.0 to 270.0: 21');
    const counted = told.reduce((sum, text) => sum + Number(text.split(': ')[1]?.split(',')[0]), 0);
    expect(counted).toBe(100);
  });

  it('colours what lies beyond the limits, to the value', () => {
    // Below 200: 197, 176, 187.
    const root = drawn({ title: 'T', values: bottles, specification: { lower: 200 } });
    const outside = tooltips(root).reduce(
      (sum, text) => sum + Number(text.match(/, (\d+) outside/)?.[1] ?? 0),
      0,
    );
    expect(outside).toBe(3);
    expect(withClass(root, 'q-bar-outside')).toHaveLength(3);
    const atLimit = drawn({ title: 'T', values: [1, 2, 3], specification: { lower: 1, upper: 3 } });
    expect(withClass(atLimit, 'q-bar-outside')).toEqual([]);
  });

  it('draws limits and target where they belong on the axis of the values', () => {
    const root = drawn({
      title: 'T',
      values: [1, 2, 3, 4],
      specification: { lower: 0, upper: 5, target: 2.5 },
    });
    const [low, target, high] = allOf(root)
      .filter(
        ({ name, attributes }) => name === 'line' && /q-spec-limit|q-target/.test(attributes.class ?? ''),
      )
      .map((line) => numbers(line, 'x1')[0]!);
    expect(target).toBeCloseTo((low! + high!) / 2, 0);
    expect(labelled(root).map(({ text }) => text)).toEqual(['LSL 0', 'target 2.5', 'USL 5']);
  });

  it('names a limit that is far from all values at the edge instead of squeezing them', () => {
    const root = drawn({ title: 'T', values: bottles, specification: { lower: -5_000, upper: 9_000 } });
    expect(labelled(root).map(({ text }) => text)).toEqual(['← LSL −5,000', 'USL 9,000 →']);
    expect(withClass(root, 'q-spec-limit')).toEqual([]);
  });

  it('never lets labels overlap or leave the picture', () => {
    const value = fc.double({ min: -1e5, max: 1e5, noNaN: true });
    fc.assert(
      fc.property(
        fc.uniqueArray(value, { minLength: 3, maxLength: 3 }),
        fc.array(value, { maxLength: 5 }),
        (marks, values) => {
          const [lower, target, upper] = [...marks].sort((a, b) => a - b);
          const root = drawn(
            { title: 'T', values, specification: { lower, target, upper } },
            { width: 240, height: 200 },
          );
          // Bold sans-serif text is about 0.6 of its size wide a character.
          const boxes = labelled(root).map((label) => {
            const [x = 0, y = 0] = numbers(label, 'x', 'y');
            const half = (label.text.length * 11.5 * 0.6) / 2;
            return { left: x - half, right: x + half, y };
          });
          expect(boxes).toHaveLength(3);
          for (const { left, right } of boxes) {
            expect(left).toBeGreaterThanOrEqual(0);
            expect(right).toBeLessThanOrEqual(240);
          }
          const [a, b, c] = boxes;
          for (const [p, q] of [
            [a!, b!],
            [b!, c!],
            [a!, c!],
          ] as const)
            expect(Math.abs(p.y - q.y) >= 12 || p.right <= q.left || q.right <= p.left).toBe(true);
        },
      ),
    );
  });

  it('tells Cpk with its interval and the method, and draws the curve', () => {
    const specification = { lower: 200 };
    const result = capability(bottles, { specification, method: 'normal' });
    const { value, lower, upper } = result.indices.cpk!;
    const root = drawn({ title: 'T', values: bottles, specification, result });
    expect(root.text).toContain(
      `Cpk ${value.toFixed(2)} (95 %: ${lower!.toFixed(2)} to ${upper!.toFixed(2)}), normal, n = 100`,
    );
    // The curve peaks at the mean, 264.06, where 100 · 10 · φ(0) / 32.02 = 12.46 values a bin are expected.
    const [curve] = withClass(root, 'q-curve');
    const places = [...curve!.attributes.d!.matchAll(/[ML]([\d.]+) ([\d.]+)/g)].map(([, x, y]) => [
      Number(x),
      Number(y),
    ]);
    const peak = places.reduce((best, place) => (place[1]! < best[1]! ? place : best));
    const bar = allOf(root)
      .find(({ text, name }) => name === 'g' && text.startsWith('260.0'))!
      .children.at(-1)!;
    const [x = 0, width = 0, height = 0] = numbers(bar, 'x', 'width', 'height');
    expect(peak[0]! > x && peak[0]! < x + width).toBe(true);
    expect((272 - peak[1]!) / height).toBeCloseTo(12.46 / 21, 2);
  });

  it('draws a given distribution, none for percentiles, and says why there is no index', () => {
    const specification = { upper: 5 };
    const { distribution } = fitNormal([1, 2, 3]);
    expect(
      withClass(drawn({ title: 'T', values: [1, 2, 3], specification, distribution }), 'q-curve'),
    ).toHaveLength(1);
    const same = [2, 2, 2];
    const steady = drawn({
      title: 'T',
      values: same,
      specification,
      result: capability(same, { specification }),
    });
    expect(withClass(steady, 'q-curve')).toEqual([]);
    expect(steady.text).toMatch(/[CP]pk —: All 3 values are the same/);
    expect(drawn({ title: 'T', values: [], specification }).text).toContain('No values yet.');
  });

  it('cuts a curve that is much taller than the bars, so that they stay visible', () => {
    const values = Array.from({ length: 100 }, (_, i) => i);
    const { distribution } = fitNormal([49, 50, 51]);
    const root = drawn({ title: 'T', values, specification: { upper: 120 }, distribution });
    const ys = [...withClass(root, 'q-curve')[0]!.attributes.d!.matchAll(/[ML][\d.]+ (-?[\d.]+)/g)].map(
      ([, y]) => Number(y),
    );
    // The plot begins below the title (34) and one row of labels (17).
    expect(Math.min(...ys)).toBe(51);
    const tallest = Math.max(...withClass(root, 'q-bar').map((bar) => numbers(bar, 'height')[0]!));
    expect(tallest / (272 - 51)).toBeCloseTo(1 / 1.6, 2);
  });

  it('takes what a monitor says of a metric', () => {
    const capable = {
      index: 'ppk',
      value: 1.5,
      lower: 1.25,
      upper: 1.75,
      method: 'lognormal',
      n: 300,
      steady: false,
      fits: true,
    } as const;
    const root = drawn({ title: 'T', values: [1, 2], specification: { upper: 5 }, result: capable });
    expect(root.text).toContain('Ppk 1.50 (95 %: 1.25 to 1.75), lognormal, n = 300');
  });

  it('draws anything that is finite', () => {
    const odd = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom(0, 1, -1, 5e-324, 1e-300, 1e15, 1e15 + 0.25, Number.MAX_VALUE, -Number.MAX_VALUE),
      fc.integer({ min: -5, max: 5 }),
    );
    const all = (values: readonly number[], upper: number, target: number | undefined): void => {
      const distribution = fitNormal(values).distribution;
      const svg = capabilityHistogramSvg({
        title: 'T',
        values,
        specification: { upper, target },
        distribution,
      });
      expect(faultsOf(svg)).toEqual([]);
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
      expect(
        capabilityHistogramSvg({ title: 'T', values, specification: { upper, target }, distribution }),
      ).toBe(svg);
    };
    for (const values of [[], [3], [4, 4, 4], [1e308, -1e308], [5e-324, 0]]) all(values, 1, undefined);
    fc.assert(fc.property(fc.array(odd, { maxLength: 30 }), odd, fc.option(odd, { nil: undefined }), all));
  });

  it('refuses values and specifications that make no sense', () => {
    expect(() =>
      capabilityHistogramSvg({ title: 'T', values: [Number.NaN], specification: { upper: 1 } }),
    ).toThrow(/NaN/);
    expect(() => capabilityHistogramSvg({ title: 'T', values: [1], specification: {} })).toThrow(/limit/);
  });
});
