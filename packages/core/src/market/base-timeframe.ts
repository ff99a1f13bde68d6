import { MikroBotError } from '../errors/mikrobot-error.js';
import { type Timeframe, timeframeMs, timeframes } from './timeframe.js';
import type { DayRoll } from './trading-day.js';
import { DAY_MS, parseLocalTime, zoneOf } from './zone.js';

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

const coarsestFirst = (Object.keys(timeframes) as Timeframe[]).sort(
  (a, b) => timeframeMs(b) - timeframeMs(a),
);

/** What divides the distance from UTC midnight of every roll that a zone has had since 1970: half an hour for Adelaide. */
const grainOfRoll = (roll: DayRoll): number => {
  const zone = zoneOf(roll.zone);
  let grain = gcd(DAY_MS, parseLocalTime(roll.time, 'day roll'));
  for (let year = 1970; year < 2050; year++) {
    for (const month of [0, 6]) grain = gcd(grain, Math.abs(zone.offsetAt(Date.UTC(year, month))));
  }
  return grain;
};

/**
 * The coarsest timeframe that all wanted ones are made of, so that ticks need to feed only one series: M5 for M10 and M15.
 * @throws {@link MikroBotError} `BAD_TIMEFRAME` when none is wanted.
 */
export const baseTimeframe = (wanted: readonly Timeframe[], dayRoll?: DayRoll): Timeframe => {
  const [first] = wanted;
  if (first === undefined) throw new MikroBotError('BAD_TIMEFRAME', 'No timeframe was declared.');
  if (wanted.every((t) => t === first)) return first;
  let grain = 0;
  for (const timeframe of wanted) {
    const rolled = timeframe === 'D1' && dayRoll !== undefined;
    grain = gcd(grain, rolled ? grainOfRoll(dayRoll) : timeframeMs(timeframe));
  }
  return coarsestFirst.find((t) => grain % timeframeMs(t) === 0) as Timeframe;
};
