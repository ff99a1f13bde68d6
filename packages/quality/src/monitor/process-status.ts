import { type Capable, capabilityOf } from './capability-of.js';
import { shiftedShare } from './counted-monitor.js';
import { driftOf, EVERY, pointSigma } from './measured-monitor.js';
import type { MonitorState } from './process-monitor.js';
import type { CountedMetric, MeasuredMetric, Metric, ProcessPlan } from './process-plan.js';
import { stateOf } from './process-state.js';
import { type PauseReason, reasonsOf } from './verdict.js';

/** `collecting`: too little is known yet. */
export type ControlStatus = 'collecting' | 'in-control' | 'out-of-control' | 'not-capable';

/** What is known of a measured metric. */
export interface MeasuredStatus {
  readonly kind: 'measured';
  readonly metric: MeasuredMetric;
  /** `<step>.<metric>`. */
  readonly path: string;
  readonly status: ControlStatus;
  readonly count: number;
  /** Values beyond the specification. */
  readonly outside: number;
  /** What is usual: mean and standard deviation of a point; undefined while it is learned. */
  readonly usual: { readonly center: number; readonly sigma: number } | undefined;
  readonly drift: 'worse' | 'better' | undefined;
  /** By the last values; undefined while there are fewer than 25. */
  readonly capable: Capable | undefined;
  /** The last values, oldest first. */
  readonly recent: readonly number[];
  /** The last points of the chart: means of subgroups, oldest first. */
  readonly points: readonly number[];
}

/** What is known of a counted metric. */
export interface CountedStatus {
  readonly kind: 'counted';
  readonly metric: CountedMetric;
  readonly path: string;
  readonly status: ControlStatus;
  readonly count: number;
  readonly defects: number;
  readonly codes: Readonly<Record<string, number>>;
  /** The share of defects that is usual, and the one that the chart looks for; undefined while it is learned. */
  readonly usual: { readonly share: number; readonly shifted: number } | undefined;
}

/** What is known of a metric. */
export type MetricStatus = MeasuredStatus | CountedStatus;

/** What is known of a step: the worst of its metrics that can pause the gate. */
export interface StepStatus {
  readonly name: string;
  readonly title: string;
  readonly status: ControlStatus;
  readonly metrics: readonly MetricStatus[];
}

/** What is known of a process. */
export interface ProcessStatus {
  readonly status: ControlStatus;
  readonly steps: readonly StepStatus[];
  readonly reasons: readonly PauseReason[];
}

const order: readonly ControlStatus[] = ['in-control', 'collecting', 'not-capable', 'out-of-control'];

const worst = (all: readonly ControlStatus[]): ControlStatus =>
  order[Math.max(0, ...all.map((status) => order.indexOf(status)))] as ControlStatus;

const metricStatus = (path: string, metric: Metric, { process, gate }: MonitorState): MetricStatus => {
  const state = stateOf(process, path, metric);
  const has = (code: PauseReason['code']): boolean =>
    gate.reasons.some((reason) => reason.metric === path && reason.code === code);
  if (state.kind === 'counted' && metric.kind === 'counted') {
    const { count, defects, codes, expected } = state;
    const known = expected === null ? 'collecting' : 'in-control';
    return {
      kind: 'counted',
      metric,
      path,
      status: has('OUT_OF_CONTROL') ? 'out-of-control' : known,
      count,
      defects,
      codes,
      usual: expected === null ? undefined : { share: expected, shifted: shiftedShare(expected) },
    };
  }
  const measured = metric as MeasuredMetric;
  const { count, outside, recent, points, limits, capable } = state as Extract<
    typeof state,
    { kind: 'measured' }
  >;
  const known = limits === null ? 'collecting' : 'in-control';
  const notCapable = has('NOT_CAPABLE') ? 'not-capable' : known;
  return {
    kind: 'measured',
    metric: measured,
    path,
    status: has('OUT_OF_CONTROL') ? 'out-of-control' : notCapable,
    count,
    outside,
    usual: limits === null ? undefined : { center: limits.center, sigma: pointSigma(measured, limits.sigma) },
    drift: driftOf(state as Extract<typeof state, { kind: 'measured' }>, measured),
    capable: capable ?? (recent.length < EVERY ? undefined : capabilityOf(recent, measured)),
    recent,
    points,
  };
};

/** What is known of each step of a process. */
export const processStatus = (plan: ProcessPlan, state: MonitorState): ProcessStatus => {
  const steps = plan.steps.map(({ name, title, metrics }): StepStatus => {
    const all = metrics.map((metric) => metricStatus(`${name}.${metric.name}`, metric, state));
    const gating = all.filter(({ metric }) => metric.gates.length > 0);
    return { name, title, status: worst(gating.map(({ status }) => status)), metrics: all };
  });
  return { status: worst(steps.map(({ status }) => status)), steps, reasons: reasonsOf(state.gate, plan) };
};
