import { intrabarPath, PATH_TICKS } from '@mikrobot/core';
import type { BarColumns } from '../readers/columns.js';
import { TickBuffer } from './tick-buffer.js';

/**
 * Turns bars into the four ticks that stand for each. A bar's ticks are written when the next bar is known: where clocks change,
 * a day of 23 hours ends early, and its last tick must come before the next day's first.
 */
export class BarPath {
  readonly out: TickBuffer;
  readonly #barLength: number;
  #held = false;
  // One object for all bars: intrabarPath only reads it.
  readonly #bar = {
    time: 0,
    closeTime: 0,
    open: 0,
    high: 0,
    low: 0,
    close: 0,
    askOpen: 0,
    askHigh: 0,
    askLow: 0,
    askClose: 0,
    volume: 0,
  };

  /**
   * @param capacity - bars in a batch
   * @param barLength - ms
   */
  constructor(symbol: string, capacity: number, barLength: number) {
    this.out = new TickBuffer([symbol], (capacity + 1) * PATH_TICKS);
    this.#barLength = barLength;
  }

  /** Replaces the content of {@link out} by the ticks of these bars, save the last, which waits for its successor. */
  take(bars: BarColumns): void {
    const bar = this.#bar;
    this.out.clear();
    for (let i = 0; i < bars.length; i++) {
      const time = bars.time[i] as number;
      if (this.#held) this.#write(Math.min(bar.time + this.#barLength, time));
      this.#held = true;
      bar.time = time;
      bar.open = bars.open[i] as number;
      bar.high = bars.high[i] as number;
      bar.low = bars.low[i] as number;
      bar.close = bars.close[i] as number;
      bar.askOpen = bars.askOpen[i] as number;
      bar.askHigh = bars.askHigh[i] as number;
      bar.askLow = bars.askLow[i] as number;
      bar.askClose = bars.askClose[i] as number;
      bar.volume = bars.volume[i] as number;
    }
  }

  /** After the last bar: replaces the content of {@link out} by that bar's ticks. */
  finish(): void {
    this.out.clear();
    if (this.#held) this.#write(this.#bar.time + this.#barLength);
    this.#held = false;
  }

  #write(closeTime: number): void {
    this.#bar.closeTime = closeTime;
    intrabarPath(this.#bar, this.out, this.out.length);
    this.out.length += PATH_TICKS;
  }
}
