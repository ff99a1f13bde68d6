import { MikroBotError } from '@mikrobot/core';
import { CommanderError } from 'commander';

/** Ends of the process: all went well; the work failed; the command line was wrong. */
export const exitCodes = { ok: 0, failed: 1, usage: 2 } as const;

/** The command line asks for something that does not exist or cannot be. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The libraries give advice in code; here the same is an option. */
const asOptions: readonly (readonly [RegExp, string])[] = [
  [/csv\(\{ path, timeframe: '([^']*)' \}\)/g, '--data-timeframe $1'],
  [/csv\(\{ path, (\w+): '([^']*)' \}\)/g, '--$1 $2'],
  [/Write instruments: \[defineInstrument\(.*?\)\]\. /g, ''],
  [/\bpaper\(\): /g, ''],
];

const forCommandLine = (text: string): string =>
  asOptions.reduce((line, [code, option]) => line.replace(code, option), text);

/**
 * Runs what only reads the command line: what the libraries object to is wrong usage.
 * @param option - the option that is read, where it is one
 */
export const reading = <T>(what: () => T, option?: string): T => {
  try {
    return what();
  } catch (error) {
    if (!(error instanceof MikroBotError)) throw error;
    throw new UsageError(`${option === undefined ? '' : `${option}: `}${error.message}`, { cause: error });
  }
};

/** How a command failed, in one line for people. */
export interface Failure {
  readonly line: string;
  readonly exitCode: number;
}

const systemErrors: Readonly<Record<string, string>> = {
  EACCES: 'It may not be opened. Check its permissions.',
  EISDIR: 'It is a folder. Name a file.',
  ENOENT: 'There is no such file or folder. Check the path.',
  ENOSPC: 'The disk is full. Make room.',
  ENOTDIR: 'A part of the path is no folder. Check the path.',
  EROFS: 'The disk is read-only. Choose another folder.',
};

/** Texts of libraries can have several lines, and some end without a period. */
const sentence = (text: string): string => {
  const line = forCommandLine(text).replace(/\s+/g, ' ').trim();
  return /[.!?)]$/.test(line) ? line : `${line}.`;
};

const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && typeof (error as NodeJS.ErrnoException).code === 'string' && 'syscall' in error;

/** The one sentence to print for whatever was thrown, and the code to exit with. */
export const failureOf = (error: unknown): Failure => {
  const { ok, failed, usage } = exitCodes;
  // Commander has printed its own sentence; asking for help or the version is no failure.
  if (error instanceof CommanderError) return { line: '', exitCode: error.exitCode === 0 ? ok : usage };
  if (error instanceof UsageError) return { line: `error: ${sentence(error.message)}`, exitCode: usage };
  if (error instanceof MikroBotError) return { line: `error: ${sentence(error.message)}`, exitCode: failed };
  if (isSystemError(error)) {
    const what = systemErrors[error.code ?? ''] ?? `It cannot be used (${error.code}).`;
    return { line: `error: ${error.path ?? error.syscall}: ${what}`, exitCode: failed };
  }
  const text = error instanceof Error ? error.message : String(error);
  return {
    line: `error: unexpected: ${sentence(text)} Run it again with --debug and report what it prints.`,
    exitCode: failed,
  };
};

/** The stack of an error and of what caused it, for `--debug`. */
export const stackOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\ncaused by ${stackOf(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
};
