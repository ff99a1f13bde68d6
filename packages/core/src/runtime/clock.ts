/**
 * The only source of time and of timers. A timer is named by its owner, so that its firing can be journalled as an input and
 * replayed.
 */
export interface Clock {
  /** Epoch ms UTC, with fractions where the source has them. */
  now(): number;
  /** Calls `wake(id)` once, at or after `at`. Returns the way to cancel it. */
  arm(id: string, at: number, wake: (id: string) => void): () => void;
  /**
   * Virtual clocks stand still while a tracked promise is open, so that an answer that takes no market time takes none.
   * Real clocks leave it out.
   */
  track?(work: Promise<unknown>): void;
}

/** The machine's clock. */
export const systemClock = (): Clock => {
  // Whole microseconds: what a journal can write and read back without loss.
  const now = (): number => Math.round((performance.timeOrigin + performance.now()) * 1_000) / 1_000;
  return {
    now,
    arm(id, at, wake) {
      // setTimeout takes whole ms, at most 2^31 - 1, and may be a little early: wait on until it is time.
      const LONGEST = 2 ** 31 - 1;
      let handle: ReturnType<typeof setTimeout>;
      const wait = (): void => {
        const left = Math.ceil(Math.max(0, at - now()));
        handle = setTimeout(() => (now() < at ? wait() : wake(id)), Math.min(left, LONGEST));
      };
      wait();
      return () => clearTimeout(handle);
    },
  };
};
