import { MikroBotError } from '@mikrobot/core';
import * as z from 'zod';
import { checkPositive, checkWord } from '../numeric/check.js';
import { readSaved } from '../saved.js';
import type { ChartPoint } from './chart.js';
import {
  checkLocation,
  estimateLocation,
  type KnownKind,
  type LocationDesign,
  type Measured,
  summarize,
} from './subgroup.js';

/** See {@link EwmaLimits}. */
export const ewmaLimitKinds = ['exact', 'asymptotic'] as const;

/**
 * How an EWMA's limits stand: at each sample where the deviation of the average up to then puts them (exact), narrow at first, or
 * where they end up (asymptotic).
 */
export type EwmaLimits = (typeof ewmaLimitKinds)[number];

/** How an EWMA chart remembers and how far its limits stand. */
export interface EwmaOptions {
  /** Weight of the newest sample, above 0 and at most 1 (a chart of X̄ without memory). Default 0.2. */
  readonly lambda?: number | undefined;
  /** L: distance of the limits in standard deviations of the EWMA. Default 2.962: at lambda 0.2 an
   * in-control run length of 494 with exact limits, of 500 with asymptotic ones. */
  readonly width?: number | undefined;
  /**
   * `'exact'` (default): the limits widen from sample to sample as the memory fills. `'asymptotic'`: those of a full memory from the
   * first sample on, which see a shift right after the start late.
   */
  readonly limits?: EwmaLimits | undefined;
}

/** A process in control by EWMA chart, with how the chart judges it. Plain JSON. */
export interface EwmaDesign extends LocationDesign {
  readonly lambda: number;
  readonly width: number;
  readonly limits: EwmaLimits;
}

const designSchema: z.ZodType<EwmaDesign> = z.object({
  center: z.number(),
  sigma: z.number().positive(),
  lambda: z.number().gt(0).lte(1),
  width: z.number().positive(),
  limits: z.enum(ewmaLimitKinds),
});
const stateSchema = z.object({
  index: z.number().int().nonnegative(),
  ewma: z.number(),
  variance: z.number().nonnegative(),
});

/**
 * A chart of the exponentially weighted moving average, for small shifts of the mean. It signals `'ewma'` strictly beyond a limit.
 * Limits are exact for every number of samples, and for subgroups of differing sizes:
 * Var z(i) = (1 - lambda)^2 Var z(i-1) + lambda^2 sigma^2 / n(i).
 * Sources: Roberts (1959); Lucas and Saccucci (1990); Montgomery (7th ed.), section 9.2.
 * @throws `MikroBotError` `BAD_CONFIG` for a weight or width that is none.
 *
 * @example
 * ```ts
 * const kind = ewmaChart({ lambda: 0.1, width: 2.7 });
 * const chart = kind.running(kind.designFor({ center: 10, sigma: 1 }));
 * chart.push(9.45).value; // 9.945
 * ```
 */
export const ewmaChart = (options: EwmaOptions = {}): KnownKind<Measured, EwmaDesign> => {
  const { lambda = 0.2, width = 2.962, limits = 'exact' } = options;
  if (!(lambda > 0 && lambda <= 1)) {
    throw new MikroBotError('BAD_CONFIG', `the weight lambda of an EWMA chart is ${String(lambda)}.`, {
      hint: 'Give a number above 0 and at most 1; 0.05 to 0.25 are usual.',
    });
  }
  checkPositive(width, 'the width of an EWMA chart');
  checkWord(limits, ewmaLimitKinds, 'kind of EWMA limits');
  const designFor = ({ center, sigma }: LocationDesign): EwmaDesign => {
    checkLocation({ center, sigma }, 'an EWMA chart');
    return { center, sigma, lambda, width, limits };
  };
  return {
    name: 'EWMA',
    designFor,
    estimate(samples) {
      const { design, notes } = estimateLocation(samples, 'an EWMA chart');
      return { design: design && designFor(design), notes };
    },
    running(given, { state } = {}) {
      const { center, sigma, lambda, width, limits } = readSaved(
        designSchema,
        given,
        'the design of an EWMA chart',
      );
      const kept = 1 - lambda;
      let { index, ewma, variance } =
        state === undefined
          ? { index: 0, ewma: center, variance: 0 }
          : readSaved(stateSchema, state, 'the state of an EWMA chart');
      return {
        push(sample): ChartPoint {
          const { mean, n } = summarize(sample, 'an EWMA chart');
          index++;
          ewma += lambda * (mean - ewma);
          variance = kept * kept * variance + (lambda * lambda) / n;
          const share = limits === 'exact' ? variance : lambda / (2 - lambda) / n;
          const deviation = sigma * Math.sqrt(share);
          const lower = center - width * deviation;
          const upper = center + width * deviation;
          return {
            index,
            value: ewma,
            limits: { center, lower, upper, sigma: deviation },
            violations: ewma > upper || ewma < lower ? ['ewma'] : [],
          };
        },
        state: () => ({ index, ewma, variance }),
      };
    },
  };
};
