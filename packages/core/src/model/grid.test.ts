import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { btcusdt, es, instrumentWith, usdjpy } from '../testing/samples.js';
import { eurusd } from '../testing/scripted-venue.js';
import { decimalsOf, roundPrice, roundQuantity, tickSizeAt, tidyQuantity, toDecimalString } from './grid.js';
import type { Instrument } from './instrument.js';

const banded = instrumentWith({
  symbol: 'STEPS',
  assetClass: 'stock',
  tickSize: 0.001,
  priceBands: [
    { from: 1, tickSize: 0.005 },
    { from: 10, tickSize: 0.05 },
  ],
});

/** A satoshi-priced coin: the step is written 1e-8 in every language. */
const coin = instrumentWith({ symbol: 'SHIBBTC', assetClass: 'crypto', currency: 'BTC', tickSize: 1e-8 });

const priced: readonly Instrument[] = [eurusd, usdjpy, btcusdt, es, coin];
const named: Readonly<Record<string, Instrument>> = Object.fromEntries(priced.map((i) => [i.symbol, i]));

/** `n` steps of 10^-decimals as the nearest number, by way of its decimal text and no arithmetic. */
const exact = (n: number | bigint, decimals: number): number => Number(`${n}e-${decimals}`);

/** How many grid steps a printed price is from zero, in whole numbers; fails when it is off the grid. */
const wholeSteps = (text: string, step: number, decimals: number): bigint => {
  const digits = (t: string): bigint => BigInt(t.replace('.', ''));
  const one = digits(toDecimalString(step, decimals));
  expect(digits(text) % one).toBe(0n);
  return digits(text) / one;
};

describe('decimalsOf', () => {
  it.each([
    [1, 0],
    [10, 0],
    [0.1, 1],
    [0.25, 2],
    [0.5, 1],
    [0.01, 2],
    [0.005, 3],
    [0.00001, 5],
    [1e-7, 7],
    [1e-8, 8],
    [1 / 32, 5],
    [1 / 256, 8],
    [100_000.5, 1],
  ])('writes a step of %d with %d decimals', (step, decimals) => {
    expect(decimalsOf(step)).toBe(decimals);
  });
});

describe('roundPrice', () => {
  const anyPrice = fc.record({
    instrument: fc.constantFrom(...priced),
    steps: fc.double({ min: 1, max: 1e7, noNaN: true }),
    rounding: fc.constantFrom('down' as const, 'up' as const, 'nearest' as const),
  });

  it('lands on the grid, within one step of what was asked', () => {
    fc.assert(
      fc.property(anyPrice, ({ instrument, steps, rounding }) => {
        const price = steps * instrument.tickSize;
        const rounded = roundPrice(instrument, price, rounding);
        wholeSteps(
          toDecimalString(rounded, instrument.priceDecimals),
          instrument.tickSize,
          instrument.priceDecimals,
        );
        const reach = rounding === 'nearest' ? 0.5 : 1;
        expect(Math.abs(rounded - price)).toBeLessThanOrEqual(instrument.tickSize * (reach + 1e-6));
      }),
    );
  });

  it('brackets the asked price between down and up, one step apart unless it is on the grid', () => {
    fc.assert(
      fc.property(anyPrice, ({ instrument, steps }) => {
        const price = steps * instrument.tickSize;
        const down = roundPrice(instrument, price, 'down');
        const up = roundPrice(instrument, price, 'up');
        const dust = instrument.tickSize * 1e-6;
        expect(down).toBeLessThanOrEqual(price + dust);
        expect(up).toBeGreaterThanOrEqual(price - dust);
        const apart = (up - down) / instrument.tickSize;
        expect(Math.min(Math.abs(apart), Math.abs(apart - 1))).toBeLessThan(1e-3);
      }),
    );
  });

  it('leaves a price alone that is on the grid, whichever way it is rounded', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(eurusd, usdjpy, btcusdt, coin),
        fc.integer({ min: 1, max: 1e9 }),
        fc.constantFrom('down' as const, 'up' as const, 'nearest' as const),
        (instrument, n, rounding) => {
          const price = exact(n, instrument.priceDecimals);
          expect(roundPrice(instrument, price, rounding)).toBe(price);
        },
      ),
    );
  });

  it.each([
    ['EURUSD', 1.100055, 'down', 1.10005],
    ['EURUSD', 1.100055, 'up', 1.10006],
    ['EURUSD', 1.1 + 0.0003, 'down', 1.1003],
    ['EURUSD', 1.1 + 0.0003, 'up', 1.1003],
    ['USDJPY', 151.2345, 'down', 151.234],
    ['USDJPY', 151.2345, 'up', 151.235],
    ['ES', 4_783.3, 'down', 4_783.25],
    ['ES', 4_783.3, 'up', 4_783.5],
    ['ES', 4_783.375, 'nearest', 4_783.5],
    ['SHIBBTC', 1.23e-7, 'down', 1.2e-7],
    ['SHIBBTC', 1.23e-7, 'up', 1.3e-7],
  ] as const)('rounds %s %d %s to %d', (symbol, price, rounding, expected) => {
    expect(roundPrice(named[symbol]!, price, rounding)).toBe(expected);
  });
});

