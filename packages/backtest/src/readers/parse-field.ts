import { TextDecoder } from 'node:util';

const ZERO = 48;
const DOT = 46;
const COLON = 58;
const SPACE = 32;
const POWERS = Float64Array.from({ length: 23 }, (_, i) => 10 ** i);
const LARGEST_EXACT = 2 ** 53;
const DAY = 86_400_000;
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

const decoder = new TextDecoder('latin1');

/** A field as text, for messages and for what is read once a file. */
export const fieldText = (bytes: Uint8Array, from: number, to: number): string =>
  decoder.decode(bytes.subarray(from, to)).trim();

/**
 * The number nearest to a decimal text, as `Number()` gives it; NaN when it is none (an empty field, `NaN`, `0x10`, `1,5`).
 */
export const parseNumber = (bytes: Uint8Array, from: number, to: number): number => {
  let mantissa = 0;
  let digits = 0;
  let point = -1;
  for (let i = from; i < to; i++) {
    const digit = (bytes[i] as number) - ZERO;
    if (digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      digits++;
    } else if (digit === DOT - ZERO && point < 0) point = digits;
    else return parseSlowly(bytes, from, to);
  }
  // Both are exact in a double, so that one division gives the correctly rounded result (Clinger 1990).
  if (digits === 0 || digits > 22 || mantissa >= LARGEST_EXACT) return parseSlowly(bytes, from, to);
  return point < 0 ? mantissa : mantissa / (POWERS[digits - point] as number);
};

const parseSlowly = (bytes: Uint8Array, from: number, to: number): number => {
  const text = fieldText(bytes, from, to);
  const value = DECIMAL.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : Number.NaN;
};

/** A whole number of exactly the digits in [from, to), or NaN. */
const digitsAt = (bytes: Uint8Array, from: number, to: number): number => {
  let value = 0;
  for (let i = from; i < to; i++) {
    const digit = (bytes[i] as number) - ZERO;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
};

/** Days from 1970-01-01 in the Gregorian calendar; NaN for a date that does not exist. */
const daysOf = (year: number, month: number, day: number): number => {
  if (!(month >= 1 && month <= 12 && day >= 1)) return Number.NaN;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const length =
    month === 2 ? (leap ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  if (!(day <= length)) return Number.NaN;
  // Counted in years that begin in March, so that the leap day comes last.
  const y = month <= 2 ? year - 1 : year;
  const m = month <= 2 ? month + 9 : month - 3;
  return (
    365 * y +
    Math.floor(y / 4) -
    Math.floor(y / 100) +
    Math.floor(y / 400) +
    Math.floor((153 * m + 2) / 5) +
    day -
    719_469
  );
};

/** Midnight of `2022.08.15` as wall time in ms, or NaN. */
export const parseDate = (bytes: Uint8Array, from: number, to: number): number =>
  to - from === 10 && bytes[from + 4] === DOT && bytes[from + 7] === DOT
    ? DAY *
      daysOf(
        digitsAt(bytes, from, from + 4),
        digitsAt(bytes, from + 5, from + 7),
        digitsAt(bytes, from + 8, to),
      )
    : Number.NaN;

const clockOf = (hour: number, minute: number, second: number, ms: number): number =>
  hour <= 23 && minute <= 59 && second <= 59 ? ((hour * 60 + minute) * 60 + second) * 1000 + ms : Number.NaN;

/** `07:06`, `07:06:30` or `07:06:30.125` as ms of the day, or NaN. */
export const parseClock = (bytes: Uint8Array, from: number, to: number): number => {
  const length = to - from;
  const seconds = length === 8 || length === 12;
  if (bytes[from + 2] !== COLON || (seconds ? bytes[from + 5] !== COLON : length !== 5)) return Number.NaN;
  if (length === 12 && bytes[from + 8] !== DOT) return Number.NaN;
  return clockOf(
    digitsAt(bytes, from, from + 2),
    digitsAt(bytes, from + 3, from + 5),
    seconds ? digitsAt(bytes, from + 6, from + 8) : 0,
    length === 12 ? digitsAt(bytes, from + 9, to) : 0,
  );
};

/** `20120201 000000` or, with milliseconds, `20120201 000003660` as wall time in ms, or NaN. */
export const parseStamp = (bytes: Uint8Array, from: number, to: number): number => {
  const length = to - from;
  if ((length !== 15 && length !== 18) || bytes[from + 8] !== SPACE) return Number.NaN;
  const days = daysOf(
    digitsAt(bytes, from, from + 4),
    digitsAt(bytes, from + 4, from + 6),
    digitsAt(bytes, from + 6, from + 8),
  );
  const clock = clockOf(
    digitsAt(bytes, from + 9, from + 11),
    digitsAt(bytes, from + 11, from + 13),
    digitsAt(bytes, from + 13, from + 15),
    length === 18 ? digitsAt(bytes, from + 15, to) : 0,
  );
  return DAY * days + clock;
};
