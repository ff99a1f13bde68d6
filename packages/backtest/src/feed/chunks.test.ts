import { gzipSync } from 'node:zlib';
import { MikroBotError } from '@mikrobot/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csv, layouts } from '../index.js';
import { ticksOf } from './testing/collect.js';
import { tempFile } from './testing/temp-files.js';

const T0 = Date.UTC(2024, 0, 15, 10);
const two = (n: number): string => String(n).padStart(2, '0');

/** Rows of each layout for the minute (or tick) `m` and a price, most good and some not. */
const makers: Record<string, { header: string; row: (m: number, price: string) => string }> = {
  bars: { header: 'ts_ms,open,high,low,close', row: (m, p) => `${T0 + m * 60_000},${p},${p},${p},${p}` },
  ticks: { header: 'ts_ms,bid,ask,volume', row: (m, p) => `${T0 + m},${p},${p},1` },
  trades: { header: 'ts_ms,price,qty,x', row: (m, p) => `${T0 + m},${p},0.5,zz` },
  'mt5-ticks': {
    header: '<DATE>\t<TIME>\t<BID>\t<ASK>\t<LAST>\t<VOLUME>\t<FLAGS>',
    row: (m, p) => `2024.01.15\t10:${two(m % 60)}:00.125\t${m % 2 ? '' : p}\t${m % 3 ? '' : p}\t\t\t6`,
  },
  'mt4-bars': { header: '', row: (m, p) => `2024.01.15,10:${two(m % 60)},${p},${p},${p},${p},9` },
  'histdata-bars': { header: '', row: (m, p) => `20240115 10${two(m % 60)}00;${p};${p};${p};${p};0` },
};

const price = fc.constantFrom(
  '1',
  '1.5',
  '2.25',
  '100000.00001',
  '',
  'x',
  '-1',
  '1e2',
  '0.123456789012345678',
);
const file = fc
  .record({
    layout: fc.constantFrom(...Object.keys(makers)),
    rows: fc.array(fc.tuple(fc.nat(59), price), { minLength: 3, maxLength: 15 }),
    sorted: fc.boolean(),
    newline: fc.constantFrom('\n', '\r\n', '\n\n'),
    end: fc.boolean(),
    mark: fc.boolean(),
    packed: fc.boolean(),
  })
  .map(({ layout, rows, sorted, newline, end, mark, packed }) => {
    const { header, row } = makers[layout] as { header: string; row: (m: number, price: string) => string };
    const ordered = sorted ? [...rows].sort(([a], [b]) => a - b) : rows;
    const lines = [header, ...ordered.map(([m, p]) => row(m, p))].filter((line) => line !== '');
    const text = `${mark ? '\uFEFF' : ''}${lines.join(newline)}${end ? newline : ''}`;
    return packed ? gzipSync(text) : Buffer.from(text);
  });

/** What a feed gives: its ticks and account, or its error. */
const outcome = async (path: string, options: object): Promise<unknown> => {
  const feed = csv({ path, ...options });
  try {
    const ticks = await ticksOf(feed);
    return { ticks, report: feed.report() };
  } catch (error) {
    if (!(error instanceof MikroBotError)) throw error;
    return { code: error.code, message: error.message };
  }
};

describe('reading', () => {
  it('gives the same ticks and the same account whatever the size of the reads', async () => {
    await fc.assert(
      fc.asyncProperty(file, fc.integer({ min: 2, max: 300 }), async (content, some) => {
        const path = tempFile('eurusd.csv', content);
        const whole = await outcome(path, { timeframe: 'M1' });
        for (const chunkBytes of [1, some]) {
          expect(await outcome(path, { timeframe: 'M1', chunkBytes })).toEqual(whole);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('ends with ticks or with a MikroBotError, whatever the bytes', async () => {
    const bytes = fc.uint8Array({ maxLength: 400 });
    const texty = fc
      .array(
        fc.constantFrom(
          'ts_ms',
          ',',
          'bid',
          'ask',
          'open',
          '\n',
          '\r',
          '1',
          '.',
          '-',
          'e9',
          ';',
          '\t',
          '<DATE>',
          '2024.01.15',
          '20240115 101010',
          '\0',
          '€',
        ),
        { maxLength: 120 },
      )
      .map((parts) => Buffer.from(parts.join('')));
    const headed = fc
      .tuple(fc.constantFrom(...Object.values(makers)), bytes)
      .map(([{ header, row }, rest]) =>
        Buffer.concat([
          Buffer.from(`${header}\n${row(1, '1.5')}\n`),
          rest,
          Buffer.from(`\n${row(2, '1.5')}\n`),
        ]),
      );
    const broken = fc.tuple(file, fc.nat(), fc.nat(255)).map(([content, at, byte]) => {
      const copy = Buffer.from(content);
      copy[at % copy.length] = byte;
      return copy;
    });
    const options = fc.record(
      { layout: fc.constantFrom(...Object.keys(layouts)), timeframe: fc.constant('M1') },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.oneof(bytes, texty, headed, broken), options, async (content, chosen) => {
        const path = tempFile('eurusd.csv', content);
        const result = (await outcome(path, chosen)) as { ticks?: { time: number; bid: number }[] };
        const ticks = result.ticks ?? [];
        expect(ticks.every(({ bid }) => bid > 0)).toBe(true);
        expect(ticks).toEqual([...ticks].sort((a, b) => a.time - b.time));
      }),
      { numRuns: 300 },
    );
  });
});
