import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasData, rowsOf } from '../market/testing/real-data.js';
import { crc32 } from './crc32.js';
import type { TapeSymbol, TapeTick } from './tape.js';
import { readTape } from './tape-reader.js';
import { TapeWriter } from './tape-writer.js';

const T0 = Date.UTC(2024, 0, 10, 10);
const symbols: readonly TapeSymbol[] = [
  { symbol: 'EURUSD', priceDecimals: 5, volumeDecimals: 0 },
  { symbol: 'BTCUSDT', priceDecimals: 2, volumeDecimals: 5 },
  { symbol: 'Ω/€', priceDecimals: 0, volumeDecimals: 0 },
];

/** Chunks of a tape with these ticks; `flushAfter` ends a block after every so many. */
const tapeOf = (ticks: readonly TapeTick[], flushAfter = Infinity): Uint8Array[] => {
  const chunks: Uint8Array[] = [];
  const writer = new TapeWriter(symbols, (chunk) => chunks.push(chunk));
  for (const [i, t] of ticks.entries()) {
    writer.write(
      symbols.findIndex((s) => s.symbol === t.symbol),
      t.time,
      t.seen,
      t.bid,
      t.ask,
      t.volume,
    );
    if ((i + 1) % flushAfter === 0) writer.flush();
  }
  writer.flush();
  expect(writer.ticks).toBe(ticks.length);
  return chunks;
};

const tick = (i: number): TapeTick => ({
  symbol: 'EURUSD',
  time: T0 + 250 * i,
  seen: T0 + 250 * i + 20.125,
  bid: (110_000 + (i % 7)) / 1e5,
  ask: (110_002 + (i % 7)) / 1e5,
  volume: i % 3,
});

const some = Array.from({ length: 30 }, (_, i) => tick(i));

const joined = (chunks: readonly Uint8Array[]): Uint8Array => Buffer.concat(chunks);

