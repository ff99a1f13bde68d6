import { describe, expect, it } from 'vitest';
import { MOMENT, plainBook, signalWith } from '../../testing/samples.js';
import { type FreshOptions, fresh } from './fresh.js';

/** A signal and a quote of these ages. */
const check = (age: number, quoteAge: number, options?: FreshOptions) =>
  fresh(options).check(
    signalWith({ time: MOMENT - age, quote: { time: MOMENT - quoteAge, bid: 1.1, ask: 1.1001 } }),
    plainBook(),
  );

describe('fresh', () => {
  it.each([
    [0, 0],
    [10_000, 0],
    [0, 60_000],
    [10_000, 60_000],
    [-5, -5],
  ])('passes a signal of %d ms with a quote of %d ms', (age, quoteAge) => {
    expect(check(age, quoteAge)).toBeUndefined();
  });

  it('refuses a signal that waited a moment too long, and says how long', () => {
    expect(check(10_000.5, 0)).toEqual({ code: 'STALE_SIGNAL', limit: 10_000, actual: 10_000.5 });
    expect(check(10_001, 99_999)).toMatchObject({ code: 'STALE_SIGNAL' });
  });

  it('refuses a quote that is a moment too old, and says how old', () => {
    expect(check(0, 60_001)).toEqual({ code: 'STALE_QUOTE', limit: 60_000, actual: 60_001 });
  });

  it('takes other limits', () => {
    expect(check(501, 0, { signal: 500 })).toEqual({ code: 'STALE_SIGNAL', limit: 500, actual: 501 });
    expect(check(0, 1_001, { quote: 1_000 })).toEqual({ code: 'STALE_QUOTE', limit: 1_000, actual: 1_001 });
    expect(check(500, 1_000, { signal: 500, quote: 1_000 })).toBeUndefined();
  });

  it('leaves ways out alone', () => {
    expect(fresh().always).toBeUndefined();
  });
});
