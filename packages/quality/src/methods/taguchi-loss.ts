import { MikroBotError } from '@mikrobot/core';
import * as z from 'zod';
import type { Note } from '../notes.js';
import { checkInput } from './input.js';

const nominal = z.strictObject({
  kind: z.literal('nominal').describe('the target is best'),
  target: z.number(),
  tolerance: z.number().positive().describe('distance from the target at which `lossAtLimit` is lost'),
  lossAtLimit: z.number().positive(),
});

const smaller = z.strictObject({
  kind: z.literal('smaller').describe('0 is best: latency, slippage'),
  limit: z.number().positive().describe('value at which `lossAtLimit` is lost'),
  lossAtLimit: z.number().positive(),
});

const larger = z.strictObject({
  kind: z.literal('larger').describe('the more the better: fill rate'),
  limit: z.number().positive(),
  lossAtLimit: z.number().positive(),
});

/** What {@link taguchiLoss} takes: a loss function with values, or with their mean and standard deviation, or with both. */
export const taguchiLossSchema = z.strictObject({
  loss: z.discriminatedUnion('kind', [nominal, smaller, larger]),
  values: z.array(z.number()).default([]),
  summary: z.strictObject({ mean: z.number(), deviation: z.number().nonnegative() }).optional(),
  units: z.number().nonnegative().default(1).describe('how many there are, for the total'),
});

/** See {@link taguchiLossSchema}. */
export type TaguchiLossInput = z.input<typeof taguchiLossSchema>;

/** The loss function and what values lose by it. Money is in the unit of `lossAtLimit`. */
export interface TaguchiLossResult {
  /** The constant of the loss function. */
  readonly k: number;
  /** Mean squared deviation of the values: from the target, from 0, or of the reciprocals. */
  readonly msd: number | undefined;
  /** Loss of one unit, `k` times MSD. */
  readonly averageLoss: number | undefined;
  /** Of all units. */
  readonly totalLoss: number | undefined;
  /** Loss of one unit as expected from mean and standard deviation; undefined when no summary is given. */
  readonly expectedLoss: number | undefined;
  readonly notes: readonly Note[];
}

type Loss = z.output<typeof taguchiLossSchema>['loss'];

const constantOf = (loss: Loss): number => {
  if (loss.kind === 'larger') return loss.lossAtLimit * loss.limit ** 2;
  return loss.lossAtLimit / (loss.kind === 'nominal' ? loss.tolerance : loss.limit) ** 2;
};

const squareOf = (loss: Loss, value: number): number => {
  if (loss.kind === 'larger') return 1 / value ** 2;
  return loss.kind === 'nominal' ? (value - loss.target) ** 2 : value ** 2;
};

const expectedSquare = (loss: Loss, mean: number, deviation: number): number => {
  if (loss.kind === 'larger') return (1 + (3 * deviation ** 2) / mean ** 2) / mean ** 2;
  return deviation ** 2 + squareOf(loss, mean);
};

/**
 * Taguchi's quadratic loss: a value loses money before it leaves its limits. Nominal is best: `k (y - target)^2`; smaller is best:
 * `k y^2`; larger is best: `k / y^2`. The expected loss is exact but for larger is best, where it is the usual second-order
 * approximation `k / mean^2 (1 + 3 sd^2 / mean^2)`. Taguchi, Chowdhury and Wu, Quality Engineering Handbook (2005), chapter 8.
 * @throws `MikroBotError` `BAD_CONFIG` for a loss function that makes no sense; `BAD_DATA` for values that are not finite, or not
 * positive where larger is best, or negative where smaller is best.
 */
export const taguchiLoss = (input: TaguchiLossInput): TaguchiLossResult => {
  const { loss, values, summary, units } = checkInput('taguchiLoss', taguchiLossSchema, input, ['loss']);
  const possible = (value: number): boolean =>
    loss.kind === 'nominal' || (loss.kind === 'larger' ? value > 0 : value >= 0);
  const wrong = [...values, ...(summary ? [summary.mean] : [])].find((value) => !possible(value));
  if (wrong !== undefined) {
    throw new MikroBotError('BAD_DATA', `${wrong} cannot be where ${loss.kind} is best.`, {
      where: 'taguchiLoss',
    });
  }
  const k = constantOf(loss);
  const sum = values.reduce((total, value) => total + squareOf(loss, value), 0);
  const msd = values.length > 0 ? sum / values.length : undefined;
  const averageLoss = msd === undefined ? undefined : k * msd;
  return {
    k,
    msd,
    averageLoss,
    totalLoss: averageLoss === undefined ? undefined : averageLoss * units,
    expectedLoss: summary && k * expectedSquare(loss, summary.mean, summary.deviation),
    notes:
      msd === undefined ? [{ code: 'EMPTY', detail: 'No values are given, so none lost anything.' }] : [],
  };
};
