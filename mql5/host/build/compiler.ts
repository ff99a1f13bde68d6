import { spawn, spawnSync } from 'node:child_process';

/** What a program that ran left behind. */
export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end. */
export const runToEnd = (
  command: string,
  parameters: readonly string[],
  options: { readonly cwd?: string } = {},
): Promise<Finished> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, parameters, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, stdout, stderr }));
  });

let version: string | undefined;

/** The compiler's version line; undefined when g++ is not installed. */
export const compilerVersion = (): string | undefined => {
  version ??= spawnSync('g++', ['--version'], { encoding: 'utf8' }).stdout?.split('\n')[0] ?? '';
  return version === '' ? undefined : version;
};

/** Whether g++ is there: without it nothing of MQL5 runs, and its tests are skipped. */
export const hasCompiler = (): boolean => compilerVersion() !== undefined;
