import * as z from 'zod';
import { lowerBoundOf } from './capability-of.js';
import { freshCounted, isWorse, LIKELIHOOD } from './counted-monitor.js';
import { driftOf, freshMeasured, THRESHOLD } from './measured-monitor.js';
import type { Metric, ProcessPlan } from './process-plan.js';
import { type MetricState, metricOf, type ProcessState, pathsOf, stateOf } from './process-state.js';

/** How strict a gate is. */
export interface GateRules {
  /** What the lower confidence bound of a metric's Cpk must reach. */
  readonly minimumCpk: number;
  /** How far below that it may fall again before the gate pauses once more. */
  readonly margin: number;
  /** Values below which no capability is judged. */
  readonly minimumValues: number;
}

export const pauseReasonSchema = z.strictObject({
  /** `<step>.<metric>`. */
  metric: z.string(),
  code: z.enum(['OUT_OF_CONTROL', 'NOT_CAPABLE']),
  limit: z.union([z.number(), z.string()]),
  actual: z.union([z.number(), z.string()]),
  /** Epoch ms. */
  since: z.number(),
});

/** Why a gate pauses trading. */
export type PauseReason = z.output<typeof pauseReasonSchema>;

/** What a gate says: plain data that any bot, dashboard or policy can act on. */
export interface GateVerdict {
  /** Whether nothing new should be begun. What reduces risk must go on. */
  readonly pause: boolean;
  /** Empty while `pause` is false. */
  readonly reasons: readonly PauseReason[];
  /** Metrics that pause a gate and for which there are too few values yet. */
  readonly collecting: readonly string[];
}

/** What holds a gate shut, and which metrics have once been capable. */
export interface GateState {
  readonly reasons: readonly PauseReason[];
  readonly shown: readonly string[];
}

/** Rounded for people; JSON has no infinity. */
const shown = (value: number): number | string =>
  Number.isFinite(value) ? Number(value.toPrecision(4)) : 'beyond the specification';

const outOfControl = (
  state: MetricState,
  metric: Metric,
): Pick<PauseReason, 'limit' | 'actual'> | undefined => {
  if (state.kind === 'counted')
    return isWorse(state) ? { limit: LIKELIHOOD, actual: shown(state.evidence) } : undefined;
  if (metric.kind !== 'measured' || driftOf(state, metric) !== 'worse') return undefined;
  return { limit: THRESHOLD, actual: shown(Math.max(state.upper, state.lower)) };
};

/** The lower bound that counts; undefined while there is none. */
const bound = (state: MetricState, metric: Metric, { minimumValues }: GateRules): number | undefined =>
  state.kind === 'measured' &&
  metric.kind === 'measured' &&
  state.capable !== null &&
  state.recent.length >= minimumValues
    ? lowerBoundOf(state.capable, state.recent, metric.specification)
    : undefined;

/**
 * The gate after a metric changed. A chart's signal latches until a person releases it. A capability that is not shown ends by
 * itself when it is shown, and must then fall by `margin` to count again.
 * @param time - epoch ms
 */
export const judgeMetric = (
  gate: GateState,
  path: string,
  metric: Metric,
  state: MetricState,
  rules: GateRules,
  time: number,
): GateState => {
  const has = (code: PauseReason['code']): boolean =>
    gate.reasons.some((reason) => reason.metric === path && reason.code === code);
  let { reasons, shown: capable } = gate;
  const signal = metric.gates.includes('control') ? outOfControl(state, metric) : undefined;
  if (signal !== undefined && !has('OUT_OF_CONTROL'))
    reasons = [...reasons, { metric: path, code: 'OUT_OF_CONTROL', ...signal, since: time }];
  const lower = metric.gates.includes('capability') ? bound(state, metric, rules) : undefined;
  if (lower === undefined) return reasons === gate.reasons ? gate : { reasons, shown: capable };
  const was = capable.includes(path);
  const enough = lower >= rules.minimumCpk - (was ? rules.margin : 0);
  if (enough && !was) capable = [...capable, path];
  if (!enough && was) capable = capable.filter((other) => other !== path);
  if (enough)
    reasons = has('NOT_CAPABLE')
      ? reasons.filter((r) => r.metric !== path || r.code !== 'NOT_CAPABLE')
      : reasons;
  else if (!has('NOT_CAPABLE')) {
    const actual = shown(lower);
    reasons = [
      ...reasons,
      { metric: path, code: 'NOT_CAPABLE', limit: rules.minimumCpk, actual, since: time },
    ];
  }
  return reasons === gate.reasons && capable === gate.shown ? gate : { reasons, shown: capable };
};

const isCollecting = (state: MetricState, metric: Metric, rules: GateRules): boolean => {
  if (state.kind === 'counted') return metric.gates.length > 0 && state.expected === null;
  const learns = metric.gates.includes('control') && state.limits === null;
  return learns || (metric.gates.includes('capability') && bound(state, metric, rules) === undefined);
};

/** What a gate says at present. */
export const verdictOf = (
  { reasons }: GateState,
  process: ProcessState,
  plan: ProcessPlan,
  rules: GateRules,
): GateVerdict => ({
  pause: reasons.length > 0,
  reasons,
  collecting: pathsOf(plan).filter((path) => {
    const metric = metricOf(plan, path) as Metric;
    return isCollecting(stateOf(process, path, metric), metric, rules);
  }),
});

/**
 * A metric after a person's release: what was summed up against it is forgotten, and its capability is judged by new values.
 * @param relearn - what is usual is learned anew, too: for a process that was changed on purpose
 */
export const released = (state: MetricState, relearn: boolean): MetricState => {
  if (state.kind === 'counted')
    return relearn
      ? { ...freshCounted, count: state.count, defects: state.defects, codes: state.codes }
      : { ...state, evidence: 0 };
  const anew = { ...state, upper: 0, lower: 0, group: [], recent: [], capable: null };
  return relearn ? { ...anew, learning: freshMeasured.learning, limits: null } : anew;
};
