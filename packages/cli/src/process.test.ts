import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { openJournal } from '@mikrobot/journal-sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { barRow, barsHeader, DataFolder } from './testing/data-files.js';
import { inOwnProcess, sourceArgs } from './testing/spawn-cli.js';

const folder = new DataFolder();
afterAll(() => folder.remove());

const minutes = (count: number): string[] => [
  barsHeader,
  ...Array.from({ length: count }, (_, i) => barRow(i)),
];

describe('the process', () => {
  it('ends with code 1 and one sentence when a file is missing', async () => {
    const { code, out, err } = await inOwnProcess(['bars', '--data', 'no.csv', '--timeframe', 'M1']);
    expect(err).toMatch(/^error: no\.csv: There is no such file\. .*\n$/);
    expect(out).toBe('');
    expect(code).toBe(1);
  });

  it('says what to do about a bot in a language that Node.js does not run', async () => {
    const journal = join(folder.path, 'bot.journal');
    openJournal({ file: journal }).close();
    const bot = folder.write('bot.coffee', ['makeBot = -> undefined']);
    const { code, err } = await inOwnProcess(['journal', 'replay', journal, '--bot', bot]);
    expect(err).toMatch(
      /^error: --bot: .*bot\.coffee cannot be loaded: Node\.js runs JavaScript\. Give .*\n$/,
    );
    expect(code).toBe(2);
  });

  it('ends quietly when nobody reads on, as in `| head`', async () => {
    const file = folder.write('eurusd_m1.csv', minutes(50_000));
    const args = [...sourceArgs, 'bars', '--data', file, '--timeframe', 'M1'];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let err = '';
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    child.stdout.once('data', () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(err).toBe('');
    expect(code).toBe(0);
  });
});
