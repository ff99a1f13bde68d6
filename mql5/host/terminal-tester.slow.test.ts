import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '@mikrobot/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildProgram, hasCompiler, startTerminal } from './index.js';
import { expectedBars, openings, type TestTick } from './testing/expected-bars.js';

const POINT = 0.00001;
const MINUTE = 60_000;
const programs = join(import.meta.dirname, 'test-programs');
const folder = mkdtempSync(join(tmpdir(), 'mikrobot-tester-'));

const ticksFile = (name: string, ticks: readonly TestTick[]): string => {
  const path = join(folder, name);
  const rows = ticks.map(({ time, bid, ask }) => `${time},${bid.toFixed(5)},${ask.toFixed(5)}`);
  writeFileSync(path, `time_msc,bid,ask\n${rows.join('\n')}\n`);
  return path;
};

// From a Friday before a leap day on, with gaps from seconds to weekends.
const walk = (count: number, longestGapMs: number, seed: number): readonly TestTick[] => {
  const random = seededRandom(seed);
  let time = Date.UTC(2024, 1, 23, 21, 58, 12, 345);
  let points = 108_500;
  return Array.from({ length: count }, () => {
    time += 1 + Math.floor(random() ** 3 * longestGapMs);
    points += Math.floor(random() * 21) - 10;
    const bid = Number((points * POINT).toFixed(5));
    return { time, bid, ask: Number(((points + 5 + Math.floor(random() * 10)) * POINT).toFixed(5)) };
  });
};

const run = async (
  program: string,
  ticks: string,
  inputs: Record<string, number | boolean> = {},
  more: string[] = [],
) => {
  const built = await buildProgram(join(programs, `${program}.mq5`), { sanitize: true });
  const terminal = await startTerminal({ program: built, ticks, inputs, more: ['--digits', '5', ...more] });
  const exit = await terminal.exited;
  const lines = terminal.lines.map((line) => line.slice(line.indexOf('\t') + 1));
  return { exit, lines, notes: terminal.notes };
};

const barLines = (ticks: readonly TestTick[]): readonly string[] =>
  Object.keys(openings).flatMap((timeframe) =>
    expectedBars(ticks, timeframe, POINT).map(
      ({ time, open, high, low, close, ticks: count, spread }) =>
        `${timeframe} ${time} ${[open, high, low, close].map((price) => price.toFixed(5)).join(' ')} ${count} ${spread}`,
    ),
  );

const isBarLine = (line: string): boolean => /^(M|H|D|W)/.test(line);

describe.skipIf(!hasCompiler())('the tester of the MQL5 host (needs g++)', () => {
  beforeAll(async () => {
    for (const name of ['SeriesProbe', 'TimerProbe'])
      await buildProgram(join(programs, `${name}.mq5`), { sanitize: true });
  }, 300_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('builds the bars of all 21 timeframes tick by tick, also across weekends and the end of a month', async () => {
    const ticks = walk(4000, 90 * MINUTE, 11);
    const { lines, exit } = await run('SeriesProbe', ticksFile('series.csv', ticks));
    expect(exit.code).toBe(0);
    expect(lines).toContain('ticks 4000 reason 1');
    expect(lines.filter(isBarLine)).toEqual(barLines(ticks));
  });

  it('builds the same bars at once when they are first asked for after the ticks', async () => {
    const ticks = walk(4000, 90 * MINUTE, 12);
    const { lines } = await run('SeriesProbe', ticksFile('series-late.csv', ticks), { InpEarly: false });
    expect(lines.filter(isBarLine)).toEqual(barLines(ticks));
  });

  it('takes ticks before its first day as history only', async () => {
    const ticks = walk(1000, 30 * MINUTE, 13);
    const from = ticks[600]?.time ?? 0;
    const more = ['--tester-from', String(from)];
    const { lines } = await run('SeriesProbe', ticksFile('history.csv', ticks), {}, more);
    expect(lines[0]).toBe(`bars before ${expectedBars(ticks.slice(0, 600), 'M1', POINT).length}`);
    expect(lines).toContain('ticks 400 reason 1');
    expect(lines.filter(isBarLine)).toEqual(barLines(ticks));
  });

  const start = Date.UTC(2024, 0, 2, 10, 0, 0);
  const at = (second: number): TestTick => ({ time: start + second * 1000, bid: 1.1, ask: 1.1001 });
  const s = start / 1000;

  it('fires timers between the ticks on simulated time, and answers orders by "no connection"', async () => {
    const { lines } = await run('TimerProbe', ticksFile('timer.csv', [at(0), at(30), at(150), at(151)]));
    expect(lines).toEqual([
      `init ${s} tester 1`,
      `tick ${s}`,
      'order false 10031',
      `tick ${s + 30}`,
      `timer ${s + 60}`,
      `timer ${s + 120}`,
      `tick ${s + 150}`,
      `tick ${s + 151}`,
      'tester',
      'deinit 1 ticks 4 timers 2',
    ]);
  });

  it('lets ticks and timers of a sleep pass: the ticks become known, one NewTick waits, no timer does', async () => {
    const ticks = ticksFile('sleep.csv', [at(0), at(70), at(80), at(85), at(300)]);
    const { lines } = await run('TimerProbe', ticks, { InpSleepMs: 150_000 });
    expect(lines).toEqual([
      `init ${s} tester 1`,
      `tick ${s}`,
      'order false 10031',
      `timer ${s + 60}`,
      `slept until ${s + 210} quote of ${s + 85}`,
      `tick ${s + 85}`,
      `timer ${s + 240}`,
      `timer ${s + 300}`,
      `tick ${s + 300}`,
      'tester',
      'deinit 1 ticks 3 timers 3',
    ]);
  });

  it('refuses a file whose times run backwards, and says which row', async () => {
    const { exit, notes } = await run('TimerProbe', ticksFile('backwards.csv', [at(5), at(4)]));
    expect(exit.code).toBe(2);
    expect(notes.join('\n')).toMatch(/row 3 is older/);
  });

  it('plays 300,000 ticks in seconds', async () => {
    const built = await buildProgram(join(programs, 'TimerProbe.mq5'));
    const ticks = ticksFile('many.csv', walk(300_000, 5000, 14));
    const begun = performance.now();
    const terminal = await startTerminal({ program: built, ticks, inputs: { InpQuiet: true } });
    expect((await terminal.exited).code).toBe(0);
    const seconds = (performance.now() - begun) / 1000;
    expect(terminal.lines.at(-1)).toMatch(/ticks 300000 timers \d{4}/);
    expect(seconds).toBeLessThan(10);
  });
});
