import { type Random, seededRandom } from '@mikrobot/core';

/*
 * Draws made of comparisons, + - * / and square roots only. Those are exact by IEEE 754, while the last digit of Math.log,
 * Math.exp or Math.cos may differ between engines and would, now and then, round a price to another step.
 */

/** A standard normal draw, nearly: the sum of four uniform draws, scaled. Kurtosis 2.7, at most 3.46 away from 0. */
export const bell = (random: Random): number =>
  (random() + random() + random() + random() - 2) * 1.7320508075688772;

/** An exponential draw of mean 1, by von Neumann's comparison of falling runs. */
export const exponential = (random: Random): number => {
  for (let whole = 0; ; whole++) {
    const first = random();
    let last = first;
    let run = 1;
    for (let next = random(); next < last; next = random()) {
      last = next;
      run++;
    }
    if (run % 2 === 1) return whole + first;
  }
};

/** A Pareto draw of exponent 2 from 1 on, cut off at `most`: mostly near 1, rarely large. */
export const pareto = (random: Random, most: number): number => Math.min(most, 1 / Math.sqrt(1 - random()));

/** A stream of its own for each symbol, so that adding one symbol to a market changes no other. */
export const randomOf = (seed: number, symbol: string): Random => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < symbol.length; i++) hash = Math.imul(hash ^ symbol.charCodeAt(i), 0x01000193);
  return seededRandom(Math.imul(seed, 0x9e3779b1) ^ hash);
};
