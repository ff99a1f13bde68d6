import { type BaseBar, movePrices, startPrices } from './base-bar.js';

/** Bars of what happens are kept by so many ms. */
export const FIVE_SECONDS = 5_000;
/** So many bars are kept: about a month of five seconds, or more than a year of minutes. */
const MOST = 530_000;

/** The past of a contract: what was given, and five seconds at a time of what happens. */
export class BarStore {
  /** Ascending by time. */
  #bars: BaseBar[] = [];

  /** Puts bars of the past in; of two bars of one time and length the later given counts. */
  preset(bars: readonly BaseBar[]): void {
    const known = new Map(this.#bars.map((bar) => [`${bar.time}/${bar.length}`, bar]));
    for (const bar of bars) known.set(`${bar.time}/${bar.length}`, bar);
    this.#bars = [...known.values()].sort((a, b) => a.time - b.time);
  }

  /** A quote; what was quoted before stood until now. */
  quote(
    time: number,
    bid: number,
    ask: number,
    wasBid: number | undefined,
    wasAsk: number | undefined,
  ): void {
    const bar = this.#at(time);
    const before = wasBid === undefined || wasAsk === undefined ? undefined : (wasBid + wasAsk) / 2;
    bar.bid ??= startPrices(wasBid ?? bid);
    bar.ask ??= startPrices(wasAsk ?? ask);
    bar.middle ??= startPrices(before ?? (bid + ask) / 2);
    movePrices(bar.bid, bid);
    movePrices(bar.ask, ask);
    movePrices(bar.middle, (bid + ask) / 2);
  }

  trade(time: number, price: number, size: number): void {
    const bar = this.#at(time);
    bar.trades ??= startPrices(price);
    movePrices(bar.trades, price);
    bar.volume += size;
    bar.turnover += price * size;
    bar.count++;
  }

  /** The five seconds that begin at a moment, if anything happened in them. */
  fiveSeconds(time: number): BaseBar | undefined {
    for (let i = this.#bars.length - 1; i >= 0; i--) {
      const bar = this.#bars[i]!;
      if (bar.time < time) return undefined;
      if (bar.time === time && bar.length === FIVE_SECONDS) return bar;
    }
    return undefined;
  }

  /** Bars that begin in [from, to), no longer than `longest` ms each. */
  between(from: number, to: number, longest: number): readonly BaseBar[] {
    const found: BaseBar[] = [];
    for (let i = this.#first(from); i < this.#bars.length; i++) {
      const bar = this.#bars[i]!;
      if (bar.time >= to) break;
      if (bar.length <= longest) found.push(bar);
    }
    return found;
  }

  /** Begin of the first bar; undefined without any. */
  get begin(): number | undefined {
    return this.#bars[0]?.time;
  }

  #at(time: number): BaseBar {
    const begin = Math.floor(time / FIVE_SECONDS) * FIVE_SECONDS;
    const last = this.#bars.at(-1);
    if (last !== undefined && last.time === begin && last.length === FIVE_SECONDS) return last;
    const bar: BaseBar = {
      time: begin,
      length: FIVE_SECONDS,
      trades: undefined,
      bid: undefined,
      ask: undefined,
      middle: undefined,
      volume: 0,
      turnover: 0,
      count: 0,
    };
    // Where a clock was set back, or bars of the future were given.
    if (last !== undefined && last.time > begin) this.#bars.splice(this.#first(begin), 0, bar);
    else this.#bars.push(bar);
    if (this.#bars.length > MOST) this.#bars.splice(0, MOST / 10);
    return bar;
  }

  /** Index of the first bar at or after a time. */
  #first(time: number): number {
    let low = 0;
    let high = this.#bars.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#bars[middle]!.time < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
