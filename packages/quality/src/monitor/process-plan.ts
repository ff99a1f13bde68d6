import { MikroBotError } from '@mikrobot/core';
import * as z from 'zod';
import { checkSpecification } from '../specification.js';

const finite = z.number().finite();
const name = z.string().regex(/^[a-zA-Z][a-zA-Z0-9-]*$/, 'A name has letters, digits and dashes');

/** What may make the gate pause: a chart that signals, or a capability that is not shown. An empty list only reports. */
const gates = z.array(z.enum(['control', 'capability'])).readonly();

const measuredSchema = z.strictObject({
  kind: z.literal('measured'),
  name,
  title: z.string().min(1),
  /** Of the values: `ms`, `pips`. */
  unit: z.string(),
  specification: z.strictObject({
    lower: finite.optional(),
    upper: finite.optional(),
    target: finite.optional(),
  }),
  /**
   * How the values are distributed: `lognormal` for latencies. `auto` finds it out from the values each time; that is for reports,
   * for it changes its mind where a gate must not.
   */
  shape: z.enum(['normal', 'lognormal', 'auto']).default('auto'),
  /** Values of which one point of the chart is made. */
  subgroup: z.number().int().min(1).max(25).default(5),
  /**
   * The smallest change of the mean that is worth a pause, in the unit of the values. A process that is steadier than that is
   * charted as if its standard deviation were this divided by 1.5: nobody is stopped for a millisecond.
   */
  practical: finite.positive(),
  gates: gates.default(['control', 'capability']),
});

const countedSchema = z.strictObject({
  kind: z.literal('counted'),
  name,
  title: z.string().min(1),
  /** The share of defects that is no reason for a pause, however steady. */
  acceptable: z.number().positive().max(0.5).default(0.01),
  gates: gates.default(['control']),
});

const stepSchema = z.strictObject({
  name,
  title: z.string().min(1),
  metrics: z
    .array(z.discriminatedUnion('kind', [measuredSchema, countedSchema]))
    .min(1)
    .max(20)
    .readonly(),
});

/** Checks a plan of a process: its steps, and what is measured or counted in each. */
export const processPlanSchema = z
  .strictObject({ steps: z.array(stepSchema).min(1).max(20).readonly() })
  .refine(({ steps }) => new Set(steps.map((step) => step.name)).size === steps.length, {
    error: 'Two steps have the same name',
  })
  .refine(
    ({ steps }) => steps.every(({ metrics }) => new Set(metrics.map((m) => m.name)).size === metrics.length),
    { error: 'Two metrics of a step have the same name' },
  );

/** A plan as it is written; see {@link processPlanSchema}. */
export type ProcessPlanInput = z.input<typeof processPlanSchema>;
/** A plan with its defaults. */
export type ProcessPlan = z.output<typeof processPlanSchema>;
/** Something that has a value each time: a latency. */
export type MeasuredMetric = z.output<typeof measuredSchema>;
/** Something that is a defect or not each time: a refusal. */
export type CountedMetric = z.output<typeof countedSchema>;
/** What is measured or counted in a step. */
export type Metric = MeasuredMetric | CountedMetric;

/**
 * A plan, checked.
 * @throws `MikroBotError` `BAD_CONFIG` when it makes no sense.
 */
export const processPlan = (input: ProcessPlanInput): ProcessPlan => {
  const parsed = processPlanSchema.safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new MikroBotError('BAD_CONFIG', `${issue?.message}.`, {
      where: ['process plan', ...(issue?.path ?? [])].join('.'),
      cause: parsed.error,
    });
  }
  for (const step of parsed.data.steps) {
    for (const metric of step.metrics)
      if (metric.kind === 'measured')
        checkSpecification(metric.specification, `process plan: ${step.name}.${metric.name}`);
  }
  return parsed.data;
};
