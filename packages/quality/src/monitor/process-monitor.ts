import { MikroBotError } from '@mikrobot/core';
import * as z from 'zod';
import { readSaved } from '../saved.js';
import { defaultPlan } from './default-plan.js';
import { type ProcessPlan, type ProcessPlanInput, processPlan } from './process-plan.js';
import { metricOf, type Observation, observe, processStateSchema, unknownMetric } from './process-state.js';
import { type ProcessStatus, processStatus } from './process-status.js';
import {
  type GateRules,
  type GateState,
  type GateVerdict,
  gateRulesSchema,
  judgeMetric,
  pauseReasonSchema,
  released,
  verdictOf,
} from './verdict.js';

/** Checks a saved state of a {@link ProcessMonitor}. */
export const monitorStateSchema = z.strictObject({
  process: processStateSchema,
  gate: z.strictObject({
    reasons: z.array(pauseReasonSchema).readonly(),
    shown: z.array(z.string()).readonly(),
  }),
});

/** What a monitor knows: plain JSON. */
export type MonitorState = z.output<typeof monitorStateSchema>;

/** Before anything was observed. */
export const freshMonitor: MonitorState = { process: {}, gate: { reasons: [], shown: [] } };

/** How strict a gate is when nobody says. */
export const defaultRules: GateRules = /* @__PURE__ */ gateRulesSchema.parse({});

const gateRules = (input: Partial<GateRules>): GateRules => {
  const parsed = gateRulesSchema.safeParse(input);
  if (parsed.success) return parsed.data;
  const { message, path } = parsed.error.issues[0]!;
  throw new MikroBotError('BAD_CONFIG', `${message}.`, {
    where: ['rules of a process monitor', ...path].join('.'),
    hint: `They are ${Object.keys(gateRulesSchema.shape).join(', ')}.`,
    cause: parsed.error,
  });
};

/** The state after observations, each in its order. Pure. @param time - epoch ms */
export const monitored = (
  state: MonitorState,
  plan: ProcessPlan,
  rules: GateRules,
  observations: readonly Observation[],
  time: number,
): MonitorState => {
  let { process } = state;
  let gate: GateState = state.gate;
  for (const observation of observations) {
    process = observe(process, plan, observation, time);
    const { metric: path } = observation;
    const metric = metricOf(plan, path);
    const known = process[path];
    if (metric !== undefined && known !== undefined)
      gate = judgeMetric(gate, path, metric, known, rules, time);
  }
  return process === state.process
    ? state
    : { process, gate: { reasons: [...gate.reasons], shown: [...gate.shown] } };
};

/** Which metrics a person releases; all of them when left out. */
export interface ReleaseOptions {
  /** `<step>.<metric>`. */
  readonly metric?: string | undefined;
  /** Learn anew what is usual. */
  readonly relearn?: boolean | undefined;
}

/** The state after a person's release. Pure. */
export const releasedMonitor = (
  { process, gate }: MonitorState,
  { metric, relearn = false }: ReleaseOptions,
): MonitorState => {
  const concerns = (path: string): boolean =>
    metric === undefined ? relearn || gate.reasons.some((reason) => reason.metric === path) : path === metric;
  return {
    process: Object.fromEntries(
      Object.entries(process).map(([path, state]) => [
        path,
        concerns(path) ? released(state, relearn) : state,
      ]),
    ),
    gate: {
      reasons: gate.reasons.filter((reason) => !concerns(reason.metric)),
      shown: gate.shown.filter((path) => !concerns(path)),
    },
  };
};

/** What a monitor is made of. */
export interface MonitorOptions {
  /** Default: {@link defaultPlan}. */
  readonly plan?: ProcessPlanInput | undefined;
  readonly rules?: Partial<GateRules> | undefined;
  /** What `state()` of an earlier monitor gave. */
  readonly state?: unknown;
}

/**
 * Watches a process: takes values and defects of its steps, learns what is usual, and says whether it is in control and capable.
 * Needs no bot; {@link qualityGate} feeds one from a bot's events.
 *
 * @example
 * ```ts
 * const monitor = new ProcessMonitor();
 * monitor.record('execution.latency', 142, Date.UTC(2024, 0, 8));
 * monitor.count('execution.failures', undefined, Date.UTC(2024, 0, 8));
 * monitor.gate().pause; // false
 * ```
 */
export class ProcessMonitor {
  readonly plan: ProcessPlan;
  readonly rules: GateRules;
  #state: MonitorState;

  /** @throws `MikroBotError` `BAD_CONFIG` for a plan or rules that make no sense, `BAD_DATA` for a state that is none. */
  constructor({ plan, rules, state }: MonitorOptions = {}) {
    this.plan = plan === undefined ? defaultPlan : processPlan(plan);
    this.rules = gateRules(rules ?? {});
    this.#state =
      state === undefined
        ? freshMonitor
        : readSaved(monitorStateSchema, state, 'the state of a process monitor');
  }

  /**
   * Takes a measured value.
   * @param metric - `<step>.<metric>`
   * @param time - epoch ms
   * @throws `MikroBotError` `BAD_DATA` when the plan has no such metric, it is counted, or the value or the time is not finite.
   */
  record(metric: string, value: number, time: number): void {
    this.#observe({ metric, value }, time);
  }

  /**
   * Takes an opportunity.
   * @param defect - its code; undefined when all was well
   * @throws `MikroBotError` `BAD_DATA` when the plan has no such metric, it is measured, or the time is not finite.
   */
  count(metric: string, defect: string | undefined, time: number): void {
    this.#observe({ metric, defect }, time);
  }

  /** What is known of each step. */
  status(): ProcessStatus {
    return processStatus(this.plan, this.#state);
  }

  /** Whether trading should pause, and why. */
  gate(): GateVerdict {
    return verdictOf(this.#state.gate, this.#state.process, this.plan, this.rules);
  }

  /**
   * A person's word that the cause was found.
   * @throws `MikroBotError` `BAD_DATA` when the plan has no such metric.
   */
  release(options: ReleaseOptions = {}): void {
    const { metric } = options;
    if (metric !== undefined && metricOf(this.plan, metric) === undefined)
      throw unknownMetric(this.plan, metric);
    this.#state = releasedMonitor(this.#state, options);
  }

  /** Plain JSON from which another monitor goes on. */
  state(): MonitorState {
    return this.#state;
  }

  #observe(observation: Observation, time: number): void {
    if (!Number.isFinite(time)) {
      throw new MikroBotError('BAD_DATA', `the time of a measurement is ${String(time)}.`, {
        hint: 'Give epoch ms, such as Date.now().',
      });
    }
    this.#state = monitored(this.#state, this.plan, this.rules, [observation], time);
  }
}
