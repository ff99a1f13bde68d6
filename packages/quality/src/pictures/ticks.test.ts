import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spreadApart } from './spread-apart.js';
import { chosenWriter, niceTicks, writer } from './ticks.js';

const labels = (low: number, high: number, wanted: number): string[] =>
  niceTicks([low, high], wanted).map(({ label }) => label);

describe('niceTicks', () => {
  it('are round numbers with the decimals that their step needs', () => {
    expect(labels(0, 10, 5)).toEqual(['0', '2', '4', '6', '8', '10']);
    expect(labels(1.0612, 1.0698, 4)).toEqual(['1.062', '1.064', '1.066', '1.068']);
    expect(labels(-0.07, 0, 2)).toEqual(['−0.05', '0.00']);
    expect(labels(0, 3e9, 3)).toEqual(['0', '1e9', '2e9', '3e9']);
    expect(labels(0, 3e-7, 3)).toEqual(['0', '1e−7', '2e−7', '3e−7']);
  });

  it('lie within the range, rising, not far from as many as wanted', () => {
    const ends = fc.tuple(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    );
    fc.assert(
      fc.property(ends, fc.integer({ min: 2, max: 12 }), ([a, b], wanted) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const values = niceTicks([low, high], wanted).map(({ value }) => value);
        expect(values.length).toBeLessThanOrEqual(4 * wanted + 1);
        const slack = (high / 2 - low / 2) * 1e-6;
        for (const [i, value] of values.entries()) {
          expect(value).toBeGreaterThanOrEqual(low - slack);
          expect(value).toBeLessThanOrEqual(high + slack);
          if (i > 0) expect(value).toBeGreaterThan(values[i - 1]!);
        }
      }),
    );
  });

  it('are none where there is no range', () => {
    expect(niceTicks([5, 5], 4)).toEqual([]);
    expect(niceTicks([1.7976931348621101e308, 1.7976931348621103e308], 2)).toEqual([]);
  });
});

describe('writer', () => {
  it('groups thousands and writes a true minus', () => {
    expect(writer(12_345, 1)(-12_345)).toBe('−12,345');
    expect(writer(1, 0.01)(-0.001)).toBe('0.00');
  });

  it('leaves out the zeros of figures that were chosen', () => {
    const written = [2_000, 0.95, 1.5, -10].map((value) => chosenWriter(writer(2_000, 0.001))(value));
    expect(written).toEqual(['2,000', '0.95', '1.5', '−10']);
    expect(chosenWriter(writer(100, 1))(100)).toBe('100');
  });
});

describe('spreadApart', () => {
  it('leaves labels that have room where they want to be', () => {
    const labels = [30, 10, 60].map((at) => ({ at, length: 10 }));
    expect(spreadApart(labels, 0, 100)).toEqual([30, 10, 60]);
  });

  it('moves those that collide, and those at the ends, by as much as needed', () => {
    const labels = [-5, 50, 52, 99].map((at) => ({ at, length: 10 }));
    expect(spreadApart(labels, 0, 100)).toEqual([5, 42, 52, 95]);
  });
});
