import { MikroBotError, type Timeframe } from '@mikrobot/core';

const byTimeframe: ReadonlyMap<Timeframe, string> = new Map([
  ['S1', '1s'],
  ['M1', '1m'],
  ['M3', '3m'],
  ['M5', '5m'],
  ['M15', '15m'],
  ['M30', '30m'],
  ['H1', '1h'],
  ['H2', '2h'],
  ['H4', '4h'],
  ['H8', '8h'],
  ['H12', '12h'],
  ['D1', '1d'],
]);

const byInterval: ReadonlyMap<string, Timeframe> = new Map([...byTimeframe].map(([t, i]) => [i, t]));

/**
 * The venue's name of a timeframe. Futures have no seconds.
 * @throws {@link MikroBotError} `BAD_TIMEFRAME` where the venue has no klines of that length
 */
export const intervalOf = (timeframe: Timeframe, venue: 'spot' | 'futures'): string => {
  const interval = byTimeframe.get(timeframe);
  if (interval !== undefined && (venue === 'spot' || timeframe !== 'S1')) return interval;
  const known = [...byTimeframe.keys()].filter((name) => venue === 'spot' || name !== 'S1');
  throw new MikroBotError('BAD_TIMEFRAME', `Binance has no klines of ${timeframe}.`, {
    where: venue,
    hint: `Use one of ${known.join(', ')}, or build the bars from ticks.`,
  });
};

/** The timeframe of a venue's interval, where we have a name for it. */
export const timeframeOf = (interval: unknown): Timeframe | undefined =>
  typeof interval === 'string' ? byInterval.get(interval) : undefined;
