import { describe, expect, it } from 'vitest';
import { MOMENT, signalWith } from '../testing/samples.js';
import { stopped } from './refuse.js';

const finding = { code: 'LARGE', limit: 1, actual: 5 };

describe('stopped', () => {
  it('refuses with the words of the finding, and whatever was said before', () => {
    const verdicts = [{ policy: 'size', outcome: 'approve' as const }];
    expect(stopped('assess', 'gate', signalWith(), MOMENT, finding, verdicts)).toEqual({
      kind: 'decision',
      outcome: 'refused',
      signal: signalWith(),
      time: MOMENT,
      verdicts,
      refusal: { stage: 'assess', rule: 'gate', code: 'LARGE', limit: 1, actual: 5 },
    });
  });

  it('holds when the finding leaves it to a person, from now on for so long', () => {
    const decision = stopped('assess', 'gate', signalWith(), MOMENT, { ...finding, hold: 60_000 });
    expect(decision).toMatchObject({ outcome: 'held', until: MOMENT + 60_000, refusal: { code: 'LARGE' } });
  });

  it('holds without an end in a way that a journal can keep', () => {
    const decision = stopped('assess', 'gate', signalWith(), MOMENT, {
      ...finding,
      hold: Number.POSITIVE_INFINITY,
    });
    const { until } = decision as { until: number };
    expect(until).toBeGreaterThan(Date.UTC(9999, 0));
    expect(JSON.parse(JSON.stringify(until))).toBe(until);
  });
});
