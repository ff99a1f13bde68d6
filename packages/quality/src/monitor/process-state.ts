import { MikroBotError } from '@mikrobot/core';
import * as z from 'zod';
import { countedStateSchema, countOne, freshCounted } from './counted-monitor.js';
import { freshMeasured, measure, measuredStateSchema } from './measured-monitor.js';
import type { Metric, ProcessPlan } from './process-plan.js';

const metricStateSchema = z.discriminatedUnion('kind', [measuredStateSchema, countedStateSchema]);

/** Checks a saved state of a process: what is known of each metric, by `<step>.<metric>`. */
export const processStateSchema = z.record(z.string(), metricStateSchema);

/** What is known of a metric. */
export type MetricState = z.output<typeof metricStateSchema>;
/** What is known of a process: plain JSON. */
export type ProcessState = z.output<typeof processStateSchema>;

/** A value that was measured, or an opportunity that was a defect (its code) or not (`undefined`). */
export type Observation =
  | { readonly metric: string; readonly value: number }
  | { readonly metric: string; readonly defect: string | undefined };

/** What of a metric's plan decides what its values mean. */
const planOf = (metric: Metric): string =>
  metric.kind === 'measured'
    ? JSON.stringify([metric.unit, metric.specification, metric.shape, metric.subgroup, metric.practical])
    : JSON.stringify([metric.acceptable]);

const freshOf = (metric: Metric): MetricState =>
  metric.kind === 'measured'
    ? { ...freshMeasured, plan: planOf(metric) }
    : { ...freshCounted, plan: planOf(metric) };

/** A metric of a plan by `<step>.<metric>`; undefined when it has none such. */
export const metricOf = (plan: ProcessPlan, path: string): Metric | undefined => {
  const [step, name, ...rest] = path.split('.');
  if (rest.length > 0) return undefined;
  return plan.steps.find((s) => s.name === step)?.metrics.find((m) => m.name === name);
};

/** Every `<step>.<metric>` of a plan, in order. */
export const pathsOf = ({ steps }: ProcessPlan): readonly string[] =>
  steps.flatMap((step) => step.metrics.map((metric) => `${step.name}.${metric.name}`));

/** What is known of a metric; a fresh state when nothing is, or when the plan says something else of it than it did. */
export const stateOf = (state: ProcessState, path: string, metric: Metric): MetricState => {
  const known = Object.hasOwn(state, path) ? state[path] : undefined;
  return known?.kind === metric.kind && known.plan === planOf(metric) ? known : freshOf(metric);
};

/** The error for a `<step>.<metric>` that a plan has not. */
export const unknownMetric = (plan: ProcessPlan, path: string): MikroBotError =>
  new MikroBotError('BAD_DATA', `the plan has no metric "${path}".`, {
    hint: `It has ${pathsOf(plan).join(', ')}.`,
  });

/**
 * The state after an observation.
 * @param time - epoch ms
 * @throws `MikroBotError` `BAD_DATA` when the plan has no such metric, it is of the other kind, or the value is not finite.
 */
export const observe = (
  state: ProcessState,
  plan: ProcessPlan,
  observation: Observation,
  time: number,
): ProcessState => {
  const { metric: path } = observation;
  const metric = metricOf(plan, path);
  if (metric === undefined) throw unknownMetric(plan, path);
  const before = stateOf(state, path, metric);
  if ('value' in observation && metric.kind === 'measured' && before.kind === 'measured')
    return { ...state, [path]: measure(before, metric, observation.value, time) };
  if ('defect' in observation && metric.kind === 'counted' && before.kind === 'counted')
    return { ...state, [path]: countOne(before, metric, observation.defect, time) };
  throw new MikroBotError(
    'BAD_DATA',
    `"${path}" is ${metric.kind}, and was given ${'value' in observation ? 'a value' : 'an opportunity'}.`,
    {
      hint: 'Measured metrics take a value, counted ones a defect code or undefined.',
    },
  );
};
