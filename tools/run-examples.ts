import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** An example is read in one look. */
const maxLines = 60;

const root = join(import.meta.dirname, '..');
const folder = join(root, 'examples');
const only = process.argv[2] ?? '';
const names = readdirSync(folder)
  .filter((name) => name.includes(only) && existsSync(join(folder, name, 'main.ts')))
  .sort();
let failures = 0;

for (const name of names) {
  const file = join(folder, name, 'main.ts');
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n').length;
  const start = performance.now();
  const { status, signal, stdout, stderr } = spawnSync(
    process.execPath,
    ['--conditions=@mikrobot/source', '--import', 'tsx', file],
    { cwd: root, encoding: 'utf8', timeout: 180_000, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const problem =
    status !== 0
      ? `ended with ${signal ?? `code ${status}`}\n${stdout}${stderr}`
      : lines > maxLines
        ? `has ${lines} lines, ${maxLines} at most: show one thing, or make it two examples`
        : undefined;
  if (problem) failures += 1;
  console.log(`${problem ? '✘' : '✔'} ${name}  ${seconds} s${problem ? `  ${problem}` : ''}`);
}
console.log(`${names.length} examples, ${failures} failed.`);
process.exitCode = failures === 0 ? 0 : 1;
