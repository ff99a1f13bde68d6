import { describe, expect, it } from 'vitest';
import { complaint, statements } from '../testing/sources.js';

const value = (mql5: string) => statements(`x=${mql5};`).replace(/^x = (.*);$/, '$1');

describe('literals', () => {
  it.each([
    ['"plain"', 'u"plain"_mql'],
    ['"a \\"b\\" \\\\ c"', 'u"a \\"b\\" \\\\ c"_mql'],
    ['"line\\nend\\t"', 'u"line\\nend\\x0009"_mql'],
    // A backslash before any other letter stays one.
    ['"C:\\Users"', 'u"C:\\\\Users"_mql'],
    ['"\\x41"', 'u"A"_mql'],
    ['"\\x20ACe"', 'u"\\x20ac" u"e"_mql'],
    ["'a'", '((ushort)97)'],
    ["'\\n'", '((ushort)10)'],
    ["'\\''", '((ushort)39)'],
    ["'\\x20AC'", '((ushort)8364)'],
    ['0x1F', '0x1F'],
    ['1.5e-3', '1.5e-3'],
    // MQL5 has no octal numbers.
    ['0755', '755'],
    ['18446744073709551615', '18446744073709551615UL'],
    ["B'1010'", '10'],
    ["C'255,128,1'", '((color)98559)'],
    ["D'2024.01.02 03:04:05'", '((datetime)1704164645)'],
    ["D'02.01.2024'", '((datetime)1704153600)'],
    ["D'2024.01.02 03'", '((datetime)1704164400)'],
    ['NULL', 'mql_nil'],
  ])('%s', (mql5, expected) => {
    expect(value(mql5)).toBe(expected);
  });

  it.each([
    ["x=D'2024.13';", "main.mq5:1:14 wrong date D'2024.13'"],
    ["x=D'12:30';", "main.mq5:1:14 a day is missing in D'12:30'"],
    ["x=C'1,2';", "main.mq5:1:14 wrong colour C'1,2'"],
    ["x='ab';", "main.mq5:1:14 one character expected in 'ab'"],
    ['x="open', 'main.mq5:1:14 unterminated string constant'],
  ])('%s is refused', (mql5, expected) => {
    expect(complaint(`void F() { ${mql5} }`)).toBe(expected);
  });
});
