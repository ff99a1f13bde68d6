import { isRecent } from './recent.js';

/** A symbol that is locked since `at`, epoch ms. */
export interface Lock {
  readonly at: number;
  readonly symbol: string;
}

/** Locks that hold for `pause` ms and that people have not heard of: those that an event added; at a start, all that still hold. */
export const newLocks = (
  before: readonly Lock[] = [],
  after: readonly Lock[],
  pause: number,
  now: number,
): readonly Lock[] =>
  after.filter(
    (lock) =>
      isRecent(lock, pause, now) &&
      !before.some(({ at, symbol }) => at === lock.at && symbol === lock.symbol),
  );
