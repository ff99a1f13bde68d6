import { MikroBotError } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import type { RuleSet } from '../charts/rules.js';
import { ruleSetArl } from './rule-set.js';

const western = (digits: string): RuleSet => [...digits].map((digit) => `we${digit}` as RuleSet[number]);

const nelson = (digits: string): RuleSet => [...digits].map((digit) => `nelson${digit}` as RuleSet[number]);

describe('ruleSetArl', () => {
  // Champ and Woodall (1987), table 1, as the manual of R's spc quotes it: rules 1, 12, 13 and 14.
  it.each([
    [0, 370.4, 225.44, 166.05, 152.73],
    [0.2, 308.43, 177.56, 120.7, 110.52],
    [0.4, 200.08, 104.46, 63.88, 59.76],
    [0.6, 119.67, 57.92, 33.99, 33.64],
    [0.8, 71.55, 33.12, 19.78, 21.07],
    [1, 43.89, 20.01, 12.66, 14.58],
    [1.2, 27.82, 12.81, 8.84, 10.9],
    [1.4, 18.25, 8.69, 6.62, 8.6],
    [1.6, 12.38, 6.21, 5.24, 7.03],
    [1.8, 8.69, 4.66, 4.33, 5.85],
    [2, 6.3, 3.65, 3.68, 4.89],
    [2.2, 4.72, 2.96, 3.18, 4.08],
    [2.4, 3.65, 2.48, 2.78, 3.38],
    [2.6, 2.9, 2.13, 2.43, 2.81],
    [2.8, 2.38, 1.87, 2.14, 2.35],
    [3, 2, 1.68, 1.89, 1.99],
  ])('at a shift of %d has the run lengths that Champ and Woodall published', (shift, ...published) => {
    const computed = ['1', '12', '13', '14'].map((set) => ruleSetArl({ rules: western(set), shift }).arl);
    expect(computed.map((arl) => Number(arl.toFixed(2)))).toEqual(published);
  });

  // A chain in C over all windows of seven bands, 280,000 of them, that judges every window anew. All four in control: also 91.75
  // in the NIST e-Handbook, 6.3.2.
  it.each([
    [0, 132.892811, 122.050772, 105.783065, 91.750773],
    [0.4, 52.93351, 48.711095, 40.946019, 36.605996],
    [1, 10.951384, 11.725839, 10.187465, 9.22186],
  ])('at a shift of %d agrees with a chain over raw windows for three and four rules', (shift, ...arls) => {
    const computed = ['123', '124', '134', '1234'].map(
      (set) => ruleSetArl({ rules: western(set), shift }).arl,
    );
    for (const [i, arl] of arls.entries()) expect(computed[i]).toBeCloseTo(arl, 5);
  });

  // A million runs in C (20,000 of rule 8 alone) that judge raw windows of values, with their standard errors.
  it.each([
    ['8', 0, 14251.7, 101.4],
    ['8', 1, 1136.3, 8],
    ['1256', 0, 109.1945, 0.106],
    ['125678', 0, 98.0916, 0.0941],
    ['125678', 1, 9.7091, 0.0069],
  ])("agrees with a long simulation of Nelson's rules %s at a shift of %d", (set, shift, arl, error) => {
    const exact = ruleSetArl({ rules: nelson(set), shift });
    expect(exact.method).toBe('exact');
    expect(Math.abs(exact.arl - arl)).toBeLessThan(4 * error);
  });

  it('agrees with it for all eight too, by its own simulation', () => {
    const { arl, standardError } = ruleSetArl({ rules: nelson('12345678'), shift: 0, runs: 5_000 });
    expect(Math.abs(arl - 73.4226)).toBeLessThan(4 * standardError!);
  });

  it('is exact without a standard error, and the same for shifts up and down', () => {
    const up = ruleSetArl({ rules: western('1234'), shift: 0.7 });
    expect(up).toMatchObject({ method: 'exact', standardError: undefined });
    expect(ruleSetArl({ rules: western('4321'), shift: -0.7 }).arl).toBeCloseTo(up.arl, 10);
  });

  it('knows closed forms: nine on a side as nine heads or tails, fifteen within one sigma as a run of successes', () => {
    expect(ruleSetArl({ rules: ['nelson2'], shift: 0 }).arl).toBeCloseTo(2 ** 9 - 1, 8);
    const inside = 0.6826894921370859;
    const runs = (inside ** -15 - 1) / (1 - inside);
    expect(ruleSetArl({ rules: ['nelson7'], shift: 0 }).arl / runs).toBeCloseTo(1, 10);
    expect(ruleSetArl({ rules: ['nelson2'], shift: 20 }).arl).toBeCloseTo(9, 12);
  });

  it('takes rules of both names for one', () => {
    const arl = (...rules: RuleSet) => ruleSetArl({ rules, shift: 0.3 }).arl;
    expect(arl('nelson1', 'nelson5', 'nelson6')).toBe(arl('we1', 'we2', 'we3'));
    expect(arl('we1', 'nelson1', 'beyondLimits')).toBe(arl('we1'));
  });

  // From the numbers of permutations without the pattern, insertion by insertion.
  it.each([
    ['nelson3', 421.5986260314602],
    ['nelson4', 601.0078040292102],
  ] as const)(
    'simulates %s to within four standard errors of its exact value, shifted or not',
    (rule, exact) => {
      for (const shift of [0, 1.5]) {
        const { arl, standardError, method } = ruleSetArl({ rules: [rule], shift, runs: 4_000, seed: 3 });
        expect(method).toBe('simulated');
        expect(standardError).toBeLessThan(0.02 * exact);
        expect(Math.abs(arl - exact)).toBeLessThan(4 * standardError!);
      }
    },
  );

  it('repeats a simulation from its seed, and all eight rules alarm more often than any of them', () => {
    const rules = nelson('12345678');
    const once = ruleSetArl({ rules, shift: 0, runs: 2_000, seed: 9 });
    expect(ruleSetArl({ rules, shift: 0, runs: 2_000, seed: 9 })).toEqual(once);
    expect(ruleSetArl({ rules, shift: 0, runs: 2_000, seed: 10 }).arl).not.toBe(once.arl);
    const six = ruleSetArl({ rules: rules.filter((rule) => !/[34]$/.test(rule)), shift: 0 });
    expect(six.method).toBe('exact');
    expect(once.arl + 4 * once.standardError!).toBeLessThan(six.arl);
  });

  it('refuses no rules, rules that are not about zones, and nonsense', () => {
    const bad = (terms: Parameters<typeof ruleSetArl>[0]) => {
      expect(() => ruleSetArl(terms)).toThrowError(MikroBotError);
      expect(() => ruleSetArl(terms)).toThrowError(expect.objectContaining({ code: 'BAD_CONFIG' }));
    };
    bad({ rules: [], shift: 0 });
    bad({ rules: ['t2' as never], shift: 0 });
    bad({ rules: ['we1'], shift: Number.NaN });
    bad({ rules: ['nelson3'], shift: 0, runs: 1 });
  });
});
