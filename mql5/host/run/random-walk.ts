import { type Random, seededRandom } from '@mikrobot/core';

/** Prices of a made-up market. */
export interface Walk {
  /** The next bid and ask. */
  next(): { readonly bid: number; readonly ask: number };
  /** Minute bars that led here, oldest first. */
  past(until: number, minutes: number): Bar[];
}

/** A minute of bid prices; `time` is its begin in epoch ms UTC. */
export interface Bar {
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly tickVolume: number;
}

const START: Readonly<Record<string, number>> = { USDJPY: 150, XAUUSD: 2400, US500: 5400, GBPUSD: 1.27 };
const STEPS_A_MINUTE = 12;
const MINUTE = 60_000;

/**
 * A random walk in steps of a few points.
 * @param symbol - decides where it begins
 * @param digits - decimals of its prices
 * @param seed - the same seed walks the same way
 */
export const randomWalk = (symbol: string, digits: number, seed: number): Walk => {
  const random: Random = seededRandom(seed);
  const point = 10 ** -digits;
  let ticks = Math.round((START[symbol] ?? 1.085) / point);
  const price = (value: number) => Number((value * point).toFixed(digits));
  const step = () => {
    ticks = Math.max(100, ticks + Math.round((random() - 0.5) * 12));
    return ticks;
  };
  return {
    next: () => ({ bid: price(step()), ask: price(ticks + 10) }),
    past: (until, minutes) =>
      Array.from({ length: minutes }, (_, i) => {
        const open = ticks;
        const path = [open, ...Array.from({ length: STEPS_A_MINUTE }, step)];
        return {
          time: Math.floor(until / MINUTE) * MINUTE - (minutes - i) * MINUTE,
          open: price(open),
          high: price(Math.max(...path)),
          low: price(Math.min(...path)),
          close: price(ticks),
          tickVolume: path.length,
        };
      }),
  };
};
