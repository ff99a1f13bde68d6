import type { Finding, Quote, Signal } from '@mikrobot/core';

/** What the codes of the checks below mean. */
export const meanings = {
  INVALID: 'A price or quantity of the order is not a number above 0.',
  NO_QUOTE: 'No usable price of the instrument is known.',
} as const;

/**
 * Without the dust of binary fractions, which would make "equal to the limit" one hair "above the limit": to nine decimals, of
 * amounts from a million on to three, for a double has no more than 15 digits to give. Where those are used up before the point
 * there is no dust, and no room to scale.
 */
export const tidy = (value: number): number => {
  if (Number.isInteger(value)) return value;
  const scale = Math.abs(value) < 1e6 ? 1e9 : 1e3;
  return Math.round(value * scale) / scale;
};

/** Whether a price, quantity or rate can be calculated with. */
export const usable = (value: number | undefined): value is number =>
  value !== undefined && value > 0 && value < Number.POSITIVE_INFINITY;

/** A moment as people read it. */
export const iso = (time: number): string => new Date(time).toISOString();

/** What is wrong with a quote; undefined when nothing is. */
export const badQuote = ({ bid, ask }: Quote): Finding | undefined =>
  usable(bid) && usable(ask) && ask >= bid
    ? undefined
    : { code: 'NO_QUOTE', limit: 'a bid and an ask above 0', actual: `${bid} / ${ask}` };

/** What is wrong with the lots that the signal itself asks for; undefined when it asks for none or the number can be used. */
export const badLots = ({ quantity }: Signal): Finding | undefined =>
  quantity === undefined || usable(quantity)
    ? undefined
    : { code: 'INVALID', limit: 'lots above 0', actual: String(quantity) };
