import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { paper, syntheticMarket } from '@mikrobot/adapter-paper';
import { backtest, csv } from '@mikrobot/backtest';
import { createBot, fixedQuantity, type MarketFeed } from '@mikrobot/core';
import { bosRetest } from '@mikrobot/strategies';
import { afterAll, describe, expect, it } from 'vitest';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const main = path('../packages/cli/src/main.ts');
const data = path('../../shared/data/eurusd_m1_oanda_bidask_2014-05_and_2018-04-03_04.csv.gz');
const hasData = existsSync(data);
if (!hasData) console.warn(`skipped on real data: ${data} is not there`);

const folder = mkdtempSync(join(tmpdir(), 'mikrobot-determinism-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Replies = 'sync' | 'async';

/** Runs a strategy on a market as `mikrobot backtest` does, and gives what it decided. */
const decide = async (feed: MarketFeed, replies: Replies = 'sync') => {
  const adapter = paper({ feed, costs: 'retail-fx', balance: { USD: '10000' }, replies });
  const bot = createBot({
    adapter,
    run: [{ strategy: bosRetest, symbol: 'EURUSD', params: {} }],
    risk: fixedQuantity({ lots: 0.1 }),
  });
  const { decisionsHash, funnel } = await backtest(bot, { costs: 'retail-fx' });
  return { decisionsHash, signals: funnel.signals };
};

/** Runs the command in a process of its own, with a time zone. */
const inZone = (zone: string, args: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    const node = ['--conditions', '@mikrobot/source', '--import', 'tsx', main, ...args];
    const child = spawn(process.execPath, node, { env: { ...process.env, TZ: zone } });
    let out = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(out) : reject(new Error(`code ${code}: ${out}`))));
  });

const zones = ['UTC', 'America/New_York', 'Asia/Kolkata'];

describe.skipIf(!hasData)('a back-test on real data', () => {
  const file = (chunkBytes: number) => csv({ path: data, symbol: 'EURUSD', chunkBytes });

  it('decides the same in every run, however the file is read and the venue answers', async () => {
    const first = await decide(file(65_536));
    expect(first.signals).toBeGreaterThan(50);
    expect(await decide(file(65_536))).toEqual(first);
    expect(await decide(file(97))).toEqual(first);
    expect(await decide(file(1_000_000), 'async')).toEqual(first);
  });

  it('decides the same in every time zone of the machine, from the command line too', async () => {
    const { decisionsHash } = await decide(file(65_536));
    const args = ['--strategy', 'bos-retest', '--costs', 'retail-fx', '--data', data, '--json'];
    const told = await Promise.all(zones.map((zone) => inZone(zone, ['backtest', ...args])));
    expect(told.map((text) => JSON.parse(text).decisionsHash)).toEqual(zones.map(() => decisionsHash));
  }, 60_000);
});

describe('a back-test on a made-up market', () => {
  const market = () => syntheticMarket({ seed: 11, from: Date.UTC(2024, 2, 8), days: 4 });

  it('decides the same in every run, whether the venue answers at once or later', async () => {
    const first = await decide(market());
    expect(first.signals).toBeGreaterThan(10);
    expect(await decide(market())).toEqual(first);
    expect(await decide(market(), 'async')).toEqual(first);
  });

  it('says the same line by line in every time zone of the machine', async () => {
    const args = ['demo', '--seed', '11', '--report', join(folder, 'demo.html')];
    const [first, ...others] = await Promise.all(zones.map((zone) => inZone(zone, args)));
    expect(first).toMatch(/decisions hash {2}[0-9a-f]{64}\n/);
    expect(others).toEqual([first, first]);
  }, 60_000);
});
