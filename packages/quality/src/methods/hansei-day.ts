import * as z from 'zod';
import { allDiffer } from './input.js';

const text = z.string().trim().min(1);
const count = z.int().nonnegative();

const metricSchema = z.strictObject({
  name: text,
  unit: text.optional(),
  verdict: z.enum(['capable', 'not capable', 'unproven']).describe('taken on the lower confidence bound'),
  index: z.number().optional().describe('Cpk, Ppk or the like'),
  bound: z.number().optional().describe('lower confidence bound of the index'),
  required: z.number().optional().describe('what the bound must reach'),
  defects: count.default(0).describe('values of the day outside the specification'),
});

/** What `hansei` takes: the data of a day. */
export const hanseiSchema = z
  .strictObject({
    day: z.iso.date().describe('2025-07-23'),
    signals: count.optional().describe('as counted at the strategies'),
    decisions: z
      .strictObject({
        executed: count.default(0),
        refused: count.default(0),
        held: count.default(0),
        unknown: count.default(0),
      })
      .prefault({}),
    refusals: z.record(text, count).default({}).describe('refused and held signals by code'),
    currency: text.default('account currency'),
    trades: z
      .array(
        z.strictObject({ symbol: text, owner: text, profit: z.number().describe('net, account currency') }),
      )
      .default([]),
    metrics: z.array(metricSchema).default([]),
    incidents: z
      .array(
        z.strictObject({
          what: text,
          cause: text.describe('as far as it is known'),
          severity: z.enum(['critical', 'high', 'normal', 'low']),
          minutes: z.number().nonnegative().optional(),
        }),
      )
      .default([]),
    promises: z
      .array(z.strictObject({ what: text, owner: text, kept: z.boolean(), why: text.optional() }))
      .default([])
      .describe('actions that were promised in the report before'),
  })
  .refine(({ metrics }) => allDiffer(metrics.map(({ name }) => name)), {
    error: 'A metric is named twice',
    path: ['metrics'],
  })
  .refine(
    ({ decisions: { refused, held }, refusals }) =>
      Object.values(refusals).reduce((sum, n) => sum + n, 0) <= refused + held,
    { error: 'There are more codes than refused and held signals', path: ['refusals'] },
  );

/** See {@link hanseiSchema}. */
export type HanseiInput = z.input<typeof hanseiSchema>;

/** The same, complete. */
export type HanseiDay = z.output<typeof hanseiSchema>;