describe('price bands', () => {
  it.each([
    [0.5, 0.001],
    [0.9999, 0.001],
    [1, 0.005],
    [9.99, 0.005],
    [10, 0.05],
    [1_000, 0.05],
  ])('has at a price of %d the step %d', (price, step) => {
    expect(tickSizeAt(banded, price)).toBe(step);
  });

  it('rounds by the step that holds at the price', () => {
    expect(roundPrice(banded, 0.9994, 'up')).toBe(1);
    expect(roundPrice(banded, 1.002, 'down')).toBe(1);
    expect(roundPrice(banded, 1.002, 'up')).toBe(1.005);
    expect(roundPrice(banded, 10.04, 'down')).toBe(10);
    expect(roundPrice(banded, 10.04, 'up')).toBe(10.05);
  });
});

describe('roundQuantity', () => {
  it('is on the step and never more than asked', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(eurusd, btcusdt, es),
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        (instrument, steps) => {
          const { quantityStep, quantityDecimals } = instrument;
          const quantity = steps * quantityStep;
          const rounded = roundQuantity(instrument, quantity);
          wholeSteps(toDecimalString(rounded, quantityDecimals), quantityStep, quantityDecimals);
          // A value is "on" a step when it is nearer than a millionth of it: binary fractions are never exact.
          expect(rounded).toBeLessThanOrEqual(quantity + quantityStep * 1e-6);
          expect(rounded).toBeGreaterThan(quantity - quantityStep);
        },
      ),
    );
  });

  it('keeps every quantity that is on the step, up to nine thousand bitcoin in satoshi', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 900_000_000_000 }), (satoshi) => {
        const quantity = exact(satoshi, 8);
        expect(roundQuantity(btcusdt, quantity)).toBe(quantity);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['EURUSD', 0.3 - 0.1, 0.2],
    ['EURUSD', 0.019999, 0.01],
    ['EURUSD', 0.0099, 0],
    ['ES', 2.999, 2],
    ['BTCUSDT', 0.123456789, 0.12345678],
  ])('makes of %s %d lots %d', (symbol, quantity, expected) => {
    expect(roundQuantity(named[symbol]!, quantity)).toBe(expected);
  });
});

describe('tidyQuantity', () => {
  it('gives sums of quantities exactly, as whole numbers of steps would', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1_000, max: 1_000 })), (steps) => {
        const sum = steps.reduce((total, n) => tidyQuantity(eurusd, total + exact(n, 2)), 0);
        expect(
          sum ===
            exact(
              steps.reduce((a, b) => a + b, 0),
              2,
            ),
        ).toBe(true);
      }),
    );
  });
});

describe('toDecimalString', () => {
  it.each([
    [1e-7, 7, '0.0000001'],
    [1e-8, 8, '0.00000001'],
    [123e-8, 8, '0.00000123'],
    [1.1, 5, '1.10000'],
    [151.234, 3, '151.234'],
    [4_783.25, 2, '4783.25'],
    [100_000, 0, '100000'],
    [1e20, 2, '100000000000000000000.00'],
  ])('writes %d with %d decimals as %s', (value, decimals, text) => {
    expect(toDecimalString(value, decimals)).toBe(text);
  });

  it('is exact: the text read back is the value, and there is never an exponent', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.integer({ min: 0, max: 10 }), (n, decimals) => {
        const value = exact(n, decimals);
        const text = toDecimalString(value, decimals);
        expect(text).toMatch(/^\d+(\.\d+)?$/);
        expect(Number(text)).toBe(value);
      }),
    );
  });
});
