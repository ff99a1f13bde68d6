import * as z from 'zod';
import { fTail } from '../distributions/f.js';
import type { Note } from '../notes.js';
import { type GaugeFigures, gaugeFigures, type SourceVariances } from './gauge-figures.js';
import { type GaugeLayout, gaugeStudySchema, layOut, meanOf, tooSmall } from './gauge-study.js';
import { checkInput } from './input.js';

/** What {@link gaugeAnova} takes. */
export const gaugeAnovaSchema = z.strictObject({
  ...gaugeStudySchema.shape,
  poolAbove: z
    .number()
    .min(0)
    .max(1)
    .default(0.05)
    .describe('the interaction is pooled with the error when its p-value is above this; 0.05'),
});

/** See {@link gaugeAnovaSchema}. */
export type GaugeAnovaInput = z.input<typeof gaugeAnovaSchema>;

/** One source in the table of a two-way analysis of variance. */
export interface AnovaRow {
  readonly df: number;
  /** Sum of squares. */
  readonly ss: number;
  /** Mean square. */
  readonly ms: number;
  /** Undefined for the error, and when it would be divided by 0. */
  readonly f: number | undefined;
  readonly p: number | undefined;
}

/** The full table; `f` of part and operator is taken against what the model leaves as their error. */
export interface AnovaTable {
  readonly part: AnovaRow;
  readonly operator: AnovaRow;
  readonly interaction: AnovaRow;
  readonly error: AnovaRow;
  /** Interaction and error together; undefined when they were not pooled. */
  readonly pooledError: AnovaRow | undefined;
}

/** A study judged by analysis of variance. */
export interface GaugeAnovaResult {
  readonly parts: number;
  readonly operators: number;
  readonly trials: number;
  /** Undefined, like the figures, when the study is too small. */
  readonly anova: AnovaTable | undefined;
  readonly figures: GaugeFigures | undefined;
  readonly notes: readonly Note[];
}

const squares = (values: readonly number[], center: number): number =>
  values.reduce((sum, value) => sum + (value - center) ** 2, 0);

const row = (df: number, ss: number, against: { df: number; ms: number } | undefined): AnovaRow => {
  const ms = ss / df;
  const f = against !== undefined && against.ms > 0 ? ms / against.ms : undefined;
  return { df, ss, ms, f, p: f === undefined ? undefined : fTail(f, df, against!.df) };
};

const tableOf = ({ cells, mean, trials }: GaugeLayout, poolAbove: number): AnovaTable => {
  const [n, k] = [cells.length, cells[0]!.length];
  const cellMeans = cells.map((part) => part.map(meanOf));
  const partMeans = cellMeans.map(meanOf);
  const operatorMeans = Array.from({ length: k }, (_, j) => meanOf(cellMeans.map((part) => part[j]!)));
  const error = row(
    n * k * (trials - 1),
    cells
      .flatMap((part, i) => part.map((cell, j) => squares(cell, cellMeans[i]![j]!)))
      .reduce((a, b) => a + b),
    undefined,
  );
  const residuals = cellMeans.flatMap((part, i) =>
    part.map((cell, j) => cell - partMeans[i]! - operatorMeans[j]! + mean!),
  );
  const interaction = row((n - 1) * (k - 1), trials * squares(residuals, 0), error);
  // An error of 0 leaves the interaction without a test: any that is there is real.
  const pool = interaction.p === undefined ? interaction.ss === 0 : interaction.p > poolAbove;
  const pooledError = pool ? row(interaction.df + error.df, interaction.ss + error.ss, undefined) : undefined;
  const against = pooledError ?? interaction;
  return {
    part: row(n - 1, k * trials * squares(partMeans, mean!), against),
    operator: row(k - 1, n * trials * squares(operatorMeans, mean!), against),
    interaction,
    error,
    pooledError,
  };
};

/** Expected mean squares of the random model, solved; a negative variance counts as 0. */
const variancesOf = (table: AnovaTable, { cells, trials }: GaugeLayout): SourceVariances => {
  const { part, operator, interaction, error, pooledError } = table;
  const [n, k] = [cells.length, cells[0]!.length];
  const left = (pooledError ?? interaction).ms;
  return {
    ev: (pooledError ?? error).ms,
    av: Math.max(0, (operator.ms - left) / (n * trials)),
    interaction: pooledError ? 0 : Math.max(0, (interaction.ms - error.ms) / trials),
    pv: Math.max(0, (part.ms - left) / (k * trials)),
  };
};

/**
 * Gauge R&R of a crossed study by two-way analysis of variance with random effects. For a trading system the parts are, say, fixed
 * charts, the operators detectors or versions, and the trials repetitions. AIAG MSA, 4th edition, chapter III-B, appendix A;
 * Montgomery, Introduction to Statistical Quality Control, section 8.7.
 * @throws `MikroBotError` `BAD_DATA` for values that are not finite or cells that differ in size; `BAD_CONFIG` for a specification,
 * spread or `poolAbove` that makes no sense.
 */
export const gaugeAnova = (input: GaugeAnovaInput): GaugeAnovaResult => {
  const settings = ['specification', 'spread', 'poolAbove'];
  const { poolAbove, ...study } = checkInput('gaugeAnova', gaugeAnovaSchema, input, settings);
  const layout = layOut('gaugeAnova', study);
  const sizes = { parts: layout.parts.length, operators: layout.operators.length, trials: layout.trials };
  const lack = tooSmall(layout);
  if (lack !== undefined) return { ...sizes, anova: undefined, figures: undefined, notes: [lack] };
  const anova = tableOf(layout, poolAbove);
  return { ...sizes, anova, ...gaugeFigures(layout, variancesOf(anova, layout)) };
};
