import { MikroBotError } from '@mikrobot/core';
import { remembered } from '../remembered.js';
import { dailyFloor, nextFloor, totalFloor } from './floors.js';
import { type Objectives, objectivesOf } from './objectives.js';
import { phaseRules } from './phase-rules.js';
import type { Programme } from './programme.js';
import { observeAccount, type PropFirmProgress, profitOfDay, progressSchema } from './progress.js';

const WHERE = 'propFirmStatus';

/** An account at a moment. */
export interface AccountLook {
  /** Account currency. */
  readonly balance: number;
  /** Account currency, with all that floats. */
  readonly equity: number;
  /** Epoch ms. */
  readonly now: number;
}

/** How an account stands under its programme, for dashboards. Amounts in account currency, times in epoch ms. */
export interface PropFirmStatus extends Objectives {
  readonly programme: string;
  readonly title: string;
  readonly phase: string;
  readonly initial: number;
  readonly balance: number;
  readonly equity: number;
  /** The firm's present day. `floor` and `room` are undefined where the programme has no daily limit. */
  readonly day: {
    readonly start: number;
    readonly end: number;
    readonly profit: number;
    readonly floor: number | undefined;
    readonly room: number | undefined;
  };
  readonly total: { readonly floor: number; readonly room: number };
  /** The floor that binds, and what may be lost until it. Negative below it. */
  readonly floor: number;
  readonly room: number;
  readonly binding: 'daily' | 'total';
  /** The floor that would bind if the day rolled now; `trapped` when the equity is legal today and would not be then. */
  readonly afterRoll: { readonly floor: number; readonly room: number; readonly trapped: boolean };
  readonly breach: PropFirmProgress['breach'];
  readonly lockedUntil: number | null;
}

/**
 * How an account stands now.
 * @param state - what the policy remembers, `bot.policyState('propFirm')`, or a {@link PropFirmProgress} kept by hand
 * @throws `MikroBotError` `BAD_CONFIG` when the state is none, or the programme is not its own or has no such phase any more
 *
 * @example
 * ```ts
 * const { balance, equity } = bot.book.account();
 * const look = { balance, equity, now: bot.book.now() };
 * const status = propFirmStatus(bot.policyState('propFirm'), look, programmes.ftmoTwoStep);
 * console.log(describeStatus(status));
 * ```
 */
export const propFirmStatus = (
  state: unknown,
  { balance, equity, now }: AccountLook,
  programme: Programme,
): PropFirmStatus => {
  const before = remembered(progressSchema, state, 'propFirm', WHERE);
  const { programme: id, phase, initial } = before;
  if (id !== programme.id)
    throw new MikroBotError('BAD_CONFIG', `the state is of "${id}", not of "${programme.id}".`, {
      where: WHERE,
      hint: 'Give it the programme that the policy was made with.',
    });
  const rules = phaseRules(programme, phase, initial);
  const progress = observeAccount(before, rules, now, balance, equity);
  const daily = dailyFloor(progress, rules);
  const total = totalFloor(progress, rules);
  const then = nextFloor(progress, rules, equity);
  const floor = Math.max(daily, total);
  const limited = rules.dailyLoss !== undefined;
  return {
    programme: rules.programme,
    title: rules.title,
    phase: rules.phase,
    initial: rules.initial,
    balance,
    equity,
    day: {
      start: progress.day?.start ?? now,
      end: progress.day?.end ?? now,
      profit: profitOfDay(progress),
      floor: limited ? daily : undefined,
      room: limited ? equity - daily : undefined,
    },
    total: { floor: total, room: equity - total },
    floor,
    room: equity - floor,
    binding: daily > total ? 'daily' : 'total',
    afterRoll: { floor: then, room: equity - then, trapped: equity < then && equity >= floor },
    ...objectivesOf(progress, rules, equity),
    breach: progress.breach,
    lockedUntil: progress.lockedUntil,
  };
};

const stateOf = ({ breach, lockedUntil, passed, afterRoll }: PropFirmStatus): string => {
  if (breach !== null) return `, ${breach.rule} limit BROKEN ${new Date(breach.time).toISOString()}`;
  if (lockedUntil !== null) return `, locked until ${new Date(lockedUntil).toISOString()}`;
  if (afterRoll.trapped) return `, would break the floor ${afterRoll.floor.toFixed(2)} after the roll`;
  return passed ? ', passed' : '';
};

/** A status as one line. */
export const describeStatus = (status: PropFirmStatus): string => {
  const { title, phase, equity, floor, binding, day, total, profit, target, tradingDays, bestDay } = status;
  const today = day.room === undefined ? '' : `today ${day.room.toFixed(2)}, `;
  const aim = target === undefined ? '' : ` of ${target.toFixed(2)}`;
  const days = tradingDays.needed === 0 ? '' : `, ${tradingDays.done} of ${tradingDays.needed} trading days`;
  const ratio = bestDay?.ratio;
  const best = ratio === undefined ? '' : `, best day ${(ratio * 100).toFixed(0)} %`;
  return (
    `${title} ${phase}: equity ${equity.toFixed(2)}, floor ${floor.toFixed(2)} (${binding}), ` +
    `room ${today}total ${total.room.toFixed(2)}, profit ${profit.toFixed(2)}${aim}${days}${best}${stateOf(status)}`
  );
};
