/** When the FX day rolls: 17:00 in New York, with its summer time. DAY orders end and swap is booked then. */
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ROLL_HOUR = 17;

const newYork = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/New_York',
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
});

/** New York's wall clock at `time`, written as if it were UTC, to whole seconds. */
const wallClock = (time: number): number => {
  const part: Record<string, number> = {};
  for (const { type, value } of newYork.formatToParts(time)) part[type] = Number(value);
  return Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!, part.second!);
};

/** The roll-over on the New York date that `wall` falls on. Clocks change at 2:00, so at 17:00 the offset is unambiguous. */
const rollOverOn = (wall: number): number => {
  const local = Math.floor(wall / DAY) * DAY + ROLL_HOUR * HOUR;
  const guess = local + 5 * HOUR;
  return guess - (wallClock(guess) - local);
};

/** The first 17:00 New York after `time` (epoch ms), never `time` itself. */
export const nextRollOver = (time: number): number => {
  const wall = wallClock(time);
  const today = rollOverOn(wall);
  return today > time ? today : rollOverOn(wall + DAY);
};

/** The last 17:00 New York at or before `time` (epoch ms). */
export const previousRollOver = (time: number): number => {
  const wall = wallClock(time);
  const today = rollOverOn(wall);
  return today <= time ? today : rollOverOn(wall - DAY);
};

/** Weekday in New York at `time`: 0 is Sunday. */
export const newYorkWeekday = (time: number): number => new Date(wallClock(time)).getUTCDay();
