import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTick, tickRow } from './tick.js';

const good = { s: 'EURUSD', t: 1_704_895_200_123, b: 1.09501, a: 1.09503, l: 0, v: null };

describe('isTick()', () => {
  it('takes a quote, with or without a last trade', () => {
    expect(isTick(good)).toBe(true);
    expect(isTick({ s: 'EURUSD', t: 1, b: 1, a: 1 })).toBe(true);
  });

  it.each([
    { b: 0 },
    { b: -1 },
    { a: 1.09 },
    { a: Number.POSITIVE_INFINITY },
    { b: '1.09501' },
    { b: null },
    { t: -1 },
    { t: Number.POSITIVE_INFINITY },
    { s: '' },
    { s: 7 },
    { s: 'x'.repeat(65) },
    { l: -1 },
    { v: 'x' },
    { v: Number.POSITIVE_INFINITY },
  ])('takes none with %j', (change) => expect(isTick({ ...good, ...change })).toBe(false));

  it('says what the schema says', () => {
    const number = fc.oneof(
      fc.double(),
      fc.constantFrom(0, 1, 1.1, null, undefined, 'x', Number.POSITIVE_INFINITY),
    );
    const s = fc.oneof(fc.string({ maxLength: 70 }), fc.constant(undefined), fc.integer());
    fc.assert(
      fc.property(fc.record({ s, t: number, b: number, a: number, l: number, v: number }), (row) => {
        expect(isTick(row)).toBe(tickRow.safeParse(row).success);
      }),
      { numRuns: 2_000 },
    );
  });
});
