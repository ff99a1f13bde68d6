import { type ChildProcess, spawn } from 'node:child_process';

/** Runs code as a module in a process of its own, with the packages' sources and options for node itself. */
export const runChild = (
  code: string,
  args: readonly string[],
  nodeOptions: readonly string[] = [],
): ChildProcess =>
  spawn(
    process.execPath,
    [
      ...nodeOptions,
      '--conditions',
      '@mikrobot/source',
      '--import',
      'tsx',
      '--input-type=module',
      '-e',
      code,
      ...args,
    ],
    { stdio: ['pipe', 'pipe', 'inherit'], cwd: new URL('..', import.meta.url).pathname },
  );

/** The text that a child wrote, and how it ended. */
export const endOf = (
  child: ChildProcess,
): Promise<{ readonly out: string; readonly signal: string | null }> =>
  new Promise((resolve, reject) => {
    let out = '';
    child.stdout?.on('data', (chunk) => {
      out += chunk;
    });
    child.on('error', reject);
    child.on('close', (_code, signal) => resolve({ out, signal }));
  });

/** How a child imports the journal. */
export const importJournal = `import { openJournal, readJournal } from ${JSON.stringify(new URL('../index.ts', import.meta.url).href)};`;
