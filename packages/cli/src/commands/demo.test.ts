import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { barRow, barsHeader, DataFolder } from '../testing/data-files.js';
import { inProcess } from '../testing/run-cli.js';

const folder = new DataFolder();
afterAll(() => folder.remove());
const report = join(folder.path, 'demo.html');

describe('mikrobot demo', () => {
  it('ends with a list of what was to be seen, all of it, and a report', async () => {
    const { code, out, err } = await inProcess(['demo', '--report', report]);
    const list = out.split('\n').filter((line) => /^ {2}\[.\] /.test(line));
    expect(list).toHaveLength(10);
    for (const line of list) expect(line).toMatch(/^ {2}\[x\] +[1-9]\d* {2}\w/);
    expect(out).toContain(`Report: ${report}`);
    expect(existsSync(report)).toBe(true);
    expect(err).toBe('');
    expect(code).toBe(0);
  });

  it('runs on data of the user, and lists only what occurred', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => barRow(i));
    const data = folder.write('gbpusd_m1.csv', [barsHeader, ...rows]);
    const { code, out } = await inProcess(['demo', '--data', data, '--report', report]);
    expect(out).toMatch(/^MikroBot on .*gbpusd_m1\.csv: GBPUSD$/m);
    expect(out).toMatch(/What you just saw: 0 signals, 0 decisions/);
    expect(out).not.toMatch(/\[x\]/);
    expect(out).not.toMatch(/made up/);
    expect(code).toBe(0);
  });
});
