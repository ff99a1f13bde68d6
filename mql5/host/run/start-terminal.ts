import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MikroBotError } from '@mikrobot/core';
import type { Program } from '../build/build-program.js';
import { Output } from './output.js';

/** How a terminal with a program in it is started. */
export interface TerminalOptions {
  readonly program: Program;
  /** The trade server; undefined plays ticks without one. */
  readonly link?: { readonly host: string; readonly port: number };
  /** Rows `time_msc,bid,ask` to play on simulated time, as the strategy tester does; instead of a link. */
  readonly ticks?: string;
  /** Account number; default 5000001. */
  readonly login?: number | string;
  /** Symbol of the chart; default EURUSD. */
  readonly symbol?: string;
  /** Timeframe of the chart: M1 … MN1; default M15. */
  readonly period?: string;
  /** Inputs by name; enums by number or name. */
  readonly inputs?: Readonly<Record<string, string | number | boolean>>;
  /** The folder MQL5/Files; default a new one in the system's folder for temporary files. */
  readonly files?: string;
  /** The Common folder; default as for `files`. */
  readonly common?: string;
  /** Addresses that WebRequest and sockets may reach. */
  readonly allowUrls?: readonly string[];
  /** More options of the terminal, passed as they are. */
  readonly more?: readonly string[];
  /** Told of each line that the program prints. */
  readonly onLine?: (line: string) => void;
}

/** How a terminal ended. */
export interface TerminalExit {
  /** 0 in good order, 3 refused by OnInit, 70 critical error; undefined after a signal. */
  readonly code: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
}

/** A terminal process with a program of MQL5 in it. */
export interface RunningTerminal {
  readonly pid: number;
  /** What the program printed so far: `<expert>\t<text>`. */
  readonly lines: readonly string[];
  /** What the host itself said, and the sanitizers. */
  readonly notes: readonly string[];
  /**
   * The first line of the program, printed already or to come, that holds the text or fits the pattern.
   * @throws MikroBotError TIMED_OUT when the process ends without it
   */
  waitFor(wanted: string | RegExp): Promise<string>;
  /** Asks it to end, as closing the terminal does: OnDeinit runs. Repeated calls are harmless. */
  stop(): Promise<TerminalExit>;
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>;
  /** Settles when the process is gone. */
  readonly exited: Promise<TerminalExit>;
}

const commandLine = (options: TerminalOptions): string[] => {
  const folder = (name: string) => mkdtempSync(join(tmpdir(), `mikrobot-mql5-${name}-`));
  const pairs = Object.entries(options.inputs ?? {}).flatMap(([name, value]) => [
    '--input',
    `${name}=${value}`,
  ]);
  return [
    ...(options.link ? ['--link', `${options.link.host}:${options.link.port}`] : []),
    ...(options.ticks === undefined ? [] : ['--ticks', options.ticks]),
    ...(options.login === undefined ? [] : ['--login', String(options.login)]),
    '--symbol',
    options.symbol ?? 'EURUSD',
    '--period',
    options.period ?? 'M15',
    '--files',
    options.files ?? folder('files'),
    '--common',
    options.common ?? folder('common'),
    ...pairs,
    ...(options.allowUrls ?? []).flatMap((url) => ['--allow-url', url]),
    ...(options.more ?? []),
  ];
};

// A leak is the program's to find by --sanitize runs that end in order; a killed terminal frees nothing.
const environment = ({ folder }: Program): NodeJS.ProcessEnv => ({
  ...process.env,
  // Counts of coverage belong beside the binary, wherever it was linked.
  GCOV_PREFIX: folder,
  GCOV_PREFIX_STRIP: '99',
  ASAN_OPTIONS: 'detect_leaks=0:abort_on_error=0:exitcode=71',
  UBSAN_OPTIONS: 'print_stacktrace=1:halt_on_error=1:exitcode=71',
});

const started = (child: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (cause) =>
      reject(new MikroBotError('BAD_CONFIG', 'the terminal does not start.', { cause })),
    );
  });

/** Starts a terminal; it ends with the process that started it, if not before. */
export const startTerminal = async (options: TerminalOptions): Promise<RunningTerminal> => {
  const child = spawn(options.program.binary, commandLine(options), {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment(options.program),
  });
  const output = new Output();
  const notes = new Output();
  const exited = new Promise<TerminalExit>((resolve) => {
    child.once('close', (code, signal) => {
      process.off('exit', killNow);
      output.end();
      notes.end();
      resolve({ code: code ?? undefined, signal: signal ?? undefined });
    });
  });
  const killNow = () => child.kill('SIGKILL');
  process.on('exit', killNow);
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const before = output.lines.length;
    output.push(text);
    for (const line of output.lines.slice(before)) options.onLine?.(line);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => notes.push(text));
  await started(child);
  return {
    pid: child.pid!,
    get lines() {
      return output.lines;
    },
    get notes() {
      return notes.lines;
    },
    waitFor: (wanted) =>
      Promise.race([
        output.waitFor(wanted),
        exited.then(async ({ code, signal }) => {
          const late = output.lines.find((line) =>
            typeof wanted === 'string' ? line.includes(wanted) : wanted.test(line),
          );
          if (late !== undefined) return late;
          const last = [...output.lines, ...notes.lines].slice(-10).join('\n');
          throw new MikroBotError(
            'TIMED_OUT',
            `the terminal ended (${signal ?? code}) before ${wanted}:\n${last}`,
          );
        }),
      ]),
    stop: () => {
      child.kill('SIGTERM');
      return exited;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
    exited,
  };
};
