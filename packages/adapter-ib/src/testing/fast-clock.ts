import type { Clock } from '@mikrobot/core';

/** A clock that runs so many times faster than the machine's, for waits that are long at a venue. */
export const fastClock = (speed: number): Clock => {
  const start = Date.now();
  const began = performance.now();
  const now = (): number => start + (performance.now() - began) * speed;
  return {
    now,
    arm(id, at, wake) {
      let handle: ReturnType<typeof setTimeout>;
      const wait = (): void => {
        const left = Math.min(Math.max(0, (at - now()) / speed), 2 ** 31 - 1);
        handle = setTimeout(() => (now() < at ? wait() : wake(id)), Math.ceil(left));
      };
      wait();
      return () => clearTimeout(handle);
    },
  };
};
