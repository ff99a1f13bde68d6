import { describe, expect, it } from 'vitest';
import { normal, type Random, seededRandom } from './random.js';

const draws = (random: Random, count: number): number[] => Array.from({ length: count }, random);

describe('seededRandom', () => {
  // From the reference in C (Tommy Ettinger, "Mulberry32", public domain), compiled with gcc.
  it.each([
    [0, [1_144_304_738, 1_416_247, 958_946_056, 627_933_444, 2_007_157_716]],
    [1, [2_693_262_067, 11_749_833, 2_265_367_787, 4_213_581_821, 4_159_151_403]],
    [42, [2_581_720_956, 1_925_393_290, 3_661_312_704, 2_876_485_805, 750_819_978]],
    [0xdeadbeef, [4_043_151_706, 1_147_597_007, 3_315_858_022, 1_538_288_752, 2_042_435_954]],
    [0xffffffff, [3_850_105_811, 813_802_916, 3_073_704_848, 4_054_706_436, 3_630_262_831]],
  ])('draws from seed %d what Mulberry32 draws in C', (seed, expected) => {
    expect(draws(seededRandom(seed), 5).map((r) => r * 2 ** 32)).toEqual(expected);
  });

  it('still agrees with the reference after a million draws', () => {
    const random = seededRandom(7);
    for (let i = 1; i < 1_000_000; i++) random();
    expect(random() * 2 ** 32).toBe(240_801_532);
  });

  it('repeats itself from the same seed, and streams do not disturb each other', () => {
    const a = seededRandom(5);
    const b = seededRandom(5);
    const other = seededRandom(6);
    const interleaved = Array.from({ length: 20 }, () => [a(), other()][0]);
    expect(interleaved).toEqual(draws(b, 20));
  });

  it('is uniform on [0, 1): a hundred bins of a hundred thousand draws pass the chi-squared test', () => {
    const bins = new Float64Array(100);
    for (const r of draws(seededRandom(2_024), 100_000)) {
      expect(r >= 0 && r < 1).toBe(true);
      bins[Math.floor(r * 100)]!++;
    }
    const chiSquared = bins.reduce((sum, n) => sum + (n - 1_000) ** 2 / 1_000, 0);
    // The 0.1 % and 99.9 % points of the chi-squared distribution with 99 degrees of freedom.
    expect(chiSquared).toBeGreaterThan(61.14);
    expect(chiSquared).toBeLessThan(148.23);
  });
});

describe('normal', () => {
  it('has the moments and the tails of the standard normal distribution', () => {
    const n = 200_000;
    const random = seededRandom(11);
    const xs = Array.from({ length: n }, () => normal(random));
    const moment = (k: number): number => xs.reduce((sum, x) => sum + x ** k, 0) / n;
    // Four standard errors of each.
    expect(Math.abs(moment(1))).toBeLessThan(4 / Math.sqrt(n));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
    expect(Math.abs(moment(3))).toBeLessThan(4 * Math.sqrt(15 / n));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(4 * Math.sqrt(96 / n));
    const within = (sigma: number): number => xs.filter((x) => Math.abs(x) < sigma).length / n;
    expect(within(1)).toBeCloseTo(0.6827, 2);
    expect(within(2)).toBeCloseTo(0.9545, 2);
    expect(within(3)).toBeCloseTo(0.9973, 2);
  });

  it('is finite at both ends of the uniform draw', () => {
    for (const edge of [0, 1 - 2 ** -32]) expect(Number.isFinite(normal(() => edge))).toBe(true);
  });
});
