const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A size of bars that TWS makes. */
export interface BarSize {
  /** Longest length, ms: a day is 24 hours and a month 31 days. */
  readonly length: number;
  /** What a bar spans: a fixed time, or trading days. */
  readonly unit: 'time' | 'day' | 'week' | 'month';
}

const time = (length: number): BarSize => ({ length, unit: 'time' });

const sizes: Readonly<Record<string, BarSize>> = {
  '1 secs': time(SECOND),
  '5 secs': time(5 * SECOND),
  '10 secs': time(10 * SECOND),
  '15 secs': time(15 * SECOND),
  '30 secs': time(30 * SECOND),
  '1 min': time(MINUTE),
  '2 mins': time(2 * MINUTE),
  '3 mins': time(3 * MINUTE),
  '5 mins': time(5 * MINUTE),
  '10 mins': time(10 * MINUTE),
  '15 mins': time(15 * MINUTE),
  '20 mins': time(20 * MINUTE),
  '30 mins': time(30 * MINUTE),
  '1 hour': time(HOUR),
  '2 hours': time(2 * HOUR),
  '3 hours': time(3 * HOUR),
  '4 hours': time(4 * HOUR),
  '8 hours': time(8 * HOUR),
  '1 day': { length: DAY, unit: 'day' },
  '1W': { length: 7 * DAY, unit: 'week' },
  '1M': { length: 31 * DAY, unit: 'month' },
};

/** Names that TWS takes for the same. */
const aliases: Readonly<Record<string, string>> = {
  '1 sec': '1 secs',
  '1 mins': '1 min',
  '1 hours': '1 hour',
  '1 days': '1 day',
  '1D': '1 day',
  '1 week': '1W',
  '1 W': '1W',
  '1 month': '1M',
  '1 M': '1M',
};

/** A bar size by the name that a request gives it; undefined for none that TWS makes. */
export const barSizeOf = (name: string): BarSize | undefined => {
  const known = aliases[name] ?? name;
  return Object.hasOwn(sizes, known) ? sizes[known] : undefined;
};

/** What TWS says to a name that is none. */
export const badBarSize = `Historical data bar size setting is invalid. Legal ones are: ${Object.keys(sizes).join(', ')}`;

/**
 * Longest durations that small bars are given for, ms (documentation of the TWS API, "Step Sizes"; for bars of a minute and
 * more the limits have been lifted).
 */
const longest: readonly (readonly [length: number, duration: number])[] = [
  [SECOND, 30 * MINUTE],
  [5 * SECOND, HOUR],
  [15 * SECOND, 4 * HOUR],
  [30 * SECOND, 8 * HOUR],
];

/** Whether so long a duration (ms) may be asked for in bars of a size. */
export const isValidStep = (size: BarSize, duration: number): boolean => {
  const limit = longest.find(([length]) => size.length <= length);
  return limit === undefined || duration <= limit[1];
};
