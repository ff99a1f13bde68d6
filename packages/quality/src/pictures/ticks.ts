import type { Range } from './scale.js';

/** A place on an axis. */
export interface Tick {
  readonly value: number;
  readonly label: string;
}

/** Writes numbers of one kind alike. */
export type Writer = (value: number) => string;

const MINUS = '−';

const grouped = (value: number, decimals: number): string => {
  const [whole = '0', fraction] = Math.abs(value).toFixed(decimals).split('.');
  const text = `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${fraction === undefined ? '' : `.${fraction}`}`;
  return value < 0 && /[1-9]/.test(text) ? MINUS + text : text;
};

const powerOf = (value: number): number => Math.floor(Math.log10(value) + 1e-9);

/**
 * Writes numbers with the digits that tell apart what is `step` apart: grouped by thousands, the same on every machine. Very
 * large and very small ones get an exponent.
 * @param largest - the largest of them, without its sign
 */
export const writer = (largest: number, step: number): Writer => {
  const apart = step > 0 && Number.isFinite(step) ? step : largest / 1000 || 1;
  const digits = (count: number): number => Math.min(12, Math.max(0, count));
  if (largest === 0 || (largest >= 1e-4 && largest < 1e7)) {
    const decimals = digits(-powerOf(apart));
    return (value) => grouped(value, decimals);
  }
  const decimals = digits(powerOf(largest) - powerOf(apart));
  return (value) =>
    value === 0 ? '0' : value.toExponential(decimals).replace('e+', 'e').replaceAll('-', MINUS);
};

/** Writes figures of a range with about three digits of it. */
export const rangeWriter = ([low, high]: Range): Writer =>
  writer(Math.max(Math.abs(low), Math.abs(high)), high / 300 - low / 300);

/** Writes figures that somebody chose, such as limits of a specification: like others, without zeros at their end. */
export const chosenWriter =
  (write: Writer): Writer =>
  (value) =>
    write(value)
      .replace(/(\.\d*?)0+(?=e|$)/, '$1')
      .replace(/\.(?=e|$)/, '');

/** The number of 1, 2 or 5 times a power of ten that comes nearest; 0 when there is none. */
export const niceStep = (rough: number): number => {
  if (!(rough > 0 && Number.isFinite(rough))) return 0;
  const power = 10 ** Math.floor(Math.log10(rough));
  const off = (step: number): number => Math.abs(Math.log(step / rough));
  const nearest = [1, 2, 5, 10]
    .map((factor) => factor * power)
    .reduce((best, step) => (off(step) < off(best) ? step : best));
  return Number.isFinite(nearest) ? nearest : power;
};

/** A multiple of a step, without the last digits that binary fractions add. */
export const multiple = (times: number, step: number): number => Number((times * step).toPrecision(15));

/**
 * Round numbers between two values, about as many as wanted.
 * @param least - the smallest step: 1 where only whole numbers make sense
 */
export const niceTicks = ([from, to]: Range, wanted: number, least = 0): readonly Tick[] => {
  const many = Math.max(2, wanted);
  const step = Math.max(least, niceStep(to / many - from / many));
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  if (!(last - first >= 0 && last - first <= 4 * many)) return [];
  const slack = step * 1e-6;
  const write = writer(Math.max(Math.abs(from), Math.abs(to)), step);
  const values = Array.from({ length: last - first + 1 }, (_, i) => multiple(first + i, step));
  return (
    values
      // Between neighbours in the last digits there is no round number.
      .filter((value, i) => value >= from - slack && value <= to + slack && value !== values[i - 1])
      .map((value) => ({ value, label: write(value) }))
  );
};
