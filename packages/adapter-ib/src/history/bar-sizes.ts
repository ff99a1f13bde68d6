import { type Timeframe, timeframeMs, type Zone } from '@mikrobot/core';
import { BarSizeSetting } from '@stoqey/ib';

const SECOND = 1_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;

/** Bars as TWS gives them, and how many it gives by one request. */
export interface BarSize {
  readonly setting: BarSizeSetting;
  /** Length of a bar, ms. */
  readonly ms: number;
  /** Ms of the calendar that one request is to cover. */
  readonly page: number;
  /** How long a request is to be for that, in the words of TWS. */
  readonly duration: string;
  /** The longest request that ends now, ms: where no end can be named. */
  readonly reach: number;
  /** Whether it is one of 30 seconds or less, whose requests are counted strictly. */
  readonly small: boolean;
}

const small = (setting: BarSizeSetting, seconds: number, step: number): BarSize => ({
  setting,
  ms: seconds * SECOND,
  page: step * SECOND,
  duration: `${step} S`,
  reach: step * SECOND,
  small: true,
});

/** TWS counts days of trading, of which the running one may be a part: one more than those of the calendar covers them all. */
const days = (setting: BarSizeSetting, ms: number, page: number, reach: number): BarSize => ({
  setting,
  ms,
  page: page * DAY,
  duration: `${page + 1} D`,
  reach: reach * DAY,
  small: false,
});

const MINUTE = 60 * SECOND;

/**
 * Durations keep to the longest of the table of IB for each bar size (TWS API, Historical Data Limitations, Step Sizes). Seconds can be
 * asked for up to a day, days up to 365 (321 otherwise: ib_async issue 229).
 */
const sizes = {
  S1: small(BarSizeSetting.SECONDS_ONE, 1, 1_800),
  S5: small(BarSizeSetting.SECONDS_FIVE, 5, 3_600),
  S15: small(BarSizeSetting.SECONDS_FIFTEEN, 15, 14_400),
  S30: small(BarSizeSetting.SECONDS_THIRTY, 30, 28_800),
  M1: { ...days(BarSizeSetting.MINUTES_ONE, MINUTE, 1, 7), duration: '86400 S' },
  M2: days(BarSizeSetting.MINUTES_TWO, 2 * MINUTE, 1, 7),
  M3: days(BarSizeSetting.MINUTES_THREE, 3 * MINUTE, 6, 30),
  M5: days(BarSizeSetting.MINUTES_FIVE, 5 * MINUTE, 6, 30),
  M10: days(BarSizeSetting.MINUTES_TEN, 10 * MINUTE, 6, 30),
  M15: days(BarSizeSetting.MINUTES_FIFTEEN, 15 * MINUTE, 6, 30),
  M30: days(BarSizeSetting.MINUTES_THIRTY, 30 * MINUTE, 29, 365),
  H1: days(BarSizeSetting.HOURS_ONE, HOUR, 29, 365),
  D1: days(BarSizeSetting.DAYS_ONE, DAY, 364, 3_650),
} as const satisfies Partial<Record<Timeframe, BarSize>>;

/**
 * What bars of a timeframe are made of. Hours and more are made of bars that fit the grid of core, which counts from midnight UTC: TWS
 * counts from midnight at the exchange, and has no 12 hours. Days are those of the exchange.
 * @param from - epoch ms, with `to`: where a zone is half an hour off then, hours are made of half hours
 */
export const barSizeOf = (timeframe: Timeframe, zone: Zone, from: number, to: number): BarSize => {
  if (timeframe in sizes && timeframe !== 'H1') return sizes[timeframe as keyof typeof sizes];
  const wholeHours = zone.offsetAt(from) % HOUR === 0 && zone.offsetAt(to) % HOUR === 0;
  return wholeHours ? sizes.H1 : sizes.M30;
};

/** A duration that reaches back so many ms from now, in the words of TWS. */
export const durationOf = (ms: number): string => {
  if (ms <= DAY) return `${Math.max(60, Math.ceil(ms / SECOND))} S`;
  const count = Math.ceil(ms / DAY) + 1;
  return count <= 365 ? `${count} D` : `${Math.ceil(count / 365)} Y`;
};

/** Begin of the stretch of a timeframe's grid that a moment is in; of days, the exchange's. */
export const gridStart = (timeframe: Timeframe, zone: Zone, time: number): number => {
  const ms = timeframeMs(timeframe);
  if (timeframe !== 'D1') return Math.floor(time / ms) * ms;
  return zone.toUtc(Math.floor(zone.toLocal(time) / DAY) * DAY);
};

/** End of the stretch that begins at `start`: a day has 23 or 25 hours where clocks change. */
export const gridEnd = (timeframe: Timeframe, zone: Zone, start: number): number =>
  timeframe === 'D1'
    ? zone.toUtc(Math.floor(zone.toLocal(start) / DAY) * DAY + DAY)
    : start + timeframeMs(timeframe);
