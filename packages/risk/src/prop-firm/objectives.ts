import { DUST } from './floors.js';
import type { PhaseRules } from './phase-rules.js';
import { type PropFirmProgress, profitOfDay } from './progress.js';

/** How the best day stands to all profit. */
export interface BestDayStanding {
  /** Profit of the best day, account currency. */
  readonly best: number;
  /** The best day's share of the total profit; undefined while there is no profit. */
  readonly ratio: number | undefined;
  /** Whether the share is allowed. Exceeding it breaks no rule: the account trades on until it is met. */
  readonly met: boolean;
  /** Total profit from which on the rule is met, account currency. */
  readonly totalNeeded: number;
}

/** How far an objective is. */
export interface DayCount {
  readonly done: number;
  readonly needed: number;
  readonly met: boolean;
}

/** How an account stands to what its phase asks for. Amounts in account currency. */
export interface Objectives {
  /** Profit of closed trades since the phase began; negative is a loss. */
  readonly profit: number;
  /** Profit to reach; undefined where the phase has no target. */
  readonly target: number | undefined;
  /** Whether the target is reached by closed trades, and what floats does not take it back. */
  readonly targetReached: boolean;
  readonly tradingDays: DayCount;
  readonly profitableDays: DayCount | undefined;
  readonly bestDay: BestDayStanding | undefined;
  /** All is met and no rule was broken. A phase without a target is never passed. */
  readonly passed: boolean;
}

const counted = (done: number, needed: number): DayCount => ({ done, needed, met: done >= needed });

/** @param share - the largest share that the best day may have, 0 to 1 */
const bestDayStanding = (best: number, total: number, share: number, dust: number): BestDayStanding => ({
  best,
  ratio: total > 0 ? best / total : undefined,
  met: best <= share * total + dust,
  totalNeeded: best / share,
});

/**
 * How an account stands to what its phase asks for, with what the present day has brought so far.
 * @param equity - account currency
 */
export const objectivesOf = (progress: PropFirmProgress, rules: PhaseRules, equity: number): Objectives => {
  const { initial, target } = rules;
  const dust = initial * DUST;
  const balance = progress.balance ?? initial;
  const profit = balance - initial;
  const today = profitOfDay(progress);
  const targetReached = target !== undefined && Math.min(balance, equity) >= initial + target - dust;
  const tradingDays = counted(progress.tradingDays, rules.tradingDays);
  const { profitableDays: asked, bestDay: share } = rules;
  const profitableDays =
    asked && counted(progress.profitableDays + Number(today >= asked.profit), asked.days);
  const bestDay =
    share === undefined ? undefined : bestDayStanding(Math.max(progress.bestDay, today), profit, share, dust);
  const met = tradingDays.met && profitableDays?.met !== false && bestDay?.met !== false;
  return {
    profit,
    target,
    targetReached,
    tradingDays,
    profitableDays,
    bestDay,
    passed: targetReached && met && progress.breach === null,
  };
};
