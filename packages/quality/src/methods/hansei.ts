import type { Note } from '../notes.js';
import { asksOf, causesOf, type HanseiAsk, lossesOf } from './hansei-asks.js';
import { type HanseiInput, hanseiSchema } from './hansei-day.js';
import { type HanseiFacts, type HanseiPoint, hanseiFacts, hanseiPoints } from './hansei-points.js';
import { checkInput } from './input.js';
import type { ParetoResult } from './pareto.js';

/** A day looked back on. What was learnt, and what will be done, is for people to answer. */
export interface HanseiReport {
  readonly day: string;
  /** Of all money in the report. */
  readonly currency: string;
  readonly facts: HanseiFacts;
  readonly wentWell: readonly HanseiPoint[];
  readonly wentBadly: readonly HanseiPoint[];
  /** What cannot be called good or bad: metrics without enough data, codes that are missing. */
  readonly unclear: readonly HanseiPoint[];
  /** What went wrong, counted: refusals by code, unknown outcomes, defects by metric, incidents by cause, broken promises. */
  readonly causes: ParetoResult;
  /** Money lost in losing trades, by owner and symbol. */
  readonly losses: ParetoResult;
  readonly learnings: readonly HanseiAsk[];
  readonly actions: readonly HanseiAsk[];
  readonly notes: readonly Note[];
}

/**
 * The daily reflection (hansei): says from the data what went well and what did not, and asks for learnings and actions on the
 * vital few causes. The actions promised in answer are the promises of the next day's report.
 * @throws `MikroBotError` `BAD_DATA` for data that contradict themselves: more codes than refusals, a metric named twice.
 *
 * @example
 * ```ts
 * const report = hansei({ day: '2025-07-23', decisions: { executed: 9, refused: 1 }, refusals: { STALE_QUOTE: 1 } });
 * report.learnings[0]?.question; // 'Why did "refused STALE_QUOTE" happen once, and what did we not know?'
 * ```
 */
export const hansei = (input: HanseiInput): HanseiReport => {
  const day = checkInput('hansei', hanseiSchema, input);
  const facts = hanseiFacts(day);
  const points = hanseiPoints(day, facts);
  const causes = causesOf(day);
  const losses = lossesOf(day);
  const idle = facts.decided + facts.trades + day.metrics.length + day.incidents.length === 0;
  return {
    day: day.day,
    currency: day.currency,
    facts,
    ...points,
    causes,
    losses,
    ...asksOf(day, causes, losses, points.wentWell),
    notes: idle
      ? [{ code: 'EMPTY', detail: 'Nothing was decided, traded, measured or reported on that day.' }]
      : [],
  };
};
