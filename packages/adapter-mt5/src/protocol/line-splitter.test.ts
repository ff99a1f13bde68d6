import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineSplitter } from './line-splitter.js';

const collect = (limit = 65_536): { readonly lines: string[]; readonly splitter: LineSplitter } => {
  const lines: string[] = [];
  return { lines, splitter: new LineSplitter(limit, (line) => lines.push(line) > 0) };
};

/** Cuts bytes at the places that are given. */
const packets = (bytes: Buffer, cuts: readonly number[]): readonly Buffer[] => {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, i) => bytes.subarray(places[i] as number, end));
};

describe('LineSplitter', () => {
  it('gives the same lines however the bytes are cut into packets, also inside a character', () => {
    const line = fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => text.replaceAll('\n', ''));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), fc.array(fc.nat(), { maxLength: 12 }), (texts, cuts) => {
        const { lines, splitter } = collect();
        const bytes = Buffer.from(texts.map((text) => `${text}\n`).join(''));
        for (const packet of packets(bytes, cuts)) expect(splitter.push(packet)).toBeUndefined();
        expect(lines).toEqual(texts);
      }),
    );
  });

  it('takes a line as long as the limit and none that is a byte longer, whole or in packets', () => {
    for (const size of [1, 7, 100]) {
      const bytes = (length: number): readonly Buffer[] => {
        const whole = Buffer.from(`${'x'.repeat(length)}\n`);
        return Array.from({ length: Math.ceil(whole.length / size) }, (_, i) =>
          whole.subarray(i * size, i * size + size),
        );
      };
      const push = (length: number): unknown => {
        const { splitter } = collect(50);
        return bytes(length)
          .map((packet) => splitter.push(packet))
          .find((fault) => fault !== undefined);
      };
      expect(push(50)).toBeUndefined();
      expect(push(51)).toBe('LINE_TOO_LONG');
    }
  });

  it('finds a line too long before its end has come', () => {
    const { splitter } = collect(50);
    expect(splitter.push(Buffer.alloc(51, 0x20))).toBe('LINE_TOO_LONG');
  });

  // Sequences of the UTF-8 stress test by Markus Kuhn: lone continuation, lone start, overlong slash, surrogate, beyond U+10FFFF.
  it.each(['80', 'c0', 'c0af', 'e080af', 'eda080', 'f4908080', 'ff', 'e28'.padEnd(4, '2')])(
    'gives no line that holds the bytes %s, but those before it',
    (hex) => {
      const { lines, splitter } = collect();
      const bad = Buffer.concat([Buffer.from('good\n{'), Buffer.from(hex, 'hex'), Buffer.from('}\nnever\n')]);
      expect(splitter.push(bad)).toBe('BAD_UTF8');
      expect(lines).toEqual(['good']);
    },
  );

  it('stops where it is told to', () => {
    const lines: string[] = [];
    const splitter = new LineSplitter(10, (line) => lines.push(line) < 2);
    splitter.push(Buffer.from('a\nb\nc\n'));
    expect(lines).toEqual(['a', 'b']);
  });

  it('keeps a line that comes byte by byte in at most twice its size, and nothing afterwards', () => {
    const { lines, splitter } = collect();
    for (let i = 0; i < 60_000; i++) splitter.push(Buffer.from('y'));
    expect(splitter.size).toBeLessThanOrEqual(65_536);
    splitter.push(Buffer.from('\n'));
    expect(lines[0]).toHaveLength(60_000);
    expect(splitter.size).toBeLessThanOrEqual(512);
  });

  it('takes time in proportion to the bytes, not to their square', () => {
    const time = (bytes: number): number => {
      const byte = Buffer.from('z');
      const best = [1, 2, 3].map(() => {
        const { splitter } = collect(10_000_000);
        const start = performance.now();
        for (let i = 0; i < bytes; i++) splitter.push(byte);
        return performance.now() - start;
      });
      return Math.min(...best);
    };
    time(20_000);
    // Eight times the bytes; work on each packet for all that is kept would take 64 times as long.
    expect(time(400_000) / time(50_000)).toBeLessThan(24);
  });
});
