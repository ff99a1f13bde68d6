import { MikroBotError } from '../errors/mikrobot-error.js';
import type { Bar } from '../model/bar.js';
import { BarSeries } from './bar-series.js';
import { baseTimeframe } from './base-timeframe.js';
import type { Tap } from './tap.js';
import { type Timeframe, timeframeMs } from './timeframe.js';
import { type DayRoll, TradingDays } from './trading-day.js';

/** How a {@link BarBuilder} cuts time. */
export interface BarBuilderOptions {
  /** Where D1 begins; at UTC midnight when left out. Finer timeframes are always counted from UTC midnight. */
  readonly dayRoll?: DayRoll | undefined;
}

/**
 * Makes bars of several timeframes from the ticks (or the finer bars) of one instrument. Ticks feed one series only; coarser
 * ones are made of its closed bars. A bar closes on event time: when the first tick at or after its end arrives, and before
 * that tick counts; at one instant the coarser bar is told before the finer. Spans without a tick have no bar.
 */
export class BarBuilder {
  readonly symbol: string;
  readonly #base: BarSeries;
  /** The other series, coarsest first. */
  readonly #coarser: readonly BarSeries[];
  readonly #declared = new Map<Timeframe, BarSeries>();
  /** End of the last bar given, epoch ms. */
  #upTo = -Infinity;

  /** @throws {@link MikroBotError} `BAD_TIMEFRAME` when `timeframes` is empty, `BAD_CONFIG` for a bad day roll. */
  constructor(symbol: string, timeframes: readonly Timeframe[], options: BarBuilderOptions = {}) {
    const { dayRoll } = options;
    const days = dayRoll === undefined ? undefined : new TradingDays(dayRoll);
    const make = (t: Timeframe): BarSeries => new BarSeries(symbol, t, t === 'D1' ? days : undefined);
    this.symbol = symbol;
    for (const timeframe of timeframes) this.#declared.set(timeframe, make(timeframe));
    const base = baseTimeframe(timeframes, dayRoll);
    this.#base = this.#declared.get(base) ?? make(base);
    this.#coarser = [...this.#declared.values()]
      .filter((s) => s !== this.#base)
      .sort((a, b) => timeframeMs(b.timeframe) - timeframeMs(a.timeframe));
  }

  /**
   * The closed bars of a declared timeframe, as a tap.
   * @throws {@link MikroBotError} `BAD_TIMEFRAME` when it was not declared.
   */
  series(timeframe: Timeframe): { readonly timeframe: Timeframe; readonly bars: Tap<Bar> } {
    const series = this.#declared.get(timeframe);
    if (series !== undefined) return series;
    throw new MikroBotError('BAD_TIMEFRAME', `${timeframe} was not declared.`, {
      where: this.symbol,
      hint: `Add it to the declared timeframes (${[...this.#declared.keys()].join(', ')}).`,
    });
  }

  /**
   * Takes one tick. Allocates nothing unless a bar closes that somebody listens to.
   * @param time - epoch ms, not before the last
   * @throws {@link MikroBotError} `TIME_BACKWARDS` when its bar has been told already.
   */
  tick(time: number, bid: number, ask: number, volume: number): void {
    const base = this.#base;
    if (time >= base.end) {
      this.#close(time);
      base.begin(time, bid, ask, volume);
    } else if (time < base.start) {
      throw this.#late(time);
    } else {
      base.add(bid, ask, volume);
    }
  }

  /**
   * Takes one closed bar of the base's timeframe or a finer one. What it completes is told at once.
   * @throws {@link MikroBotError} `TIME_BACKWARDS` when it begins before the last one ended; `BAD_TIMEFRAME` when it reaches
   * over the end of a bar to be built.
   */
  bar(bar: Bar): void {
    const base = this.#base;
    if (bar.time < this.#upTo || bar.time < base.start) throw this.#late(bar.time);
    const same = bar.timeframe === base.timeframe;
    const end = base.endOf(bar.time);
    if (same ? bar.time !== base.startOf(bar.time) : bar.closeTime > end) throw this.#misfit(bar);
    if (bar.time >= base.end) this.#close(bar.time);
    base.merge(bar.time, bar);
    this.#upTo = same ? end : bar.closeTime;
    if (this.#upTo >= end) this.#close(end);
  }

  /** Tells what is unfinished, as if its end had come: for tools at the end of their data. A bot never does. */
  finish(): void {
    this.#close(Infinity);
  }

  /** Closes all bars that end at or before `time`. */
  #close(time: number): void {
    const base = this.#base;
    const coarser = this.#coarser;
    if (base.filled) {
      for (let i = 0; i < coarser.length; i++) (coarser[i] as BarSeries).merge(base.start, base);
    }
    for (let i = 0; i < coarser.length; i++) {
      const series = coarser[i] as BarSeries;
      if (series.filled && time >= series.end) series.tell();
    }
    if (base.filled) base.tell();
  }

  #late(time: number): MikroBotError {
    const { start } = this.#base;
    return new MikroBotError(
      'TIME_BACKWARDS',
      `${time} ms is before ${Math.max(start, this.#upTo)} ms, which has passed.`,
      {
        where: this.symbol,
        hint: 'Give market data in time order.',
      },
    );
  }

  #misfit(bar: Bar): MikroBotError {
    const what = `A ${bar.timeframe} bar from ${bar.time} to ${bar.closeTime} ms does not fit into ${this.#base.timeframe} bars.`;
    return new MikroBotError('BAD_TIMEFRAME', what, {
      where: this.symbol,
      hint: 'Give bars that begin on their grid and are not coarser than what is built; for days set dayRoll.',
    });
  }
}
