import { type MaybePromise, systemClock } from '@mikrobot/core';
import type { VenueControls } from './venue.js';

/** At least so many looks before patience is over, however busy the machine. */
const LOOKS = 25;
/** Ms between two looks where time is real. */
const STEP = 2;
/** Promises that may be chained before an answer counts as late. */
const MICROTASKS = 25;

const clock = systemClock();

const realTime = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    clock.arm('testkit', clock.now() + ms, () => resolve());
  });

/** How a card waits: on the adapter's own time where the venue has the control `pass`, else on the machine's. */
export class Pace {
  readonly #pass: VenueControls['pass'];
  readonly #patience: number;
  readonly #quiet: number;

  /** @param patience - ms that something may take. @param quiet - ms in which nothing happens that should not */
  constructor(controls: VenueControls, patience: number, quiet: number) {
    this.#pass = controls.pass?.bind(controls);
    this.#patience = patience;
    this.#quiet = quiet;
  }

  /** Lets ms go by. */
  async pass(ms: number): Promise<void> {
    for (let i = 0; i < MICROTASKS; i++) await null;
    if (this.#pass === undefined) await realTime(ms);
    else await this.#pass(ms);
    for (let i = 0; i < MICROTASKS; i++) await null;
  }

  /** Waits until it is so. @returns false when patience is over */
  async until(isSo: () => MaybePromise<boolean>): Promise<boolean> {
    for (let i = 0; i < MICROTASKS; i++) await null;
    if (await isSo()) return true;
    const step = this.#pass === undefined ? STEP : this.#patience / LOOKS;
    const end = clock.now() + this.#patience;
    for (let look = 1; look <= LOOKS || (this.#pass === undefined && clock.now() < end); look++) {
      await this.pass(step);
      if (await isSo()) return true;
    }
    return false;
  }

  /** Time in which an adapter could do what it should not. */
  async quiet(): Promise<void> {
    const step = this.#quiet / 5;
    for (let i = 0; i < 5; i++) await this.pass(step);
  }
}
