import {
  type Entry,
  type EntryKind,
  type Journal,
  type JournalHead,
  MikroBotError,
  type PolicyStore,
} from '@mikrobot/core';
import { type Anchor, type AnchorSigner, type AnchorSink, signHead } from './anchor.js';
import { genesis } from './chain.js';
import type { Sql } from './database.js';
import { EntryWriter } from './entry-writer.js';
import { Exporter, type ExportOptions } from './export-segment.js';
import { isFatal, writeFailure } from './failures.js';
import { FileWatch } from './file-watch.js';
import { HeadNoteWriter } from './head-note.js';
import { JournalFile, type JournalReader } from './journal-file.js';
import { openForReading, openForWriting } from './open-file.js';
import { PolicySnapshots } from './policy-snapshots.js';
import { realFile } from './real-file.js';
import type { Segment, SegmentStore } from './segment.js';
import { WriteQueue } from './write-queue.js';
import { WriterLock } from './writer-lock.js';

/** Entries that wait at most before they are written, without a flush to disk. */
const MOST_WAITING = 4_096;
/** Entries that one idle moment takes on: some milliseconds. */
const MOST_IDLE = 512;
/** Text after which an idle moment moves SQLite's log into the file, characters. */
const CHECKPOINT = 4_000_000;

/** How a journal is kept. */
export interface JournalOptions {
  /** Path of the file. SQLite and the lock keep others beside it: `-wal`, `-shm`, `-lock`, `-head`. A local disk, no network drive. */
  readonly file: string;
  /** See `Journal.id`. For a new file; default: drawn by chance. One that exists keeps its own. */
  readonly id?: string | undefined;
  /** What a commit survives: a power cut (each is flushed to disk), or only the end of the process. Default `power`. */
  readonly durability?: 'power' | 'process' | undefined;
  /** Let all commits of one turn of the event loop's microtasks share one transaction; `commit()` is then a promise. Default false. */
  readonly group?: boolean | undefined;
  /** Signs where the journal ended now and then: in idle moments each so many entries (default 10,000), and when it is closed. */
  readonly anchor?:
    | {
        readonly signer: AnchorSigner;
        readonly sink: AnchorSink;
        readonly every?: number | undefined;
        /** Told when a head could not be signed or kept in an idle moment; it is tried again in the next. */
        readonly failed?: ((error: unknown) => void) | undefined;
      }
    | undefined;
  /** Go on although entries are gone that once were in the file. Default false. */
  readonly acceptLoss?: boolean | undefined;
}

/** The durable journal of one bot. */
export interface SqliteJournal extends Journal, JournalReader {
  readonly id: string;
  /** Writes what waits and flushes it to disk, before it returns. */
  commit(): void;
  /** What policies remember, in the same file; saved in one durable transaction with the entries before it. */
  readonly policies: PolicyStore;
  read(from?: number): IterableIterator<Entry>;
  last(kind: EntryKind): Entry | undefined;
  head(): JournalHead;
  /** Writes without a flush to disk. Never throws: what goes wrong is said by the next `commit()`. */
  idle(): void;
  /**
   * Commits, signs the head and hands it to the sink. Undefined while the journal is empty.
   * @throws `MikroBotError` `BAD_CONFIG` when opened without `anchor`, `JOURNAL_FAILED`, or what signer and sink throw.
   */
  anchor(): Anchor | undefined;
  /**
   * Moves the oldest entries into a compressed file that is written once: at most `most` (default 100,000), and only such before
   * the newest books (`in:books`, `out:books`), from which a bot goes on. Undefined when there is nothing to move.
   * The file is read back and checked before anything is taken out of the journal.
   */
  exportSegment(store: SegmentStore, options?: ExportOptions): Promise<Segment | undefined>;
}

/** A journal whose callers share commits; see {@link JournalOptions.group}. */
export interface GroupJournal extends Omit<SqliteJournal, 'commit'> {
  /** Resolves once what was appended before the call, by anybody, is flushed to disk. */
  commit(): Promise<void>;
}

