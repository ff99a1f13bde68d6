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
 * @param tell - told what has become worth knowing since it was looked at last, such as that a future comes near its end
 * @returns the way to end it
 */
export const keepHours = (
  book: ContractBook,
  clock: Clock,
  line: () => Line | undefined,
  tell: (note: string) => void = () => undefined,
): (() => void) => {
  let disarm = (): void => undefined;
  let ended = false;
  let known: ReadonlySet<string> | undefined;
  const tellNews = (): void => {
    const notes = book.notes;
    for (const note of notes) if (known?.has(note) === false) tell(note);
    known = new Set(notes);
  };
  const arm = (wait: number): void => {
    if (!ended) disarm = clock.arm('ib.hours', clock.now() + wait, refresh);
  };
  const refresh = (): void => {
    tellNews();
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
