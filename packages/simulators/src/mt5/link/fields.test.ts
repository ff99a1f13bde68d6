import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, escaped, unescaped } from './fields.js';
import { LineReader } from './line-reader.js';

describe('texts of the link', () => {
  it('come back as they were, and never hold a tab or a line end', () => {
    void fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escaped(text)).not.toMatch(/[\t\n\r]/);
        expect(unescaped(escaped(text))).toBe(text);
      }),
    );
  });
});

describe('numbers of the link', () => {
  it.each([
    [0.00001, '0.00001'],
    [1e-7, '0.0000001'],
    [10_000, '10000'],
    [-0.5, '-0.5'],
    [1.1087, '1.1087'],
    [100, '100'],
    [1_768_413_600_000, '1768413600000'],
    [0.1 + 0.2, '0.3'],
  ])('%d is written as %s', (value, text) => {
    expect(decimal(value)).toBe(text);
  });
});

describe('lines of the link', () => {
  it('are the same however the bytes are cut, also within a character', () => {
    const lines = ['login\t1', 'Kürzel €', '', 'request\t2'];
    const bytes = Buffer.from(`${lines.join('\n')}\n`);
    void fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 6 }), (cuts) => {
        const seen: string[] = [];
        const reader = new LineReader((line) => seen.push(line));
        const at = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        for (let i = 1; i < at.length; i++) expect(reader.push(bytes.subarray(at[i - 1], at[i]))).toBe(true);
        expect(seen).toEqual(lines);
      }),
    );
  });
});
