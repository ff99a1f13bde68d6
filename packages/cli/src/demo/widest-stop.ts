import type { RiskPolicy } from '@mikrobot/core';

/** Refuses entries whose stop is missing or farther away than `pips`. */
export const widestStop = ({ pips }: { readonly pips: number }): RiskPolicy => ({
  name: 'widestStop',
  judge({ price, stop }, signal, book) {
    const pipSize = book.instrument(signal.symbol)?.pipSize ?? Number.NaN;
    const distance = stop === undefined ? Number.POSITIVE_INFINITY : Math.abs(price - stop) / pipSize;
    const actual = Math.round(distance * 10) / 10;
    return actual <= pips ? undefined : { code: 'STOP_TOO_FAR', limit: pips, actual };
  },
});
