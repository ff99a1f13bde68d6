import { type Instrument, roundPrice } from '@mikrobot/core';

/** A quote as the matching rules see it: buys trade at the ask, sells at the bid. */
export interface Sides {
  bid: number;
  ask: number;
}

/** What a side pays or gets: 1 buys, -1 sells. */
export const sidePrice = (sign: 1 | -1, { bid, ask }: Sides): number => (sign > 0 ? ask : bid);

/** A buy stop waits for the ask to rise to it, a sell stop for the bid to fall to it. Touching is enough. */
export const stopReached = (sign: 1 | -1, price: number, quote: Sides): boolean =>
  sign > 0 ? quote.ask >= price : quote.bid <= price;

/** A buy limit waits for somebody to offer at it, a sell limit for somebody to bid it. Touching that side's quote is a trade. */
export const limitReached = (sign: 1 | -1, price: number, quote: Sides): boolean =>
  sign > 0 ? quote.ask <= price : quote.bid >= price;

/** Where a trailing stop stands after a quote: never back, at `trail` from the market at the nearest. NaN: it did not stand yet. */
export const trailedStop = (
  instrument: Instrument,
  sign: 1 | -1,
  price: number,
  trail: number,
  quote: Sides,
): number => {
  const wanted = roundPrice(instrument, sidePrice(sign, quote) + sign * trail, sign > 0 ? 'up' : 'down');
  if (Number.isNaN(price)) return wanted;
  return sign > 0 ? Math.min(price, wanted) : Math.max(price, wanted);
};

/** The one of two stop prices that is nearer to the market; NaN is none. */
export const tighter = (sign: 1 | -1, a: number, b: number): number =>
  Number.isNaN(a) ? b : Number.isNaN(b) ? a : better(sign, a, b);

/** The better of two prices for a side. */
export const better = (sign: 1 | -1, a: number, b: number): number =>
  sign > 0 ? Math.min(a, b) : Math.max(a, b);
