import type { DailyLossRule, PhaseRules } from './phase-rules.js';
import type { PropFirmProgress } from './progress.js';

/** Binary dust of sums of money, as a fraction of the initial balance: a hundredth of a cent on 100,000. */
export const DUST = 1e-9;

/** The parts of an equity as statements list them, account currency; costs are negative. */
export interface EquityParts {
  readonly balance: number;
  readonly floating: number;
  readonly commissions?: number;
  readonly swaps?: number;
}

/** Equity as prop firms measure it: balance, floating profit, and the commission and swaps of what is open. */
export const equityOf = ({ balance, floating, commissions = 0, swaps = 0 }: EquityParts): number =>
  balance + floating + commissions + swaps;

/** Whether an equity breaks a floor. Equal is no breach where the rule says "below". */
export const breaks = (
  equity: number,
  floor: number,
  breach: 'below' | 'at',
  { initial }: Pick<PhaseRules, 'initial'>,
): boolean => (breach === 'at' ? equity <= floor + initial * DUST : equity < floor - initial * DUST);

/** The figure that a day's loss counts from when the day starts with these, account currency. */
export const dayBase = (rule: DailyLossRule, balance: number, equity: number): number => {
  if (rule.from === 'balance') return balance;
  return rule.from === 'equity' ? equity : Math.max(balance, equity);
};

/** What may be lost in a day that counts from `base`, account currency. */
export const dailyAllowance = ({ loss }: DailyLossRule, base: number): number =>
  'amount' in loss ? loss.amount : loss.ofStart * base;

const NONE = Number.NEGATIVE_INFINITY;

const dailyFloorFrom = (rule: DailyLossRule, balance: number, equity: number, reserve: number): number => {
  const base = dayBase(rule, balance, equity);
  return base - (1 - reserve) * dailyAllowance(rule, base);
};

const totalFloorFrom = ({ initial, totalLoss }: PhaseRules, peak: number, reserve: number): number => {
  const { trail, loss, ceiling } = totalLoss;
  return (trail === 'static' ? initial - loss : Math.min(peak - loss, ceiling)) + reserve * loss;
};

/**
 * The equity that the present day allows; `-Infinity` where the programme has no daily limit or no day has begun.
 * @param reserve - part of the allowance to keep unused, 0 to 1
 */
export const dailyFloor = ({ day }: PropFirmProgress, { dailyLoss }: PhaseRules, reserve = 0): number =>
  dailyLoss === undefined || day === null
    ? NONE
    : dailyFloorFrom(dailyLoss, day.balance, day.equity ?? day.balance, reserve);

/** The equity that the programme allows in total. Never falls. `reserve` as for {@link dailyFloor}. */
export const totalFloor = (progress: PropFirmProgress, rules: PhaseRules, reserve = 0): number => {
  const { highestBalance, highestEquity } = progress;
  return totalFloorFrom(
    rules,
    rules.totalLoss.trail === 'intraday' ? highestEquity : highestBalance,
    reserve,
  );
};

/** The floor that binds: the higher of the day's and the total one. `reserve` as for {@link dailyFloor}. */
export const effectiveFloor = (progress: PropFirmProgress, rules: PhaseRules, reserve = 0): number =>
  Math.max(dailyFloor(progress, rules, reserve), totalFloor(progress, rules, reserve));

/**
 * The floor that would bind if the day rolled now. A floating loss that is legal today can be a breach tomorrow: what today
 * earned raises the floor, and the loss still floats. `reserve` as for {@link dailyFloor}.
 */
export const nextFloor = (
  progress: PropFirmProgress,
  rules: PhaseRules,
  equity: number,
  reserve = 0,
): number => {
  const { balance, highestBalance } = progress;
  const { dailyLoss, totalLoss } = rules;
  if (balance === null) return NONE;
  const total =
    totalLoss.trail === 'end-of-day'
      ? totalFloorFrom(rules, Math.max(highestBalance, balance), reserve)
      : totalFloor(progress, rules, reserve);
  const daily = dailyLoss === undefined ? NONE : dailyFloorFrom(dailyLoss, balance, equity, reserve);
  return Math.max(total, daily);
};
