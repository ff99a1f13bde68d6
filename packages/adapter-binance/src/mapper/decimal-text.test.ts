import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalNumber, signedNumber } from './decimal-text.js';

describe('a decimal text', () => {
  it('is the number that the language itself reads from it, to the last bit', () => {
    const digits = (max: number) => fc.stringMatching(new RegExp(`^[0-9]{1,${max}}$`));
    fc.assert(
      fc.property(digits(14), fc.option(digits(18), { nil: undefined }), (whole, fraction) => {
        const text = fraction === undefined ? whole : `${whole}.${fraction}`;
        expect(decimalNumber(text)).toBe(Number(text));
        if (Number(text) !== 0) expect(signedNumber(`-${text}`)).toBe(Number(`-${text}`));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    '',
    ' 1',
    '1 ',
    '-1',
    '+1',
    '.5',
    '5.',
    '1.2.3',
    '1e5',
    '1e-7',
    '0x10',
    'NaN',
    'Infinity',
    '1,000',
    '9'.repeat(41),
    1,
    null,
    undefined,
    ['1'],
    { toString: () => '1' },
  ])('is not %j', (value) => {
    expect(decimalNumber(value)).toBeNaN();
  });
});
