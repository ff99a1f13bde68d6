const DAY = 86_400_000;
/** No year has more weekdays: with more periods than this, weekends must be days of their own. */
export const MOST_WEEKDAYS = 262;

/**
 * Equity at the end of each UTC day, as daily returns. The first return is against the starting equity. Days without a sample do
 * not exist. When a year has at most 262 periods, Saturday and Sunday count to the Monday that follows: an FX week opens on Sunday
 * evening, which is no trading day of its own.
 */
export class DailyReturns {
  readonly #foldWeekends: boolean;
  readonly #ends: number[] = [];
  #start = Number.NaN;
  #day = Number.NaN;

  /** @param daysPerYear - 252 for markets with weekends, 365 for those without */
  constructor(daysPerYear: number) {
    this.#foldWeekends = daysPerYear <= MOST_WEEKDAYS;
  }

  /** @param time - epoch ms, never falling */
  sample(time: number, equity: number): void {
    if (Number.isNaN(this.#start)) this.#start = equity;
    const day = this.#dayOf(time);
    if (day === this.#day) this.#ends[this.#ends.length - 1] = equity;
    else this.#ends.push(equity);
    this.#day = day;
  }

  /** One return a day; it ends where equity is lost, as there is nothing left to earn a return on. */
  returns(): number[] {
    const returns: number[] = [];
    let before = this.#start;
    for (const end of this.#ends) {
      if (before <= 0) break;
      returns.push(Math.max(-1, end / before - 1));
      before = end;
    }
    return returns;
  }

  #dayOf(time: number): number {
    const day = Math.floor(time / DAY);
    // 1970-01-01 was a Thursday.
    const weekday = (day + 4) % 7;
    if (!this.#foldWeekends) return day;
    return weekday === 6 ? day + 2 : weekday === 0 ? day + 1 : day;
  }
}
