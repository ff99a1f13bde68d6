import { describe, expect, it } from 'vitest';
import type { Finding } from '../model/refuse.js';
import type { Intent } from '../model/signal.js';
import { MOMENT, plainBook, signalWith } from '../testing/samples.js';
import type { Rule } from './rule.js';
import { defaultRules } from './rules/default-rules.js';
import { addsRisk, validateSignal } from './validate.js';

const finding = (code: string): Finding => ({ code, limit: 1, actual: 2 });
const saying = (code: string | undefined, more: Partial<Rule> = {}): Rule => ({
  name: `says ${code}`,
  check: () => (code === undefined ? undefined : finding(code)),
  ...more,
});
const codeOf = (rules: readonly Rule[], over: Parameters<typeof signalWith>[0] = {}): string => {
  const result = validateSignal(signalWith(over), rules, plainBook());
  return result.kind === 'valid' ? 'valid' : 'refusal' in result ? result.refusal.code : result.outcome;
};

describe('validateSignal', () => {
  it('gives the signal itself as valid when nothing is said against it', () => {
    const signal = signalWith();
    expect(validateSignal(signal, [saying(undefined)], plainBook())).toEqual({ kind: 'valid', signal });
    expect(codeOf([])).toBe('valid');
    expect(codeOf(defaultRules())).toBe('valid');
  });

  it('decides by the first objection, with rule, limit and actual value', () => {
    const signal = signalWith();
    expect(validateSignal(signal, [saying(undefined), saying('A'), saying('B')], plainBook())).toEqual({
      kind: 'decision',
      outcome: 'refused',
      signal,
      time: MOMENT,
      verdicts: [],
      refusal: { stage: 'validate', rule: 'says A', code: 'A', limit: 1, actual: 2 },
    });
  });

  it.each<[Intent, boolean]>([
    ['enter', true],
    ['reverse', true],
    ['exit', false],
    ['adjust', false],
  ])('asks every rule about a signal to %s: %s', (intent, all) => {
    const signal = signalWith({ intent });
    expect(addsRisk(signal)).toBe(all);
    expect(codeOf([saying('A')], { intent })).toBe(all ? 'A' : 'valid');
    expect(codeOf([saying('A', { always: true })], { intent })).toBe('A');
  });

  it.each<[string, () => Finding | undefined]>([
    [
      'throws',
      () => {
        throw new RangeError('no such thing');
      },
    ],
    ['answers null', () => null as never],
    ['answers true', () => true as never],
    ['answers with a promise', () => Promise.resolve(undefined) as never],
  ])('refuses when a rule %s: a broken check must not open the gate', (_, check) => {
    const result = validateSignal(signalWith(), [{ name: 'broken', check }, saying('LATER')], plainBook());
    expect(result).toMatchObject({ outcome: 'refused', refusal: { rule: 'broken', code: 'RULE_THREW' } });
  });

  it('holds when the rule leaves it to a person, and passes once he has said yes', () => {
    const hold: Rule = { name: 'ask', check: () => ({ ...finding('ASK'), hold: 5_000 }) };
    expect(validateSignal(signalWith(), [hold], plainBook())).toMatchObject({
      outcome: 'held',
      until: MOMENT + 5_000,
      refusal: { code: 'ASK' },
    });
    const approval = { of: 'x', by: 'Ada', until: MOMENT + 5_000 };
    expect(codeOf([hold], { approval })).toBe('valid');
    expect(codeOf([hold, saying('NO')], { approval })).toBe('NO');
  });

  it('has default rules that remember nothing of each other', () => {
    const [a, b] = [defaultRules(), defaultRules()];
    expect(codeOf(a)).toBe('valid');
    expect(codeOf(b, { id: 'another' })).toBe('valid');
    expect(codeOf(a, { id: 'a third' })).toBe('DUPLICATE_SIGNAL');
  });
});
