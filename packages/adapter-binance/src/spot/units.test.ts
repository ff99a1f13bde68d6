import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromText } from './testing/amounts.js';
import { floorTo, times, toNumber, toUnits, unitsOf } from './units.js';

describe('Amounts in units', () => {
  it.each([
    ['0.00000001', 1n],
    ['9000000000.00000001', 900000000000000001n],
    ['-1.5', -150000000n],
    ['3', 300000000n],
  ])('reads %s exactly', (text, units) => {
    expect(toUnits(text)).toBe(units);
  });

  it.each(['', '1e-7', 'NaN', '1.2.3', ' 1'])('refuses "%s"', (text) => {
    expect(() => toUnits(text)).toThrow(RangeError);
  });

  it('comes back from a number on the grid, up to fifty million', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 5_000_000_000_000_000n }), (units) => {
        expect(unitsOf(toNumber(units))).toBe(units);
        expect(toUnits(fromText(units))).toBe(units);
      }),
    );
  });

  it('rounds down to a step, and multiplies without a fraction of a unit', () => {
    expect(floorTo(toUnits('0.00099999'), toUnits('0.00001'))).toBe(toUnits('0.00099'));
    expect(floorTo(-1n, 10n)).toBe(0n);
    expect(times(toUnits('0.00000003'), toUnits('0.5'))).toBe(1n);
  });
});
