import { normal, seededRandom } from '@mikrobot/core';

/** One simulated bar with the path of bids that it took. */
export interface WalkBar {
  readonly time: number;
  readonly path: readonly number[];
}

export const BAR_MS = 300_000;
const STEPS = 4;

/** FX is closed from Friday 21:00 to Sunday 21:00 UTC. */
const closed = (time: number): boolean => {
  const date = new Date(time);
  const day = date.getUTCDay();
  const hour = date.getUTCHours();
  return day === 6 || (day === 5 && hour >= 21) || (day === 0 && hour < 21);
};

/** Busy from London's open to New York's afternoon. */
const busyness = (time: number): number => {
  const hour = new Date(time).getUTCHours();
  return hour >= 12 && hour < 16 ? 1.7 : hour >= 7 && hour < 20 ? 1.15 : 0.55;
};

/** A seeded walk with trends and clusters of volatility, five-minute bars without weekends. */
export function* randomWalk(seed: number, from: number, days: number, price: number): Generator<WalkBar> {
  const random = seededRandom(seed);
  let bid = price;
  let volatility = 0;
  let trend = 0;
  for (let time = from; time < from + days * 86_400_000; time += BAR_MS) {
    if (closed(time)) continue;
    volatility = 0.995 * volatility + 0.09 * normal(random);
    trend = 0.985 * trend + 0.0000009 * normal(random);
    const sigma = 0.00011 * busyness(time) * Math.exp(volatility);
    const path = Array.from({ length: STEPS }, () => {
      bid *= 1 + trend + (sigma / Math.sqrt(STEPS)) * normal(random);
      return bid;
    });
    yield { time, path };
  }
}
