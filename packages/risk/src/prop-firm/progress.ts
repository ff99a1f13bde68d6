import { tradingDay } from '@mikrobot/core';
import * as z from 'zod';
import { breaks, dailyFloor, totalFloor } from './floors.js';
import type { PhaseRules } from './phase-rules.js';

const money = z.number().finite();
const time = z.number().finite();
const count = z.number().int().nonnegative();

/** See {@link PropFirmProgress}. */
export const progressSchema = z.strictObject({
  programme: z.string(),
  phase: z.string(),
  initial: money,
  /** The firm's present day (epoch ms), with the figures that it began with; `equity` is null until it is known. */
  day: z.strictObject({ start: time, end: time, balance: money, equity: money.nullable() }).nullable(),
  /** The balance last seen; null before anything was. */
  balance: money.nullable(),
  /** The highest balance that a day ended with; at least the initial one. */
  highestBalance: money,
  /** The highest equity seen, where the programme's floor trails it; else the initial balance. */
  highestEquity: money,
  /** Days with an opening. */
  tradingDays: count,
  /** Start of the day of the last opening. */
  lastOpening: time.nullable(),
  /** Finished days with enough profit. */
  profitableDays: count,
  /** Profit of the best finished day, at least 0. */
  bestDay: money,
  /** The rule that ended the account, with the floor and the equity of that moment. */
  breach: z.strictObject({ rule: z.enum(['daily', 'total']), time, floor: money, equity: money }).nullable(),
  /** Until when a soft daily limit locks the account. */
  lockedUntil: time.nullable(),
  /** Whether positions are being closed to keep a floor, until nothing floats. */
  closing: z.boolean(),
});

/**
 * How an account stands under a programme: plain JSON, changed only by the functions here. Amounts in account currency, times in
 * epoch ms. It is bounded: it holds figures, not days.
 */
export type PropFirmProgress = Readonly<z.output<typeof progressSchema>>;

/** Where an account stood before a bot kept its progress; what is left out is that of a new account. */
export const carriedSchema = z.strictObject({
  dayBalance: money.positive().optional().describe('balance at the last roll of the day, account currency'),
  highestBalance: money.positive().optional().describe('highest balance at a roll so far, account currency'),
  highestEquity: money.positive().optional().describe('highest equity so far, account currency'),
  tradingDays: count.optional().describe('days with an opening so far'),
  profitableDays: count.optional().describe('finished days with enough profit so far'),
  bestDay: money.nonnegative().optional().describe('profit of the best day so far, account currency'),
});
/** See {@link carriedSchema}. */
export type CarriedProgress = Readonly<z.output<typeof carriedSchema>>;

/** The progress of an account before its first day. */
export const startProgress = (rules: PhaseRules, carried: CarriedProgress = {}): PropFirmProgress => {
  const { programme, phase, initial } = rules;
  return {
    programme,
    phase,
    initial,
    day: null,
    balance: carried.dayBalance ?? null,
    highestBalance: Math.max(initial, carried.highestBalance ?? initial),
    highestEquity: Math.max(initial, carried.highestEquity ?? initial),
    tradingDays: carried.tradingDays ?? 0,
    lastOpening: null,
    profitableDays: carried.profitableDays ?? 0,
    bestDay: carried.bestDay ?? 0,
    breach: null,
    lockedUntil: null,
    closing: false,
  };
};

/** What the present day has earned by closed trades so far, account currency. */
export const profitOfDay = ({ day, balance }: PropFirmProgress): number =>
  day === null || balance === null ? 0 : balance - day.balance;

/** Ends the present day, if there is one, and begins that of `now`. The balance last seen is the one of the roll. */
const rollDay = (
  progress: PropFirmProgress,
  rules: PhaseRules,
  now: number,
  balance: number,
  equity: number,
): PropFirmProgress => {
  const { start, end } = tradingDay(now, rules.day);
  const profit = profitOfDay(progress);
  const { profitableDays } = rules;
  const atRoll = progress.balance ?? balance;
  return {
    ...progress,
    day: { start, end, balance: atRoll, equity: Number.isFinite(equity) ? equity : null },
    highestBalance: Math.max(progress.highestBalance, progress.balance ?? 0),
    profitableDays:
      progress.profitableDays + Number(profitableDays !== undefined && profit >= profitableDays.profit),
    bestDay: Math.max(progress.bestDay, profit),
    lockedUntil: null,
  };
};

/** What an equity means to the floors: a peak that they trail, a breach, a lock. */
const seeEquity = (
  progress: PropFirmProgress,
  rules: PhaseRules,
  now: number,
  equity: number,
): PropFirmProgress => {
  let seen = progress;
  if (seen.day !== null && seen.day.equity === null) seen = { ...seen, day: { ...seen.day, equity } };
  if (rules.totalLoss.trail === 'intraday' && equity > seen.highestEquity)
    seen = { ...seen, highestEquity: equity };
  if (seen.breach !== null) return seen;
  const total = totalFloor(seen, rules);
  const daily = dailyFloor(seen, rules);
  const inTotal = breaks(equity, total, rules.totalLoss.breach, rules);
  const inDay = rules.dailyLoss !== undefined && breaks(equity, daily, rules.dailyLoss.breach, rules);
  const soft = rules.dailyLoss?.ends === 'day';
  if (inDay && soft && seen.lockedUntil === null && seen.day !== null)
    seen = { ...seen, lockedUntil: seen.day.end };
  if (!inTotal && (!inDay || soft)) return seen;
  // The higher floor was crossed first.
  const byDay = inDay && !soft && (!inTotal || daily > total);
  const [rule, floor] = byDay ? (['daily', daily] as const) : (['total', total] as const);
  return { ...seen, breach: { rule, time: now, floor, equity } };
};

/**
 * The progress after a look at the account; the very same object when nothing changed.
 * @param now - epoch ms
 * @param balance - account currency; the look is ignored when it is not finite
 * @param equity - with all that floats, commission and swaps; NaN while it is not known
 */
export const observeAccount = (
  progress: PropFirmProgress,
  rules: PhaseRules,
  now: number,
  balance: number,
  equity: number,
): PropFirmProgress => {
  if (!Number.isFinite(balance)) return progress;
  let seen = progress;
  if (seen.day === null || now >= seen.day.end) seen = rollDay(seen, rules, now, balance, equity);
  if (balance !== seen.balance) seen = { ...seen, balance };
  return Number.isFinite(equity) ? seeEquity(seen, rules, now, equity) : seen;
};

/**
 * The progress after a time in which nobody looked. Whether what happened meanwhile fell before or after the roll of the day is
 * unknown, so what gives the higher floors is assumed.
 */
export const resumeAccount = (
  progress: PropFirmProgress,
  rules: PhaseRules,
  now: number,
  balance: number,
  equity: number,
): PropFirmProgress => {
  const rolled = progress.day !== null && now >= progress.day.end;
  const higher = rolled && balance > (progress.balance ?? 0) ? { ...progress, balance } : progress;
  return observeAccount(higher, rules, now, balance, equity);
};

/** The progress after a position was opened: its day counts as a trading day, once; days of closing do not. */
export const countOpening = (
  progress: PropFirmProgress,
  rules: PhaseRules,
  now: number,
): PropFirmProgress => {
  const { start } = tradingDay(now, rules.day);
  if (progress.lastOpening !== null && start <= progress.lastOpening) return progress;
  return { ...progress, tradingDays: progress.tradingDays + 1, lastOpening: start };
};
