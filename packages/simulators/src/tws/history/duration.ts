import type { TradingHours } from '../contracts/trading-hours.js';

const DAY = 86_400_000;
const FORM = /^(\d{1,5}) ?([SDWMY])$/;

/** How far back a request for history goes. */
export interface Duration {
  readonly count: number;
  readonly unit: 'S' | 'D' | 'W' | 'M' | 'Y';
}

/** Reads `30 D`; without a unit they are seconds. Undefined for what is none. */
export const durationOf = (text: string): Duration | undefined => {
  const match = FORM.exec(/^\d+$/.test(text) ? `${text} S` : text);
  const count = Number(match?.[1]);
  return match === null || count < 1 ? undefined : { count, unit: match[2] as Duration['unit'] };
};

/** What TWS says to a duration that is too long for its unit; undefined where it is not. */
export const tooLong = ({ count, unit }: Duration): string | undefined => {
  const years = (unit === 'D' && count > 365) || (unit === 'W' && count > 52) || (unit === 'M' && count > 12);
  if (years) return 'Historical data request for durations longer than 365 days must be made in years.';
  return unit === 'S' && count > 86_400
    ? 'Historical data request for greater than 86400 seconds must be made in days.'
    : undefined;
};

/** Its length in ms, without regard to trading hours. */
export const durationMs = ({ count, unit }: Duration): number =>
  count * { S: 1_000, D: DAY, W: 7 * DAY, M: 31 * DAY, Y: 366 * DAY }[unit];

/** Where a request that ends at a moment begins (epoch ms): days are days of trading. */
export const beginOf = ({ count, unit }: Duration, end: number, hours: TradingHours): number => {
  const date = new Date(end);
  switch (unit) {
    case 'S':
      return end - count * 1_000;
    case 'D':
      return tradingDaysBack(count, end, hours);
    case 'W':
      return end - count * 7 * DAY;
    case 'M':
      return date.setUTCMonth(date.getUTCMonth() - count);
    case 'Y':
      return date.setUTCFullYear(date.getUTCFullYear() - count);
  }
};

const tradingDaysBack = (count: number, end: number, hours: TradingHours): number => {
  const dates = new Set<string>();
  let begin = end;
  let at = end - 1;
  for (;;) {
    const span = hours.openOrLast(at);
    if (span === undefined) return begin;
    dates.add(span.tradeDate);
    if (dates.size > count) return begin;
    begin = span.start;
    at = span.start - 1;
  }
};
