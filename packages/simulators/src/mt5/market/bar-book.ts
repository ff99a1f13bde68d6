/** A minute bar of bid prices; `time` is the server's, epoch ms of its own zone. */
export interface MinuteBar {
  readonly time: number;
  open: number;
  high: number;
  low: number;
  close: number;
  tickVolume: number;
  /** Points. */
  spread: number;
  realVolume: number;
}

const MINUTE = 60_000;
/** About four months of minutes. */
const KEPT = 120_000;

/** The minute bars of one symbol, oldest first. */
export class BarBook {
  #bars: MinuteBar[] = [];

  get bars(): readonly MinuteBar[] {
    return this.#bars;
  }

  /** Puts bars in; those of a minute that is known replace it. */
  add(bars: readonly MinuteBar[]): void {
    const byTime = new Map(this.#bars.map((bar) => [bar.time, bar]));
    for (const bar of bars) byTime.set(bar.time, bar);
    this.#bars = [...byTime.values()].sort((a, b) => a.time - b.time);
    this.#trim();
  }

  /** A tick makes or changes the bar of its minute. */
  tick(time: number, bid: number, spread: number): void {
    const minute = Math.floor(time / MINUTE) * MINUTE;
    const last = this.#bars.at(-1);
    if (last === undefined || last.time < minute) {
      const prices = { open: bid, high: bid, low: bid, close: bid };
      this.#bars.push({ time: minute, ...prices, tickVolume: 1, spread, realVolume: 0 });
      this.#trim();
      return;
    }
    if (last.time > minute) return;
    last.high = Math.max(last.high, bid);
    last.low = Math.min(last.low, bid);
    last.close = bid;
    last.tickVolume += 1;
    last.spread = Math.min(last.spread, spread);
  }

  #trim(): void {
    if (this.#bars.length > 2 * KEPT) this.#bars.splice(0, this.#bars.length - KEPT);
  }
}
