import { MikroBotError } from '@mikrobot/core';
import { findRoot } from '../numeric/find-root.js';

const LEAST = 1e-6;
const START = 2;
/** A limit beyond it belongs to run lengths that nobody lives to see. */
const MOST = 1_000;
/** Relative error of the limit that is found; the ARL's is then below 1e-8 in all that charts use. */
const TOLERANCE = 1e-11;

/**
 * The limit at which an in-control ARL is what it should be. The logarithm of an ARL is nearly straight in the limit, which makes
 * the search short.
 * @param arlAt - grows with the limit
 * @param start - a limit that is a little too small, as far as is known
 * @throws `MikroBotError` `BAD_CONFIG` when no limit from 1e-6 to 1000 has this ARL.
 */
export const limitFor = (
  target: number,
  what: string,
  arlAt: (limit: number) => number,
  start?: number,
): number => {
  const excess = (limit: number): number => Math.min(700, Math.log(arlAt(limit))) - Math.log(target);
  let low = start ?? LEAST;
  const atLeast = excess(low);
  // A start that is the answer already can lie above it by a rounding.
  if (start !== undefined && atLeast >= 0) return limitFor(target, what, arlAt);
  if (atLeast > 0) {
    throw new MikroBotError(
      'BAD_CONFIG',
      `any ${what} has an in-control ARL above ${target}: with none at all it is ${target * Math.exp(atLeast)}.`,
      { hint: 'Ask for a longer in-control ARL, or look for a smaller shift.' },
    );
  }
  const growth = start === undefined ? 1.5 : 1.1;
  let high = start === undefined ? START : start * growth;
  while (excess(high) < 0) {
    low = high;
    high *= growth;
    if (high > MOST) {
      throw new MikroBotError('BAD_CONFIG', `no ${what} up to ${MOST} has an in-control ARL of ${target}.`);
    }
  }
  return findRoot(excess, low, high, { tolerance: TOLERANCE * high });
};
