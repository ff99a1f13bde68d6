/** The worst fall of equity from a former high. */
export interface EquityDrawdown {
  /** Largest fall in account currency. */
  readonly money: number;
  /** Largest fall as a fraction of the high before it, 0 to 1; a loss of more than everything counts as 1. */
  readonly fraction: number;
  /** When the high before the largest fraction was (epoch ms); `null` when equity never fell. */
  readonly from: number | null;
  /** When the largest fraction was reached. */
  readonly trough: number | null;
  /** When that high was reached again; `null` when it has not been. */
  readonly to: number | null;
  /** From the high to its recovery, or to the last sample, ms; 0 when equity never fell. */
  readonly durationMs: number;
  /** The longest time below a former high, ms: perhaps of another, shallower fall. */
  readonly longestMs: number;
}

/** Follows equity sample by sample and knows its worst drawdown. The first sample (the starting equity) is the first high. */
export class DrawdownTracker {
  #high = Number.NEGATIVE_INFINITY;
  #highTime = 0;
  #last = 0;
  #below = false;
  #money = 0;
  #fraction = 0;
  #from: number | null = null;
  #trough: number | null = null;
  #to: number | null = null;
  #longest = 0;

  /** @param time - epoch ms, never falling */
  sample(time: number, equity: number): void {
    this.#last = time;
    if (equity >= this.#high) {
      if (this.#below) this.#recover(time);
      this.#high = equity;
      this.#highTime = time;
      return;
    }
    this.#below = true;
    const fall = this.#high - equity;
    const fraction = this.#high <= 0 ? 1 : Math.min(1, fall / this.#high);
    this.#money = Math.max(this.#money, fall);
    if (fraction <= this.#fraction) return;
    this.#fraction = fraction;
    this.#from = this.#highTime;
    this.#trough = time;
    this.#to = null;
  }

  worst(): EquityDrawdown {
    const open = this.#below ? this.#last - this.#highTime : 0;
    return {
      money: this.#money,
      fraction: this.#fraction,
      from: this.#from,
      trough: this.#trough,
      to: this.#to,
      durationMs: this.#from === null ? 0 : (this.#to ?? this.#last) - this.#from,
      longestMs: Math.max(this.#longest, open),
    };
  }

  #recover(time: number): void {
    this.#below = false;
    this.#longest = Math.max(this.#longest, time - this.#highTime);
    if (this.#from === this.#highTime) this.#to = time;
  }
}
