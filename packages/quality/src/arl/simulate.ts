import { MikroBotError, type Random, seededRandom } from '@mikrobot/core';
import type { RunningChart } from '../charts/chart.js';

/** A run that is longer says that a chart cannot signal at all. */
const MOST = 10_000_000;

/** A simulation that anyone can repeat. */
export interface SimulationOptions {
  /** Default 20,000, which is good for 0.7 % where run lengths are nearly geometric. */
  readonly runs?: number | undefined;
  /** Default 1. */
  readonly seed?: number | undefined;
}

/** An average run length, and how far it can be trusted. */
export interface SimulatedArl {
  /** Samples until the first signal, that one included, on average. */
  readonly arl: number;
  /** Standard deviation of `arl` over simulations. */
  readonly standardError: number;
}

/**
 * The mean of simulated run lengths.
 * @param run - plays one run and tells its length
 */
export const meanRunLength = (
  run: (random: Random) => number,
  { runs = 20_000, seed = 1 }: SimulationOptions,
): SimulatedArl => {
  if (!(Number.isSafeInteger(runs) && runs >= 2)) {
    throw new MikroBotError('BAD_CONFIG', `a simulation needs at least 2 runs, not ${String(runs)}.`);
  }
  const random = seededRandom(seed);
  let mean = 0;
  let squares = 0;
  for (let n = 1; n <= runs; n++) {
    const length = run(random);
    const off = length - mean;
    mean += off / n;
    squares += off * (length - mean);
  }
  return { arl: mean, standardError: Math.sqrt(squares / (runs - 1) / runs) };
};

/**
 * How many samples a question is asked until its answer is yes.
 * @throws `MikroBotError` `BAD_CONFIG` after ten million samples without.
 */
export const samplesUntil = (signals: () => boolean): number => {
  for (let n = 1; n <= MOST; n++) if (signals()) return n;
  throw new MikroBotError(
    'BAD_CONFIG',
    `the chart gave no signal in ${MOST} samples, so its ARL is not known.`,
  );
};

/**
 * Average run length of any chart by simulation: each run starts a fresh chart and ends with its first point that violates a rule.
 * @param draw - one sample, as for a chart of standard normal values off by a half: `(random) => normal(random) + 0.5`
 * @throws `MikroBotError` `BAD_CONFIG` for fewer than 2 runs, and when a chart never signals.
 */
export const simulateArl = <Sample>(
  start: () => RunningChart<Sample>,
  draw: (random: Random) => Sample,
  options: SimulationOptions = {},
): SimulatedArl =>
  meanRunLength((random) => {
    const chart = start();
    return samplesUntil(() => chart.push(draw(random)).violations.length > 0);
  }, options);
