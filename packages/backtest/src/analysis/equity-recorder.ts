import { DailyReturns } from './daily-returns.js';
import { DrawdownTracker, type EquityDrawdown } from './drawdown-tracker.js';
import { ExtremesSeries } from './extremes-series.js';
import type { EquityCurve } from './result.js';

/** Points of the equity curve kept at most. */
const MOST_POINTS = 20_000;

/** Takes samples of equity and keeps what the report needs, in bounded memory. */
export class EquityRecorder {
  readonly #series = new ExtremesSeries(MOST_POINTS);
  readonly #drawdown = new DrawdownTracker();
  readonly #daily: DailyReturns;

  constructor(daysPerYear: number) {
    this.#daily = new DailyReturns(daysPerYear);
  }

  /** @param time - epoch ms, never falling */
  sample(time: number, equity: number): void {
    if (!Number.isFinite(equity)) return;
    this.#series.push(time, equity);
    this.#drawdown.sample(time, equity);
    this.#daily.sample(time, equity);
  }

  curve(): EquityCurve {
    const points = this.#series.points();
    return { time: points.map((p) => p.time), equity: points.map((p) => p.value) };
  }

  worst(): EquityDrawdown {
    return this.#drawdown.worst();
  }

  dailyReturns(): number[] {
    return this.#daily.returns();
  }
}
