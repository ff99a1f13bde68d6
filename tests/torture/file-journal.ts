import { hash } from 'node:crypto';
import { existsSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import type { Entry, EntryKind, Journal, JournalHead } from '@mikrobot/core';

/** Entries of a file of lines; a torn last line is not one. */
export const readFileJournal = (file: string): Entry[] => {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Entry);
};

/** A journal as a file of lines. */
export class FileJournal implements Journal {
  readonly id: string;
  readonly #fd: number;
  readonly #file: string;
  #lines: string[] = [];
  #seq: number;
  #hash = '';

  constructor(file: string, id: string) {
    this.id = id;
    this.#file = file;
    if (existsSync(file)) {
      const text = readFileSync(file);
      truncateSync(file, text.lastIndexOf(10) + 1);
    }
    this.#seq = readFileJournal(file).length;
    this.#fd = openSync(file, 'a');
  }

  append(kind: EntryKind, at: number, tape: number, data: unknown): number {
    const seq = this.#seq++;
    this.#lines.push(`${JSON.stringify({ seq, kind, at, tape, data })}\n`);
    return seq;
  }

  commit(): void {
    const text = this.#lines.join('');
    this.#lines = [];
    this.#hash = hash('sha256', this.#hash + text);
    if (text !== '') writeSync(this.#fd, text);
  }

  head(): JournalHead {
    return { seq: this.#seq, hash: this.#hash };
  }

  *read(from = 0): Generator<Entry> {
    this.commit();
    yield* readFileJournal(this.#file).slice(from);
  }

  last(kind: EntryKind): Entry | undefined {
    this.commit();
    return readFileJournal(this.#file).findLast((entry) => entry.kind === kind);
  }
}
