import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseClock, parseDate, parseNumber, parseStamp } from './parse-field.js';

type Parse = (bytes: Uint8Array, from: number, to: number) => number;

/** Parses a text that stands in the middle of other bytes. */
const parsed = (parse: Parse, text: string): number => {
  const bytes = new TextEncoder().encode(`7${text}7`);
  return parse(bytes, 1, bytes.length - 1);
};

describe('parseNumber', () => {
  it('reads what Number() reads from a decimal text, to the last bit', () => {
    const digits = fc.stringMatching(/^\d{1,25}$/);
    const decimal = fc
      .tuple(fc.constantFrom('', '-', '+'), digits, fc.option(digits), fc.constantFrom('', 'e-7', 'E3'))
      .map(([sign, whole, part, power]) => `${sign}${whole}${part === null ? '' : `.${part}`}${power}`);
    fc.assert(
      fc.property(decimal, (text) => {
        expect(parsed(parseNumber, text)).toBe(Number(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('reads every double back from its shortest text', () => {
    const doubles = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(doubles, (x) => {
        // Adding 0 turns -0, whose text is 0, into 0.
        expect(parsed(parseNumber, String(x))).toBe(x + 0);
      }),
    );
  });

  it('takes spaces around a number', () => {
    expect(parsed(parseNumber, ' 1.0234 ')).toBe(1.0234);
  });

  it.each([
    '',
    ' ',
    '.',
    '-',
    'NaN',
    'Infinity',
    '1e999',
    '0x10',
    '1,5',
    '1.2.3',
    '1 2',
    '12a',
    '"1.5"',
    '１',
  ])('holds %j for no number', (text) => {
    expect(parsed(parseNumber, text)).toBeNaN();
  });
});

describe('parseDate', () => {
  it('reads the days that the calendar has, and no others', () => {
    const field = (max: number) => fc.integer({ min: 0, max });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), field(13), field(32), (year, month, day) => {
        const two = (n: number) => String(n).padStart(2, '0');
        const iso = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
        const date = new Date(`${iso}T00:00:00Z`);
        // JavaScript lets the 30th of February through as the 1st of March.
        const exists = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso);
        expect(parsed(parseDate, iso.replaceAll('-', '.'))).toBe(exists ? date.getTime() : Number.NaN);
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['2022-08-15', '15.08.2022', '2022.8.15', '2022.08.1x', ''])('holds %j for no date', (text) => {
    expect(parsed(parseDate, text)).toBeNaN();
  });
});

describe('parseClock', () => {
  it.each([
    ['00:00', 0],
    ['07:06', 25_560_000],
    ['23:59:59', 86_399_000],
    ['07:06:30.125', 25_590_125],
  ])('reads %s', (text, ms) => {
    expect(parsed(parseClock, text)).toBe(ms);
  });

  it.each(['24:00', '07:60', '07:06:60', '7:06', '07.06', '07:06:30.12', '07:06:3', 'aa:bb', ''])(
    'holds %j for no time of day',
    (text) => {
      expect(parsed(parseClock, text)).toBeNaN();
    },
  );
});

describe('parseStamp', () => {
  it('reads a date and time with and without milliseconds', () => {
    expect(parsed(parseStamp, '20120201 000100')).toBe(Date.UTC(2012, 1, 1, 0, 1));
    expect(parsed(parseStamp, '20120201 235903660')).toBe(Date.UTC(2012, 1, 1, 23, 59, 3, 660));
  });

  it.each(['20120201', '20120201T000000', '20120230 000000', '20120201 240000', '20120201 00000366'])(
    'holds %j for no time',
    (text) => {
      expect(parsed(parseStamp, text)).toBeNaN();
    },
  );
});
