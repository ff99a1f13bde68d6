import {
  type Book,
  type Finding,
  MikroBotError,
  type ParsedCommand,
  type PolicyMemory,
  type RiskEvent,
  type RiskPolicy,
} from '@mikrobot/core';
import * as z from 'zod';
import { isMeasured } from '../streaming/moments.js';
import { freshOrders, heard, orderMemorySchema } from './bot-observations.js';
import { defaultPlan } from './default-plan.js';
import { freshMonitor, monitored, monitorStateSchema, releasedMonitor } from './process-monitor.js';
import { type ProcessPlan, processPlan, processPlanSchema } from './process-plan.js';
import { metricOf, type Observation } from './process-state.js';
import { type ProcessStatus, processStatus } from './process-status.js';
import { type GateVerdict, gateRulesSchema, type PauseReason, reasonsOf, verdictOf } from './verdict.js';

const NAME = 'qualityGate';

const settingsSchema = z.strictObject({
  ...gateRulesSchema.shape,
  /** What becomes of entries before there are enough data. */
  whileCollecting: z.enum(['pass', 'refuse']).default('pass'),
  /** `pause` refuses entries; `kill` also halts everything, cancels entries and closes positions; `watch` only tells. */
  reaction: z.enum(['pause', 'kill', 'watch']).default('pause'),
  plan: processPlanSchema.default(defaultPlan),
});

/** Settings of {@link qualityGate}; what has a default may be left out. */
export type QualityGateSettings = z.input<typeof settingsSchema>;
type Settings = z.output<typeof settingsSchema>;

const stateSchema = z.strictObject({ monitor: monitorStateSchema, orders: orderMemorySchema });

/** What a {@link qualityGate} remembers: `bot.policyState('qualityGate')`. */
export type QualityState = z.output<typeof stateSchema>;

const releaseSchema = z.strictObject({ metric: z.string().optional() });

/** A person's release; that of a policy does not count. */
const release = (state: QualityState, command: ParsedCommand): QualityState => {
  if (command.do !== 'tell' || command.policy !== NAME || command.by.startsWith('policy:')) return state;
  if (command.say !== 'release' && command.say !== 'relearn') return state;
  const data = releaseSchema.safeParse(command.data ?? {});
  if (!data.success) return state;
  const relearn = command.say === 'relearn';
  return { ...state, monitor: releasedMonitor(state.monitor, { ...data.data, relearn }) };
};

/** A plan need not have all that a bot tells, and what a venue tells need not be a number. */
const wantedBy =
  (plan: ProcessPlan) =>
  (observation: Observation): boolean =>
    metricOf(plan, observation.metric)?.kind === ('value' in observation ? 'measured' : 'counted') &&
    (!('value' in observation) || isMeasured(observation.value));

const next = (settings: Settings, state: QualityState, event: RiskEvent, book: Book): QualityState => {
  if (event.type === 'command') return release(state, event.command);
  const { orders, observations } = heard(state.orders, event, book);
  const wanted = observations.filter(wantedBy(settings.plan));
  if (orders === state.orders && wanted.length === 0) return state;
  return { orders, monitor: monitored(state.monitor, settings.plan, settings, wanted, book.now()) };
};

const reasonText = ({ metric, code, limit, actual }: PauseReason): string =>
  code === 'OUT_OF_CONTROL'
    ? `${metric} is out of control (${actual} over ${limit})`
    : `${metric} is not capable (lower bound of Cpk ${actual} under ${limit})`;

/** Reasons that were not there before. */
const fresh = (before: QualityState | undefined, after: QualityState): readonly PauseReason[] => {
  const known = before?.monitor.gate.reasons ?? [];
  return after.monitor.gate.reasons.filter(
    ({ metric, code }) => !known.some((reason) => reason.metric === metric && reason.code === code),
  );
};

const consequence = {
  pause: 'entries are refused',
  kill: 'everything is halted',
  watch: 'entries go on, for the gate only watches',
} as const;

const memoryOf = (settings: Settings): PolicyMemory<QualityState> => ({
  initial: { monitor: freshMonitor, orders: freshOrders },
  schema: stateSchema,
  next: (state, event, book) => next(settings, state, event, book),
  commands: (before, after) =>
    settings.reaction === 'kill' && before !== undefined
      ? fresh(before, after).map((reason) => ({
          do: 'kill',
          by: `policy:${NAME}`,
          reason: reasonText(reason),
        }))
      : [],
  alerts: (before, after) =>
    fresh(before, after).map((reason) => `${reasonText(reason)}; ${consequence[settings.reaction]}`),
});

