import { MikroBotError } from '@mikrobot/core';
import {
  callFaults,
  eventFaults,
  type FaultRule,
  type FaultScript,
  faultyCalls,
  faultyEvents,
  orderEventTypes,
} from './script.js';

const calls: ReadonlySet<string> = new Set(faultyCalls);
const events: ReadonlySet<string> = new Set([
  ...faultyEvents,
  ...orderEventTypes.map((type) => `order:${type}`),
]);
const onCalls: ReadonlySet<string> = new Set(callFaults);
const onEvents: ReadonlySet<string> = new Set(eventFaults);
const commands: ReadonlySet<string> = new Set(['submit', 'amend', 'cancel']);
const ordered: ReadonlySet<string> = new Set(['submit', 'amend']);

const isCount = (n: number): boolean => Number.isInteger(n) && n >= 1;

const msOf = ({ ms }: FaultRule): readonly number[] =>
  ms === undefined ? [] : typeof ms === 'number' ? [ms] : ms;

/** What is wrong with a rule; undefined when it can fire. */
const faultOf = (rule: FaultRule): string | undefined => {
  const { on, do: kind, nth, rate, most, purpose, as, when, line } = rule;
  if (!calls.has(on) && !events.has(on)) return `on: "${on}" is no call and no event`;
  if (!(calls.has(on) ? onCalls : onEvents).has(kind)) return `do: "${kind}" cannot happen to ${on}`;
  if (kind === 'incomplete' && on !== 'snapshot') return 'do: only a snapshot can be incomplete';
  if (kind === 'refuse' && !commands.has(on)) return `do: ${on} has no rejection`;
  if (nth !== undefined && rate !== undefined) return 'nth and rate: one of them';
  if (nth !== undefined && ![nth].flat().every(isCount)) return `nth: ${String(nth)} is counted from 1`;
  if (rate !== undefined && !(rate >= 0 && rate <= 1)) return `rate: ${rate} is not from 0 to 1`;
  if (most !== undefined && !isCount(most)) return `most: ${most} is no count`;
  if (purpose !== undefined && !ordered.has(on)) return `purpose: ${on} does not tell it`;
  if (!msOf(rule).every((ms) => ms >= 0 && ms < Number.POSITIVE_INFINITY)) return 'ms: not from 0 up';
  if (as === 'unknown' && calls.has(on) && !commands.has(on) && on !== 'query')
    return `as: ${on} has no outcome unknown`;
  if (when !== undefined && !(calls.has(on) && (kind === 'cut' || kind === 'sever')))
    return 'when: only for cut and sever on a call';
  if (line !== undefined && kind !== 'cut') return 'line: only for cut';
  return undefined;
};

/** @throws `MikroBotError` `BAD_CONFIG` naming the rule that could never fire or says two things. */
export const checkScript = ({ rules = [] }: FaultScript): void => {
  rules.forEach((rule, i) => {
    const fault = faultOf(rule);
    if (fault === undefined) return;
    throw new MikroBotError('BAD_CONFIG', `${fault}.`, {
      where: `fault script, rule ${i + 1}`,
      hint: 'See FaultRule for what can be said.',
    });
  });
};
