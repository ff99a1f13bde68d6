import { GapDetector, type Session } from '@mikrobot/core';
import { byLength } from '../analysis/data-quality.js';
import type { BarColumns } from '../readers/columns.js';
import type { BarGap } from './feed-report.js';

/** How many gaps, the longest, are kept with their times. */
export const KEPT_GAPS = 10;

/** Counts the bars of one file that are missing while the market is open. A rejected bar is missing too. */
export class BarGaps {
  /** Number of holes. */
  count = 0;
  /** Bars missing in all of them. */
  missing = 0;
  /** The longest first. */
  readonly longest: BarGap[] = [];
  readonly #symbol: string;
  readonly #barLength: number;
  readonly #detector: GapDetector;

  /**
   * @param barLength - ms
   * @param hours - when the market is open; always when undefined
   */
  constructor(symbol: string, barLength: number, hours: Session | undefined) {
    this.#symbol = symbol;
    this.#barLength = barLength;
    this.#detector = new GapDetector({
      expectedMs: barLength,
      open: hours === undefined ? undefined : (time) => hours.isOpen(time),
    });
  }

  /** The file goes on where another ended. @param end - the last ms that it told, epoch ms */
  after(end: number): void {
    if (Number.isFinite(end)) this.#detector.seen(end + 1 - this.#barLength);
  }

  take({ time, length }: BarColumns): void {
    for (let i = 0; i < length; i++) {
      const gap = this.#detector.seen(time[i] as number);
      if (gap === undefined) continue;
      // The silence begins with the bar before it, which is not missing; a day of 25 hours is no hole.
      const missing = Math.round(gap.ms / this.#barLength) - 1;
      if (missing < 1) continue;
      this.count++;
      this.missing += missing;
      this.#keep(gap.from, gap.to, missing);
    }
  }

  #keep(from: number, to: number, missing: number): void {
    const { longest } = this;
    const missingMs = missing * this.#barLength;
    const shortest = longest[KEPT_GAPS - 1];
    if (shortest !== undefined && missingMs <= shortest.missingMs) return;
    longest.push({ symbol: this.#symbol, from, to, missingMs, missing });
    longest.sort(byLength);
    if (longest.length > KEPT_GAPS) longest.pop();
  }
}
