import { MikroBotError } from '@mikrobot/core';
import { checkFinite } from './check.js';

/** How close is close enough for a search. */
export interface SearchOptions {
  /** The largest error of the place that is found, in its unit; default: as exact as doubles can be. */
  readonly tolerance?: number;
}

const epsilon = Number.EPSILON;

/**
 * The place between `low` and `high` where a continuous function is zero (R. P. Brent, Algorithms for Minimization without
 * Derivatives, 1973, chapter 4).
 * @throws `MikroBotError` `BAD_DATA` when the function has the same sign at both ends, or is NaN there; `BAD_CONFIG` for infinite
 * ends.
 */
export const findRoot = (
  f: (x: number) => number,
  low: number,
  high: number,
  { tolerance = 0 }: SearchOptions = {},
): number => {
  checkFinite(low, 'the lower end of a search');
  checkFinite(high, 'the upper end of a search');
  let a = low;
  let b = high;
  let atA = f(a);
  let atB = f(b);
  if (atA === 0) return a;
  if (atB === 0) return b;
  if (!(atA < 0 ? atB > 0 : atA > 0 && atB < 0)) {
    throw new MikroBotError(
      'BAD_DATA',
      `the function is ${atA} at ${low} and ${atB} at ${high}, so no zero is known to lie between.`,
      { hint: 'Choose ends at which the function has different signs.' },
    );
  }
  let c = a;
  let atC = atA;
  let step = b - a;
  let before = step;
  for (let round = 0; round < 200; round++) {
    if (Math.abs(atC) < Math.abs(atB)) {
      [a, b, c] = [b, c, b];
      [atA, atB, atC] = [atB, atC, atB];
    }
    const close = 2 * epsilon * Math.abs(b) + tolerance / 2;
    const half = (c - b) / 2;
    if (Math.abs(half) <= close || atB === 0) return b;
    let bisect = true;
    if (Math.abs(before) >= close && Math.abs(atA) > Math.abs(atB)) {
      const s = atB / atA;
      let p: number;
      let q: number;
      if (a === c) {
        p = 2 * half * s;
        q = 1 - s;
      } else {
        const r = atB / atC;
        const t = atA / atC;
        p = s * (2 * half * t * (t - r) - (b - a) * (r - 1));
        q = (t - 1) * (r - 1) * (s - 1);
      }
      if (p > 0) q = -q;
      else p = -p;
      if (2 * p < Math.min(3 * half * q - Math.abs(close * q), Math.abs(before * q))) {
        before = step;
        step = p / q;
        bisect = false;
      }
    }
    if (bisect) {
      step = half;
      before = half;
    }
    a = b;
    atA = atB;
    b += Math.abs(step) > close ? step : half > 0 ? close || Number.MIN_VALUE : -(close || Number.MIN_VALUE);
    atB = f(b);
    if (atB > 0 === atC > 0) {
      c = a;
      atC = atA;
      step = b - a;
      before = step;
    }
  }
  return b;
};
