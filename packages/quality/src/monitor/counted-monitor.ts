import * as z from 'zod';
import { PHASE_ONE } from './learning.js';
import { SHIFT } from './measured-monitor.js';
import type { CountedMetric } from './process-plan.js';

/** Opportunities of phase I, and those of one point of a picture. */
const LEARNED = PHASE_ONE * 5;
const POINT = 20;
const SHOWN = 100;
/** A larger share of defects is never taken for usual, however steady, unless the plan accepts it. */
const MOST_USUAL = 0.1;
/** Different codes that are kept apart; others are counted as `OTHER`. */
const CODES = 50;
/** Where the log-likelihood ratio of a chart of counts signals; see the guide for how it was chosen. */
export const LIKELIHOOD = 12;

const count = z.number().int().min(0);

/** Checks a saved state of a counted metric. */
export const countedStateSchema = z.strictObject({
  kind: z.literal('counted'),
  /** What the plan said of the metric; what is known counts only as long as it says the same. */
  plan: z.string(),
  /** Opportunities so far, and the defects among them. */
  count,
  defects: count,
  /** Defects by code. */
  codes: z.record(z.string(), count),
  /** Of phase I; what is expected once it is over. */
  learning: z.strictObject({ count, defects: count }),
  expected: z.number().nullable(),
  /** The sum of log-likelihood ratios. */
  evidence: z.number().min(0),
  /** Defects of the last full points and of the open one. */
  points: z.array(count).max(SHOWN).readonly(),
  open: z.strictObject({ count, defects: count }),
  time: z.number().nullable(),
});

/** What is known of a counted metric: plain JSON. */
export type CountedState = z.output<typeof countedStateSchema>;

const none = { count: 0, defects: 0 };

/** Before the first opportunity. */
export const freshCounted: CountedState = {
  kind: 'counted',
  plan: '',
  count: 0,
  defects: 0,
  codes: {},
  learning: none,
  expected: null,
  evidence: 0,
  points: [],
  open: none,
  time: null,
};

const withOne = (sum: { readonly count: number; readonly defects: number }, isDefect: boolean) => ({
  count: sum.count + 1,
  defects: sum.defects + (isDefect ? 1 : 0),
});

/** A share of defects that is 1.5 standard deviations of a single opportunity worse. */
export const shiftedShare = (share: number): number =>
  Math.min(share + SHIFT * Math.sqrt(share * (1 - share)), (1 + share) / 2);

/** Evidence for the shifted share against the expected one (Bernoulli CUSUM, Reynolds & Stoumbos 1999). */
const ratio = (expected: number, isDefect: boolean): number => {
  const shifted = shiftedShare(expected);
  return isDefect ? Math.log(shifted / expected) : Math.log((1 - shifted) / (1 - expected));
};

/** Learns what is usual, or weighs what speaks for a worse share. */
const weighed = (state: CountedState, { acceptable }: CountedMetric, isDefect: boolean): CountedState => {
  if (state.expected !== null) {
    const evidence = Math.max(0, state.evidence + ratio(state.expected, isDefect));
    return { ...state, evidence: Math.min(2 * LIKELIHOOD, evidence) };
  }
  const learning = withOne(state.learning, isDefect);
  if (learning.count < LEARNED) return { ...state, learning };
  return {
    ...state,
    learning: none,
    expected: Math.max(acceptable, Math.min(MOST_USUAL, learning.defects / LEARNED)),
  };
};

const timesOf = ({ codes }: CountedState, code: string): number =>
  Object.hasOwn(codes, code) ? (codes[code] as number) : 0;

/** The code that a defect is counted under: JSON that is read again loses the name of the prototype. */
const codeOf = (state: CountedState, defect: string): string => {
  if (Object.hasOwn(state.codes, defect)) return defect;
  return defect !== '__proto__' && Object.keys(state.codes).length < CODES ? defect : 'OTHER';
};

/**
 * The state after an opportunity.
 * @param defect - its code; undefined when all was well
 * @param time - epoch ms
 */
export const countOne = (
  before: CountedState,
  metric: CountedMetric,
  defect: string | undefined,
  time: number,
): CountedState => {
  const isDefect = defect !== undefined;
  const state = weighed(before, metric, isDefect);
  const open = withOne(state.open, isDefect);
  const isFull = open.count >= POINT;
  const code = defect === undefined ? undefined : codeOf(state, defect);
  return {
    ...state,
    count: state.count + 1,
    defects: state.defects + (isDefect ? 1 : 0),
    codes: code === undefined ? state.codes : { ...state.codes, [code]: timesOf(state, code) + 1 },
    points: isFull ? [...state.points, open.defects].slice(-SHOWN) : state.points,
    open: isFull ? none : open,
    time,
  };
};

/** Whether defects are more frequent than they were. */
export const isWorse = ({ evidence }: CountedState): boolean => evidence > LIKELIHOOD;
