import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '@mikrobot/core';
import { afterAll, describe, expect, it } from 'vitest';
import { fileStore } from './file-store.js';

const folder = mkdtempSync(join(tmpdir(), 'mikrobot-kill-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = join(folder, 'policies.json');

/** Large enough that a write is no single step: about 256 kB. */
const padding = (count: number): string => String(count % 10).repeat(262_144);

/** Saves counts without end from where the file stands, and writes each down once its save has returned. */
const saveForever = `
  import { writeSync } from 'node:fs';
  import { fileStore } from ${JSON.stringify(new URL('file-store.ts', import.meta.url).href)};
  const store = fileStore(${JSON.stringify(file)});
  for (let count = (store.load()?.killSwitch.state.count ?? 0) + 1; ; count++) {
    store.save({ killSwitch: { state: { count, padding: String(count % 10).repeat(262144) } } });
    writeSync(1, count + '\\n');
  }
`;

const args = [
  '--conditions',
  '@mikrobot/source',
  '--import',
  'tsx',
  '--input-type=module',
  '-e',
  saveForever,
];

/** Kills the child so many ms after its first save. @returns the last count that it had told of, and how it ended */
const killed = (after: number): Promise<{ readonly told: number; readonly signal: string | null }> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), after));
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.on('error', reject);
    child.on('close', (_code, signal) => resolve({ told: Number(out.trimEnd().split('\n').at(-1)), signal }));
  });

interface Saved {
  readonly count: number;
  readonly padding: string;
}

describe('a process that is killed while it saves', () => {
  it('leaves the state before or after, whole, and never less than it had told of', async () => {
    const random = seededRandom(7);
    const until = performance.now() + 15_000;
    let kills = 0;
    let amid = 0;
    while (performance.now() < until && kills < 100) {
      const { told, signal } = await killed(random() * 20);
      expect(signal).toBe('SIGKILL');
      if (readdirSync(folder).includes('policies.json.tmp')) amid++;
      const saved = fileStore(file).load();
      const { count, padding: kept } = saved!.killSwitch!.state as Saved;
      expect([told, told + 1]).toContain(count);
      expect(kept === padding(count)).toBe(true);
      expect(readdirSync(folder)).toEqual(['policies.json']);
      kills++;
    }
    process.stdout.write(`killed ${kills} times, ${amid} of them between the first byte and the rename\n`);
    expect(kills).toBeGreaterThan(5);
    expect(amid).toBeGreaterThan(0);
  }, 60_000);
});
