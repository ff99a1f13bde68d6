import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';

/** A script of the root package.json; it waits for the steps in `after`. */
interface Step {
  readonly script: string;
  readonly after?: readonly string[];
}

/** The steps of `npm test` and `npm run test:full`, in the order in which they start. */
const plans: Readonly<Record<string, readonly Step[]>> = {
  test: [
    { script: 'lint' },
    { script: 'walls' },
    { script: 'types' },
    { script: 'build', after: ['types'] },
    { script: 'test:unit' },
    { script: 'examples' },
    { script: 'snippets' },
    { script: 'knip' },
    { script: 'publint', after: ['build'] },
    { script: 'attw', after: ['publint'] }, // both write a tarball beside the package.json
    { script: 'size', after: ['build'] },
  ],
  full: [
    { script: 'build' },
    { script: 'mql5:build' },
    { script: 'test:slow', after: ['mql5:build'] },
    { script: 'consumer', after: ['build'] },
  ],
};
const atOnce = 2;

interface Result {
  readonly script: string;
  readonly code: number;
  readonly seconds: number;
  /** The lines that name what failed, for the summary at the end; a log is read from its end. */
  readonly complaints: readonly string[];
}

const complaint = /\bFAIL\b|\bError\b|error TS|^\s*❯ .*:\d+:\d+$/;
const complaintsShown = 20;

const root = join(import.meta.dirname, '..');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const path = [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);
const env = { ...process.env, PATH: path, NO_COLOR: '1' };

/** Runs one step and puts its name before each line it prints. */
function run(script: string): Promise<Result> {
  const start = performance.now();
  console.log(`${script} ▶ ${scripts[script]}`);
  const complaints: string[] = [];
  const child = spawn(scripts[script], { cwd: root, env, shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => {
      console.log(`${script} | ${line}`);
      if (complaint.test(line) && complaints.length < complaintsShown) complaints.push(line);
    });
  return new Promise((resolve) => {
    child.on('close', (code) => {
      const seconds = (performance.now() - start) / 1000;
      console.log(`${script} ${code === 0 ? '✔' : '✘'} ${seconds.toFixed(1)} s`);
      resolve({ script, code: code ?? 1, seconds, complaints });
    });
  });
}

/** Two steps at a time; after a failure those that run may finish, and no other starts. */
async function runAll(steps: readonly Step[]): Promise<Result[]> {
  const waiting = [...steps];
  const running = new Map<string, Promise<Result>>();
  const results: Result[] = [];
  const succeeded = (script: string) => results.some((result) => result.script === script);
  while (waiting.length + running.size > 0) {
    const next = waiting.findIndex(({ after = [] }) => after.every(succeeded));
    if (next >= 0 && running.size < atOnce) {
      const { script } = waiting.splice(next, 1)[0]!;
      running.set(script, run(script));
      continue;
    }
    const result = await Promise.race(running.values());
    running.delete(result.script);
    results.push(result);
    if (result.code !== 0) waiting.length = 0;
  }
  return results;
}

const plan = process.argv[2] ?? 'test';
const steps = plans[plan];
if (!steps) throw new Error(`No plan '${plan}'. There are: ${Object.keys(plans).join(', ')}.`);
const start = performance.now();
const results = await runAll(steps);
const failed = results.filter(({ code }) => code !== 0);

console.log('');
for (const { script } of steps) {
  const result = results.find((r) => r.script === script);
  const outcome = result ? `${result.seconds.toFixed(1).padStart(6)} s` : '   not run';
  console.log(`${script.padEnd(12)}${outcome}${result && result.code !== 0 ? '  FAILED' : ''}`);
}
console.log(`${'together'.padEnd(12)}${((performance.now() - start) / 1000).toFixed(1).padStart(6)} s\n`);
for (const { script, complaints } of failed) {
  for (const line of complaints) console.log(`${script} | ${line}`);
  console.log(
    `FAILED: ${script}. Its lines above begin with "${script} |"; run it alone with: npm run ${script}`,
  );
}
if (failed.length === 0) console.log('All steps passed.');
process.exitCode = failed.length === 0 ? 0 : 1;
