import { type Instrument, MikroBotError, type OrderRequest, toDecimalString } from '@mikrobot/core';

/** What cannot be said to the venue never leaves: `BAD_CONFIG`. */
export const unsaid = (request: OrderRequest, what: string): never => {
  throw new MikroBotError('BAD_CONFIG', `${what}.`, { where: `order ${request.id}` });
};

/** A price as the venue takes it. */
export const priceText = (
  request: OrderRequest,
  field: 'price' | 'limitPrice',
  instrument: Instrument,
): string => {
  const value = request[field];
  if (value === undefined) return unsaid(request, `A ${request.type} order needs ${field}`);
  return exact(request, field, value, instrument.priceDecimals);
};

/** A quantity as the venue takes it. */
export const quantityText = (request: OrderRequest, instrument: Instrument): string =>
  exact(request, 'quantity', request.quantity, instrument.quantityDecimals);

/** Binary dust of a decimal, in units of its last place; more would change what risk approved. */
const DUST = 1e-6;

/** Rounding here could make an order larger than it was approved, so what needs rounding does not leave. */
const exact = (request: OrderRequest, field: string, value: number, decimals: number): string => {
  const text = toDecimalString(value, decimals);
  const dust = Math.max(DUST * 10 ** -decimals, 2 * Number.EPSILON * Math.abs(value));
  return Math.abs(Number(text) - value) <= dust
    ? text
    : unsaid(request, `The ${field} ${value} has more than ${decimals} decimals`);
};

/** The venue's words for sides. */
export const sides = { buy: 'BUY', sell: 'SELL' } as const;
