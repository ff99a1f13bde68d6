import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currencyDecimals, formatMoney, fromMinor, parseMoney, toMinor } from './money.js';

const currency = fc.constantFrom('USD', 'EUR', 'JPY', 'BTC', 'USDT');

describe('parseMoney and formatMoney', () => {
  it.each([
    ['10000.50', 'USD', 1_000_050n, '10000.50'],
    ['10000.5', 'USD', 1_000_050n, '10000.50'],
    ['10000', 'USD', 1_000_000n, '10000.00'],
    ['-0.05', 'USD', -5n, '-0.05'],
    ['0', 'USD', 0n, '0.00'],
    ['-0', 'USD', 0n, '0.00'],
    ['1234567', 'JPY', 1_234_567n, '1234567'],
    ['-12', 'JPY', -12n, '-12'],
    ['0.00000001', 'BTC', 1n, '0.00000001'],
    ['21000000.00000001', 'BTC', 2_100_000_000_000_001n, '21000000.00000001'],
    ['99999999999999999999.99', 'USD', 9_999_999_999_999_999_999_999n, '99999999999999999999.99'],
  ] as const)('reads %s %s as %d minor units, and writes them as %s', (text, money, units, written) => {
    expect(parseMoney(text, money)).toBe(units);
    expect(formatMoney(units, money)).toBe(written);
  });

  it('gives every amount back', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), currency, (units, money) => {
        const text = formatMoney(units, money);
        expect(parseMoney(text, money)).toBe(units);
        expect(text.split('.')[1]?.length ?? 0).toBe(currencyDecimals(money));
      }),
    );
  });

  it.each(['', ' 1', '1 ', '+1', '1.', '.5', '1e3', '1,000', '0x10', '--1', 'NaN', '1.005', '1\n'])(
    'refuses %j as an amount of dollars, with its currency and an example',
    (text) => {
      expect(() => parseMoney(text, 'USD')).toThrowError(
        expect.objectContaining({
          code: 'BAD_CONFIG',
          message: `"${text}" is not an amount of USD. Write digits with at most 2 decimals, as in "10000.50".`,
        }),
      );
    },
  );

  it('takes no decimals of a yen', () => {
    expect(() => parseMoney('1.5', 'JPY')).toThrowError('as in "10000".');
  });
});

describe('toMinor', () => {
  it.each([
    [1.005, 'USD', 101n],
    [-1.005, 'USD', -101n],
    [1.004_999, 'USD', 100n],
    [8.575, 'USD', 858n],
    [1.255, 'EUR', 126n],
    [0.5, 'JPY', 1n],
    [-0.5, 'JPY', -1n],
    [2.5, 'JPY', 3n],
    [0.499, 'JPY', 0n],
    [-0.001, 'USD', 0n],
    [0.1 + 0.2, 'USD', 30n],
    [1e-8, 'BTC', 1n],
    [0.29, 'BTC', 29_000_000n],
  ] as const)('rounds %d %s to %d minor units, halves away from zero', (amount, money, units) => {
    expect(toMinor(amount, money)).toBe(units);
  });

  it('takes every amount that a number can hold exactly as it is written', () => {
    const whole = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
    fc.assert(
      fc.property(whole, currency, (units, money) => {
        expect(toMinor(Number(formatMoney(units, money)), money)).toBe(units);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([20_000_000, 25_000_000, 45_000_000])('keeps a whole %d USDT as they are', (amount) => {
    expect(toMinor(amount, 'USDT')).toBe(BigInt(amount) * 100_000_000n);
  });

  it('rounds a written half away from zero, at every size that has room for it', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 12n }),
        fc.constantFrom('USD', 'JPY', 'BTC'),
        (units, money) => {
          const point = currencyDecimals(money) === 0 ? '.' : '';
          const half = Number(`${formatMoney(units, money)}${point}5`);
          expect(toMinor(half, money)).toBe(units + 1n);
          expect(toMinor(-half, money)).toBe(-units - 1n);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('adds any number of bookings up to exactly the sum of their written amounts', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 })), (cents) => {
        const booked = cents.map((c) => toMinor(Number(`${c}e-2`), 'USD'));
        expect(booked.reduce((a, b) => a + b, 0n)).toBe(BigInt(cents.reduce((a, b) => a + b, 0)));
      }),
    );
  });
});

describe('fromMinor', () => {
  it('is the number nearest to the written amount', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), currency, (units, money) => {
        expect(fromMinor(units, money) === Number(formatMoney(units, money))).toBe(true);
      }),
    );
  });
});
