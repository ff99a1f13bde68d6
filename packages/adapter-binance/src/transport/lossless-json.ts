const QUOTE = 34;
const MINUS = 45;
const ZERO = 48;
const NINE = 57;
const COLON = 58;
const BACKSLASH = 92;

/** Shorter runs of digits are exact as numbers. */
const LONG = 16;

/**
 * Parses JSON as `JSON.parse` does, but integers beyond 2^53 become strings of their digits: the venue's ids can be longer than a
 * number is exact. Fractions stay numbers; the venue sends prices and quantities as strings.
 * @throws SyntaxError exactly when `JSON.parse` does
 */
export const parseLossless = (text: string): unknown =>
  JSON.parse(hasLongNumber(text) ? quoteLongIntegers(text) : text);

/**
 * Whether there is a run of 16 digits. It covers an index of every 16th, so that only these need to be looked at: on a message full of
 * prices a regular expression takes longer than the parser.
 */
const hasLongNumber = (text: string): boolean => {
  for (let at = LONG - 1; at < text.length; at += LONG) {
    if (!isDigit(text.charCodeAt(at))) continue;
    let first = at;
    while (isDigit(text.charCodeAt(first - 1))) first--;
    let end = at + 1;
    while (isDigit(text.charCodeAt(end))) end++;
    if (end - first >= LONG) return true;
  }
  return false;
};

/** Puts unsafe integers into quotes. What is inside of strings is never looked at. */
const quoteLongIntegers = (text: string): string => {
  let out = '';
  let copied = 0;
  let at = 0;
  while (at < text.length) {
    const char = text.charCodeAt(at);
    if (char === QUOTE) {
      at = endOfString(text, at);
      // Cut off inside of a string: the parser shall say so.
      if (at < 0) return text;
    } else if (char === MINUS || isDigit(char)) {
      const end = endOfNumber(text, at);
      const token = text.slice(at, end);
      if (isUnsafeInteger(token) && !isKey(text, end)) {
        out += `${text.slice(copied, at)}"${token}"`;
        copied = end;
      }
      at = end;
    } else at++;
  }
  return copied === 0 ? text : out + text.slice(copied);
};

const isDigit = (char: number): boolean => char >= ZERO && char <= NINE;

/** @returns the index behind the closing quote, or -1 */
const endOfString = (text: string, start: number): number => {
  for (let at = start + 1; ; at++) {
    at = text.indexOf('"', at);
    if (at < 0) return -1;
    let escapes = 0;
    while (text.charCodeAt(at - 1 - escapes) === BACKSLASH) escapes++;
    if (escapes % 2 === 0) return at + 1;
  }
};

const endOfNumber = (text: string, start: number): number => {
  let at = start + 1;
  for (; at < text.length; at++) if (!/[\d.eE+-]/.test(text[at] as string)) break;
  return at;
};

const isUnsafeInteger = (token: string): boolean =>
  token.length >= 16 && /^-?[1-9]\d*$/.test(token) && !Number.isSafeInteger(Number(token));

/** A bare number as a key is no JSON, and shall not become some. */
const isKey = (text: string, end: number): boolean => {
  let at = end;
  while (/\s/.test(text[at] ?? '')) at++;
  return text.charCodeAt(at) === COLON;
};
