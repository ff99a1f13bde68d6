import type { Decision, PolicyVerdict, Refusal, Stage } from './decision.js';
import type { OrderRequest } from './order.js';
import type { Signal } from './signal.js';

/** What a rule or policy objects to. With `hold` (ms, `Infinity` for no end) a person may still say yes within that time. */
export interface Finding {
  /** Stable code; see `refusalCodes`. */
  readonly code: string;
  readonly limit: number | string;
  readonly actual: number | string;
  readonly hold?: number | undefined;
}

/** Whether what a rule or policy answered is a finding: those of authors without a compiler may answer anything. */
export const isFinding = (answer: unknown): answer is Finding =>
  typeof answer === 'object' && answer !== null && 'code' in answer && typeof answer.code === 'string';

const NONE: readonly PolicyVerdict[] = [];

/** The last time that a Date can hold, epoch ms: the end of a hold without an end, for JSON has no Infinity. */
export const FOREVER = 8.64e15;

/** A refusal as the final decision on a signal. */
export const refused = (
  signal: Signal,
  time: number,
  refusal: Refusal,
  verdicts: readonly PolicyVerdict[] = NONE,
): Decision => ({ kind: 'decision', outcome: 'refused', signal, time, verdicts, refusal });

/** The decision that a finding leads to: held when the finding allows a person to decide, else refused. */
export const stopped = (
  stage: Stage,
  rule: string,
  signal: Signal,
  time: number,
  finding: Finding,
  verdicts: readonly PolicyVerdict[] = NONE,
): Decision => {
  const refusal: Refusal = { stage, rule, code: finding.code, limit: finding.limit, actual: finding.actual };
  return finding.hold === undefined
    ? refused(signal, time, refusal, verdicts)
    : {
        kind: 'decision',
        outcome: 'held',
        signal,
        time,
        verdicts,
        refusal,
        until: Math.min(time + finding.hold, FOREVER),
      };
};

/** The venue took the order. */
export const executed = (
  signal: Signal,
  time: number,
  order: OrderRequest,
  verdicts: readonly PolicyVerdict[],
): Decision => ({ kind: 'decision', outcome: 'executed', signal, time, verdicts, order });

/** Nobody knows yet whether the venue has the order; it is being asked. */
export const unresolved = (
  signal: Signal,
  time: number,
  order: OrderRequest,
  verdicts: readonly PolicyVerdict[],
  detail: string,
): Decision => ({ kind: 'decision', outcome: 'unknown', signal, time, verdicts, order, detail });
