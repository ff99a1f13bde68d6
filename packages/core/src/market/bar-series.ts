import type { Bar } from '../model/bar.js';
import { Tap } from './tap.js';
import { type Timeframe, timeframeMs } from './timeframe.js';
import type { TradingDays } from './trading-day.js';

/** The prices and counts that a bar sums up; a {@link Bar} is one. */
type Summary = Omit<Bar, 'symbol' | 'timeframe' | 'time' | 'closeTime'>;

/** One timeframe of one instrument: takes prices in, tells closed bars. The fields are the bar that is forming. */
export class BarSeries implements Summary {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Tells each bar once it is closed. */
  readonly bars = new Tap<Bar>();
  /** Whether the forming bar has content. */
  filled = false;
  /** The forming bar's time, inclusive; once it is told, its end, so that nothing can be added to it. Epoch ms. */
  start = -Infinity;
  /** The forming bar's end, exclusive, epoch ms. */
  end = -Infinity;
  open = Number.NaN;
  high = Number.NaN;
  low = Number.NaN;
  close = Number.NaN;
  askOpen = Number.NaN;
  askHigh = Number.NaN;
  askLow = Number.NaN;
  askClose = Number.NaN;
  volume = 0;
  ticks = 0;
  readonly #ms: number;
  readonly #days: TradingDays | undefined;

  constructor(symbol: string, timeframe: Timeframe, days: TradingDays | undefined) {
    this.symbol = symbol;
    this.timeframe = timeframe;
    this.#ms = timeframeMs(timeframe);
    this.#days = days;
  }

  /** Begin of the bar that a moment belongs to, epoch ms. */
  startOf(time: number): number {
    return this.#days === undefined ? Math.floor(time / this.#ms) * this.#ms : this.#days.at(time).start;
  }

  /** End of the bar that a moment belongs to, epoch ms. */
  endOf(time: number): number {
    return this.#days === undefined ? this.startOf(time) + this.#ms : this.#days.at(time).end;
  }

  /** Begins the bar that `time` belongs to with its first tick. */
  begin(time: number, bid: number, ask: number, volume: number): void {
    this.#aim(time);
    this.open = bid;
    this.high = bid;
    this.low = bid;
    this.close = bid;
    this.askOpen = ask;
    this.askHigh = ask;
    this.askLow = ask;
    this.askClose = ask;
    this.volume = volume;
    this.ticks = 1;
  }

  /** Adds a tick to the forming bar. */
  add(bid: number, ask: number, volume: number): void {
    if (bid > this.high) this.high = bid;
    else if (bid < this.low) this.low = bid;
    if (ask > this.askHigh) this.askHigh = ask;
    else if (ask < this.askLow) this.askLow = ask;
    this.close = bid;
    this.askClose = ask;
    this.volume += volume;
    this.ticks++;
  }

  /** Adds a finer bar that begins at `time` to the forming bar, or begins one with it. */
  merge(time: number, finer: Summary): void {
    if (!this.filled) {
      this.#aim(time);
      this.open = finer.open;
      this.high = finer.high;
      this.low = finer.low;
      this.askOpen = finer.askOpen;
      this.askHigh = finer.askHigh;
      this.askLow = finer.askLow;
      this.volume = finer.volume;
      this.ticks = finer.ticks;
    } else {
      if (finer.high > this.high) this.high = finer.high;
      if (finer.low < this.low) this.low = finer.low;
      if (finer.askHigh > this.askHigh) this.askHigh = finer.askHigh;
      if (finer.askLow < this.askLow) this.askLow = finer.askLow;
      this.volume += finer.volume;
      this.ticks += finer.ticks;
    }
    this.close = finer.close;
    this.askClose = finer.askClose;
  }

  /** Closes the forming bar and tells it to whoever listens. */
  tell(): void {
    const time = this.start;
    this.filled = false;
    this.start = this.end;
    if (!this.bars.observed) return;
    this.bars.next({
      symbol: this.symbol,
      timeframe: this.timeframe,
      time,
      closeTime: this.end,
      open: this.open,
      high: this.high,
      low: this.low,
      close: this.close,
      askOpen: this.askOpen,
      askHigh: this.askHigh,
      askLow: this.askLow,
      askClose: this.askClose,
      volume: this.volume,
      ticks: this.ticks,
    });
  }

  #aim(time: number): void {
    this.start = this.startOf(time);
    this.end = this.endOf(time);
    this.filled = true;
  }
}
