import { fxDayRoll, TradingDays } from '@mikrobot/core';

// When the FX day rolls, 17:00 in New York: DAY orders end and swap is booked then.
const days = /* @__PURE__ */ new TradingDays(fxDayRoll);

/** The first 17:00 New York after `time` (epoch ms), never `time` itself. */
export const nextRollOver = (time: number): number => days.at(time).end;

/** The last 17:00 New York at or before `time` (epoch ms). */
export const previousRollOver = (time: number): number => days.at(time).start;
