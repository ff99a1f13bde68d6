import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';

/** Signals that are remembered in the file; it is written anew when it holds twice as many. */
const KEPT = 1_000;

/**
 * Which signals were taken, on disk: a signal is written down before it is proposed, so that a reader that dies between proposes it
 * never twice.
 */
export class SeenSignals {
  readonly #path: string;
  readonly #seen = new Set<string>();
  #file: number;
  #lines = 0;

  /** @throws when the file cannot be opened or read */
  constructor(path: string) {
    this.#path = path;
    this.#file = openSync(path, 'a');
    // A last line without its end was being written when the machine died; its signal was not proposed.
    const lines = readFileSync(path, 'utf8').split('\n');
    if (lines.pop() !== '') writeSync(this.#file, '\n');
    for (const line of lines) {
      this.#lines++;
      this.#seen.add(line);
    }
    this.#tidy();
  }

  has(key: string): boolean {
    return this.#seen.has(key);
  }

  /** Returns when it is on disk. @throws when it cannot be written: then it must not be proposed */
  add(key: string): void {
    writeSync(this.#file, `${key}\n`);
    fsyncSync(this.#file);
    this.#lines++;
    this.#seen.add(key);
    this.#tidy();
  }

  close(): void {
    closeSync(this.#file);
  }

  #tidy(): void {
    if (this.#lines <= 2 * KEPT) return;
    const kept = [...this.#seen].slice(-KEPT);
    const fresh = `${this.#path}.tmp`;
    writeFileSync(fresh, kept.map((key) => `${key}\n`).join(''), { flush: true });
    renameSync(fresh, this.#path);
    closeSync(this.#file);
    this.#file = openSync(this.#path, 'a');
    this.#lines = kept.length;
    for (const key of [...this.#seen].slice(0, -KEPT)) this.#seen.delete(key);
  }
}