const judge = (settings: Settings, { monitor }: QualityState): Finding | undefined => {
  if (settings.reaction === 'watch') return undefined;
  const [reason] = reasonsOf(monitor.gate, settings.plan);
  if (reason !== undefined) {
    const { metric, code, limit, actual } = reason;
    return { code, limit: `${metric} ${limit}`, actual };
  }
  if (settings.whileCollecting === 'pass') return undefined;
  const { collecting } = verdictOf(monitor.gate, monitor.process, settings.plan, settings);
  return collecting.length === 0
    ? undefined
    : { code: 'STILL_LEARNING', limit: 'enough data', actual: collecting.join(', ') };
};

const settingsOf = (given: QualityGateSettings): Settings => {
  const parsed = settingsSchema.safeParse(given);
  if (parsed.success) return { ...parsed.data, plan: processPlan(parsed.data.plan) };
  const { message, path } = parsed.error.issues[0]!;
  throw new MikroBotError('BAD_CONFIG', `${message}.`, {
    where: [NAME, ...path].join('.'),
    hint: `Its settings are ${Object.keys(settingsSchema.shape).join(', ')}.`,
    cause: parsed.error,
  });
};

/**
 * Stops trading when the bot's own process is out of control, or not shown to be capable: a policy that is fed by what the bot
 * does. Give it to a bot beside the policies of risk. What reduces risk always passes.
 *
 * A chart's signal stays until a person releases it (`{ do: 'tell', policy: 'qualityGate', say: 'release' }`, with
 * `data: { metric }` for one metric; `say: 'relearn'` also learns anew what is usual). A capability whose lower bound is under
 * the minimum pauses until it is shown again. Before there are enough data entries pass, unless `whileCollecting` is `'refuse'`.
 *
 * Codes: `OUT_OF_CONTROL`, `NOT_CAPABLE`, `STILL_LEARNING`.
 * @throws `MikroBotError` `BAD_CONFIG` for settings that make no sense.
 *
 * @example
 * ```ts
 * const bot = createBot({ adapter, run, risk: [fixedQuantity({ lots: 0.1 }), qualityGate({ minimumCpk: 1.33 })] });
 * qualityStatus(bot.policyState('qualityGate')).steps;
 * ```
 */
export const qualityGate = (given: QualityGateSettings = {}): RiskPolicy<QualityState> => {
  const settings = settingsOf(given);
  return {
    name: NAME,
    settings: { value: settings, with: (value) => qualityGate(value as QualityGateSettings) as RiskPolicy },
    memory: memoryOf(settings),
    judge: (_order, _signal, _book, state) => judge(settings, state),
  };
};

const parsedState = (memory: unknown): QualityState => {
  const parsed = stateSchema.safeParse(memory);
  if (parsed.success) return parsed.data;
  throw new MikroBotError('BAD_CONFIG', 'that is not what a qualityGate remembers.', {
    hint: "Give bot.policyState('qualityGate') of a bot that has one.",
    cause: parsed.error,
  });
};

/**
 * What a gate knows of each step, for dashboards and reports.
 * @param memory - `bot.policyState('qualityGate')`
 * @param settings - those of the gate, if they are not the default
 * @throws `MikroBotError` `BAD_CONFIG` when it is something else, or the settings make no sense
 */
export const qualityStatus = (memory: unknown, settings: QualityGateSettings = {}): ProcessStatus => {
  const { plan } = settingsOf(settings);
  return processStatus(plan, parsedState(memory).monitor);
};

/**
 * Whether a gate pauses, and why.
 * @param memory - `bot.policyState('qualityGate')`
 * @throws `MikroBotError` `BAD_CONFIG` when it is something else, or the settings make no sense
 */
export const qualityVerdict = (memory: unknown, settings: QualityGateSettings = {}): GateVerdict => {
  const { plan, ...rules } = settingsOf(settings);
  const { process, gate } = parsedState(memory).monitor;
  return verdictOf(gate, process, plan, rules);
};
