const POWERS = Array.from({ length: 23 }, (_, i) => 10 ** i);
/** Longer numbers are no prices: the venue writes at most 20 digits before and 18 after the point. */
const LONGEST = 40;
const ZERO = 48;
const POINT = 46;

/**
 * The number that a decimal text says, or NaN where it is no plain non-negative decimal: no sign, no exponent, no blanks. Up to 15
 * digits it takes one division of two exact numbers, which IEEE 754 rounds as it rounds the decimal itself.
 */
export const decimalNumber = (text: unknown): number => {
  if (typeof text !== 'string') return Number.NaN;
  const { length } = text;
  if (length === 0 || length > LONGEST) return Number.NaN;
  let mantissa = 0;
  let significant = 0;
  let point = -1;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code === POINT) {
      if (point !== -1 || i === 0 || i === length - 1) return Number.NaN;
      point = i;
      continue;
    }
    const digit = code - ZERO;
    if (digit < 0 || digit > 9) return Number.NaN;
    mantissa = mantissa * 10 + digit;
    if (significant > 0 || digit > 0) significant += 1;
  }
  const decimals = point === -1 ? 0 : length - point - 1;
  if (significant > 15 || decimals > 22) return Number(text);
  return mantissa / (POWERS[decimals] as number);
};

/** As {@link decimalNumber}, with a sign: funding rates and profits can be negative. */
export const signedNumber = (text: unknown): number =>
  typeof text === 'string' && text.charCodeAt(0) === 45 ? -decimalNumber(text.slice(1)) : decimalNumber(text);
