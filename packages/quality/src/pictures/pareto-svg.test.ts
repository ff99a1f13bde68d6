import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pareto } from '../methods/pareto.js';
import { allOf, faultsOf, numbers, readMarkup, withClass } from '../testing/read-svg.js';
import { paretoSvg } from './pareto-svg.js';

const causes = [
  { cause: 'NO_STOP', count: 10 },
  { cause: 'STALE_QUOTE', count: 60 },
  { cause: 'MARKET_CLOSED', count: 5 },
  { cause: 'SPREAD', count: 25 },
];

describe('paretoSvg', () => {
  it('draws bars in order of their loss, as high as what they add to the line', () => {
    const root = readMarkup(paretoSvg({ title: 'T', causes }));
    const bars = [...withClass(root, 'q-bar'), ...withClass(root, 'q-bar-rest')];
    expect(bars.map(({ text }) => text)).toEqual([
      'STALE_QUOTE: 60.0 (60.0 %), together 60.0 %',
      'SPREAD: 25.0 (25.0 %), together 85.0 %',
      'NO_STOP: 10.0 (10.0 %), together 95.0 %',
      'MARKET_CLOSED: 5.0 (5.0 %), together 100.0 %',
    ]);
    expect(withClass(root, 'q-bar')).toHaveLength(2);
    const heights = bars.map((bar) => numbers(bar, 'height')[0]!);
    const whole = heights[0]! / 0.6;
    const [bottom = 0] = numbers(bars[0]!, 'y').map((y) => y + heights[0]!);
    const dots = withClass(root, 'q-dot').map((dot) => (bottom - numbers(dot, 'cy')[0]!) / whole);
    for (const [i, share] of [0.6, 0.85, 0.95, 1].entries()) expect(dots[i]).toBeCloseTo(share, 2);
    const [mark] = withClass(root, 'q-mark');
    expect((bottom - numbers(mark!, 'y1')[0]!) / whole).toBeCloseTo(0.8, 2);
    expect(withClass(root, 'q-strong').map(({ text }) => text)).toEqual(['80 %']);
    expect(root.text).toContain('2 of 4 causes make 85.0 % of the loss.');
  });

  it('draws the same of a result as of its causes', () => {
    expect(paretoSvg({ title: 'T', causes: pareto({ causes }) })).toBe(paretoSvg({ title: 'T', causes }));
  });

  it('puts the least causes together where there are too many', () => {
    const many = Array.from({ length: 60 }, (_, i) => ({ cause: `CAUSE_${i}`, count: 60 - i }));
    const root = readMarkup(paretoSvg({ title: 'T', causes: many }, { width: 400, height: 280 }));
    const texts = allOf(root)
      .filter(({ name }) => name === 'title')
      .map(({ text }) => text);
    expect(texts.length).toBeLessThan(15);
    // 1 + 2 + … + 60 = 1830; the bars before hold the rest.
    const losses = texts.map((text) => Number(text.match(/: ([\d,.]+)/)?.[1]?.replace(',', '')));
    expect(losses.reduce((sum, loss) => sum + loss, 0)).toBeCloseTo(1830, 0);
    expect(texts.at(-1)).toMatch(/^others \(\d+ causes\): .* together 100\.0 %$/);
  });

  it('tilts names that are too wide for their bars, and keeps them within the picture', () => {
    const long = causes.map(({ cause, count }) => ({ cause: `${cause}_${'LONG_'.repeat(12)}`, count }));
    const root = readMarkup(paretoSvg({ title: 'T', causes: long }, { width: 300, height: 240 }));
    const tilted = allOf(root).filter(({ attributes }) => attributes.transform !== undefined);
    expect(tilted).toHaveLength(4);
    for (const { text, attributes } of tilted) {
      const [, x = '', y = ''] =
        attributes.transform?.match(/translate\(([\d.]+) ([\d.]+)\) rotate\(-35\)/) ?? [];
      // Capitals are about 0.65 of their size wide; the name runs down to the left from here, at 35 degrees.
      const width = text.length * 11.5 * 0.65;
      expect(Number(x) - width * 0.819).toBeGreaterThan(-4);
      expect(Number(y) + width * 0.574).toBeLessThan(240 - 18);
    }
  });

  it('draws anything: no cause, no loss, one cause, huge and tiny losses', () => {
    const count = fc.oneof(fc.constantFrom(0, 1, 5e-324, 1e-300, 1e300), fc.integer({ min: 0, max: 9 }));
    const all = (counts: readonly number[]): void => {
      const svg = paretoSvg({ title: 'T', causes: counts.map((n, i) => ({ cause: `C${i}`, count: n })) });
      expect(faultsOf(svg)).toEqual([]);
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    };
    for (const counts of [[], [0], [0, 0], [7], [1e300, 5e-324]]) all(counts);
    fc.assert(fc.property(fc.array(count, { maxLength: 40 }), all));
  });
});
