import type { HousekeepingItem, HousekeepingStep } from './housekeeping.js';

/** A chore that comes back. */
export interface Chore {
  readonly step: HousekeepingStep;
  readonly what: string;
  /** Days between two times. */
  readonly every: number;
}

/** What a trading system asks of those who keep it, as a list to begin with. */
export const tradingChores: readonly Chore[] = [
  { step: 'sort', what: 'Retire strategies that have not traded, or whose edge is gone', every: 30 },
  { step: 'sort', what: 'Revoke keys, users and web hooks that nobody uses', every: 30 },
  { step: 'sort', what: 'Drop symbols, subscriptions and timeframes that no strategy reads', every: 30 },
  { step: 'sort', what: 'Cancel working orders that belong to no strategy', every: 1 },
  { step: 'setInOrder', what: 'Compare running settings with those under version control', every: 7 },
  { step: 'setInOrder', what: 'See that every alert has an owner and a written reaction', every: 30 },
  { step: 'setInOrder', what: 'Update the calendar of sessions, holidays and news', every: 7 },
  { step: 'shine', what: 'Reconcile orders, positions and balances with the broker', every: 1 },
  { step: 'shine', what: 'Compare the clock with a time server', every: 1 },
  { step: 'shine', what: 'Look for gaps and bad ticks in stored market data', every: 7 },
  { step: 'shine', what: 'Rotate logs, check free disk, restore a backup', every: 7 },
  { step: 'shine', what: 'Update dependencies that have known holes', every: 30 },
];

const DAY = 86_400_000;

/**
 * A checklist of chores, each due once its interval has passed.
 * @param from - epoch ms at which all of them were last done
 * @param owner - who does them, by step or one for all
 */
export const choresFrom = (
  from: number,
  owner: string | Readonly<Record<HousekeepingStep, string>>,
  chores: readonly Chore[] = tradingChores,
): readonly HousekeepingItem[] =>
  chores.map(({ step, what, every }) => ({
    step,
    what,
    owner: typeof owner === 'string' ? owner : owner[step],
    due: from + every * DAY,
  }));
