import { MikroBotError } from '@mikrobot/core';
import type { Direction, PriceBar } from './price-bar.js';
import type { Swing } from './swing-detector.js';

/** A close beyond a confirmed swing. With the bias (or without one yet) it is a break of structure, against it a change of character. */
export interface StructureBreak {
  readonly kind: 'BOS' | 'CHoCH';
  readonly direction: Direction;
  /** The swing's price: the level that was broken. */
  readonly level: number;
  readonly swing: Swing;
  /** Close of the breaking bar, in price. */
  readonly close: number;
  /** Open of the breaking bar, epoch ms UTC. */
  readonly time: number;
  /** Close of the breaking bar, epoch ms UTC: from then on the break is known. */
  readonly confirmedAt: number;
}

/** Removes the swings that a close lies beyond and gives the outermost of them. */
const cross = (swings: Swing[], close: number, sign: 1 | -1): Swing | undefined => {
  let outermost: Swing | undefined;
  let kept = 0;
  for (const swing of swings) {
    if (sign * (close - swing.price) <= 0) {
      swings[kept++] = swing;
    } else if (outermost === undefined || sign * (swing.price - outermost.price) > 0) {
      outermost = swing;
    }
  }
  swings.length = kept;
  return outermost;
};

/**
 * Follows market structure on closes. Each confirmed swing can be crossed once; a wick beyond it, or a close exactly on it, does
 * not cross. A close that crosses several tells one break, of the outermost. Remembers the `memory` latest uncrossed swings a
 * side, so a bar costs at most `memory` comparisons.
 *
 * @example
 * ```ts
 * const swings = new SwingDetector({ left: 3, right: 3 });
 * const structure = new StructureTracker();
 * for (const bar of bars) {
 *   const broken = structure.push(bar, swings.push(bar));
 *   if (broken) console.log(broken.kind, broken.direction, broken.level);
 * }
 * ```
 */
export class StructureTracker {
  readonly #memory: number;
  readonly #highs: Swing[] = [];
  readonly #lows: Swing[] = [];
  #bias: Direction | undefined;

  /**
   * @param memory - uncrossed swings kept on each side, 1 or more; 1 follows only the latest high and the latest low
   * @throws `MikroBotError` `BAD_CONFIG` when it is not a whole number of at least 1.
   */
  constructor(memory = 8) {
    if (!Number.isInteger(memory) || memory < 1) {
      throw new MikroBotError('BAD_CONFIG', `${memory} is no number of swings.`, {
        where: 'structure tracker, memory',
        hint: 'Use a whole number of at least 1.',
      });
    }
    this.#memory = memory;
  }

  /** Direction of the latest break; undefined before the first. */
  get bias(): Direction | undefined {
    return this.#bias;
  }

  /**
   * Takes the next closed bar and the swings that it confirmed, and tells the break that its close makes, if any.
   * One close cannot break both ways: what is uncrossed above lies at or above the last close, what is uncrossed below at or under it.
   */
  push(bar: PriceBar, confirmed: readonly Swing[]): StructureBreak | undefined {
    for (const swing of confirmed) {
      const side = swing.kind === 'high' ? this.#highs : this.#lows;
      if (side.push(swing) > this.#memory) side.shift();
    }
    const above = cross(this.#highs, bar.close, 1);
    const swing = above ?? cross(this.#lows, bar.close, -1);
    if (swing === undefined) return undefined;

    const direction = above === undefined ? 'down' : 'up';
    const kind = this.#bias === undefined || this.#bias === direction ? 'BOS' : 'CHoCH';
    this.#bias = direction;
    return {
      kind,
      direction,
      level: swing.price,
      swing,
      close: bar.close,
      time: bar.time,
      confirmedAt: bar.closeTime,
    };
  }
}