describe('a tape', () => {
  it('gives back every tick exactly, on the grid or off it', () => {
    const time = fc.oneof(
      fc.integer({ min: T0, max: T0 + 1e8 }),
      fc.integer({ min: 0, max: 1e9 }).map((us) => (T0 * 1_000 + us) / 1_000),
      fc.double({ noNaN: true }),
    );
    const price = fc.oneof(
      fc.integer({ min: 1, max: 1e9 }).map((n) => n / 1e5),
      fc.integer({ min: 1, max: 1e8 }).map((n) => n / 1e2),
      fc.double(),
    );
    const volume = fc.oneof(
      fc.constant(0),
      fc.nat(),
      fc.nat().map((n) => n / 1e5),
      fc.double(),
    );
    const anyTick: fc.Arbitrary<TapeTick> = fc
      .record({
        symbol: fc.constantFrom(...symbols.map((s) => s.symbol)),
        time,
        delay: fc.oneof(fc.constant(0), fc.double({ min: -1, max: 500, noNaN: true }), fc.constant(12.345)),
        bid: price,
        ask: price,
        volume,
      })
      .map(({ delay, ...t }) => {
        const plain = Object.fromEntries(
          Object.entries({ ...t, seen: t.time + delay }).map(([k, v]) => [k, v === 0 ? 0 : v]),
        );
        return plain as unknown as TapeTick;
      });
    fc.assert(
      fc.property(
        fc.array(anyTick, { maxLength: 60 }),
        fc.integer({ min: 1, max: 70 }),
        (ticks, flushAfter) => {
          const tape = readTape(tapeOf(ticks, flushAfter));
          expect([...tape.ticks()]).toEqual(ticks);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('keeps its symbols and can be read more than once', () => {
    const tape = readTape(tapeOf(some));
    expect(tape.symbols).toEqual(symbols);
    expect([...tape.ticks()]).toEqual(some);
    expect([...tape.ticks()]).toEqual(some);
  });

  it('can be read as one piece and in pieces of any size', () => {
    const whole = joined(tapeOf(some, 8));
    const pieces: Uint8Array[] = [];
    for (let at = 0; at < whole.length; at += 13) pieces.push(whole.subarray(at, at + 13));
    expect([...readTape(whole).ticks()]).toEqual(some);
    expect([...readTape(pieces).ticks()]).toEqual(some);
  });

  it('closes blocks by itself when they are large', () => {
    const many = Array.from({ length: 50_000 }, (_, i) => tick(i));
    const chunks = tapeOf(many);
    expect(chunks.length).toBeGreaterThan(3);
    expect(Math.max(...chunks.map((c) => c.length))).toBeLessThan(70_000);
    expect([...readTape(chunks).ticks()]).toEqual(many);
  });

  it('says that it is cut off, after giving what is whole', () => {
    const chunks = tapeOf(some, 10);
    const whole = joined(chunks);
    const ends = chunks.map((_, i) => joined(chunks.slice(0, i + 1)).length);
    for (let length = 0; length < whole.length; length++) {
      const got: TapeTick[] = [];
      const read = (): void => {
        for (const t of readTape(whole.subarray(0, length)).ticks()) got.push(t);
      };
      if (ends.includes(length)) read();
      else expect(read).toThrow(expect.objectContaining({ code: 'BAD_ROW' }));
      const blocks = ends.filter((end) => end <= length).length - 1;
      expect(got).toEqual(some.slice(0, 10 * Math.max(0, blocks)));
    }
  });

  it('notices every single bit that is flipped', () => {
    const whole = joined(tapeOf(some.slice(0, 6), 3));
    for (let bit = 0; bit < whole.length * 8; bit++) {
      const broken = Uint8Array.from(whole);
      broken[bit >> 3] = (broken[bit >> 3] as number) ^ (1 << (bit & 7));
      expect(() => [...readTape(broken).ticks()], `bit ${bit}`).toThrow(
        expect.objectContaining({ code: 'BAD_ROW', message: expect.stringMatching(/^tape, byte \d+: /) }),
      );
    }
  });

  it('notices a block that is missing or stands twice', () => {
    const [head, a, b, c] = tapeOf(some, 10) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
    expect(() => [...readTape([head, a, c]).ticks()]).toThrow(
      /Tick 10 was to follow, the block begins with 20/,
    );
    expect(() => [...readTape([head, a, b, b]).ticks()]).toThrow(/Tick 20 was to follow/);
    expect([...readTape([head, a, b, c]).ticks()]).toHaveLength(30);
  });

  it('refuses a block that contradicts itself although its sum is right', () => {
    const [head, block] = tapeOf(some) as [Uint8Array, Uint8Array];
    const forged = (change: (view: DataView) => void): Uint8Array => {
      const copy = Uint8Array.from(block);
      const view = new DataView(copy.buffer);
      change(view);
      view.setUint32(12, crc32(copy, 16, copy.length, crc32(copy, 0, 12)), true);
      return copy;
    };
    const oneLess = forged((view) => view.setUint32(4, 29, true));
    const oneMore = forged((view) => view.setUint32(4, 31, true));
    const noSymbol = forged((view) => view.setUint8(17, 3));
    expect(() => [...readTape([head, oneLess]).ticks()]).toThrow(/longer than its ticks/);
    expect(() => [...readTape([head, oneMore]).ticks()]).toThrow(/cut off/);
    expect(() => [...readTape([head, noSymbol]).ticks()]).toThrow(/no symbol 3/);
  });

  it('refuses what is no tape, another version, and decimals that are none', () => {
    expect(() => readTape(gzipSync('no tape'))).toThrow(/This is not a tape/);
    const later = Uint8Array.from(joined(tapeOf([])));
    later[4] = 9;
    expect(() => readTape(later)).toThrow(/version 9/);
    const odd = { symbol: 'X', priceDecimals: 16, volumeDecimals: 0 };
    expect(() => new TapeWriter([odd], () => undefined)).toThrow(
      expect.objectContaining({ code: 'BAD_CONFIG' }),
    );
  });

  const real = 'eurusd_ticks_fxcm_2014-05-06_2014-05-08';
  it.skipIf(!hasData(real))('takes about seven bytes for a real tick with a clock reading', () => {
    const chunks: Uint8Array[] = [];
    const writer = new TapeWriter(symbols, (chunk) => chunks.push(chunk));
    const rows = rowsOf(real) as readonly [number, number, number][];
    // A reading some 20 ms later, in whole microseconds.
    const seenOf = (i: number): number =>
      ((rows[i]?.[0] ?? 0) * 1_000 + 20_000 + ((i * 7_919) % 9_999)) / 1_000;
    for (const [i, [time, bid, ask]] of rows.entries()) writer.write(0, time, seenOf(i), bid, ask, 0);
    writer.flush();
    const bytes = chunks.reduce((sum, c) => sum + c.length, 0) / rows.length;
    expect(bytes).toBeGreaterThan(5);
    expect(bytes).toBeLessThan(8.5);
    let i = 0;
    for (const t of readTape(chunks).ticks()) {
      const [time, bid, ask] = rows[i] as [number, number, number];
      if (t.time !== time || t.seen !== seenOf(i) || t.bid !== bid || t.ask !== ask)
        expect.fail(`tick ${i} differs`);
      i++;
    }
    expect(i).toBe(rows.length);
  });
});

describe('crc32', () => {
  it('gives the published check value and what gzip writes', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const zipped = gzipSync(bytes);
        expect(crc32(bytes)).toBe(zipped.readUInt32LE(zipped.length - 8));
      }),
    );
  });
});
