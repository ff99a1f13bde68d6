import type { Rule } from '../rule.js';

/** Refuses entries while the spread is wider than `pips`. */
export const maxSpread = ({ pips }: { readonly pips: number }): Rule => ({
  name: 'maxSpread',
  check(signal, book) {
    const pip = book.instrument(signal.symbol)?.pipSize ?? Number.NaN;
    // Without the dust of binary fractions: 1.4003 - 1.4 is a hair more than three pips.
    const actual = Math.round(((signal.quote.ask - signal.quote.bid) / pip) * 1e6) / 1e6;
    return actual <= pips ? undefined : { code: 'SPREAD_TOO_WIDE', limit: pips, actual };
  },
});
