import { MikroBotError } from '@mikrobot/core';
import * as z from 'zod';
import type { Note } from '../notes.js';
import { checkInput } from './input.js';

const timed = z
  .array(z.strictObject({ name: z.string().min(1), time: z.number().nonnegative() }))
  .default([]);

/** What {@link oeeOfTimes} takes. All times are in one unit, say ms. */
export const oeeTimesSchema = z.strictObject({
  plannedTime: z.number().nonnegative().describe('time in which it should have run: the trading session'),
  stops: timed.describe('planned time in which it did not run: disconnections, restarts, halts'),
  slowdowns: timed.describe('named parts of what slow running lost; the rest is called reduced speed'),
  idealCycleTime: z.number().positive().describe('shortest time that one takes'),
  total: z.int().nonnegative().describe('how many were made, good or bad'),
  rejects: z
    .array(z.strictObject({ name: z.string().min(1), count: z.int().nonnegative() }))
    .default([])
    .describe('those that were no good'),
});

/** See {@link oeeTimesSchema}. */
export type OeeTimesInput = z.input<typeof oeeTimesSchema>;

/** A named loss of planned time. */
export interface OeeLoss {
  readonly name: string;
  readonly factor: 'availability' | 'performance' | 'quality';
  /** In the unit of the planned time. */
  readonly time: number;
  /** Fraction of the planned time. */
  readonly share: number;
}

/** OEE with its losses, which together with the productive time are the planned time. */
export interface OeeTimesResult {
  /** Undefined without planned time. */
  readonly availability: number | undefined;
  /** Undefined without running time. */
  readonly performance: number | undefined;
  /** Undefined when nothing was made. */
  readonly quality: number | undefined;
  readonly oee: number | undefined;
  /** Planned time without stops. */
  readonly runningTime: number;
  /** Ideal time for all that were made, */
  readonly netTime: number;
  /** and for the good ones. */
  readonly productiveTime: number;
  /** The greatest first; those of no time are left out. */
  readonly losses: readonly OeeLoss[];
  readonly notes: readonly Note[];
}

const bad = (sentence: string, hint: string): MikroBotError =>
  new MikroBotError('BAD_DATA', sentence, { where: 'oeeOfTimes', hint });

// Times that were added up may pass their whole by a last digit.
const DUST = 1e-9;

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, x) => sum + x, 0);

/**
 * OEE from counts and times, with its losses named. Nakajima, Introduction to TPM (1988): stops cost availability, slow running
 * performance, rejects quality.
 * @throws `MikroBotError` `BAD_DATA` when parts are greater than their whole: stops than the planned time, rejects than the total,
 * the ideal time of what was made than the running time (the ideal cycle time is too long), slowdowns than what slow running lost.
 */
export const oeeOfTimes = (input: OeeTimesInput): OeeTimesResult => {
  const given = checkInput('oeeOfTimes', oeeTimesSchema, input);
  const { plannedTime, stops, slowdowns, idealCycleTime, total, rejects } = given;
  const slack = plannedTime * DUST;
  const left = plannedTime - sumOf(stops.map(({ time }) => time));
  if (left < -slack) throw bad('the stops are longer than the planned time.', 'Count only stops within it.');
  const runningTime = Math.max(0, left);
  const netTime = idealCycleTime * total;
  if (netTime > runningTime + slack)
    throw bad(
      `${total} at ${idealCycleTime} each do not fit into the running time ${runningTime}.`,
      'Give the shortest cycle time that is possible.',
    );
  const good = total - sumOf(rejects.map(({ count }) => count));
  if (good < 0) throw bad('there are more rejects than were made.', 'Count each reject once.');
  const unnamed = runningTime - netTime - sumOf(slowdowns.map(({ time }) => time));
  if (unnamed < -slack)
    throw bad('the slowdowns are longer than what slow running lost.', 'Count other losses as stops.');

  const productiveTime = idealCycleTime * good;
  const losses: Omit<OeeLoss, 'share'>[] = [
    ...stops.map((stop) => ({ ...stop, factor: 'availability' as const })),
    ...slowdowns.map((slow) => ({ ...slow, factor: 'performance' as const })),
    { name: 'reduced speed', factor: 'performance', time: unnamed > slack ? unnamed : 0 },
    ...rejects.map(({ name, count }) => ({ name, factor: 'quality' as const, time: count * idealCycleTime })),
  ];
  const notes: Note[] = [];
  const ratio = (part: number, whole: number, what: string): number | undefined => {
    if (whole > 0) return part / whole;
    notes.push({ code: 'EMPTY', detail: what });
    return undefined;
  };
  return {
    availability: ratio(runningTime, plannedTime, 'No time was planned.'),
    performance: ratio(netTime, runningTime, 'It never ran.'),
    quality: ratio(good, total, 'Nothing was made.'),
    oee: plannedTime > 0 ? productiveTime / plannedTime : undefined,
    runningTime,
    netTime,
    productiveTime,
    losses: losses
      .filter(({ time }) => time > 0)
      .map((loss) => ({ ...loss, share: loss.time / plannedTime }))
      .sort((a, b) => b.time - a.time),
    notes,
  };
};
