import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Ended } from './run-cli.js';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));

/** Arguments of Node that run the command from its source. */
export const sourceArgs = ['--conditions', '@mikrobot/source', '--import', 'tsx', main];

/** Runs a command line in a process of its own, from the source. */
export const inOwnProcess = (args: readonly string[]): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...sourceArgs, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
