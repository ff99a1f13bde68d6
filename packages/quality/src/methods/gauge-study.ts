import { MikroBotError } from '@mikrobot/core';
import * as z from 'zod';
import type { Note } from '../notes.js';
import { checkSpecification } from '../specification.js';
import { checkInput } from './input.js';

/** What the methods of gauge R&R take. Every operator measures every part equally often. */
export const gaugeStudySchema = z.strictObject({
  measurements: z.array(
    z.strictObject({ part: z.string().min(1), operator: z.string().min(1), value: z.number() }),
  ),
  specification: z
    .strictObject({ lower: z.number().optional(), upper: z.number().optional() })
    .optional()
    .describe('limits of the measured characteristic, in the unit of the values'),
  spread: z.number().positive().default(6).describe('standard deviations that a tolerance must hold; 6'),
});

/** See {@link gaugeStudySchema}. */
export type GaugeStudyInput = z.input<typeof gaugeStudySchema>;

/** Measurements in their places. */
export interface GaugeLayout {
  /** Their names, in order of appearance; likewise the operators'. */
  readonly parts: readonly string[];
  readonly operators: readonly string[];
  /** Times that each operator measured each part. */
  readonly trials: number;
  /** Values by part, then operator. */
  readonly cells: readonly (readonly (readonly number[])[])[];
  /** Of all values; undefined without any. */
  readonly mean: number | undefined;
  readonly specification: { readonly lower: number | undefined; readonly upper: number | undefined };
  readonly spread: number;
}

/** Arithmetic mean of at least one value. */
export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Puts measurements into cells.
 * @throws `MikroBotError` `BAD_DATA` when cells differ in size, `BAD_CONFIG` for limits that make no sense.
 */
export const layOut = (method: string, study: z.output<typeof gaugeStudySchema>): GaugeLayout => {
  const { measurements, specification, spread } = study;
  if (specification !== undefined) checkSpecification(specification);
  const keyOf = (part: string, operator: string): string => JSON.stringify([part, operator]);
  const byCell = new Map<string, number[]>();
  for (const { part, operator, value } of measurements) {
    const key = keyOf(part, operator);
    const cell = byCell.get(key);
    if (cell === undefined) byCell.set(key, [value]);
    else cell.push(value);
  }
  const parts = [...new Set(measurements.map(({ part }) => part))];
  const operators = [...new Set(measurements.map(({ operator }) => operator))];
  const trials = measurements.length === 0 ? 0 : measurements.length / (parts.length * operators.length);
  const cells = parts.map((part) =>
    operators.map((operator) => {
      const cell = byCell.get(keyOf(part, operator)) ?? [];
      if (cell.length !== trials) {
        throw new MikroBotError(
          'BAD_DATA',
          `operator ${operator} measured part ${part} ${cell.length} times, others did otherwise.`,
          { where: method, hint: 'Let every operator measure every part equally often.' },
        );
      }
      return cell;
    }),
  );
  return {
    parts,
    operators,
    trials,
    cells,
    mean: measurements.length === 0 ? undefined : meanOf(measurements.map(({ value }) => value)),
    specification: { lower: specification?.lower, upper: specification?.upper },
    spread,
  };
};

/** Checks a study and lays it out. */
export const gaugeLayout = (method: string, input: GaugeStudyInput): GaugeLayout =>
  layOut(method, checkInput(method, gaugeStudySchema, input, ['specification', 'spread']));

/** Says what a study lacks; undefined when it has two of everything. */
export const tooSmall = ({ parts, operators, trials }: GaugeLayout): Note | undefined =>
  parts.length < 2 || operators.length < 2 || trials < 2
    ? {
        code: 'NOT_ENOUGH_DATA',
        detail:
          `${parts.length} parts, ${operators.length} operators and ${trials} trials were given; ` +
          'at least 2 of each are needed (10, 3 and 3 are usual).',
      }
    : undefined;
