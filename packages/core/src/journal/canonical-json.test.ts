import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.js';

const refusedAt = (value: unknown): string | undefined => {
  try {
    canonicalJson(value);
    return undefined;
  } catch (error) {
    expect(error).toMatchObject({ name: 'MikroBotError', code: 'BAD_ENTRY' });
    return (error as { where: string }).where;
  }
};

/** An IEEE 754 double from its bits. */
const double = (hex: string): number => Buffer.from(hex, 'hex').readDoubleBE();

describe('canonicalJson', () => {
  it('writes the sample of RFC 8785 section 3.2.2 as section 3.2.4 has it, byte for byte', () => {
    const sample: unknown = JSON.parse(String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`);
    const expected = `
      7b 22 6c 69 74 65 72 61 6c 73 22 3a 5b 6e 75 6c 6c 2c 74 72 75 65 2c 66 61 6c 73 65 5d 2c 22 6e
      75 6d 62 65 72 73 22 3a 5b 33 33 33 33 33 33 33 33 33 2e 33 33 33 33 33 33 33 2c 31 65 2b 33 30
      2c 34 2e 35 2c 30 2e 30 30 32 2c 31 65 2d 32 37 5d 2c 22 73 74 72 69 6e 67 22 3a 22 e2 82 ac 24
      5c 75 30 30 30 66 5c 6e 41 27 42 5c 22 5c 5c 5c 5c 5c 22 2f 22 7d`;
    expect(Buffer.from(canonicalJson(sample)).toString('hex')).toBe(expected.replace(/\s/g, ''));
  });

  it('orders keys by UTF-16 code units, as the sample of section 3.2.3', () => {
    const sample = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    expect(canonicalJson(sample)).toBe(
      '{"\\r":"Carriage Return","1":"One","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis",' +
        '"\u20ac":"Euro Sign","\ud83d\ude00":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
    );
  });

  // Appendix B of the RFC.
  it.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'],
    ['41b3de4355555556', '333333333.3333334'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('writes the double %s as %s', (bits, text) => {
    expect(canonicalJson(double(bits))).toBe(text);
  });

  it('escapes what JSON must escape, in the shortest way, and nothing else', () => {
    expect(canonicalJson('\b\t\n\f\r"\\/\u0000\u001f\u007f\u2028\u2029')).toBe(
      '"\\b\\t\\n\\f\\r\\"\\\\/\\u0000\\u001f\u007f\u2028\u2029"',
    );
  });

  it.each([
    ['NaN', { a: [1, Number.NaN] }, '$.a.1'],
    ['an infinity', [Number.NEGATIVE_INFINITY], '$.0'],
    ['undefined', undefined, '$'],
    ['a member that is undefined', { a: { b: undefined } }, '$.a.b'],
    ['a hole in a list', new Array(1), '$.0'],
    ['a function', { f: () => 1 }, '$.f'],
    ['a symbol', [Symbol('s')], '$.0'],
    ['a bigint', { n: 5n }, '$.n'],
    ['a date', { at: new Date(0) }, '$.at'],
    ['a map', [new Map([['a', 1]])], '$.0'],
    ['a buffer', Buffer.from('a'), '$'],
    ['a high surrogate alone', ['ok', '\ud83d'], '$.1'],
    ['a low surrogate first', { s: '\ude00\ud83d' }, '$.s'],
    ['a surrogate in a key', { a: { 'x\udead': 1 } }, '$.a'],
  ])('refuses %s and says where', (_, value, where) => {
    expect(refusedAt(value)).toBe(where);
  });

  it('refuses data that contains itself or is nested more than 1,000 deep, and takes 1,000', () => {
    const ring: Record<string, unknown> = { name: 'ring' };
    ring.self = ring;
    const nested = (depth: number): unknown => {
      let value: unknown = 0;
      for (let i = 0; i < depth; i++) value = [value];
      return value;
    };
    expect(refusedAt(ring)).toBe('$');
    expect(refusedAt(nested(1_001))).toBe('$');
    expect(canonicalJson(nested(1_000))).toHaveLength(2_001);
  });

  it('leaves out members that are undefined where it is told to, and still refuses what a list would lose', () => {
    const drop = { undefinedMembers: 'drop' } as const;
    expect(canonicalJson({ b: undefined, a: { c: undefined, d: [{ e: undefined }] } }, drop)).toBe(
      '{"a":{"d":[{}]}}',
    );
    expect(() => canonicalJson({ a: [undefined] }, drop)).toThrow(
      expect.objectContaining({ where: '$.a.0' }),
    );
    expect(() => canonicalJson({ z: undefined, a: Number.NaN }, drop)).toThrow(
      expect.objectContaining({ where: '$.a' }),
    );
  });

  it('orders the keys of large objects as those of small ones', () => {
    const keys = Array.from({ length: 40 }, (_, i) => `k${(i * 7) % 40}`);
    const text = `{${[...keys]
      .sort()
      .map((key) => `"${key}":1`)
      .join(',')}}`;
    expect(canonicalJson(Object.fromEntries(keys.map((key) => [key, 1])))).toBe(text);
  });

  it('takes objects without a prototype', () => {
    expect(canonicalJson(Object.assign(Object.create(null), { b: 1, a: null }))).toBe('{"a":null,"b":1}');
  });

  const json = fc.jsonValue({ stringUnit: 'grapheme' });

  it('reads back to the same data, and writes that the same again', () => {
    fc.assert(
      fc.property(json, (value) => {
        const text = canonicalJson(value);
        // JSON has no -0.
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });

  it('is the same whatever order members were added in', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.string({ unit: 'grapheme' }), json), { selector: ([key]) => key }),
        fc.infiniteStream(fc.nat()),
        (members, weights) => {
          const mixed = members.map((m) => ({ m, w: weights.next().value as number }));
          mixed.sort((a, b) => a.w - b.w);
          const one = Object.fromEntries(members);
          const other = Object.fromEntries(mixed.map(({ m }) => m));
          expect(canonicalJson(one)).toBe(canonicalJson(other));
        },
      ),
    );
  });

  it('escapes half of a surrogate pair where undefined members are dropped, and reads it back', () => {
    const odd = { reason: 'half \ud83d of it', '\udc00': 1 };
    const text = canonicalJson(odd, { undefinedMembers: 'drop' });
    expect(JSON.parse(text)).toEqual(odd);
    expect(text).toMatch(/^[\x20-\x7e]*$/);
    expect(() => canonicalJson(odd)).toThrow(/half of a surrogate pair/);
  });
});
