import { checkFinite } from './check.js';
import type { SearchOptions } from './find-root.js';

const golden = (3 - Math.sqrt(5)) / 2;

/**
 * The place between `low` and `high` where a function with one valley is smallest (R. P. Brent, Algorithms for Minimization without
 * Derivatives, 1973, chapter 5). No search by values alone finds it closer than about 1e-8 of its size.
 * @throws `MikroBotError` `BAD_CONFIG` for infinite ends.
 */
export const minimize = (
  f: (x: number) => number,
  low: number,
  high: number,
  { tolerance = 0 }: SearchOptions = {},
): number => {
  checkFinite(low, 'the lower end of a search');
  checkFinite(high, 'the upper end of a search');
  let a = Math.min(low, high);
  let b = Math.max(low, high);
  let best = a + golden * (b - a);
  let [second, third] = [best, best];
  let atBest = f(best);
  let [atSecond, atThird] = [atBest, atBest];
  let step = 0;
  let before = 0;
  for (let round = 0; round < 500; round++) {
    const middle = (a + b) / 2;
    const close = 1e-8 * Math.abs(best) + Math.max(tolerance, 1e-300) / 3;
    if (Math.abs(best - middle) <= 2 * close - (b - a) / 2) break;
    let [p, q] = [0, 0];
    if (Math.abs(before) > close) {
      const r = (best - second) * (atBest - atThird);
      q = (best - third) * (atBest - atSecond);
      p = (best - third) * q - (best - second) * r;
      q = 2 * (q - r);
      if (q > 0) p = -p;
      else q = -q;
    }
    if (Math.abs(p) < Math.abs((q * before) / 2) && p > q * (a - best) && p < q * (b - best)) {
      before = step;
      step = p / q;
      const next = best + step;
      if (next - a < 2 * close || b - next < 2 * close) step = best < middle ? close : -close;
    } else {
      before = (best < middle ? b : a) - best;
      step = golden * before;
    }
    const next = best + (Math.abs(step) >= close ? step : Math.sign(step || 1) * close);
    const atNext = f(next);
    if (atNext <= atBest) {
      if (next < best) b = best;
      else a = best;
      [third, second, best] = [second, best, next];
      [atThird, atSecond, atBest] = [atSecond, atBest, atNext];
    } else {
      if (next < best) a = next;
      else b = next;
      if (atNext <= atSecond || second === best) {
        [third, second] = [second, next];
        [atThird, atSecond] = [atSecond, atNext];
      } else if (atNext <= atThird || third === best || third === second) {
        third = next;
        atThird = atNext;
      }
    }
  }
  return best;
};
