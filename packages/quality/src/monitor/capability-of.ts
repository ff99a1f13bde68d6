import * as z from 'zod';
import { capability } from '../capability/capability.js';
import { verdict } from '../capability/verdict.js';
import type { Specification } from '../specification.js';
import type { MeasuredMetric } from './process-plan.js';

/** Checks a saved capability of a metric. */
export const capableSchema = z.strictObject({
  /** `ppk` where neighbours depend on each other or the values are not normal. */
  index: z.enum(['cpk', 'ppk']),
  /** Null where the values do not spread. */
  value: z.number().nullable(),
  /** The ends of its two-sided 95 % interval; null where there is none. */
  lower: z.number().nullable(),
  upper: z.number().nullable(),
  /** `normal`, `lognormal`, `box-cox`, `percentile`. */
  method: z.string(),
  /** Values that it is made from. */
  n: z.number().int(),
  /** Whether all values are the same: then there is no index, and it only counts whether that value is within the limits. */
  steady: z.boolean(),
  /** False where the values are clearly not distributed as the plan says. */
  fits: z.boolean(),
});

/** How capable a metric is, by its last values. */
export type Capable = z.output<typeof capableSchema>;

/**
 * p below which values are not taken as normal: a test at 0.05 that is asked again and again would change its mind about one normal
 * process in twenty, and its capability with it.
 */
const SIGNIFICANCE = 0.001;

/**
 * How capable the values of a metric are. The index is the one that its own verdict stands on. Where a value has no logarithm,
 * `lognormal` gives way to `auto`.
 */
export const capabilityOf = (
  values: readonly number[],
  { specification, shape }: Pick<MeasuredMetric, 'specification' | 'shape'>,
): Capable => {
  const { lower: least = 0 } = specification;
  const method = shape === 'lognormal' && (values.some((value) => value <= 0) || least < 0) ? 'auto' : shape;
  const result = capability(values, { specification, method, significance: SIGNIFICANCE });
  const { index } = verdict(result, { minimum: 1 });
  const estimate = index === 'ppk' ? result.indices.ppk : result.indices.cpk;
  const steady = values.every((value) => value === values[0]);
  return {
    index: index === 'ppk' ? 'ppk' : 'cpk',
    value: estimate?.value ?? null,
    lower: estimate?.lower ?? null,
    upper: estimate?.upper ?? null,
    method: result.method,
    n: result.n,
    steady,
    fits: shape === 'auto' || steady || !result.notes.some(({ code }) => code === 'NOT_NORMAL'),
  };
};

/**
 * The interval that a gate judges by: that of the index; for values that are all the same infinite within the limits and minus
 * infinite beyond them.
 */
export const boundsOf = (
  { steady, lower, upper }: Capable,
  [value = Number.NaN]: readonly number[],
  { lower: least = Number.NEGATIVE_INFINITY, upper: most = Number.POSITIVE_INFINITY }: Specification,
): { readonly lower: number | undefined; readonly upper: number | undefined } => {
  if (!steady) return { lower: lower ?? undefined, upper: upper ?? undefined };
  const end = value >= least && value <= most ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  return { lower: end, upper: end };
};
