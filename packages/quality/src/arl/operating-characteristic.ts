import { shewhartSignalProbability } from './shewhart.js';

/** How a chart without memory answers to a shift. */
export interface OperatingPoint {
  /** Size of the shift, in standard deviations of a single value. */
  readonly shift: number;
  /** Probability that one sample after the shift stays within the limits: the risk of not seeing it. */
  readonly beta: number;
  /** Average run length: samples until the first one beyond the limits, 1 / (1 - beta). Infinite when the limits are never left. */
  readonly arl: number;
}

/**
 * Operating characteristic of an X̄ chart with known mean and sigma, and of an individuals chart for n = 1. Source: Montgomery,
 * Introduction to Statistical Quality Control (7th ed.), equation 6.19: beta = Phi(L - d sqrt(n)) - Phi(-L - d sqrt(n)).
 * @param n - sample size
 * @param shifts - in standard deviations of a single value
 * @param sigmas - distance of the limits from the centre, in standard deviations of the sample mean
 * @throws `MikroBotError` `BAD_CONFIG` for a sample size, shift or distance that is none.
 *
 * @example
 * ```ts
 * xbarOperatingCurve(5, [0, 1])[0]?.arl; // 370.4 samples from one false alarm to the next
 * ```
 */
export const xbarOperatingCurve = (n: number, shifts: readonly number[], sigmas = 3): OperatingPoint[] =>
  shifts.map((shift) => {
    const signal = shewhartSignalProbability({ L: sigmas, shift, subgroupSize: n });
    return { shift, beta: 1 - signal, arl: 1 / signal };
  });
