import { MikroBotError } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import type { RuleSet } from '../charts/rules.js';
import { ruleSetArl } from './rule-set.js';

const western = (digits: string): RuleSet => [...digits].map((digit) => `we${digit}` as RuleSet[number]);

describe('ruleSetArl', () => {
  // Champ and Woodall (1987), table 1: columns are sets of Western Electric rules.
  const sets = ['1', '12', '13', '14', '123', '124', '134', '1234'];
  it.each([
    [0, [370.4, 225.44, 166.05, 152.73, 132.89, 122.05, 105.78, 91.75]],
    [0.2, [308.43, 177.56, 120.7, 110.52, 97.86, 89.14, 76.01, 66.8]],
    [0.4, [200.08, 104.46, 63.88, 59.76, 52.93, 48.71, 40.95, 36.61]],
  ])('at a shift of %d has the run lengths that Champ and Woodall published', (shift, arls) => {
    const computed = sets.map((set) => ruleSetArl({ rules: western(set), shift }).arl);
    expect(computed.map((arl) => Number(arl.toFixed(2)))).toEqual(arls);
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
    const rules: RuleSet = [
      'nelson1',
      'nelson2',
      'nelson3',
      'nelson4',
      'nelson5',
      'nelson6',
      'nelson7',
      'nelson8',
    ];
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
