import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { lineCutter } from './lines.js';

/** What a process said by itself. */
export interface Told {
  readonly tell: string;
  readonly [name: string]: unknown;
}

/** How long a question may wait, ms: longer than any pause of a busy machine. */
const PATIENCE = 20_000;

/** A process of the campaign, which is asked over its standard streams. */
export class Peer {
  readonly #process: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #waiting = new Map<number, { done: (answer: unknown) => void; failed: (error: Error) => void }>();
  readonly #listeners = new Set<(told: Told) => void>();
  /** Everything that it told. */
  readonly told: Told[] = [];
  /** The end of what it wrote to its error stream. */
  errors = '';
  /** Resolves to the signal or exit code that ended it. */
  readonly ended: Promise<string>;
  #over = false;
  #count = 0;

  constructor(file: string, args: object) {
    this.#process = spawn(process.execPath, [file, JSON.stringify(args)], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const { stdin, stdout, stderr } = this.#process;
    stdout.setEncoding('utf8');
    stderr.setEncoding('utf8');
    const cut = lineCutter((line) => this.#take(JSON.parse(line)));
    stdout.on('data', (chunk: string) => cut(chunk));
    stderr.on('data', (chunk: string) => {
      this.errors = (this.errors + chunk).slice(-4_000);
    });
    stdin.on('error', () => {});
    this.ended = new Promise((resolve) => {
      this.#process.on('close', (code, signal) => {
        this.#over = true;
        resolve(signal ?? String(code));
        const error = new Error(`The process ended (${signal ?? code}). ${this.errors}`);
        for (const { failed } of this.#waiting.values()) failed(error);
      });
    });
  }

  get alive(): boolean {
    return !this.#over;
  }

  /** Asks and waits for the answer. Rejects when the process ends first, or takes too long. */
  ask(what: string, details: object = {}): Promise<unknown> {
    const n = this.#count++;
    return new Promise((done, failed) => {
      if (this.#over) {
        failed(new Error('The process has ended.'));
        return;
      }
      const timer = setTimeout(
        () => failed(new Error(`No answer to '${what}' within ${PATIENCE} ms.`)),
        PATIENCE,
      );
      const settle =
        <T>(then: (value: T) => void) =>
        (value: T): void => {
          clearTimeout(timer);
          this.#waiting.delete(n);
          then(value);
        };
      this.#waiting.set(n, { done: settle(done), failed: settle(failed) });
      this.#process.stdin.write(`${JSON.stringify({ n, do: what, ...details })}\n`);
    });
  }

  /** The first thing of that name that it told or will tell; undefined when it ends, or the time is over, before. */
  hear(name: string, within: number): Promise<Told | undefined> {
    const known = this.told.find(({ tell }) => tell === name);
    if (known !== undefined) return Promise.resolve(known);
    return new Promise((resolve) => {
      const done = (told: Told | undefined): void => {
        clearTimeout(timer);
        this.#listeners.delete(listen);
        resolve(told);
      };
      const listen = (told: Told): void => {
        if (told.tell === name) done(told);
      };
      const timer = setTimeout(() => done(undefined), within);
      this.#listeners.add(listen);
      void this.ended.then(() => done(this.told.find(({ tell }) => tell === name)));
    });
  }

  /** Has it end by itself. */
  dismiss(): void {
    this.#process.stdin.end();
  }

  kill(signal: 'SIGKILL' | 'SIGTERM'): void {
    this.#process.kill(signal);
  }

  #take(message: { readonly n?: number; readonly answer?: unknown } | Told): void {
    if ('tell' in message) {
      this.told.push(message as Told);
      for (const listener of this.#listeners) listener(message as Told);
    } else if (message.n !== undefined) this.#waiting.get(message.n)?.done(message.answer);
  }
}
