import type { Clock, ConnectionState } from '@mikrobot/core';
import type { LiveScript } from './live-script.js';
import type { CutOptions } from './script.js';

/** The line between a bot and its venue: up, cut, or severed for ever. */
export class Line {
  /** The venue's time, whose timers stop when the line is severed. It tracks no work: answers are tracked by the line. */
  readonly clock: Clock;
  /** Whether order or account events were lost since the last restore. */
  missed = false;
  readonly #time: Clock;
  readonly #script: LiveScript;
  readonly #tell: (state: ConnectionState) => void;
  /** How it is cut; undefined while it is up. */
  #cut: CutOptions | undefined;
  #severed = false;
  /** Counts breaks: what was on its way when one happened is lost. */
  #breaks = 0;
  #kept: (() => void)[] = [];

  /** @param tell - what the bot hears of the line's state */
  constructor(time: Clock, script: LiveScript, tell: (state: ConnectionState) => void) {
    this.#time = time;
    this.#script = script;
    this.#tell = tell;
    this.clock = {
      now: () => time.now(),
      arm: (id, at, wake) =>
        time.arm(id, at, (fired) => {
          if (!this.#severed) wake(fired);
        }),
    };
  }

  get state(): 'up' | 'cut' | 'severed' {
    if (this.#severed) return 'severed';
    return this.#cut === undefined ? 'up' : 'cut';
  }

  /** How it is cut; undefined while it is not. */
  get broken(): CutOptions | undefined {
    return this.#cut;
  }

  cut(how: CutOptions): void {
    if (this.state !== 'up') return;
    const { ms, dataLost, silent = false } = how;
    this.#cut = how;
    this.#breaks++;
    this.#script.note('cut', ms);
    if (ms !== undefined) {
      this.after(ms, () => {
        if (this.#cut === how) this.restore(dataLost);
      });
    }
    if (!silent) this.#tell({ state: 'down', dataLost: false, detail: 'the line was cut' });
  }

  restore(dataLost = this.missed): void {
    if (this.#severed) return;
    this.#cut = undefined;
    this.missed = false;
    this.#script.note('restore');
    this.#tell({ state: 'up', dataLost, detail: 'the line was restored' });
    const kept = this.#kept;
    this.#kept = [];
    for (const deliver of kept) deliver();
  }

  sever(): void {
    if (this.#severed) return;
    this.#severed = true;
    this.#breaks++;
    this.#script.note('sever');
  }

  /** Keeps an event for the restore. */
  keep(deliver: () => void): void {
    this.#kept.push(deliver);
  }

  /** Tells later whether the line has been whole since now. */
  watch(): () => boolean {
    const up = this.state === 'up';
    const breaks = this.#breaks;
    return () => up && breaks === this.#breaks;
  }

  /** Runs `then` after so many ms, unless the line is severed by then. */
  after(ms: number, then: () => void): void {
    this.clock.arm('faults', this.#time.now() + ms, then);
  }

  /** Time that stands still for the venue's own answers goes on doing so. */
  track(work: Promise<unknown>): void {
    // What died inside the call is never answered: nobody may wait for it.
    if (!this.#severed) this.#time.track?.(work);
  }
}
