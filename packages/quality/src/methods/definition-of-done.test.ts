import { describe, expect, it } from 'vitest';
import { definitionOfDone } from './definition-of-done.js';

const held = { passed: true, evidence: ['run 1204'] };

describe('definitionOfDone', () => {
  it('calls work done when every required check passed and shows evidence', () => {
    const checks = [
      { check: 'tests pass', ...held },
      { check: 'paper traded 48 h', ...held },
      { check: 'announced', required: false },
    ];
    expect(definitionOfDone({ work: 'breakout v2', checks })).toEqual({
      work: 'breakout v2',
      done: true,
      progress: 1,
      missing: [],
      optionalMissing: [{ check: 'announced', reason: 'unchecked' }],
    });
  });

  it('tells why each other check does not hold', () => {
    const checks = [
      { check: 'tests pass', ...held },
      { check: 'reviewed' },
      { check: 'rolled back once', passed: false, evidence: ['log 7'] },
      { check: 'capable', passed: true },
    ];
    const { done, progress, missing } = definitionOfDone({ work: 'breakout v2', checks });
    expect([done, progress]).toEqual([false, 0.25]);
    expect(missing).toEqual([
      { check: 'reviewed', reason: 'unchecked' },
      { check: 'rolled back once', reason: 'failed' },
      { check: 'capable', reason: 'no evidence' },
    ]);
  });

  it('refuses definitions that would call anything done', () => {
    const badData = expect.objectContaining({ code: 'BAD_DATA' });
    expect(() => definitionOfDone({ work: 'x', checks: [] })).toThrowError(badData);
    const optional = { check: 'a', required: false };
    expect(() => definitionOfDone({ work: 'x', checks: [optional] })).toThrowError(/No check is required/);
    const blank = { check: 'a', passed: true, evidence: ['  '] };
    expect(() => definitionOfDone({ work: 'x', checks: [blank] })).toThrowError(badData);
    const twice = { check: 'a', ...held };
    expect(() => definitionOfDone({ work: 'x', checks: [twice, twice] })).toThrowError(/named twice/);
  });
});
