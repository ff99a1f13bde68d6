import { normal, seededRandom } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { andersonDarling } from './anderson-darling.js';
import { chooseDistribution } from './choose-distribution.js';

const draw = (seed: number, n: number, next: (random: () => number) => number): number[] => {
  const random = seededRandom(seed);
  return Array.from({ length: n }, () => next(random));
};

describe('the choice of a distribution', () => {
  it('takes the normal one while it is not refused, and says with what p', () => {
    const values = draw(1, 200, (random) => 50 + 4 * normal(random));
    const choice = chooseDistribution(values);
    expect(choice.chosen).toBe('normal');
    expect(choice.distribution?.name).toBe('normal');
    expect(choice.p).toBe(andersonDarling(values).p);
    expect(choice.reason).toContain(choice.p!.toFixed(4));
    expect(choice.tried.map(({ name }) => name)).toEqual(['normal']);
    expect(choice.notes).toEqual([]);
  });

  it('has mean ± 3 s for the percentiles of a normal one', () => {
    // Mean 4.5, variance 42 / 7 = 6.
    const { distribution } = chooseDistribution([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(distribution!.quantile(0.99865)).toBeCloseTo(4.5 + 2.999977 * Math.sqrt(6), 5);
  });

  it('takes the lognormal one for latencies with a long tail', () => {
    const values = draw(2, 300, (random) => Math.exp(3 + 0.6 * normal(random)));
    const choice = chooseDistribution(values);
    expect(choice.chosen).toBe('lognormal');
    expect(choice.p).toBe(andersonDarling(values.map(Math.log)).p);
    expect(choice.tried.map(({ name }) => name)).toEqual(['normal', 'lognormal', 'box-cox']);
    expect(choice.notes[0]).toEqual({ code: 'NOT_NORMAL', detail: choice.reason });
  });

  it('takes a power where the logarithm goes too far', () => {
    const choice = chooseDistribution(draw(3, 400, (random) => (4 + normal(random)) ** 2));
    expect(choice.chosen).toBe('box-cox');
    expect(choice.distribution!.parameters.lambda).toBeCloseTo(0.5, 0);
    expect(choice.tried.find(({ name }) => name === 'lognormal')?.fits).toBe(false);
  });

  it('takes a power only where it is worth its parameter, though its p is always the greater', () => {
    const chosen = (seed: number) => {
      const choice = chooseDistribution(draw(seed, 100, (random) => (5 + normal(random)) ** 3));
      const [, lognormal, power] = choice.tried;
      expect(lognormal!.fits && power!.fits).toBe(true);
      expect(power!.p).toBeGreaterThan(lognormal!.p!);
      return [choice.chosen, power!.aic! < lognormal!.aic!];
    };
    expect(chosen(2)).toEqual(['box-cox', true]);
    expect(chosen(5)).toEqual(['lognormal', false]);
  });

  it('takes no power that ends before its 99.865 % point', () => {
    const values = draw(3, 100, (random) => 1 / Math.max(0.05, 2.6 + normal(random)));
    const choice = chooseDistribution(values);
    const power = choice.tried[2]!;
    expect(power.p).toBeGreaterThan(0.05);
    expect(power.fits).toBe(false);
    expect(power.reason).toContain('infinite');
    expect(choice.chosen).toBe('empirical');
  });

  it('takes the percentiles of the values where nothing passes', () => {
    const values = draw(4, 400, (random) => (random() < 0.5 ? 10 : 30) + normal(random));
    const choice = chooseDistribution(values);
    expect(choice.chosen).toBe('empirical');
    expect(choice.p).toBeUndefined();
    expect(choice.distribution?.name).toBe('empirical');
    expect(choice.reason).toMatch(/lognormal fails .* box-cox fails .* percentiles/);
    expect(choice.notes[0]?.code).toBe('NOT_NORMAL');
  });

  it('tries no logarithm of values below 0, and says so', () => {
    const values = draw(5, 200, (random) => -Math.log(1 - random()) - 0.5);
    const choice = chooseDistribution(values);
    expect(choice.chosen).toBe('empirical');
    expect(choice.tried[1]?.reason).toContain('above 0');
  });

  it('tries what it is told to', () => {
    const values = draw(2, 300, (random) => Math.exp(3 + 0.6 * normal(random)));
    expect(chooseDistribution(values, { candidates: [] }).chosen).toBe('empirical');
    expect(chooseDistribution(values, { candidates: ['box-cox'] }).chosen).toBe('box-cox');
    expect(chooseDistribution(values, { alpha: 1e-30 }).chosen).toBe('normal');
    const bad = { candidates: ['cauchy' as 'lognormal'] };
    expect(() => chooseDistribution(values, bad)).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }));
    const inherited = { candidates: ['toString' as 'lognormal'] };
    expect(() => chooseDistribution(values, inherited)).toThrow(
      expect.objectContaining({ code: 'BAD_CONFIG' }),
    );
    expect(() => chooseDistribution(values, { alpha: 5 })).toThrow(
      expect.objectContaining({ code: 'BAD_CONFIG' }),
    );
  });

  it('assumes normal values where there are too few to test, with a note', () => {
    const choice = chooseDistribution([1, 2, 4]);
    expect(choice.chosen).toBe('normal');
    expect(choice.p).toBeUndefined();
    expect(choice.notes[0]?.code).toBe('NOT_ENOUGH_DATA');
  });

  it.each([
    [[], 'EMPTY'],
    [[3], 'ONE_VALUE'],
    [[3, 3, 3, 3, 3, 3, 3, 3, 3], 'NO_SPREAD'],
  ])('chooses nothing for %j', (values, code) => {
    const choice = chooseDistribution(values);
    expect(choice.chosen).toBeUndefined();
    expect(choice.distribution).toBeUndefined();
    expect(choice.notes[0]?.code).toBe(code);
    expect(choice.reason).not.toBe('');
  });

  it('refuses what is not a number', () => {
    expect(() => chooseDistribution([1, Number.NaN])).toThrow(expect.objectContaining({ code: 'BAD_DATA' }));
  });
});
