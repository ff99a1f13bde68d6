import { hash } from 'node:crypto';
import { MikroBotError } from '../errors/mikrobot-error.js';
import type { Entry, EntryKind, Journal, JournalHead } from './journal.js';

/** Text and hash of entries are made between turns; only when so many wait are they made at once. */
const MOST_WAITING = 4_096;

/** The text of an entry that the chain vouches for. */
const entryText = ({ seq, kind, at, tape, data }: Entry): string => {
  try {
    // The same bytes as JSON.stringify(entry), in half the time.
    return `{"seq":${seq},"kind":"${kind}","at":${at},"tape":${tape},"data":${JSON.stringify(data)}}`;
  } catch (cause) {
    const where = `journal, entry ${seq} (${kind})`;
    throw new MikroBotError('BAD_ENTRY', `${String(cause)}.`, { where, cause });
  }
};

/** One link of the chain: SHA-256 over the previous hash and the entry's text. */
const chainHash = (previous: string, text: string): string => hash('sha256', previous + text);

/** Options of a {@link MemoryJournal}. */
export interface MemoryJournalOptions {
  /** See {@link Journal.id}. Default `mem0`. */
  readonly id?: string;
  /** Keep the lines for reading and replay. Without, only the head is kept and memory stays flat. Default true. */
  readonly keep?: boolean;
  /** Number of the first entry, for a part of a longer log. Default 0. */
  readonly first?: number;
}

/** A journal in memory: for back-tests, tests and replay. It does not survive the process. */
export class MemoryJournal implements Journal {
  readonly id: string;
  readonly #keep: boolean;
  readonly #lines: string[] = [];
  readonly #first: number;
  #waiting: Entry[] = [];
  #seq: number;
  #hash = '';

  constructor({ id = 'mem0', keep = true, first = 0 }: MemoryJournalOptions = {}) {
    this.id = id;
    this.#keep = keep;
    this.#first = first;
    this.#seq = first;
  }

  append(kind: EntryKind, at: number, tape: number, data: unknown): number {
    const seq = this.#seq++;
    this.#waiting.push({ seq, kind, at, tape, data });
    if (this.#waiting.length >= MOST_WAITING) this.idle();
    return seq;
  }

  commit(): void {
    // Memory is as durable at once as it ever gets.
  }

  /** Entries so far. */
  get size(): number {
    return this.#seq - this.#first;
  }

  head(): JournalHead {
    this.idle();
    return { seq: this.#seq, hash: this.#hash };
  }

  /** The entries as lines of JSON, in order. Empty when made with `keep: false`. */
  lines(): readonly string[] {
    this.idle();
    return this.#lines;
  }

  /** The entries, read back from their lines. */
  entries(): readonly Entry[] {
    return this.lines().map((line) => JSON.parse(line) as Entry);
  }

  *read(from = 0): Generator<Entry> {
    for (const line of this.lines().slice(Math.max(0, from - this.#first))) yield JSON.parse(line) as Entry;
  }

  last(kind: EntryKind): Entry | undefined {
    const lines = this.lines();
    for (let i = lines.length - 1; i >= 0; i--) {
      const entry = JSON.parse(lines[i] as string) as Entry;
      if (entry.kind === kind) return entry;
    }
    return undefined;
  }

  /**
   * Makes the texts and hashes of what waits.
   * @throws `MikroBotError` `BAD_ENTRY` at an entry that is no JSON, each time: the log cannot go on without it.
   */
  idle(): void {
    const waiting = this.#waiting;
    if (waiting.length === 0) return;
    let made = 0;
    try {
      for (; made < waiting.length; made++) {
        const text = entryText(waiting[made] as Entry);
        this.#hash = chainHash(this.#hash, text);
        if (this.#keep) this.#lines.push(text);
      }
    } finally {
      this.#waiting = waiting.slice(made);
    }
  }
}

/**
 * Checks a log against the hash of its head: any changed, missing or reordered line changes the hash.
 * @throws `MikroBotError` `REPLAY_DIVERGED` when they do not agree.
 */
export const verifyChain = (lines: readonly string[], head: JournalHead): void => {
  const actual = lines.reduce(chainHash, '');
  if (lines.length !== head.seq || actual !== head.hash) {
    throw new MikroBotError(
      'REPLAY_DIVERGED',
      `the chain of ${lines.length} entries ends in ${actual || '(nothing)'}, ` +
        `not in ${head.hash || '(nothing)'} after ${head.seq}.`,
      { hint: 'The log was changed, cut or reordered.' },
    );
  }
};
