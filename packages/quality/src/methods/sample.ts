import * as z from 'zod';

/** What was seen of a process: defects among units, or mean and standard deviation of a measurement. */
export const sampleSchema = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('proportion'),
      defects: z.int().nonnegative().describe('defective units'),
      n: z.int().positive().describe('units looked at'),
    })
    .refine(({ defects, n }) => defects <= n, { error: 'There are more defective units than units' }),
  z.strictObject({
    kind: z.literal('measured'),
    mean: z.number(),
    deviation: z.number().nonnegative().describe('standard deviation of all values, by n - 1'),
    n: z.int().min(2),
  }),
]);

/** See {@link sampleSchema}. */
export type Sample = z.output<typeof sampleSchema>;

/** Limits as a schema; their order is checked by `checkSpecification`. */
export const specificationSchema = z.strictObject({
  lower: z.number().optional(),
  upper: z.number().optional(),
  target: z.number().optional(),
});

/** What `compareSamples` takes. */
export const compareSamplesSchema = z
  .strictObject({
    baseline: sampleSchema,
    result: sampleSchema,
    specification: specificationSchema.optional().describe('needed for measurements'),
    confidence: z.number().gt(0.5).lt(1).default(0.95),
  })
  .refine(({ baseline, result }) => baseline.kind === result.kind, {
    error: 'Baseline and result are of different kinds',
    path: ['result'],
  });

/** See {@link compareSamplesSchema}. */
export type CompareSamplesInput = z.input<typeof compareSamplesSchema>;
