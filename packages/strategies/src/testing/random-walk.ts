import { normal, type Quote, seededRandom } from '@mikrobot/core';

const T0 = Date.UTC(2024, 0, 8);

/**
 * Seeded prices that know no trend, on a grid of 0.00001 around 1.1, every 15 s.
 * @param scale - standard deviation of a step, in points of 0.00001
 * @param spread - points
 */
export const randomWalk = (seed: number, length: number, scale = 8, spread = 0): readonly Quote[] => {
  const random = seededRandom(seed);
  let points = 110_000;
  return Array.from({ length }, (_, i) => {
    points += Math.round(scale * normal(random));
    return { time: T0 + i * 15_000, bid: points / 100_000, ask: (points + spread) / 100_000 };
  });
};
