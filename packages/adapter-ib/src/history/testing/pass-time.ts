import type { VirtualClock } from '@mikrobot/core';

/** Ms by which time is moved at once: no limit of TWS is shorter. */
const STEP = 250;
/** An hour: nothing here takes that long. */
const MOST = 14_400;

/** Lets virtual time pass until work is done, giving what was begun at each moment its turns. */
export const passTime = async <T>(clock: VirtualClock, work: Promise<T>): Promise<T> => {
  let pending = true;
  const done = (): void => {
    pending = false;
  };
  work.then(done, done);
  for (let i = 0; i < MOST; i++) {
    // The event loop goes round once, so that answers have come.
    await new Promise((resolve) => setImmediate(resolve));
    if (!pending) return work;
    clock.advance(clock.now() + STEP);
  }
  throw new Error('It did not end within an hour');
};
