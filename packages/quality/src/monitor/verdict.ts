import * as z from 'zod';
import { boundsOf } from './capability-of.js';
import { freshCounted, isWorse, LIKELIHOOD } from './counted-monitor.js';
import { driftOf, freshMeasured, RECENT, THRESHOLD } from './measured-monitor.js';
import type { Metric, ProcessPlan } from './process-plan.js';
import { type MetricState, metricOf, type ProcessState, pathsOf, stateOf } from './process-state.js';

/** Checks {@link GateRules}. */
export const gateRulesSchema = z.strictObject({
  /** What the lower confidence bound of a metric's Cpk must reach. */
  minimumCpk: z.number().positive().default(2),
  /** How far below that it may fall again before entries are paused once more. */
  margin: z.number().min(0).default(0.25),
  /** Values from which the lower bound counts; below them only a capability that is ruled out. */
  minimumValues: z.number().int().min(25).max(RECENT).default(RECENT),
});

/** How strict a gate is. */
export type GateRules = Readonly<z.output<typeof gateRulesSchema>>;

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

const shown = (value: number): number => Number(value.toPrecision(4));

const outOfControl = (
  state: MetricState,
  metric: Metric,
): Pick<PauseReason, 'limit' | 'actual'> | undefined => {
  if (state.kind === 'counted')
    return isWorse(state) ? { limit: LIKELIHOOD, actual: shown(state.evidence) } : undefined;
  if (metric.kind !== 'measured' || driftOf(state, metric) !== 'worse') return undefined;
  return { limit: THRESHOLD, actual: shown(Math.max(state.upper, state.lower)) };
};

/** Whether a capability speaks for or against a metric; undefined while there is too little to say so. */
const isCapable = (
  gate: GateState,
  path: string,
  metric: Metric,
  state: MetricState,
  { minimumCpk, margin, minimumValues }: GateRules,
): boolean | undefined => {
  if (state.kind !== 'measured' || metric.kind !== 'measured' || state.capable === null) return undefined;
  const { lower, upper } = boundsOf(state.capable, state.recent, metric.specification);
  if (state.capable.n < minimumValues) return upper !== undefined && upper < minimumCpk ? false : undefined;
  // A change for the better tears the values apart, which widens the interval: no reason to stop.
  if (lower === undefined || driftOf(state, metric) === 'better') return undefined;
  return lower >= minimumCpk - (gate.shown.includes(path) ? margin : 0);
};

const signalled = (gate: GateState, path: string, code: PauseReason['code']): boolean =>
  gate.reasons.some((reason) => reason.metric === path && reason.code === code);

const withReason = (gate: GateState, reason: PauseReason): GateState =>
  signalled(gate, reason.metric, reason.code) ? gate : { ...gate, reasons: [...gate.reasons, reason] };

const without = (gate: GateState, path: string): GateState => ({
  ...gate,
  reasons: gate.reasons.filter(({ metric, code }) => metric !== path || code !== 'NOT_CAPABLE'),
});

/**
 * The gate after a metric changed.
 *
 * A chart's signal latches until a person releases it. Capability is judged by its 95 % interval: below `minimumValues` values the
 * gate pauses only when the upper end is under the minimum; from then on when the lower end is. It opens by itself when the lower
 * end reaches the minimum, and that must then fall by `margin` to count again.
 * @param time - epoch ms
 */
export const judgeMetric = (
  before: GateState,
  path: string,
  metric: Metric,
  state: MetricState,
  rules: GateRules,
  time: number,
): GateState => {
  const signal = metric.gates.includes('control') ? outOfControl(state, metric) : undefined;
  const gate =
    signal === undefined
      ? before
      : withReason(before, { metric: path, code: 'OUT_OF_CONTROL', ...signal, since: time });
  const capable = metric.gates.includes('capability')
    ? isCapable(gate, path, metric, state, rules)
    : undefined;
  if (capable === undefined) return gate;
  const rest = gate.shown.filter((other) => other !== path);
  if (capable) return gate.shown.includes(path) ? gate : { ...without(gate, path), shown: [...rest, path] };
  const actual = state.kind === 'measured' ? (state.capable?.lower ?? 'beyond the specification') : '';
  const found = { limit: rules.minimumCpk, actual: typeof actual === 'number' ? shown(actual) : actual };
  return { ...withReason(gate, { metric: path, code: 'NOT_CAPABLE', ...found, since: time }), shown: rest };
};

const isCollecting = (state: MetricState, metric: Metric, rules: GateRules): boolean => {
  if (state.kind === 'counted') return metric.gates.length > 0 && state.expected === null;
  const learns = metric.gates.includes('control') && state.limits === null;
  return learns || (metric.gates.includes('capability') && state.recent.length < rules.minimumValues);
};

/** The reasons that a plan still has a metric for. */
export const reasonsOf = ({ reasons }: GateState, plan: ProcessPlan): readonly PauseReason[] =>
  reasons.filter(({ metric }) => metricOf(plan, metric) !== undefined);

/** What a gate says at present. */
export const verdictOf = (
  gate: GateState,
  process: ProcessState,
  plan: ProcessPlan,
  rules: GateRules,
): GateVerdict => ({
  pause: reasonsOf(gate, plan).length > 0,
  reasons: reasonsOf(gate, plan),
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
      ? { ...freshCounted, plan: state.plan, count: state.count, defects: state.defects, codes: state.codes }
      : { ...state, evidence: 0 };
  const anew = { ...state, upper: 0, lower: 0, group: [], recent: [], capable: null };
  return relearn ? { ...anew, learning: freshMeasured.learning, limits: null } : anew;
};
