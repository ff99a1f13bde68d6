import * as z from 'zod';
import { sampleSchema, specificationSchema } from './sample.js';

/** The phases of a DMAIC project, in order. */
export const dmaicPhases = ['define', 'measure', 'analyze', 'improve', 'control'] as const;

/** One of {@link dmaicPhases}. */
export type DmaicPhase = (typeof dmaicPhases)[number];

const text = z.string().trim().min(1);

/** What each phase writes down. Everything may come late; the gates tell what is missing. */
export const dmaicContent = {
  define: z.strictObject({
    problem: text.optional().describe('what is wrong, since when, how much it costs'),
    goal: text.optional().describe('what shall be reached until when'),
    scope: text.optional().describe('what belongs to it and what does not'),
    customer: text.optional().describe('who suffers, and what they ask for'),
    owner: text.optional(),
    metric: text.optional().describe('the one measurement by which the goal is judged, with its unit'),
    specification: specificationSchema.optional().describe('of the metric; needed when it is measured'),
  }),
  measure: z.strictObject({
    method: text.optional().describe('how, where and when the metric is taken'),
    gauge: text.optional().describe('why the measurement can be trusted: its gauge R&R, its clock'),
    baseline: sampleSchema.optional(),
  }),
  analyze: z.strictObject({
    causes: z
      .array(z.strictObject({ cause: text, evidence: text.optional(), verified: z.boolean() }))
      .optional(),
  }),
  improve: z.strictObject({
    actions: z
      .array(
        z.strictObject({
          what: text,
          against: text.describe('a verified cause'),
          owner: text,
          done: z.boolean(),
        }),
      )
      .optional(),
    result: sampleSchema.optional(),
  }),
  control: z.strictObject({
    chart: text.optional().describe('what watches the metric from now on'),
    reaction: text.optional().describe('what is done when it signals'),
    owner: text.optional().describe('who keeps the process'),
    standard: text.optional().describe('where the new way of working is written down'),
  }),
} as const;

const eventSchema = z.strictObject({
  at: z.number().describe('epoch ms'),
  by: text,
  did: z.enum(['started', 'recorded', 'advanced', 'returned']),
  phase: z.enum([...dmaicPhases, 'closed']).describe('in which it was afterwards'),
  why: text.optional(),
});

/** A DMAIC project as plain JSON. */
export const dmaicSchema = z.strictObject({
  id: text,
  title: text,
  phase: z.enum([...dmaicPhases, 'closed']),
  ...dmaicContent,
  history: z.array(eventSchema).min(1),
});

type Frozen<T> = T extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Frozen<T[Key]> }
    : T;

/** See {@link dmaicSchema}. Each change makes a new one; none is ever altered. */
export type DmaicProject = Frozen<z.output<typeof dmaicSchema>>;

/** What a phase may write down. */
export type DmaicContent<Phase extends DmaicPhase> = z.input<(typeof dmaicContent)[Phase]>;

/** Freezes plain data through and through. */
export const deepFreeze = <T>(value: T): Frozen<T> => {
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) deepFreeze(part);
    Object.freeze(value);
  }
  return value as Frozen<T>;
};
