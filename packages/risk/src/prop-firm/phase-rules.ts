import { type DayRoll, MikroBotError } from '@mikrobot/core';
import type { Programme, ProgrammeAmount } from './programme.js';

/** What may be lost in a day. */
export interface DailyLossRule {
  /** In account currency, or as a fraction of the figure that the day starts from. */
  readonly loss: { readonly amount: number } | { readonly ofStart: number };
  readonly from: 'balance' | 'equity' | 'higher';
  readonly breach: 'below' | 'at';
  /** What a breach ends. */
  readonly ends: 'account' | 'day';
}

/** What may be lost in total. Amounts in account currency. */
export interface TotalLossRule {
  readonly loss: number;
  readonly trail: 'static' | 'end-of-day' | 'intraday';
  /** The floor rises no higher than this; `Infinity` where it has no end. */
  readonly ceiling: number;
  readonly breach: 'below' | 'at';
}

/** The rules of one phase for one account. Amounts in account currency. */
export interface PhaseRules {
  readonly programme: string;
  readonly title: string;
  readonly phase: string;
  readonly initial: number;
  readonly day: DayRoll;
  readonly dailyLoss: DailyLossRule | undefined;
  readonly totalLoss: TotalLossRule;
  /** Profit to reach; undefined where the phase has no target. */
  readonly target: number | undefined;
  readonly tradingDays: number;
  readonly profitableDays: { readonly days: number; readonly profit: number } | undefined;
  /** The largest share of the total profit that the best day may have; undefined where there is no such rule. */
  readonly bestDay: number | undefined;
}

const bad = (problem: string, where: string, hint: string): never => {
  throw new MikroBotError('BAD_CONFIG', problem, { where, hint });
};

/**
 * The rules of a programme's phase in the money of one account.
 * @param phase - its name; the first when left out
 * @param initial - initial balance in account currency; may be left out where the programme is for one size alone
 * @throws `MikroBotError` `BAD_CONFIG` when there is no such phase, or the size is missing or another than the programme's.
 */
export const phaseRules = (
  programme: Programme,
  phase: string = programme.phases[0]?.name ?? '',
  initial: number | undefined = programme.initial,
): PhaseRules => {
  const { id, title } = programme;
  const names = programme.phases.map((p) => p.name).join(', ');
  const found =
    programme.phases.find((p) => p.name === phase) ??
    bad(`${title} has no phase "${phase}".`, `${id}.phase`, `There are ${names}.`);
  if (initial === undefined)
    return bad('the initial balance is missing.', `${id}.initial`, 'Losses are measured from it.');
  if (programme.initial !== undefined && initial !== programme.initial)
    return bad(
      `${title} is for accounts of ${programme.initial}, not of ${initial}.`,
      `${id}.initial`,
      'Its amounts are those of one size: take the programme of your size or write it.',
    );
  const money = (of: ProgrammeAmount): number => ('amount' in of ? of.amount : of.fraction * initial);
  const { dailyLoss, totalLoss, profitableDays, target } = found;
  return {
    programme: id,
    title,
    phase,
    initial,
    day: programme.day,
    dailyLoss: dailyLoss && {
      loss:
        dailyLoss.of === 'start' && 'fraction' in dailyLoss.loss
          ? { ofStart: dailyLoss.loss.fraction }
          : { amount: money(dailyLoss.loss) },
      from: dailyLoss.from,
      breach: dailyLoss.breach,
      ends: dailyLoss.ends,
    },
    totalLoss: {
      loss: money(totalLoss.loss),
      trail: totalLoss.trail,
      ceiling: totalLoss.lockAt === undefined ? Number.POSITIVE_INFINITY : initial + totalLoss.lockAt,
      breach: totalLoss.breach,
    },
    target: target && money(target),
    tradingDays: found.tradingDays,
    profitableDays: profitableDays && { days: profitableDays.days, profit: money(profitableDays.profit) },
    bestDay: found.bestDay,
  };
};
