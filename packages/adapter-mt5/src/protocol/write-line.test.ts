import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeLine } from './write-line.js';

const write = (d: object): string => writeLine({ t: 'x', ts: 5.9, d }) as string;

describe('writeLine()', () => {
  it('writes what JSON reads back, on one line', () => {
    const value = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }));
    fc.assert(
      fc.property(value, (d) => {
        const line = write(d);
        expect(line.indexOf('\n')).toBe(line.length - 1);
        const expected = JSON.parse(JSON.stringify({ v: 1, t: 'x', ts: 5, d }));
        expect(JSON.parse(line)).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    [1e-7, '0.0000001'],
    [-1.25e-7, '-0.000000125'],
    [1.5e21, '1500000000000000000000'],
    [5e-324, `0.${'0'.repeat(323)}5`],
    [1.23457, '1.23457'],
    [-0, '0'],
  ])('writes %d as %s', (number, text) => {
    expect(write({ n: number })).toContain(`"n":${text}}`);
  });

  it('writes every number without an exponent, and exactly', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (n) => {
        const text = /"n":([^}]+)\}/.exec(write({ n }))?.[1] as string;
        expect(text).toMatch(/^-?\d+(\.\d+)?$/);
        expect(Number(text)).toBe(n === 0 ? 0 : n);
      }),
    );
  });

  it('leaves out what is undefined, and writes no line that is too long', () => {
    expect(write({ a: undefined, b: null })).toContain('"d":{"b":null}');
    const frame = write({ a: '' }).length - 1;
    expect(writeLine({ t: 'x', ts: 5, d: { a: 'ä'.repeat((65_536 - frame) / 2) } })).toBeDefined();
    expect(writeLine({ t: 'x', ts: 5, d: { a: 'ä'.repeat((65_536 - frame) / 2 + 1) } })).toBeUndefined();
  });
});