class Writer extends JournalFile implements Omit<SqliteJournal, 'commit'> {
  readonly policies: PolicyStore;
  readonly #lock: WriterLock;
  readonly #queue: WriteQueue;
  readonly #writer: EntryWriter;
  readonly #exporter: Exporter;
  readonly #note: HeadNoteWriter;
  readonly #watch: FileWatch;
  readonly #power: boolean;
  readonly #group: boolean;
  readonly #anchors: JournalOptions['anchor'];
  #written: JournalHead;
  /** The newest head that was flushed to disk. */
  #durable: JournalHead | undefined;
  #anchored: number;
  #shared: Promise<void> | undefined;
  #broken: MikroBotError | undefined;
  #sinceCheckpoint = 0;
  #closed = false;
  /** An idle moment could not write; the next one leaves that to a commit, which may wait for whoever holds the file. */
  #stuck = false;

  constructor(db: Sql, head: JournalHead, lock: WriterLock, options: JournalOptions) {
    super(db, options.file);
    this.#lock = lock;
    this.#power = options.durability !== 'process';
    this.#group = options.group ?? false;
    this.#anchors = options.anchor;
    this.#queue = new WriteQueue(this.file, head, genesis(this.journal));
    this.#writer = new EntryWriter(db, this.#power);
    this.#written = head;
    this.#anchored = head.seq;
    this.#note = new HeadNoteWriter(this.file, this.journal);
    this.#watch = new FileWatch(this.file);
    const { file, journal } = this;
    // Asked for each time: a connection that is closed must not be used.
    const current = (): Sql => this.db;
    this.policies = new PolicySnapshots({
      file,
      get db() {
        return current();
      },
      write: (more) => this.#flush(true, () => more(this.#queue.next)),
    });
    this.#exporter = new Exporter({
      file,
      journal,
      get db() {
        return current();
      },
      write: (durable, more) => this.#flush(durable, more),
    });
    this.#flush(true);
  }

  append(kind: EntryKind, at: number, tape: number, data: unknown): number {
    if (this.#closed && this.#broken !== undefined) throw this.#broken;
    const { waiting } = this.#queue;
    if (waiting > 0 && waiting % MOST_WAITING === 0) this.#relieve();
    return this.#queue.add(kind, at, tape, data);
  }

  /** Keeps memory bounded. What goes wrong is said by the next commit: what protects a position must go out all the same. */
  #relieve(): void {
    try {
      this.#flush(false);
    } catch {
      // Tried again when as many more wait, until the queue itself refuses.
    }
  }

  commit(): void | Promise<void> {
    if (!this.#group) return this.#flush(true);
    this.#shared ??= Promise.resolve().then(() => {
      this.#shared = undefined;
      this.#flush(true);
    });
    return this.#shared;
  }

  override head(): JournalHead {
    this.#queue.prepare(Number.POSITIVE_INFINITY);
    const seq = this.#queue.next;
    return { seq, hash: seq === 0 ? '' : this.#queue.hash };
  }

  idle(): void {
    if (this.#stuck || this.#closed) return;
    try {
      if (this.#queue.waiting > 0) this.#flush(false, undefined, MOST_IDLE);
      if (this.#sinceCheckpoint > CHECKPOINT) this.#checkpoint('PASSIVE');
      this.#exporter.trim();
    } catch {
      // Nothing was promised; the next commit says it.
      this.#stuck = true;
      return;
    }
    const { every = 10_000, failed } = this.#anchors ?? {};
    if (this.#anchors === undefined || (this.#durable?.seq ?? 0) - this.#anchored < every) return;
    try {
      this.#sign();
    } catch (error) {
      failed?.(error);
    }
  }

  anchor(): Anchor | undefined {
    this.#flush(true);
    return this.#sign();
  }

  exportSegment(store: SegmentStore, options: ExportOptions = {}): Promise<Segment | undefined> {
    this.#flush(true);
    return this.#exporter.export(store, options);
  }

  override close(): void {
    if (this.#closed) return;
    this.#closed = true;
    try {
      this.#flush(true);
      if (this.#anchors !== undefined && this.#written.seq > this.#anchored) this.#sign();
      this.#checkpoint('TRUNCATE');
    } finally {
      this.#broken = new MikroBotError('JOURNAL_FAILED', 'The journal is closed.', { where: this.file });
      this.#note.close();
      super.close();
      this.#lock.release();
    }
  }

  protected override settle(): void {
    this.#flush(false);
  }

  protected override note(): undefined {
    return undefined;
  }

  /** Writes what waits, at most so many entries. */
  #flush(durable: boolean, more?: () => void, most = Number.POSITIVE_INFINITY): void {
    if (this.#broken !== undefined) throw this.#broken;
    try {
      this.#queue.prepare(most);
    } finally {
      // What comes before an entry that is no JSON is written all the same.
      const { ready } = this.#queue;
      const unflushed = durable && this.#durable?.seq !== this.#written.seq;
      if (ready.length > 0 || more !== undefined || unflushed) this.#write(durable, more);
    }
  }

  #write(durable: boolean, more: (() => void) | undefined): void {
    const { ready } = this.#queue;
    try {
      this.#watch.check(this.#written.seq, this.#written.hash);
      this.#writer.write(ready, durable, more);
      this.#watch.written();
      this.#stuck = false;
    } catch (error) {
      const failure = writeFailure(error, this.file);
      if (isFatal(error)) this.#broken = failure;
      throw failure;
    }
    const last = ready.at(-1);
    if (last !== undefined) this.#written = { seq: last.seq + 1, hash: last.hash };
    for (const { text } of ready) this.#sinceCheckpoint += text.length;
    this.#queue.written();
    if (durable || !this.#power) {
      this.#durable = this.#written;
      this.#note.write(this.#written);
    }
  }

  #sign(): Anchor | undefined {
    if (this.#anchors === undefined) {
      throw new MikroBotError('BAD_CONFIG', 'This journal was opened without a signer.', {
        where: 'openJournal, anchor',
      });
    }
    // Only what a power cut cannot take back: an anchor of more would cry wolf.
    const head = this.#durable;
    if (head === undefined || head.seq === 0) return undefined;
    const { signer, sink } = this.#anchors;
    const at = this.written(head.seq - 1)?.at ?? 0;
    const anchor = signHead({ journal: this.journal, ...head, at }, signer);
    sink.put(anchor);
    this.#anchored = anchor.seq;
    return anchor;
  }

  #checkpoint(mode: 'PASSIVE' | 'TRUNCATE'): void {
    this.#sinceCheckpoint = 0;
    try {
      this.db.pragma(`wal_checkpoint(${mode})`);
    } catch (error) {
      // A reader is amid it: the next one will do.
      if (isFatal(error)) throw writeFailure(error, this.file);
    }
  }
}

/**
 * Opens the journal of a bot, and makes it when there is none. One at a time may write to it.
 * @throws `MikroBotError` `JOURNAL_LOCKED` when another bot writes to it; `BAD_JOURNAL` when the file is something else, of a newer
 * version, damaged at its end, or has lost entries; `JOURNAL_FAILED` when it cannot be written; `BAD_CONFIG` for an id that is none.
 *
 * @example
 * ```ts
 * const journal = openJournal({ file: 'bot.journal' });
 * const bot = createBot({ adapter, journal, store: journal.policies, run, risk });
 * ```
 */
export function openJournal(options: JournalOptions & { readonly group: true }): GroupJournal;
export function openJournal(options: JournalOptions & { readonly group?: false | undefined }): SqliteJournal;
export function openJournal(options: JournalOptions): unknown {
  const { id, durability = 'power', acceptLoss = false } = options;
  const file = realFile(options.file);
  const lock = new WriterLock(file);
  let db: Sql | undefined;
  try {
    const opened = openForWriting({ file, id, power: durability === 'power', acceptLoss });
    db = opened.db;
    return new Writer(db, opened.head, lock, { ...options, file });
  } catch (error) {
    db?.close();
    lock.release();
    throw writeFailure(error, file);
  }
}

/**
 * Opens a journal for reading, while its bot writes on or when none runs. Any number of readers, in any process; none of them is in
 * the way of the writer.
 * @throws `MikroBotError` `FILE_MISSING`, `BAD_JOURNAL` when the file is something else or damaged, `JOURNAL_FAILED`.
 */
export const readJournal = (path: string): JournalReader => {
  const file = realFile(path);
  const db = openForReading(file);
  try {
    return new JournalFile(db, file);
  } catch (error) {
    db.close();
    throw error;
  }
};
