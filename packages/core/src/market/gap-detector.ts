import { MikroBotError } from '../errors/mikrobot-error.js';

/** A silence in a stream of market data. */
export interface Gap {
  /** Time of the last event before it, epoch ms. */
  readonly from: number;
  /** Time of the first event after it, epoch ms. */
  readonly to: number;
  /** How long the market was open in it, ms. */
  readonly ms: number;
}

/** What a {@link GapDetector} holds for normal. */
export interface GapDetectorOptions {
  /** The longest silence that is no gap, ms: the bar length for bars, several seconds for ticks. */
  readonly expectedMs: number;
  /** When the market is open, such as `fxWeek.isOpen`: what it is closed for is no gap. Always open when left out. */
  readonly open?: ((time: number) => boolean) | undefined;
}

/** A silence is looked at in at most this many places; closed times shorter than what lies between two are not seen. */
const LOOKS = 512;

/** Finds silences in the event times of one instrument's stream. Times that fall are not its business and are passed over. */
export class GapDetector {
  readonly #expected: number;
  readonly #open: ((time: number) => boolean) | undefined;
  #last = Number.NaN;

  /** @throws {@link MikroBotError} `BAD_CONFIG` when `expectedMs` is not above 0. */
  constructor(options: GapDetectorOptions) {
    if (!(options.expectedMs > 0))
      throw new MikroBotError('BAD_CONFIG', `expectedMs is ${options.expectedMs}.`, {
        hint: 'Use more than 0 ms.',
      });
    this.#expected = options.expectedMs;
    this.#open = options.open;
  }

  /**
   * Takes the time of an event; gives the gap that it ends, if there was one.
   * @param time - epoch ms
   */
  seen(time: number): Gap | undefined {
    const last = this.#last;
    if (time <= last) return undefined;
    this.#last = time;
    // False for NaN too: the first event ends nothing.
    if (!(time - last > this.#expected)) return undefined;
    const ms = this.#open === undefined ? time - last : openMs(this.#open, last, time);
    return ms > this.#expected ? { from: last, to: time, ms } : undefined;
  }
}

/** How long a market was open in a stretch of time, to a millisecond where it opens and closes. */
const openMs = (open: (time: number) => boolean, from: number, to: number): number => {
  const step = Math.max((to - from) / LOOKS, 1);
  let total = 0;
  let at = from;
  let isOpen = open(from);
  while (at < to) {
    const next = Math.min(at + step, to);
    const then = open(next);
    if (then === isOpen) {
      if (isOpen) total += next - at;
    } else {
      const edge = changeIn(open, at, next, isOpen);
      total += isOpen ? edge - at : next - edge;
    }
    at = next;
    isOpen = then;
  }
  return total;
};

const changeIn = (open: (time: number) => boolean, lo: number, hi: number, atLo: boolean): number => {
  let [a, b] = [lo, hi];
  while (b - a > 1) {
    const middle = Math.floor((a + b) / 2);
    // Fractions of a millisecond can leave nothing between.
    if (middle <= a) break;
    if (open(middle) === atLo) a = middle;
    else b = middle;
  }
  return b;
};
