import * as z from 'zod';
import type { Note } from '../notes.js';
import { allDiffer, checkInput } from './input.js';

const causeSchema = z.strictObject({
  cause: z.string().min(1),
  count: z.number().nonnegative().describe('how often it happened'),
  cost: z.number().nonnegative().optional().describe('loss of one occurrence; for all causes or for none'),
});

/** What {@link pareto} takes. */
export const paretoSchema = z.strictObject({
  causes: z
    .array(causeSchema)
    .refine((causes) => allDiffer(causes.map(({ cause }) => cause)), { error: 'A cause is named twice' })
    .refine((causes) => new Set(causes.map(({ cost }) => cost === undefined)).size < 2, {
      error: 'Some causes have a cost and some have none, so they cannot be added',
    }),
  share: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.8)
    .describe('part of the loss that the vital few make, fraction; 0.8'),
});

/** See {@link paretoSchema}. */
export type ParetoInput = z.input<typeof paretoSchema>;

/** One cause in order of its loss. */
export interface ParetoRow {
  readonly cause: string;
  /** 1 for the greatest loss. */
  readonly rank: number;
  readonly count: number;
  /** The count, or count times cost. */
  readonly loss: number;
  /** Of this cause and all before it. */
  readonly cumulativeLoss: number;
  /** Fraction of the whole loss; undefined when there is none. */
  readonly share: number | undefined;
  readonly cumulativeShare: number | undefined;
  /** Whether it is one of the vital few. */
  readonly vital: boolean;
}

/**
 * The rule "20 % of causes make 80 % of the loss", applied once (level 1: 20 % and 80 %) or to its own result (level 2: 20 % of the
 * 20 %, so 4 %, make 80 % of the 80 %, so 64 %).
 */
export interface ParetoLevel {
  /** `0.2 ^ level`: the fraction of causes that the rule speaks of. */
  readonly causeShare: number;
  /** `0.8 ^ level`: the fraction of the loss that the rule promises them. */
  readonly lossShare: number;
  /** The first `ceil(causeShare * n)` causes by loss; at least one. */
  readonly causes: readonly string[];
  /** The fraction of the loss that these causes really make. */
  readonly actualShare: number;
  /** Whether that is at least `lossShare`. */
  readonly holds: boolean;
  /** The fewest causes that together make `lossShare`, */
  readonly needed: readonly string[];
  /** and what fraction of all causes they are. */
  readonly neededShare: number;
}

/** Causes in order, those that matter, and whether the rule of 80 and 20 holds here. */
export interface ParetoResult {
  readonly total: number;
  readonly rows: readonly ParetoRow[];
  /** The fewest causes, from the greatest on, whose loss reaches the asked share of the whole. */
  readonly vitalFew: readonly string[];
  /** The rule itself, 20 % to 80 %; undefined without a loss. */
  readonly first: ParetoLevel | undefined;
  /** The nested 4 %: the rule applied to its own vital few, 4 % to 64 %; undefined without a loss. */
  readonly nested: ParetoLevel | undefined;
  readonly notes: readonly Note[];
}

// Sums of fractions miss round shares by a few last digits; a cause must not change sides for that.
const DUST = 1e-9;

const leading = (rows: readonly ParetoRow[], total: number, share: number): readonly string[] => {
  const end = rows.findIndex(({ cumulativeLoss }) => cumulativeLoss >= total * share * (1 - DUST));
  return rows.slice(0, end + 1).map(({ cause }) => cause);
};

const level = (rows: readonly ParetoRow[], total: number, power: number): ParetoLevel => {
  const causeShare = 0.2 ** power;
  const lossShare = 0.8 ** power;
  const head = rows.slice(0, Math.max(1, Math.ceil(causeShare * rows.length * (1 - DUST))));
  const needed = leading(rows, total, lossShare);
  const actualShare = head.at(-1)!.cumulativeLoss / total;
  return {
    causeShare,
    lossShare,
    causes: head.map(({ cause }) => cause),
    actualShare,
    holds: actualShare >= lossShare * (1 - DUST),
    needed,
    neededShare: needed.length / rows.length,
  };
};

/**
 * Puts causes in order of their loss and tells the vital few from the useful many. Causes of equal loss stay in the order in which
 * they were given. Juran, Quality Control Handbook (1951).
 * @throws `MikroBotError` `BAD_DATA` for causes named twice, negative counts, or costs given for some only; `BAD_CONFIG` for a share
 * that is not between 0 and 1.
 *
 * @example
 * ```ts
 * pareto({ causes: [{ cause: 'STALE_QUOTE', count: 40 }, { cause: 'NO_STOP', count: 10 }] }).vitalFew; // ['STALE_QUOTE']
 * ```
 */
export const pareto = (input: ParetoInput): ParetoResult => {
  const { causes, share } = checkInput('pareto', paretoSchema, input, ['share']);
  const sorted = causes
    .map(({ cause, count, cost }) => ({ cause, count, loss: count * (cost ?? 1) }))
    .sort((a, b) => b.loss - a.loss);
  let sum = 0;
  const sums = sorted.map(({ loss }) => {
    sum += loss;
    return sum;
  });
  const total = sum;
  const part = (x: number): number | undefined => (total > 0 ? x / total : undefined);
  const few = total > 0 ? sums.findIndex((x) => x >= total * share * (1 - DUST)) : -1;
  const rows = sorted.map((row, i) => ({
    cause: row.cause,
    rank: i + 1,
    count: row.count,
    loss: row.loss,
    cumulativeLoss: sums[i]!,
    share: part(row.loss),
    cumulativeShare: part(sums[i]!),
    vital: i <= few,
  }));
  return {
    total,
    rows,
    vitalFew: rows.filter(({ vital }) => vital).map(({ cause }) => cause),
    first: total > 0 ? level(rows, total, 1) : undefined,
    nested: total > 0 ? level(rows, total, 2) : undefined,
    notes:
      total > 0
        ? []
        : [{ code: 'EMPTY', detail: `${causes.length} causes made no loss, so it has no shares.` }],
  };
};
