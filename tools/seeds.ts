import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';

const help = `Runs the property tests again and again, each time with another seed.

  npm run test:seeds -- --runs 20
  npm run test:seeds -- --from 4711 packages/core

  path…          only test files whose path contains one of these
  --runs N       how many seeds (default 20)
  --from N       the first seed; the others follow it (default: another each time)
  --minutes N    a run that takes longer has failed, too (default 10)
  --help
`;

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

interface Failure {
  readonly seed: number;
  readonly files: readonly string[];
}

const messageLines = 8;
const root = join(import.meta.dirname, '..');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '20' },
    from: { type: 'string' },
    minutes: { type: 'string', default: '10' },
    help: { type: 'boolean', default: false },
  },
});

const count = (name: 'runs' | 'from' | 'minutes', text: string): number => {
  const n = Number(text);
  if (!Number.isSafeInteger(n) || n < 1)
    throw new Error(`--${name} takes a whole number from 1, not '${text}'.`);
  return n;
};

/** Test files that draw cases, by their path from the root. */
const propertyTests = (): readonly string[] =>
  execFileSync('npx', ['vitest', 'list', '--filesOnly', ...positionals], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter((file) => file.endsWith('.test.ts'))
    .filter((file) => readFileSync(join(root, file), 'utf8').includes("from 'fast-check'"));

/** Runs vitest with a seed. @returns its report; undefined when it crashed or hung */
const vitest = (seed: number, files: readonly string[], outputFile: string): Promise<Report | undefined> => {
  rmSync(outputFile, { force: true });
  const child = spawn('npx', ['vitest', 'run', '--reporter=json', `--outputFile=${outputFile}`, ...files], {
    cwd: root,
    env: { ...process.env, FC_SEED: String(seed), NO_COLOR: '1' },
    stdio: 'ignore',
    // A group of its own: what hangs is a worker of its, which would live on.
    detached: true,
  });
  const end = (): void => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  };
  const stop = (): never => {
    end();
    process.exit(130);
  };
  const tooLong = setTimeout(end, count('minutes', values.minutes) * 60_000);
  process.once('SIGINT', stop).once('SIGTERM', stop);
  return new Promise((resolve) => {
    child.on('close', () => {
      clearTimeout(tooLong);
      process.off('SIGINT', stop).off('SIGTERM', stop);
      try {
        resolve(JSON.parse(readFileSync(outputFile, 'utf8')));
      } catch {
        resolve(undefined);
      }
    });
  });
};

/** Tells what failed. @returns the files that did */
const told = (report: Report): readonly string[] =>
  report.testResults
    .filter(({ status }) => status !== 'passed')
    .map(({ name, message, assertionResults }) => {
      const file = relative(root, name);
      const failed = assertionResults.filter(({ status }) => status === 'failed');
      if (failed.length === 0) say(`  ${file}: ${message}`);
      for (const { fullName, failureMessages } of failed) {
        say(`  ${file} > ${fullName}`);
        for (const line of failureMessages.join('\n').split('\n').slice(0, messageLines)) say(`    ${line}`);
      }
      return file;
    });

const main = async (): Promise<number> => {
  if (values.help) {
    say(help);
    return 0;
  }
  const runs = count('runs', values.runs);
  const from =
    values.from === undefined ? 1 + Math.floor(Math.random() * 1_000_000) : count('from', values.from);
  const files = propertyTests();
  if (files.length === 0) throw new Error(`No test with fast-check is in ${positionals.join(' or ')}.`);
  say(`${files.length} files, ${runs} seeds from ${from}`);
  const failures: Failure[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'mikrobot-seeds-'));
  for (let seed = from; seed < from + runs; seed++) {
    const start = performance.now();
    const report = await vitest(seed, files, join(folder, 'report.json'));
    const failed = report === undefined ? files : told(report);
    const seconds = ((performance.now() - start) / 1_000).toFixed(1);
    const outcome = report === undefined ? 'crashed or hung' : `${failed.length} files failed`;
    say(`seed ${seed}  ${seconds} s  ${failed.length === 0 ? 'passed' : outcome}`);
    if (failed.length > 0) failures.push({ seed, files: failed });
  }
  rmSync(folder, { recursive: true });
  say('');
  for (const { seed, files: failed } of failures) say(`FC_SEED=${seed} npx vitest run ${failed.join(' ')}`);
  say(failures.length === 0 ? 'All seeds passed.' : `${failures.length} of ${runs} seeds failed.`);
  return failures.length === 0 ? 0 : 1;
};

process.exitCode = await main();
