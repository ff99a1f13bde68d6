import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromUnits, scaleOf, toUnits } from './decimal.js';
import { writeJson } from './json.js';

describe('Exact decimals', () => {
  it('read and write every whole number of units, at any scale', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 30n), 10n ** 30n), fc.integer({ min: 0, max: 18 }), (units, scale) => {
        expect(toUnits(fromUnits(units, scale), scale)).toBe(units);
      }),
    );
  });

  it.each([
    ['0.1', 8, 10_000_000n],
    ['61837.63000000', 8, 6_183_763_000_000n],
    ['1.500000000000', 1, 15n],
    ['-0.00000001', 8, -1n],
    ['9007199254740993', 0, 9_007_199_254_740_993n],
  ])('read %s at scale %d as %s units', (text, scale, units) => {
    expect(toUnits(text, scale)).toBe(units);
  });

  it.each(['1e-7', '', ' 1', '1.', '.5', '+1', 'NaN', '0x10', '1,5', '--1'])('refuse %j', (text) => {
    expect(() => toUnits(text, 8)).toThrow(RangeError);
  });

  it('refuse more decimals than the scale has, but zeros', () => {
    expect(() => toUnits('0.123', 2)).toThrow(RangeError);
    expect(toUnits('0.120', 2)).toBe(12n);
  });

  it('know the decimals of a step', () => {
    expect(['0.0100', '1', '1.0', '0.00001', '10'].map(scaleOf)).toEqual([2, 0, 0, 5, 0]);
  });
});

describe('JSON of the simulator', () => {
  it('writes what JSON.stringify writes, where there is no bigint', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(writeJson(value)).toBe(JSON.stringify(value));
      }),
    );
  });

  it('writes integers beyond 2^53 as they are, and leaves undefined fields out', () => {
    expect(writeJson({ a: 9_007_199_254_740_993n, b: undefined, c: [1n, null, 'x"'] })).toBe(
      '{"a":9007199254740993,"c":[1,null,"x\\""]}',
    );
  });
});
