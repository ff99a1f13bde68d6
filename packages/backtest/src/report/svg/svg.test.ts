import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { area, type Point, thinned } from './path.js';
import { extent, linear, padded } from './scale.js';
import { niceTicks, timeTicks } from './ticks.js';

const labels = (ticks: readonly { readonly label: string }[]): string[] => ticks.map((t) => t.label);

describe('niceTicks', () => {
  it('are round numbers with the decimals that their step needs', () => {
    expect(labels(niceTicks(0, 10, 5))).toEqual(['0', '2', '4', '6', '8', '10']);
    expect(labels(niceTicks(1.0612, 1.0698, 4))).toEqual(['1.062', '1.064', '1.066', '1.068']);
    expect(labels(niceTicks(9_420, 11_930, 5))).toEqual(['9,500', '10,000', '10,500', '11,000', '11,500']);
    expect(labels(niceTicks(-0.07, 0, 2, (v) => String(v)))).toEqual(['-0.05', '0']);
  });

  it('lie within the range, evenly, not far from as many as wanted', () => {
    const range = fc.tuple(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
    );
    fc.assert(
      fc.property(range, fc.integer({ min: 3, max: 10 }), ([from, span], wanted) => {
        const values = niceTicks(from, from + span, wanted).map((t) => t.value);
        expect(values.length).toBeGreaterThanOrEqual(1);
        expect(values.length).toBeLessThanOrEqual(2 * wanted + 2);
        const slack = span * 1e-6 + 1e-9;
        for (const value of values) {
          expect(value).toBeGreaterThanOrEqual(from - slack);
          expect(value).toBeLessThanOrEqual(from + span + slack);
        }
      }),
    );
  });

  it('are none where there is no range', () => {
    expect(niceTicks(5, 5, 4)).toEqual([]);
  });
});

describe('timeTicks', () => {
  const at = (text: string): number => Date.parse(`${text}Z`);

  it('stand on the clock within a day, with the date at midnight', () => {
    expect(labels(timeTicks(at('2024-03-05T22:10'), at('2024-03-06T02:10'), 4))).toEqual([
      '23:00',
      '6 Mar',
      '01:00',
      '02:00',
    ]);
  });

  it('stand on Mondays over weeks, on months over months, on years over years', () => {
    expect(labels(timeTicks(at('2024-02-01T00:00'), at('2024-03-01T00:00'), 5))).toEqual([
      '5 Feb',
      '12 Feb',
      '19 Feb',
      '26 Feb',
    ]);
    expect(labels(timeTicks(at('2023-11-15T00:00'), at('2024-03-15T00:00'), 4))).toEqual([
      'Dec',
      '2024',
      'Feb',
      'Mar',
    ]);
    expect(labels(timeTicks(at('2015-06-01T00:00'), at('2024-06-01T00:00'), 6))).toEqual([
      '2016',
      '2018',
      '2020',
      '2022',
      '2024',
    ]);
  });

  it('are never more than wanted, for any stretch from an hour to decades', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2e12 }),
        fc.double({ min: 6, max: 12, noNaN: true }),
        (from, power) => {
          expect(timeTicks(from, from + 10 ** power, 6).length).toBeLessThanOrEqual(6);
        },
      ),
    );
  });
});

describe('scales and paths', () => {
  it('map the ends to the ends, and an empty range to the middle', () => {
    const scale = linear(10, 20, 100, 0);
    expect([scale(10), scale(15), scale(20)]).toEqual([100, 50, 0]);
    expect(linear(5, 5, 0, 10)(5)).toBe(5);
    expect(extent([])).toEqual([0, 1]);
    expect(padded([5, 5])[0]).toBeLessThan(5);
  });

  it('close an area at its base and draw nothing of nothing', () => {
    expect(
      area(
        [
          [0, 1],
          [2, 3],
        ],
        9,
      ),
    ).toBe('M0 1L2 3L2 9L0 9Z');
    expect(area([], 9)).toBe('');
  });

  it('thin a line to at most four points a pixel and keep its heights', () => {
    const wave = Array.from({ length: 10_000 }, (_, i): Point => [i / 100, Math.sin(i) * i]);
    const thin = thinned(wave);
    expect(thin.length).toBeLessThanOrEqual(4 * 100);
    const heights = (points: readonly Point[]): number[] => points.map(([, y]) => y);
    expect(Math.max(...heights(thin))).toBe(Math.max(...heights(wave)));
    expect(Math.min(...heights(thin))).toBe(Math.min(...heights(wave)));
    expect(thinned([])).toEqual([]);
  });
});
