import type { Clock } from '@mikrobot/core';
import type { Line } from '../line/line.js';
import type { ContractBook } from './contract-book.js';

/** TWS tells the next days only, of which half a day passes here. Ms. */
const EVERY = 12 * 3_600_000;
/** Ms after which it is tried again where there was no line, or no answer. */
const SOON = 10 * 60_000;

/**
 * Learns the hours of the days that follow twice a day, for as long as the adapter lives.
 * @param line - the line of the moment, undefined while it is down
 * @returns the way to end it
 */
export const keepHours = (book: ContractBook, clock: Clock, line: () => Line | undefined): (() => void) => {
  let disarm = (): void => undefined;
  let ended = false;
  const arm = (wait: number): void => {
    if (!ended) disarm = clock.arm('ib.hours', clock.now() + wait, refresh);
  };
  const refresh = (): void => {
    const now = line();
    if (now === undefined) {
      arm(SOON);
      return;
    }
    const work = book.refreshHours(now).then(
      () => arm(EVERY),
      () => arm(SOON),
    );
    clock.track?.(work);
  };
  arm(EVERY);
  return () => {
    ended = true;
    disarm();
  };
};
