import * as z from 'zod';
import { checkMeasured } from '../streaming/moments.js';
import { deviation } from '../streaming/summary.js';
import { checkValue } from '../values.js';
import { capabilityOf, capableSchema } from './capability-of.js';
import { learn, PHASE_ONE } from './learning.js';
import type { MeasuredMetric } from './process-plan.js';

/** Values that capability is judged by: the last so many. */
export const RECENT = 300;
/** Points that a picture shows: the last so many. */
const SHOWN = 100;
/** Capability is judged anew after so many values. */
export const EVERY = 25;
/** The shift that the charts are made for, in standard deviations of single values. */
export const SHIFT = 1.5;
/** Where the sum of a chart of measured values signals, in standard deviations of a point; see the guide for how it was chosen. */
export const THRESHOLD = 8;

const finite = z.number().finite();

/** The most that one point adds to a sum. */
const MOST = 2.5;

/** Checks a saved state of a measured metric. */
export const measuredStateSchema = z.strictObject({
  kind: z.literal('measured'),
  /** What the plan said of the metric; what is known counts only as long as it says the same. */
  plan: z.string(),
  /** Values so far, and those of them beyond the specification. */
  count: z.number().int().min(0),
  outside: z.number().int().min(0),
  recent: z.array(finite).max(RECENT).readonly(),
  /** Values of the subgroup that is not complete. */
  group: z.array(finite).max(25).readonly(),
  /** Means of phase I. */
  learning: z.array(finite).max(PHASE_ONE).readonly(),
  limits: z
    .strictObject({ center: finite, sigma: finite, single: finite, purged: z.number().int() })
    .nullable(),
  /** Sums of what points are above and below what is expected. */
  upper: finite.min(0),
  lower: finite.min(0),
  points: z.array(finite).max(SHOWN).readonly(),
  /** Epoch ms of the last value. */
  time: finite.nullable(),
  /** By which the gate judges; null where it judges by none, or none is due yet. */
  capable: capableSchema.nullable(),
});

/** What is known of a measured metric: plain JSON. */
export type MeasuredState = z.output<typeof measuredStateSchema>;

/** Before the first value. */
export const freshMeasured: MeasuredState = {
  kind: 'measured',
  plan: '',
  count: 0,
  outside: 0,
  recent: [],
  group: [],
  learning: [],
  limits: null,
  upper: 0,
  lower: 0,
  points: [],
  time: null,
  capable: null,
};

const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The standard deviation that a point is compared with. */
export const pointSigma = ({ practical, subgroup }: MeasuredMetric, sigma: number): number =>
  Math.max(sigma, practical / SHIFT / Math.sqrt(subgroup));

/** Adds the mean of a subgroup to the chart: learns from it, or sums up what it is off by (tabular CUSUM, Page 1954). */
const withPoint = (state: MeasuredState, metric: MeasuredMetric, point: number): MeasuredState => {
  const points = [...state.points, point].slice(-SHOWN);
  if (state.limits === null) {
    const learning = [...state.learning, point];
    if (learning.length < PHASE_ONE) return { ...state, points, learning };
    const limits = learn(learning);
    const single = Math.max(
      deviation(state.recent.slice(-PHASE_ONE * metric.subgroup)) ?? 0,
      metric.practical / SHIFT,
    );
    // A process that was not stable is watched on until it is.
    if (limits === undefined)
      return { ...state, points, learning: learning.slice(-Math.floor(PHASE_ONE / 2)) };
    return { ...state, points, learning: [], limits: { ...limits, single } };
  }
  const { center, sigma, single } = state.limits;
  const width = pointSigma(metric, sigma);
  // Half of the shift, as a point shows it: less than that of independent values where neighbours are alike.
  const slack = Math.max(0.5, (SHIFT * Math.min(single / width, Math.sqrt(metric.subgroup))) / 2);
  // One wild value is no shift: it must be followed by others.
  const most = slack + MOST;
  const off = Math.max(-most, Math.min(most, (point - center) / width));
  // A sum without end would never come back.
  const sum = (before: number, by: number): number =>
    Math.min(2 * THRESHOLD, Math.max(0, before + by - slack));
  return { ...state, points, upper: sum(state.upper, off), lower: sum(state.lower, -off) };
};

/**
 * The state after a value.
 * @param time - epoch ms
 * @throws `MikroBotError` `BAD_DATA` when the value is not a finite number.
 */
export const measure = (
  state: MeasuredState,
  metric: MeasuredMetric,
  given: number,
  time: number,
): MeasuredState => {
  checkValue(given, `"${metric.title}"`);
  checkMeasured(given);
  // JSON has no negative zero.
  const value = given + 0;
  const { lower = Number.NEGATIVE_INFINITY, upper = Number.POSITIVE_INFINITY } = metric.specification;
  const count = state.count + 1;
  const recent = [...state.recent, value].slice(-RECENT);
  const group = [...state.group, value];
  const isFull = group.length >= metric.subgroup;
  const isDue = metric.gates.includes('capability') && count % EVERY === 0;
  const next: MeasuredState = {
    ...state,
    count,
    outside: state.outside + (value < lower || value > upper ? 1 : 0),
    recent,
    group: isFull ? [] : group,
    time,
    capable: isDue ? capabilityOf(recent, metric) : state.capable,
  };
  return isFull ? withPoint(next, metric, average(group)) : next;
};

/** How a metric drifted from what it was in phase I; undefined while it did not, or that is not known yet. */
export const driftOf = (
  { upper, lower }: MeasuredState,
  { specification }: MeasuredMetric,
): 'worse' | 'better' | undefined => {
  const up = upper > THRESHOLD;
  const down = lower > THRESHOLD;
  if (!up && !down) return undefined;
  const bad = (up && specification.upper !== undefined) || (down && specification.lower !== undefined);
  return bad ? 'worse' : 'better';
};
