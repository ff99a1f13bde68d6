import type { Clock } from '@mikrobot/core';
import { LocalBook } from '../book/local-book.js';
import type { DepthDiff, DepthSnapshot } from '../mapper/market-events.js';

/** What a keeper works with. */
export interface BookKeeperParts {
  readonly venue: 'spot' | 'futures';
  /** Levels a side that are surely known; undefined keeps all. */
  readonly depth: number | undefined;
  readonly clock: Clock;
  /** Names its timer. */
  readonly name: string;
  /** Asks the venue for its book; undefined where the answer could not be read. */
  readonly load: () => Promise<DepthSnapshot | undefined>;
  /** Told after each change of a synced book, and once when it is void. */
  readonly changed: (book: LocalBook) => void;
}

/** The first pause before a snapshot is asked for again, ms; it doubles up to the longest. */
const FIRST = 250;
const LONGEST = 30_000;
/** A book that was lost sooner after its snapshot than this, in ms, is not asked for at once. */
const STEADY = 2_000;

/**
 * Keeps a book in sync by itself: a gap, a break of the line or a failed snapshot leads to a new snapshot, one at a time and with growing
 * pauses, because each weighs on the limits of the account's address.
 */
export class BookKeeper {
  readonly book: LocalBook;
  readonly #parts: BookKeeperParts;
  #loading = false;
  #pause = FIRST;
  #syncedAt = 0;
  #closed = false;
  #disarm: (() => void) | undefined;
  #resyncs = 0;

  constructor(parts: BookKeeperParts) {
    const { venue, depth } = parts;
    this.#parts = parts;
    this.book = new LocalBook({ venue, ...(depth === undefined ? {} : { depth }) });
  }

  /** How often a synced book was lost and had to be loaded anew. */
  get resyncs(): number {
    return this.#resyncs;
  }

  /** Takes a diff of the stream. The first one asks for the snapshot: one that is older than the stream would be of no use. */
  take(diff: DepthDiff): void {
    if (this.#closed) return;
    switch (this.book.diff(diff)) {
      case 'applied':
        this.#parts.changed(this.book);
        return;
      case 'gap':
        this.#resyncs += 1;
        this.#parts.changed(this.book);
        this.#lost();
        return;
      case 'buffered':
        this.#ask();
        return;
      case 'stale':
    }
  }

  close(): void {
    this.#closed = true;
    this.#disarm?.();
    this.book.clear();
  }

  #ask(): void {
    if (this.#loading || this.#closed) return;
    this.#loading = true;
    this.#parts.load().then(
      (snapshot) => this.#loaded(snapshot),
      () => this.#loaded(undefined),
    );
  }

  #loaded(snapshot: DepthSnapshot | undefined): void {
    if (this.#closed) return;
    if (snapshot === undefined || !this.book.snapshot(snapshot)) {
      this.#askLater();
      return;
    }
    this.#loading = false;
    this.#syncedAt = this.#parts.clock.now();
    this.#parts.changed(this.book);
  }

  #lost(): void {
    if (this.#parts.clock.now() - this.#syncedAt < STEADY) {
      this.#askLater();
      return;
    }
    this.#pause = FIRST;
    this.#ask();
  }

  #askLater(): void {
    const { clock, name } = this.#parts;
    this.#loading = true;
    const wake = (): void => {
      this.#loading = false;
      this.#ask();
    };
    this.#disarm = clock.arm(name, clock.now() + this.#pause, wake);
    this.#pause = Math.min(LONGEST, this.#pause * 2);
  }
}
