import { Zone } from '@mikrobot/core';
import { type Check, fail, ok, warn } from './check.js';

const READINGS = 10_000;
/** Ms by which the wall clock may have moved since the process began, beside what passed. */
const TOLERANCE = 1_000;
const HOUR = 3_600_000;

/** Time as this machine tells it. All ms. */
export interface Clocks {
  /** Time since an arbitrary moment; must never fall. */
  monotonic(): number;
  /** Epoch ms by the wall clock. */
  wall(): number;
  /** Epoch ms at which `monotonic` was 0. */
  readonly origin: number;
}

const machine: Clocks = {
  monotonic: () => performance.now(),
  wall: () => Date.now(),
  origin: performance.timeOrigin,
};

/** Whether time only ever goes forward, and at the speed of the wall clock. */
export const checkClock = (clocks: Clocks = machine): Check => {
  let last = clocks.monotonic();
  for (let i = 0; i < READINGS; i++) {
    const now = clocks.monotonic();
    if (now < last)
      return fail('clock', `went back by ${last - now} ms`, 'Check the virtual machine or its host.');
    last = now;
  }
  const drift = clocks.wall() - (clocks.origin + clocks.monotonic());
  return Math.abs(drift) > TOLERANCE
    ? warn(
        'clock',
        `the wall clock was moved by ${Math.round(drift)} ms`,
        'Let NTP keep it, then start again.',
      )
    : ok('clock', 'never goes back');
};

/** New York's offset from UTC in hours on both sides of two changes, by the law of 2005. */
const KNOWN = [
  ['2024-03-10T06:59:59Z', -5],
  ['2024-03-10T07:00:00Z', -4],
  ['2024-11-03T05:59:59Z', -4],
  ['2024-11-03T06:00:00Z', -5],
] as const;

/** Whether the time-zone data is there and right: sessions and trading days hang on it. */
export const checkZones = (offsetAt?: (time: number) => number): Check => {
  const fix = 'Use a build of Node.js with full ICU data (the official ones have it).';
  try {
    const zone = new Zone('America/New_York');
    const offset = offsetAt ?? ((time: number) => zone.offsetAt(time));
    const wrong = KNOWN.find(([at, hours]) => offset(Date.parse(at)) !== hours * HOUR);
    if (wrong === undefined) return ok('time zones', "New York's summer time is known");
    const [at, hours] = wrong;
    const found = offset(Date.parse(at)) / HOUR;
    return fail('time zones', `New York is at UTC${found} at ${at}, not UTC${hours}`, fix);
  } catch {
    return fail('time zones', 'America/New_York is not known', fix);
  }
};
