import { parseLocalTime, type Span, type Weekday, zoneOf } from '@mikrobot/core';
import { dateText } from '../times.js';

const DAY = 86_400_000;

/** A stretch of a week's trading, by the clock of its place. */
export interface WeeklyHours {
  /** Local time as `17:00`. */
  readonly from: string;
  /** Local time, exclusive; at or before `from` it is on the next day. `24:00` is midnight. */
  readonly to: string;
  /** Local weekdays on which it begins (0 is Sunday). */
  readonly days: readonly Weekday[];
}

/** A span of trading and the day it counts to. */
export interface TradingSpan extends Span {
  /** `YYYYMMDD`: the local date on which it ends. */
  readonly tradeDate: string;
}

/** When a contract trades, by the clock of its exchange. */
export interface TradingHours {
  /** As TWS names it: `US/Central`. An IANA name, too. */
  readonly zone: string;
  /** Whether it is open at a moment (epoch ms). */
  isOpen(time: number): boolean;
  /** The span that is open at a moment. */
  spanAt(time: number): TradingSpan | undefined;
  /** The span that is open at a moment, or the next one; undefined where there is none within two weeks. */
  openOrNext(time: number): TradingSpan | undefined;
  /** The span that is open at a moment, or the last one before; undefined where there was none within two weeks. */
  openOrLast(time: number): TradingSpan | undefined;
  /** As contract details tell it: six days from a moment on. */
  text(time: number): string;
}

const two = (value: number): string => String(value).padStart(2, '0');

const clockText = (local: number): string => {
  const date = new Date(local);
  return `${dateText(local)}:${two(date.getUTCHours())}${two(date.getUTCMinutes())}`;
};

/** 1 January 1970 was a Thursday. */
const weekday = (day: number): Weekday => ((((day + 4) % 7) + 7) % 7) as Weekday;

/** Days around a moment in which a span is looked for. */
const AROUND = 14;
/** So many days TWS tells. */
const TOLD = 6;

/**
 * Hours that repeat each week.
 * @param holidays - local dates (`YYYYMMDD`) whose trading does not take place
 * @throws `MikroBotError` `BAD_CONFIG` for a zone that is not known or a time that is none
 */
export const weeklyHours = (
  zone: string,
  hours: readonly WeeklyHours[],
  holidays: readonly string[] = [],
): TradingHours => {
  const place = zoneOf(zone);
  const closed = new Set(holidays);
  const stretches = hours.map(({ from, to, days }) => {
    const begin = parseLocalTime(from, zone) % DAY;
    const end = parseLocalTime(to, zone);
    return { begin, end: end > begin ? end : end + DAY, days: new Set<number>(days) };
  });

  /** What begins on a local day, as local times. */
  const beginningOn = (day: number): { begin: number; end: number; tradeDate: string }[] =>
    stretches
      .filter(({ days }) => days.has(weekday(day)))
      .map(({ begin, end }) => ({ begin: day * DAY + begin, end: day * DAY + end }))
      .map((local) => ({ ...local, tradeDate: dateText(local.end - 1) }))
      .filter(({ tradeDate }) => !closed.has(tradeDate))
      .sort((a, b) => a.begin - b.begin);

  const toSpan = (local: { begin: number; end: number; tradeDate: string }): TradingSpan => ({
    start: place.toUtc(local.begin),
    end: place.toUtc(local.end),
    tradeDate: local.tradeDate,
  });

  const firstFrom = (time: number, days: number): TradingSpan | undefined => {
    const local = place.toLocal(time);
    const today = Math.floor(local / DAY);
    for (let day = today - 1; day <= today + days; day++) {
      const span = beginningOn(day).find(({ end }) => local < end);
      if (span !== undefined) return toSpan(span);
    }
    return undefined;
  };

  const openOrLast = (time: number): TradingSpan | undefined => {
    const local = place.toLocal(time);
    const today = Math.floor(local / DAY);
    for (let day = today; day >= today - AROUND; day--) {
      const span = beginningOn(day).findLast(({ begin }) => begin <= local);
      if (span !== undefined) return toSpan(span);
    }
    return undefined;
  };

  const spanAt = (time: number): TradingSpan | undefined => {
    const span = firstFrom(time, 0);
    return span !== undefined && span.start <= time ? span : undefined;
  };

  /** What counts to a local date, or that it is closed; nothing for a day whose evening counts to the next. */
  const ofDate = (day: number): readonly string[] => {
    const date = dateText(day * DAY);
    const counting = [...beginningOn(day - 1), ...beginningOn(day)].filter((s) => s.tradeDate === date);
    if (counting.length > 0) return counting.map((s) => `${clockText(s.begin)}-${clockText(s.end)}`);
    return beginningOn(day).length > 0 ? [] : [`${date}:CLOSED`];
  };

  return {
    zone,
    isOpen: (time) => spanAt(time) !== undefined,
    spanAt,
    openOrNext: (time) => firstFrom(time, AROUND),
    openOrLast,
    text: (time) => {
      const told: string[] = [];
      const today = Math.floor(place.toLocal(time) / DAY);
      for (let day = today, dates = 0; dates < TOLD && day < today + 2 * TOLD; day++) {
        const lines = ofDate(day);
        told.push(...lines);
        if (lines.length > 0) dates++;
      }
      return told.join(';');
    },
  };
};

/** Monday to Friday. */
export const workdays: readonly Weekday[] = [1, 2, 3, 4, 5];
/** Sunday to Thursday: evenings that begin the trading of the next day. */
export const eves: readonly Weekday[] = [0, 1, 2, 3, 4];
