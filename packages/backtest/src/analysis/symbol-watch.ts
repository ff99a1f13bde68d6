import type { Bar, Tick } from '@mikrobot/core';
import { BarSeries, type PriceSeries } from './bar-series.js';
import type { Told } from './observed-bot.js';
import type { OpenTrade } from './open-trade.js';
import { VolatilityRegime, type VolatilityTag } from './volatility-regime.js';

/** Bars of the price picture kept at most. */
const MOST_BARS = 20_000;

/** What is followed of one symbol: its bars, its volatility, and its ticks while a trade is open. */
export class SymbolWatch {
  readonly #prices: BarSeries;
  readonly #regime = new VolatilityRegime();
  #subscription: { unsubscribe(): void } | undefined;
  #bars = 0;

  /** @param barMs - length of the bars that will be told, ms */
  constructor(symbol: string, barMs: number) {
    this.#prices = new BarSeries(symbol, barMs, MOST_BARS);
  }

  /** Bars that have closed. */
  get bars(): number {
    return this.#bars;
  }

  get volatility(): VolatilityTag {
    return this.#regime.tag();
  }

  prices(): PriceSeries {
    return this.#prices.series();
  }

  bar(bar: Bar): void {
    this.#bars += 1;
    this.#prices.push(bar);
    this.#regime.push(bar);
  }

  /**
   * Tells the open trades of the symbol every price at which they could be closed. Ticks are listened to only while there are any:
   * ticks that nobody hears cost nothing.
   */
  follow(open: readonly OpenTrade[], ticks$: Told<Tick>): void {
    this.rest();
    if (open.length === 0) return;
    const longs = open.filter((trade) => trade.long);
    const shorts = open.filter((trade) => !trade.long);
    this.#subscription = ticks$.subscribe(({ bid, ask }) => {
      for (const trade of longs) trade.watch(bid);
      for (const trade of shorts) trade.watch(ask);
    });
  }

  /** Stops listening to ticks. */
  rest(): void {
    this.#subscription?.unsubscribe();
    this.#subscription = undefined;
  }
}
