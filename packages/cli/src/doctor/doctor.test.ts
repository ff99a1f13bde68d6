import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { barRow, barsHeader, DataFolder } from '../testing/data-files.js';
import { inProcess } from '../testing/run-cli.js';
import { checkClock, checkZones } from './clock.js';
import { checkData, checkWritable } from './files.js';
import { checkMemory, checkNode } from './node.js';
import { checkPackages } from './packages.js';

const folder = new DataFolder();
afterAll(() => folder.remove());

const MB = 1024 ** 2;
const siblings = ['adapter-paper', 'backtest', 'journal-sqlite', 'matching', 'strategies'].map(
  (name) => `@mikrobot/${name}`,
);

/** A project with packages, each under the path of its node_modules. Returns a file of the project. */
const project = (name: string, packages: Readonly<Record<string, string>>): string => {
  const root = join(folder.path, name);
  for (const [path, version] of Object.entries(packages)) {
    const manifest = join(root, path, 'package.json');
    mkdirSync(dirname(manifest), { recursive: true });
    writeFileSync(manifest, JSON.stringify({ name: path.split('node_modules/').at(-1), version }));
  }
  return join(root, 'main.js');
};

const plain = Object.fromEntries(
  ['rxjs', '@mikrobot/core', ...siblings].map((name) => [`node_modules/${name}`, '1.0.0']),
);

describe('mikrobot doctor', () => {
  it('finds this machine fit', async () => {
    const { code, out } = await inProcess(['doctor', '--json']);
    const { healthy, checks } = JSON.parse(out);
    expect(checks.filter(({ status }: { status: string }) => status === 'fail')).toEqual([]);
    expect(healthy).toBe(true);
    expect(code).toBe(0);
  });

  it('fails and says what to do when something is missing', async () => {
    const { code, out } = await inProcess(['doctor', '--data', 'no.csv']);
    expect(out).toMatch(/^fail {2}data .*no\.csv: There is no such file/m);
    expect(out).toMatch(/1 check failed/);
    expect(code).toBe(1);
  });
});

describe('the checks', () => {
  it.each([
    ['18.20.4', 'fail'],
    ['20.18.3', 'fail'],
    ['20.19.0', 'ok'],
    ['22.1.0', 'ok'],
  ])('take Node.js %s for %s', (version, status) => expect(checkNode(version).status).toBe(status));

  it('warn of little memory', () => {
    expect(checkMemory(4096 * MB, 4096 * MB).status).toBe('ok');
    expect(checkMemory(256 * MB, 4096 * MB)).toMatchObject({
      status: 'warn',
      advice: expect.stringMatching(/old-space/),
    });
    expect(checkMemory(4096 * MB, 100 * MB).status).toBe('warn');
  });

  it('find a clock that goes back, and one that was set', () => {
    let n = 0;
    const at = (monotonic: () => number, wall: number) =>
      checkClock({ monotonic, wall: () => wall, origin: 0 }).status;
    expect(at(() => 5, 5)).toBe('ok');
    expect(at(() => (n++ === 3 ? 4 : 5), 5)).toBe('fail');
    expect(at(() => 5, 60_000)).toBe('warn');
  });

  it('find time zones without summer time', () => {
    expect(checkZones().status).toBe('ok');
    expect(checkZones(() => -5 * 3_600_000)).toMatchObject({
      status: 'fail',
      detail: 'New York is at UTC-5 at 2024-03-10T07:00:00Z, not UTC-4',
    });
  });

  it('find a folder that cannot be written to', () => {
    expect(checkWritable(folder.path).status).toBe('ok');
    expect(checkWritable(join(folder.path, 'no'))).toMatchObject({
      status: 'fail',
      detail: expect.stringMatching(/ENOENT/),
    });
  });

  it('tell what a data file holds', async () => {
    const file = folder.write('eurusd_m5.csv', [barsHeader, barRow(0), barRow(5)]);
    const { status, detail } = await checkData(file);
    expect(status).toBe('ok');
    expect(detail).toBe(`${file}: EURUSD, bars of M5, from 2024-01-09 09:00 UTC`);
  });

  it('are content with one core and one RxJS', () => {
    const checks = checkPackages(project('one', plain));
    expect(checks.map(({ name, status }) => [name, status])).toEqual([
      ['@mikrobot/core', 'ok'],
      ['rxjs', 'ok'],
    ]);
  });

  it('name a second copy of core and where it lies', () => {
    const second = 'node_modules/@mikrobot/backtest/node_modules/@mikrobot/core';
    const [core, rxjs] = checkPackages(project('two', { ...plain, [second]: '0.9.0' }));
    expect(core).toMatchObject({
      status: 'fail',
      detail: expect.stringMatching(/^2 copies: 1\.0\.0 in .* and 0\.9\.0 in .*backtest/),
    });
    expect(core?.advice).toMatch(/npm dedupe/);
    expect(rxjs?.status).toBe('ok');
  });

  it('name a package that is not there', () => {
    const { 'node_modules/rxjs': _, ...rest } = plain;
    expect(checkPackages(project('none', rest))[1]).toMatchObject({
      status: 'fail',
      advice: 'Run: npm install.',
    });
  });
});
