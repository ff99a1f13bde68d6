import { type Entry, type EntryKind, type JournalHead, MikroBotError } from '@mikrobot/core';
import { link } from './chain.js';
import { type EntryLine, lineOf } from './entry-line.js';

/** A line with its hash, on its way into the file. */
export interface ReadyLine extends EntryLine {
  readonly hash: string;
}

/** More than so many entries are not kept when the file takes none. */
const MOST_WAITING = 100_000;

/** What was appended and is not in the file yet: first as it came, then as text with its link of the chain. */
export class WriteQueue {
  readonly #file: string;
  #raw: Entry[] = [];
  #ready: ReadyLine[] = [];
  #next: number;
  #previous: string;

  /** @param head - where the file ends @param genesis - stands before the first entry */
  constructor(file: string, head: JournalHead, genesis: string) {
    this.#file = file;
    this.#next = head.seq;
    this.#previous = head.hash === '' ? genesis : head.hash;
  }

  /** The number that the next entry gets. */
  get next(): number {
    return this.#next;
  }

  get waiting(): number {
    return this.#raw.length + this.#ready.length;
  }

  /** Lines in order, to be written. */
  get ready(): readonly ReadyLine[] {
    return this.#ready;
  }

  /** @throws `MikroBotError` `JOURNAL_FAILED` when more waits than memory should hold. */
  add(kind: EntryKind, at: number, tape: number, data: unknown): number {
    if (this.waiting >= MOST_WAITING) {
      throw new MikroBotError('JOURNAL_FAILED', `${MOST_WAITING} entries wait to be written.`, {
        where: this.#file,
        hint: 'The file has taken none for long; see the error of the last commit.',
      });
    }
    const seq = this.#next++;
    this.#raw.push({ seq, kind, at, tape, data });
    return seq;
  }

  /**
   * Makes texts and hashes of what waits, at most so many.
   * @throws `MikroBotError` `BAD_ENTRY` at an entry that is no JSON, each time: the log cannot go on without it.
   */
  prepare(most: number): void {
    const raw = this.#raw;
    const end = Math.min(raw.length, most);
    let made = 0;
    try {
      for (; made < end; made++) {
        const entry = raw[made] as Entry;
        const line = lineOf(entry);
        this.#previous = link(this.#previous, line.text);
        this.#ready.push({ ...line, hash: this.#previous });
      }
    } finally {
      this.#raw = made === raw.length ? [] : raw.slice(made);
    }
  }

  /** The ready lines are in the file. */
  written(): void {
    this.#ready = [];
  }

  /** The hash of everything that is ready. */
  get hash(): string {
    return this.#previous;
  }
}
