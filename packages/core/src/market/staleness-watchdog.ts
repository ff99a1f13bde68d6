import { MikroBotError } from '../errors/mikrobot-error.js';
import type { Clock } from '../runtime/clock.js';

/** What a {@link StalenessWatchdog} watches and whom it tells. */
export interface StalenessOptions {
  /** Names the timer; must be unique on its clock. */
  readonly id: string;
  readonly clock: Clock;
  /** The longest silence that is healthy, ms. */
  readonly maxSilence: number;
  /** When speech is expected, such as `fxWeek.isOpen`: silence counts only while it is open. Always when left out. */
  readonly open?: ((time: number) => boolean) | undefined;
  /** Told once when the stream has been silent for longer than `maxSilence`. `since`: clock time of its last word. */
  readonly onSilent: (since: number, now: number) => void;
  /** Told once when it speaks again. */
  readonly onVoice: (silentSince: number, now: number) => void;
}

/**
 * Watches one stream for silence. Its timer is not moved by each event: when it fires it looks whether something was heard
 * since, and if so sleeps for the rest. Times are the clock's, never the data's: late data is still a living stream.
 */
export class StalenessWatchdog {
  readonly #options: StalenessOptions;
  /** Clock time of the last word, or of the last look at a closed market. */
  #heard: number;
  #silent = false;
  #disarm: (() => void) | undefined;

  /** Begins to watch. @throws {@link MikroBotError} `BAD_CONFIG` when `maxSilence` is not above 0. */
  constructor(options: StalenessOptions) {
    if (!(options.maxSilence > 0)) {
      throw new MikroBotError('BAD_CONFIG', `maxSilence is ${options.maxSilence}.`, {
        where: options.id,
        hint: 'Use more than 0 ms.',
      });
    }
    this.#options = options;
    this.#heard = options.clock.now();
    this.#arm();
  }

  /** Whether the stream is silent for too long. */
  get silent(): boolean {
    return this.#silent;
  }

  /**
   * Takes note of an event. Allocates nothing while the stream is healthy.
   * @param now - the clock's time, epoch ms
   */
  heard(now: number): void {
    const since = this.#heard;
    this.#heard = now;
    if (!this.#silent) return;
    this.#silent = false;
    this.#arm();
    this.#options.onVoice(since, now);
  }

  /** Ends the watch; nothing is told any more. */
  stop(): void {
    this.#disarm?.();
    this.#disarm = undefined;
  }

  #arm(): void {
    const { clock, id, maxSilence } = this.#options;
    this.#disarm = clock.arm(id, this.#heard + maxSilence, this.#look);
  }

  readonly #look = (): void => {
    const { clock, maxSilence, open, onSilent } = this.#options;
    const now = clock.now();
    if (open !== undefined && !open(now)) this.#heard = now;
    if (now - this.#heard < maxSilence) {
      this.#arm();
      return;
    }
    this.#silent = true;
    this.#disarm = undefined;
    onSilent(this.#heard, now);
  };
}
