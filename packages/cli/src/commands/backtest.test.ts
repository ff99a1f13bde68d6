import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { barRow, barsHeader, DataFolder } from '../testing/data-files.js';
import { realData } from '../testing/real-data.js';
import { inProcess } from '../testing/run-cli.js';

const folder = new DataFolder();
afterAll(() => folder.remove());

const few = [barsHeader, ...Array.from({ length: 30 }, (_, i) => barRow(i))];

const backtest = (data: string, ...more: string[]) =>
  inProcess(['backtest', '--strategy', 'bos-retest', '--costs', 'retail-fx', '--data', data, ...more]);

describe('mikrobot backtest', () => {
  it('prints one JSON object and nothing else', async () => {
    const file = folder.write('eurusd_m1.csv', few);
    const { code, out, err } = await backtest(file, '--json');
    expect(out.trimEnd().split('\n')).toHaveLength(1);
    expect(JSON.parse(out)).toEqual({
      input: { files: [file], rows: 30, rejectedRows: 0, gaps: 0, missingBars: 0 },
      // The last bar is still open when the data ends.
      bars: 29,
      signals: 0,
      decisions: { executed: 0, refused: 0, held: 0, unknown: 0 },
      refusedBy: {},
      risk: { fixedQuantity: { lots: 0.1 } },
      quality: expect.objectContaining({ status: 'collecting', reasons: [] }),
      orders: 0,
      fills: 0,
      trades: 0,
      netProfit: 0,
      currency: 'USD',
      maxDrawdown: 0,
      // SHA-256 of nothing.
      decisionsHash: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      seconds: expect.any(Number),
      eventsPerSecond: expect.any(Number),
    });
    expect(err).toBe('');
    expect(code).toBe(0);
  });

  it('names the rows that it left out, with file and line, and the gaps', async () => {
    const rows = [...few.slice(0, 5), barRow(4, { high: '0.5' }), barRow(5), 'nonsense', ...few.slice(11)];
    const file = folder.write('eurusd_m1.csv', rows);
    const { code, out } = await backtest(file);
    expect(out).toContain(`${file}:6: `);
    expect(out).toContain(`${file}:8: `);
    expect(out).toMatch(/^2 rows rejected$/m);
    expect(out).toMatch(/EURUSD: 1 bar missing between 2024-01-09 09:03 and 2024-01-09 09:05 UTC/);
    // 30 minutes, of which 09:04 and 09:06 to 09:09 are missing: 5 of 30.
    expect(out).toMatch(
      /^ {2}17 % of the bars are missing; the longest hole is 2024-01-09 09:05 to 09:10 UTC$/m,
    );
    expect(out).toMatch(/^ {2}! 2 gaps in the data, .*: 17 % of the bars are missing; /m);
    expect(JSON.parse((await backtest(file, '--json')).out).input).toMatchObject({ gaps: 2, missingBars: 5 });
    expect(code).toBe(0);
  });

  it('says which limits judged the entries, and does not call them problems', async () => {
    const file = folder.write('eurusd_m1.csv', few);
    expect((await backtest(file, '--lots', '0.2')).out).toMatch(/^ {2}fixedQuantity: lots 0\.2$/m);
    const { out } = await backtest(file, '--risk', '0.0055');
    expect(out).toMatch(/^ {2}fixedFractional: risk 0\.0055, basis balance, commission 0$/m);
    expect(out).toMatch(/^ {2}maxDailyLoss: fraction 0\.05, /m);
    expect(out).not.toMatch(/POLICY_NOTICE|problem/);
    expect(JSON.parse((await backtest(file, '--risk', '0.02', '--json')).out).risk).toMatchObject({
      fixedFractional: { risk: 0.02 },
      maxTradeRisk: { fraction: 0.02 },
      maxLeverage: { most: 10 },
    });
  });

  it("measures the bot's own process, unless it is told not to", async () => {
    const file = folder.write('eurusd_m1.csv', few);
    const report = join(folder.path, 'out.html');
    const { out } = await backtest(file, '--report', report);
    expect(out).toMatch(/^quality: the bot's own process\n {2}Detection {2}too little is known$/m);
    expect(readFileSync(report, 'utf8')).toContain('<section id="quality">');
    const off = await backtest(file, '--quality', 'off', '--report', report);
    expect(off.out).not.toContain('quality');
    expect(readFileSync(report, 'utf8')).not.toContain('<section id="quality">');
    expect((await backtest(file, '--quality', 'often')).err).toMatch(/often.*watch, pause, off/s);
  });

  it('begins and ends where it is told', async () => {
    const file = folder.write('eurusd_m1.csv', few);
    const { out } = await backtest(file, '--from', '2024-01-09T09:10', '--to', '2024-01-09T09:20', '--json');
    // Of ten bars the last closes only with the next.
    expect(JSON.parse(out).bars).toBe(9);
  });

  it('pairs symbols and files in their order', async () => {
    const files = [folder.write('a.csv', few), folder.write('b.csv', few)] as const;
    const symbols = ['--symbol', 'GBPUSD', '--symbol', 'AUDUSD'];
    const { out } = await backtest(files[0], '--data', files[1], ...symbols);
    expect(out).toMatch(/^GBPUSD, AUDUSD: 2024-01-09 09:00 to 2024-01-09 09:29 UTC/);
  });

  it('writes the report and tells where it is', async () => {
    const report = join(folder.path, 'out.html');
    const { out } = await backtest(folder.write('eurusd_m1.csv', few), '--report', report);
    expect(out).toContain(`Report: ${report}`);
    expect(existsSync(report)).toBe(true);
    expect(readFileSync(report, 'utf8')).toMatch(/<title>[^<]*bos-retest on EURUSD/);
  });

  const real = realData('eurusd_m1_mt4_2022-08-15_2022-10-25.csv.gz');
  const parts = [
    ['--replies', 'sync', '--brackets', 'native', '--mode', 'netting'],
    ['--replies', 'async', '--brackets', 'none', '--mode', 'hedging'],
  ];
  it.skipIf(real === undefined).each(parts)(
    'gives every signal one decision on real data: %s %s %s %s %s %s',
    async (...how) => {
      const { code, out } = await backtest(`${real}`, '--to', '2022-08-24', '--json', ...how);
      const { signals, decisions, orders, fills, trades } = JSON.parse(out);
      const sum = Object.values<number>(decisions).reduce((a, b) => a + b, 0);
      expect(signals).toBeGreaterThan(50);
      expect(sum).toBe(signals);
      expect(orders).toBeGreaterThanOrEqual(decisions.executed);
      expect(fills).toBeGreaterThanOrEqual(2 * trades);
      expect(code).toBe(0);
    },
  );
});
