import { type Clock, systemClock } from '@mikrobot/core';

/** What {@link replayClock} takes. */
export interface ReplayClockOptions {
  /** Where it starts, epoch ms. */
  readonly start: number;
  /** Times as fast as the base. Default: 1. */
  readonly speed?: number | undefined;
  /** Default: the machine's. */
  readonly base?: Clock | undefined;
}

/**
 * A clock that starts in the past, and runs as fast as is wanted: for a simulated TWS that lives at the time of a recording, with
 * the months of delivery, trading hours and time stamps of then.
 *
 * @example
 * ```ts
 * const clock = replayClock({ start: Date.UTC(2013, 9, 7, 13, 30), speed: 60 });
 * const tws = await startTws({ clock });
 * await tws.controls.replay('ES', rows, { speed: 'recorded' });
 * ```
 */
export const replayClock = ({ start, speed = 1, base = systemClock() }: ReplayClockOptions): Clock => {
  const begun = base.now();
  const now = (): number => start + (base.now() - begun) * speed;
  return {
    now,
    arm(id, at, wake) {
      let cancel = (): void => undefined;
      const wait = (): void => {
        // Rounding may wake it a little early: then it waits on.
        cancel = base.arm(id, begun + (at - start) / speed, (woken) => (now() < at ? wait() : wake(woken)));
      };
      wait();
      return () => cancel();
    },
  };
};
