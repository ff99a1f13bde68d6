const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Intervals of klines and their length in ms; a month has none of its own. */
const LENGTHS: Readonly<Record<string, number>> = {
  '1s': SECOND,
  '1m': MINUTE,
  '3m': 3 * MINUTE,
  '5m': 5 * MINUTE,
  '15m': 15 * MINUTE,
  '30m': 30 * MINUTE,
  '1h': HOUR,
  '2h': 2 * HOUR,
  '4h': 4 * HOUR,
  '6h': 6 * HOUR,
  '8h': 8 * HOUR,
  '12h': 12 * HOUR,
  '1d': DAY,
  '3d': 3 * DAY,
  '1w': 7 * DAY,
};

/** 1970-01-01 was a Thursday: weeks of the venue begin on Monday. */
const MONDAY = 4 * DAY;

/** Whether the venue has klines of this interval. */
export const isInterval = (interval: string): boolean =>
  interval === '1M' || Object.hasOwn(LENGTHS, interval);

/** When the kline begins that a time falls into: epoch ms UTC. */
export const openTimeOf = (interval: string, time: number): number => {
  if (interval === '1M') {
    const date = new Date(time);
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
  }
  const length = LENGTHS[interval] as number;
  const offset = interval === '1w' ? MONDAY : 0;
  return Math.floor((time - offset) / length) * length + offset;
};

/** The last ms of the kline that begins at `openTime`. */
export const closeTimeOf = (interval: string, openTime: number): number => {
  if (interval !== '1M') return openTime + (LENGTHS[interval] as number) - 1;
  const date = new Date(openTime);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) - 1;
};
