import { MikroBotError } from '@mikrobot/core';
import * as z from 'zod';
import { checkPositive, checkWord } from '../numeric/check.js';
import { readSaved } from '../saved.js';
import type { ChartPoint } from './chart.js';
import type { RuleName } from './rules.js';
import {
  checkLocation,
  estimateLocation,
  type KnownKind,
  type LocationDesign,
  type Measured,
  summarize,
} from './subgroup.js';

/** What a tabular CUSUM forgives, and when it signals. */
export interface CusumOptions {
  /** Reference value k: half of the shift to be seen quickly. Default 0.5 (in sigma units: a shift of one sigma). */
  readonly k?: number | undefined;
  /** Decision interval h: a sum strictly above it is a signal. Default 5. */
  readonly h?: number | undefined;
  /** Where both sums start: 0 (default), or h / 2 for a fast initial response (FIR). */
  readonly headStart?: number | undefined;
  /**
   * `'sigma'` (default): k, h and sums are in standard deviations of the sample mean. `'raw'`: they are in the unit of the values,
   * whatever sigma is.
   */
  readonly units?: 'sigma' | 'raw' | undefined;
  /** `'continue'` (default) sums on after a signal; `'restart'` begins again at the head start with the next sample. */
  readonly afterSignal?: 'continue' | 'restart' | undefined;
}

/** A point of a CUSUM chart. Its `value` is the larger sum, with a minus where it is the lower one; its limits are h and -h. */
export interface CusumPoint extends ChartPoint {
  /** C+ : the sum of what exceeded centre + k; never negative. */
  readonly upper: number;
  /** C- : the sum of what fell below centre - k; never negative. */
  readonly lower: number;
  /** N+ : for how many samples C+ has been above zero. The shift began about so many samples ago. */
  readonly upperRun: number;
  /** N- : for how many samples C- has been above zero. */
  readonly lowerRun: number;
}

/** A process in control by CUSUM chart, with how the chart judges it. Plain JSON. */
export interface CusumDesign extends LocationDesign {
  readonly k: number;
  readonly h: number;
  readonly headStart: number;
  readonly units: 'sigma' | 'raw';
  readonly afterSignal: 'continue' | 'restart';
}

const sumUnits = ['sigma', 'raw'] as const;
const sequels = ['continue', 'restart'] as const;
const designSchema: z.ZodType<CusumDesign> = z.object({
  center: z.number(),
  sigma: z.number().positive(),
  k: z.number().nonnegative(),
  h: z.number().positive(),
  headStart: z.number().nonnegative(),
  units: z.enum(sumUnits),
  afterSignal: z.enum(sequels),
});
const count = z.number().int().nonnegative();
const sum = z.number().nonnegative();
const stateSchema = z.object({
  index: count,
  upper: sum,
  lower: sum,
  upperRun: count,
  lowerRun: count,
});

/**
 * A tabular CUSUM chart, for small lasting shifts of the mean. It signals `'cusumUpper'` and `'cusumLower'`.
 * Sources: Page (1954); Lucas and Crosier (1982) for the head start; Montgomery (7th ed.), section 9.1; NIST e-Handbook 6.3.2.3.
 * @throws `MikroBotError` `BAD_CONFIG` for a k, h or head start that is none; the head start must stay below h.
 *
 * @example
 * ```ts
 * const kind = cusumChart({ k: 0.5, h: 5, headStart: 2.5 });
 * const chart = kind.running(kind.designFor({ center: 10, sigma: 1 }));
 * chart.push(9.45).lower; // 2.55
 * ```
 */
export const cusumChart = (options: CusumOptions = {}): KnownKind<Measured, CusumDesign, CusumPoint> => {
  const { k = 0.5, h = 5, headStart = 0, units = 'sigma', afterSignal = 'continue' } = options;
  if (!(k >= 0 && k < Infinity)) {
    throw new MikroBotError('BAD_CONFIG', `the reference value k of a CUSUM chart is ${String(k)}.`, {
      hint: 'Give half of the shift that matters; 0.5 in sigma units is usual.',
    });
  }
  checkPositive(h, 'the decision interval h of a CUSUM chart');
  checkWord(units, sumUnits, 'unit of a CUSUM chart');
  checkWord(afterSignal, sequels, 'sequel of a signal');
  if (!(headStart >= 0 && headStart < h)) {
    throw new MikroBotError(
      'BAD_CONFIG',
      `the head start of a CUSUM chart is ${String(headStart)}, h is ${h}.`,
      {
        hint: 'Start at 0, or at h / 2 for a fast initial response.',
      },
    );
  }
  const designFor = ({ center, sigma }: LocationDesign): CusumDesign => {
    checkLocation({ center, sigma }, 'a CUSUM chart');
    return { center, sigma, k, h, headStart, units, afterSignal };
  };
  return {
    name: 'CUSUM',
    designFor,
    estimate(samples) {
      const { design, notes } = estimateLocation(samples, 'a CUSUM chart');
      return { design: design && designFor(design), notes };
    },
    running(given, { state } = {}) {
      const { center, sigma, k, h, headStart, units, afterSignal } = readSaved(
        designSchema,
        given,
        'the design of a CUSUM chart',
      );
      let { index, upper, lower, upperRun, lowerRun } =
        state === undefined
          ? { index: 0, upper: headStart, lower: headStart, upperRun: 0, lowerRun: 0 }
          : readSaved(stateSchema, state, 'the state of a CUSUM chart');
      let ended = afterSignal === 'restart' && Math.max(upper, lower) > h;
      return {
        push(sample): CusumPoint {
          const { mean, n } = summarize(sample, 'a CUSUM chart');
          const deviation = sigma / Math.sqrt(n);
          const away = units === 'sigma' ? (mean - center) / deviation : mean - center;
          if (ended) {
            upper = headStart;
            lower = headStart;
            upperRun = 0;
            lowerRun = 0;
          }
          index++;
          upper = Math.max(0, upper + away - k);
          lower = Math.max(0, lower - away - k);
          upperRun = upper > 0 ? upperRun + 1 : 0;
          lowerRun = lower > 0 ? lowerRun + 1 : 0;
          const violations: RuleName[] = [];
          if (upper > h) violations.push('cusumUpper');
          if (lower > h) violations.push('cusumLower');
          ended = afterSignal === 'restart' && violations.length > 0;
          return {
            index,
            value: upper >= lower ? upper : -lower,
            limits: { center: 0, lower: -h, upper: h, sigma: units === 'sigma' ? 1 : deviation },
            violations,
            upper,
            lower,
            upperRun,
            lowerRun,
          };
        },
        state: () => ({ index, upper, lower, upperRun, lowerRun }),
      };
    },
  };
};
