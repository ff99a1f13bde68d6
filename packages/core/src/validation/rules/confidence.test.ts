import { describe, expect, it } from 'vitest';
import { MOMENT, plainBook, signalWith } from '../../testing/samples.js';
import { type ConfidenceOptions, confidence } from './confidence.js';

const check = (value: number | undefined, options?: ConfidenceOptions, approved = false) =>
  confidence(options).check(
    signalWith({
      confidence: value,
      approval: approved ? { of: 'x', by: 'Ada', until: MOMENT } : undefined,
    }),
    plainBook(),
  );

describe('confidence', () => {
  it('acts on what reaches the threshold', () => {
    expect(check(0.8)).toBeUndefined();
    expect(check(1)).toBeUndefined();
  });

  it('asks a person about what is a hair below, for ten minutes', () => {
    expect(check(0.7999)).toEqual({ code: 'CONFIDENCE_REVIEW', limit: 0.8, actual: 0.7999, hold: 600_000 });
    expect(check(0.6)).toEqual({ code: 'CONFIDENCE_REVIEW', limit: 0.8, actual: 0.6, hold: 600_000 });
  });

  it('refuses what is below the threshold of asking', () => {
    expect(check(0.5999)).toEqual({ code: 'CONFIDENCE_LOW', limit: 0.6, actual: 0.5999 });
    expect(check(0)).toEqual({ code: 'CONFIDENCE_LOW', limit: 0.6, actual: 0 });
    expect(check(Number.NaN)).toMatchObject({ code: 'CONFIDENCE_LOW' });
  });

  it('refuses a signal that says none, approved or not: it has to be supplied', () => {
    expect(check(undefined)).toEqual({ code: 'INCOMPLETE', limit: 'confidence', actual: 'missing' });
    expect(check(undefined, {}, true)).toMatchObject({ code: 'INCOMPLETE' });
  });

  it("takes a person's word for it", () => {
    expect(check(0.65, {}, true)).toBeUndefined();
  });

  it('takes other thresholds and times', () => {
    const options = { execute: 0.5, review: 0.3, hold: 1_000 };
    expect(check(0.5, options)).toBeUndefined();
    expect(check(0.4, options)).toEqual({ code: 'CONFIDENCE_REVIEW', limit: 0.5, actual: 0.4, hold: 1_000 });
    expect(check(0.2, options)).toEqual({ code: 'CONFIDENCE_LOW', limit: 0.3, actual: 0.2 });
  });
});
