import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLossless } from './lossless-json.js';

/** JSON as the venue could write it, and what it means: integers of any size, and strings that look like numbers and quotes. */
type Written = { readonly text: string; readonly means: unknown };

const integer: fc.Arbitrary<Written> = fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }).map((value) => ({
  text: String(value),
  means: value >= -(2n ** 53n) + 1n && value <= 2n ** 53n - 1n ? Number(value) : String(value),
}));
const string: fc.Arbitrary<Written> = fc
  .array(fc.constantFrom('"', '\\', '9007199254740993', ':', ',', '-', '{', '\n', 'é', ' ', '\u2028', '1e9'))
  .map((parts) => ({ text: JSON.stringify(parts.join('')), means: parts.join('') }));
const double: fc.Arbitrary<Written> = fc
  .double({ noNaN: true, noDefaultInfinity: true })
  .map((value) => ({ text: JSON.stringify(value), means: JSON.parse(JSON.stringify(value)) }))
  .filter(({ means }) => Number.isSafeInteger(means) || !Number.isInteger(means));
const { value } = fc.letrec<{ value: Written }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    integer,
    string,
    double,
    fc.constantFrom<Written>({ text: 'null', means: null }, { text: 'true', means: true }),
    fc.array(tie('value'), { maxLength: 4 }).map((items) => ({
      text: `[ ${items.map(({ text }) => text).join(' ,\n')}]`,
      means: items.map(({ means }) => means),
    })),
    fc.array(fc.tuple(string, tie('value')), { maxLength: 4 }).map((entries) => ({
      text: `{${entries.map(([key, { text }]) => `${key.text} : ${text}`).join(',')}}`,
      means: Object.fromEntries(entries.map(([key, { means }]) => [key.means, means])),
    })),
  ),
}));

describe('parseLossless', () => {
  it('keeps every digit of an id beyond 2^53 and every safe integer a number', () => {
    expect(parseLossless('{"i":9007199254740993,"s":9007199254740991,"n":-9007199254740993}')).toEqual({
      i: '9007199254740993',
      s: 9_007_199_254_740_991,
      n: '-9007199254740993',
    });
  });

  it('leaves digits inside of strings alone, whatever stands around them', () => {
    const text =
      '{"c":"\\\\\\"9007199254740993\\\\","d":"a:12345678901234567890,\\"","p":"0.00000000000000001"}';
    expect(parseLossless(text)).toEqual(JSON.parse(text));
  });

  it('agrees with BigInt on integers of every size in every place', () => {
    void fc.assert(
      fc.property(value, ({ text, means }) => {
        expect(parseLossless(text)).toEqual(means);
      }),
      { numRuns: 500 },
    );
  });

  it('accepts exactly what JSON.parse accepts, also of what was cut or damaged', () => {
    const accepts = (parse: (text: string) => unknown, text: string): boolean => {
      try {
        parse(text);
        return true;
      } catch {
        return false;
      }
    };
    const damaged = fc
      .tuple(
        value,
        fc.nat(),
        fc.nat(),
        fc.constantFrom('', '"', '\\', '1', '0', '-', ':', '.', '12345678901234567890'),
      )
      .map(([{ text }, from, length, put]) => {
        const at = from % (text.length + 1);
        return text.slice(0, at) + put + text.slice(at + (length % 4));
      });
    void fc.assert(
      fc.property(damaged, (text) => {
        expect(accepts(parseLossless, text)).toBe(accepts(JSON.parse, text));
      }),
      { numRuns: 2_000 },
    );
    for (const text of [
      '{12345678901234567890:1}',
      '"ab\\12345678901234567890',
      '0123456789012345678',
      '12345678901234567890.',
    ])
      expect(() => parseLossless(text)).toThrow(SyntaxError);
  });
});
