import { DAY_MS, parseLocalTime, type Zone, zoneOf } from './zone.js';

/** Where one trading day ends and the next begins: a local time in an IANA zone. */
export interface DayRoll {
  /** IANA name, such as `America/New_York`. */
  readonly zone: string;
  /** Local time as `17:00`. */
  readonly time: string;
}

/** A stretch of time: `start` inclusive, `end` exclusive, epoch ms UTC. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Foreign exchange rolls at 17:00 New York, the convention of interbank settlement. */
export const fxDayRoll: DayRoll = { zone: 'America/New_York', time: '17:00' };

/** Days that begin at a local time: 23 or 25 hours long where clocks change. Remembers the last day it was asked about. */
export class TradingDays {
  readonly #zone: Zone;
  readonly #time: number;
  #last: Span = { start: Infinity, end: -Infinity };

  /** @throws {@link MikroBotError} `BAD_CONFIG` for an unknown zone or a time that is none. */
  constructor(roll: DayRoll) {
    this.#zone = zoneOf(roll.zone);
    this.#time = parseLocalTime(roll.time, 'day roll') % DAY_MS;
  }

  /**
   * The day that a moment belongs to.
   * @param time - epoch ms UTC
   */
  at(time: number): Span {
    const last = this.#last;
    if (time >= last.start && time < last.end) return last;
    let day = Math.floor((this.#zone.toLocal(time) - this.#time) / DAY_MS);
    // Clocks that go back over the roll show it twice; the first time counts.
    if (time >= this.#startOf(day + 1)) day++;
    this.#last = { start: this.#startOf(day), end: this.#startOf(day + 1) };
    return this.#last;
  }

  #startOf(day: number): number {
    return this.#zone.toUtc(day * DAY_MS + this.#time);
  }
}

/** By zone, then by time: a joint key would have to be built at each call. */
const known = new Map<string, Map<string, TradingDays>>();

/**
 * The trading day that a moment belongs to; by default the foreign exchange day, from 17:00 New York to the next.
 * @param time - epoch ms UTC
 * @throws {@link MikroBotError} `BAD_CONFIG` for an unknown zone or a time that is none.
 */
export const tradingDay = (time: number, roll: DayRoll = fxDayRoll): Span =>
  (known.get(roll.zone)?.get(roll.time) ?? remember(roll)).at(time);

const remember = (roll: DayRoll): TradingDays => {
  const days = new TradingDays(roll);
  const ofZone = known.get(roll.zone) ?? new Map<string, TradingDays>();
  known.set(roll.zone, ofZone.set(roll.time, days));
  return days;
};
