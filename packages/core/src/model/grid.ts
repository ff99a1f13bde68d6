import type { Instrument } from './instrument.js';

/** Where a value between two steps goes. */
export type Rounding = 'down' | 'up' | 'nearest';

const POWERS = Array.from({ length: 16 }, (_, i) => 10 ** i);
/** A value this close to a step (in steps) is on it: binary fractions of decimal prices are off by about 1e-12. */
const ON_GRID = 1e-6;
/** So many steps from zero the dust grows with the value: value, step and quotient are each off by half an ulp. */
const RELATIVE = 2 * Number.EPSILON;

/** Decimals needed to write a step exactly: 0.00001 has five. At most 15. */
export const decimalsOf = (step: number): number => {
  for (let d = 0; d < POWERS.length; d++) {
    const scaled = step * (POWERS[d] as number);
    if (Math.abs(scaled - Math.round(scaled)) < 1e-9 * Math.max(1, scaled) && Math.round(scaled) > 0)
      return d;
  }
  return POWERS.length - 1;
};

const toStep = (value: number, step: number, decimals: number, rounding: Rounding): number => {
  const steps = value / step;
  const nearest = Math.round(steps);
  const dust = Math.max(ON_GRID, Math.abs(steps) * RELATIVE);
  const whole =
    rounding === 'nearest' || Math.abs(steps - nearest) < dust
      ? nearest
      : rounding === 'down'
        ? Math.floor(steps)
        : Math.ceil(steps);
  const power = POWERS[decimals] as number;
  return Math.round(whole * step * power) / power;
};

/** The price step that holds at a price. */
export const tickSizeAt = (instrument: Instrument, price: number): number => {
  let size = instrument.tickSize;
  for (const band of instrument.priceBands) if (price >= band.from) size = band.tickSize;
  return size;
};

/** A price moved to the instrument's grid. */
export const roundPrice = (instrument: Instrument, price: number, rounding: Rounding): number =>
  toStep(price, tickSizeAt(instrument, price), instrument.priceDecimals, rounding);

/** A quantity in lots on the instrument's step, never more than asked (a millionth of a step counts as binary dust). */
export const roundQuantity = (instrument: Instrument, quantity: number): number =>
  toStep(quantity, instrument.quantityStep, instrument.quantityDecimals, 'down');

/** A sum or difference of quantities without the dust of binary fractions. */
export const tidyQuantity = (instrument: Instrument, quantity: number): number =>
  toStep(quantity, instrument.quantityStep, instrument.quantityDecimals, 'nearest');

/** As {@link tidyQuantity}; lots of an instrument that is not known stay as they are. */
export const tidyLots = (instrument: Instrument | undefined, lots: number): number =>
  instrument === undefined ? lots : tidyQuantity(instrument, lots);

/** The exact decimal text of a value for the wire: never an exponent, no trailing zeros beyond `decimals`. */
export const toDecimalString = (value: number, decimals: number): string => value.toFixed(decimals);
