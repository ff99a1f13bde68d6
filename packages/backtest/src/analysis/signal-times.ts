import { type VolatilityTag, volatilityTags } from './volatility-regime.js';

/** When signals arose. */
export interface SignalTimes {
  /** Signals by weekday (row 0 is Monday, 6 Sunday) and hour (column 0 to 23), both UTC. */
  readonly heat: readonly (readonly number[])[];
  readonly bySession: Readonly<Record<string, number>>;
  readonly byVolatility: Readonly<Record<VolatilityTag, number>>;
}

/** Counts signals by weekday and hour, by session and by volatility. */
export class SignalTimesCounter {
  readonly #heat = Array.from({ length: 7 }, () => new Array<number>(24).fill(0));
  readonly #sessions = new Map<string, number>();
  readonly #volatility = new Map<VolatilityTag, number>();

  /** @param time - epoch ms */
  add(time: number, session: string, volatility: VolatilityTag): void {
    const date = new Date(time);
    const row = this.#heat[(date.getUTCDay() + 6) % 7] as number[];
    const hour = date.getUTCHours();
    row[hour] = (row[hour] as number) + 1;
    this.#sessions.set(session, (this.#sessions.get(session) ?? 0) + 1);
    this.#volatility.set(volatility, (this.#volatility.get(volatility) ?? 0) + 1);
  }

  result(): SignalTimes {
    const tags = volatilityTags.map((tag) => [tag, this.#volatility.get(tag) ?? 0] as const);
    return {
      heat: this.#heat.map((row) => [...row]),
      bySession: Object.fromEntries(this.#sessions),
      byVolatility: Object.fromEntries(tags) as Record<VolatilityTag, number>,
    };
  }
}
