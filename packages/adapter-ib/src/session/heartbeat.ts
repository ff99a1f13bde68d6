import type { Clock } from '@mikrobot/core';
import { EventName } from '@stoqey/ib';
import type { Line } from '../line/line.js';

/** How a {@link watchPulse} is kept. Times in ms. */
export interface PulseOptions {
  readonly clock: Clock;
  readonly name: string;
  /** Between two questions. */
  readonly every: number;
  /** Of silence after a question, until the line is dead. */
  readonly silence: number;
  /** Called for each answer. */
  readonly beat: () => void;
}

/** What a line gets to show that it is alive after all, ms: its data may wait behind a timer that is late. */
const LAST_CHANCE = 200;
/** So many silences long may a question stay open while other things are heard: then TWS does not listen to us any more. */
const DEAF = 4;

/**
 * Asks TWS for its time again and again, and ends a line that says nothing: one side of a socket can be gone without the other being
 * told.
 */
export const watchPulse = (line: Line, { clock, name, every, silence, beat }: PulseOptions): void => {
  let disarm = (): void => undefined;
  let asked: number | undefined;
  let suspect = false;
  const arm = (ms: number, wake: () => void): void => {
    disarm = clock.arm(`${name} pulse`, clock.now() + ms, wake);
  };
  const ask = (): void => {
    asked = clock.now();
    suspect = false;
    line.send((commands) => commands.reqCurrentTime(), 'order');
    arm(silence, look);
  };
  const look = (): void => {
    if (asked === undefined) return;
    const now = clock.now();
    const heard = Math.max(line.heardAt, asked);
    const isDeaf = now - asked >= DEAF * silence;
    if (now - heard < silence && !isDeaf) {
      suspect = false;
      arm(silence - (now - heard), look);
    } else if (suspect) line.close(`it did not answer for ${Math.round(now - asked)} ms`);
    else {
      suspect = true;
      arm(LAST_CHANCE, look);
    }
  };
  const onTime = (): void => {
    if (asked === undefined) return;
    const wait = Math.max(0, asked + every - clock.now());
    asked = undefined;
    disarm();
    arm(wait, ask);
    beat();
  };
  line.events.on(EventName.currentTime, onTime);
  line.onEnd(() => disarm());
  ask();
};
