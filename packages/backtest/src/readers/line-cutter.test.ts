import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineCutter, longestLine } from './line-cutter.js';

interface Line {
  readonly line: number;
  readonly text: string | undefined;
}

/** The lines of a text that comes in pieces of the given sizes, over and over. */
const cut = (bytes: Uint8Array, sizes: readonly number[]): Line[] => {
  const cutter = new LineCutter();
  const lines: Line[] = [];
  const take = (): void => {
    const text = new TextDecoder().decode(cutter.bytes.subarray(cutter.start, cutter.end));
    lines.push({ line: cutter.line, text: cutter.tooLong ? undefined : text });
  };
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] as number;
    // A copy, overwritten afterwards as a reader's buffer is.
    const chunk = bytes.slice(at, at + size);
    cutter.push(chunk);
    while (cutter.next()) take();
    chunk.fill(255);
    at += size;
  }
  if (cutter.last()) take();
  return lines;
};

const text = (s: string): Uint8Array => new TextEncoder().encode(s);

describe('LineCutter', () => {
  it('tells the lines that split() tells, however the bytes are cut', () => {
    const pieces = fc.constantFrom('a', 'bc', ',', '\n', '\r\n', '', '1.5');
    const content = fc.array(pieces, { maxLength: 40 }).map((p) => p.join(''));
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 });
    fc.assert(
      fc.property(content, sizes, (s, cuts) => {
        const expected = s
          .split('\n')
          .map((line, i) => ({ line: i + 1, text: line.replace(/\r$/, '') }))
          .filter((line) => line.text !== '');
        expect(cut(text(s), cuts)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('leaves out the byte order mark', () => {
    expect(cut(text('\uFEFFab\ncd'), [1])).toEqual([
      { line: 1, text: 'ab' },
      { line: 2, text: 'cd' },
    ]);
  });

  it('tells a line that is too long as such, and goes on behind it', () => {
    const long = 'x'.repeat(longestLine);
    for (const size of [1, 1000, 1e6]) {
      expect(cut(text(`${long}\n${long}x\nok`), [size])).toEqual([
        { line: 1, text: long },
        { line: 2, text: undefined },
        { line: 3, text: 'ok' },
      ]);
    }
  });
});
