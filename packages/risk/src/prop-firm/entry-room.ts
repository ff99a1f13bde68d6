import type { Finding } from '@mikrobot/core';
import { effectiveFloor, nextFloor, totalFloor } from './floors.js';
import { objectivesOf } from './objectives.js';
import type { PhaseRules } from './phase-rules.js';
import type { PropFirmProgress } from './progress.js';
import type { PropFirmSettings } from './settings.js';

const iso = (time: number): string => new Date(time).toISOString();
const cents = (amount: number): number => Math.round(amount * 100) / 100;

/** What the state says for itself, whatever the order. */
export const standing = ({ breach, lockedUntil }: PropFirmProgress, now: number): Finding | undefined => {
  if (breach !== null) {
    const code = breach.rule === 'daily' ? 'DAILY_LOSS' : 'TOTAL_LOSS';
    return { code, limit: cents(breach.floor), actual: cents(breach.equity) };
  }
  return lockedUntil === null
    ? undefined
    : { code: 'DAY_LOCKED', limit: `entries from ${iso(lockedUntil)}`, actual: iso(now) };
};

/** Whether the phase is done, so that more trading could only spoil it. */
export const finished = (
  progress: PropFirmProgress,
  rules: PhaseRules,
  { stopAt }: PropFirmSettings,
  equity: number,
): Finding | undefined => {
  if (stopAt === 'never') return undefined;
  const { targetReached, passed, profit, target } = objectivesOf(progress, rules, equity);
  return (stopAt === 'target' ? targetReached : passed)
    ? { code: 'TARGET_REACHED', limit: cents(target ?? 0), actual: cents(profit) }
    : undefined;
};

/** Where touching a floor breaks it, this part of an allowance stays unused even without a buffer. */
const NEARLY = 1e-6;

const reserveOf = ({ dailyLoss, totalLoss }: PhaseRules, buffer: number): number =>
  dailyLoss?.breach === 'at' || totalLoss.breach === 'at' ? Math.max(buffer, NEARLY) : buffer;

/** What may still be lost, account currency, when `atRisk` of it is at risk already; or why nothing may. */
export const roomFor = (
  progress: PropFirmProgress,
  rules: PhaseRules,
  { buffer, overnight }: PropFirmSettings,
  equity: number,
  atRisk: number,
): number | Finding => {
  const reserve = reserveOf(rules, buffer);
  const floor = effectiveFloor(progress, rules, reserve);
  const left = equity - atRisk;
  if (!(left > floor)) {
    const code = floor > totalFloor(progress, rules, reserve) ? 'DAILY_LOSS' : 'TOTAL_LOSS';
    return { code, limit: cents(floor), actual: cents(left) };
  }
  if (!overnight) return left - floor;
  // What floats in profit may be closed before the roll, and then raises the floor.
  const leftThen = Math.min(equity, progress.balance ?? equity) - atRisk;
  const floorThen = nextFloor(progress, rules, equity, reserve);
  if (!(leftThen > floorThen))
    return { code: 'OVERNIGHT_LOSS', limit: cents(floorThen), actual: cents(leftThen) };
  return Math.min(left - floor, leftThen - floorThen);
};
