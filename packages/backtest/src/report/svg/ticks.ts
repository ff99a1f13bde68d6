import { clock, day, fixed, month } from '../format.js';

/** A place on an axis. */
export interface Tick {
  readonly value: number;
  readonly label: string;
}

/** The step of 1, 2 or 5 times a power of ten that comes nearest to so many ticks. */
const niceStep = (span: number, wanted: number): number => {
  const rough = span / Math.max(1, wanted);
  const power = 10 ** Math.floor(Math.log10(rough));
  const steps = [1, 2, 5, 10].map((factor) => factor * power);
  const off = (step: number): number => Math.abs(Math.log(step / rough));
  return steps.reduce((best, step) => (off(step) < off(best) ? step : best));
};

/**
 * Round numbers between two values, about as many as wanted.
 * @param write - how a value is labelled, with the decimals that the step needs
 */
export const niceTicks = (
  from: number,
  to: number,
  wanted: number,
  write: (value: number, decimals: number) => string = fixed,
): Tick[] => {
  if (!(to > from)) return [];
  const step = niceStep(to - from, wanted);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const value = Number(((first + i) * step).toPrecision(12));
    return { value, label: write(value, decimals) };
  });
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** The Monday of 5 January 1970, so that weeks begin on Mondays. */
const MONDAY = 4 * DAY;
const steps = [
  ...[1, 5, 15, 30].map((n) => n * MINUTE),
  ...[1, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2].map((n) => n * DAY),
];

const even = (from: number, to: number, step: number, origin = 0): number[] => {
  const times: number[] = [];
  const first = Math.ceil((from - origin) / step) * step + origin;
  for (let time = first; time <= to; time += step) times.push(time);
  return times;
};

const monthly = (from: number, to: number, every: number): number[] => {
  const times: number[] = [];
  const date = new Date(from);
  const first = date.getUTCFullYear() * 12 + date.getUTCMonth();
  for (let m = Math.ceil(first / every) * every; ; m += every) {
    const time = Date.UTC(Math.floor(m / 12), m % 12);
    if (time > to) return times;
    if (time >= from) times.push(time);
  }
};

const dayLabel = (time: number): string => day(time).replace(/ \d+$/, '');
const monthLabel = (time: number): string =>
  new Date(time).getUTCMonth() === 0 ? String(new Date(time).getUTCFullYear()) : month(time);

/** Times in UTC on the clock or calendar, at most as many as wanted (but two, if any). */
export const timeTicks = (from: number, to: number, wanted: number): Tick[] => {
  if (!(to > from)) return [];
  const most = Math.max(2, wanted);
  const fits = (times: readonly number[]): boolean => times.length <= most;
  const label = (times: readonly number[], write: (time: number) => string): Tick[] =>
    times.map((value) => ({ value, label: write(value) }));
  for (const step of steps) {
    if ((to - from) / step > most + 1) continue;
    const times = even(from, to, step);
    if (fits(times)) return label(times, (t) => (step < DAY && t % DAY !== 0 ? clock(t) : dayLabel(t)));
  }
  for (const weeks of [1, 2]) {
    const times = even(from, to, 7 * weeks * DAY, MONDAY);
    if (fits(times)) return label(times, dayLabel);
  }
  for (const every of [1, 3, 6, 12, 24, 60, 120]) {
    const times = monthly(from, to, every);
    if (fits(times)) return label(times, monthLabel);
  }
  return [];
};
