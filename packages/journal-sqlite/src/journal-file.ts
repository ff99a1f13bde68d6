import { type Entry, type EntryKind, type JournalHead, MikroBotError } from '@mikrobot/core';
import { type BackupReport, backupTo } from './backup.js';
import type { Sql } from './database.js';
import { entryOf } from './entry-line.js';
import { checkedLines, firstPlace, hashAt, isProblem, type Place, problemError } from './entry-rows.js';
import { readFailure } from './failures.js';
import { type HeadNote, readHeadNote } from './head-note.js';
import { type Identity, readIdentity } from './identity.js';
import { APPROVES, checkFormat } from './schema.js';
import { subjectOfOrder } from './subject.js';
import { bytes, textOf } from './text.js';
import { type Verification, type VerifyOptions, verifyFile } from './verify.js';

/** What can be asked of a journal. Entries come with the members of their data in the order of RFC 8785. */
export interface JournalReader {
  /** See `Journal.id`. */
  readonly id: string;
  readonly file: string;
  /** What the chain begins with: the journal's first id. */
  readonly journal: string;
  /** The number of the oldest entry that is in the file; above 0 once entries were exported. */
  first(): number;
  head(): JournalHead;
  /** Where the journal ended when it had so many entries; undefined when it never had, or they were exported. */
  headAt(seq: number): JournalHead | undefined;
  /**
   * Entries from a number on (default: the oldest in the file), each checked against the chain of hashes.
   * @throws `MikroBotError` `BAD_JOURNAL` at the first entry that is not what was written, after what is good before it;
   * `BAD_CONFIG` for a number that was exported.
   */
  read(from?: number): IterableIterator<Entry>;
  get(seq: number): Entry | undefined;
  /** The newest entry of a kind, also when it was exported. */
  last(kind: EntryKind): Entry | undefined;
  /** What was journalled about a signal and its orders. */
  bySignal(id: string): readonly Entry[];
  /** What was journalled about one order. @param id - client order id, or the venue's own for a foreign order */
  byOrder(id: string): readonly Entry[];
  /** The whole story that a signal is part of: with the held signal that it answers, and the approvals that answer it. */
  byCorrelation(id: string): readonly Entry[];
  /** Checks everything that is in the file. Damage is told, not thrown. */
  verify(options?: VerifyOptions): Verification;
  /**
   * Writes a consistent copy to another file, while the writer writes on, and verifies it.
   * @throws `MikroBotError` `BAD_CONFIG` when that file exists, `BAD_JOURNAL` when the journal is damaged, `JOURNAL_FAILED`.
   */
  backup(to: string): BackupReport;
  close(): void;
}

type Statement = ReturnType<Sql['prepare']>;

/** The reading side, of the writer and of readers. */
export class JournalFile implements JournalReader {
  readonly file: string;
  readonly id: string;
  readonly journal: string;
  readonly #db: Sql;
  #closed = false;
  readonly #statements = new Map<string, Statement>();

  /** @throws `MikroBotError` `BAD_JOURNAL` when the connection is to no journal. */
  constructor(db: Sql, file: string) {
    this.#db = db;
    this.file = file;
    const { id, journal } = this.ask((): Identity => {
      checkFormat(db, file);
      return readIdentity(db, file);
    });
    this.id = id;
    this.journal = journal;
  }

  first(): number {
    return this.ask(() => firstPlace(this.db, this.journal).seq);
  }

  head(): JournalHead {
    return this.ask(() => {
      const last = this.row('SELECT max(seq) FROM entries')?.[0];
      if (typeof last === 'number') return { seq: last + 1, hash: hashAt(this.db, last) ?? '' };
      const { seq, previous } = firstPlace(this.db, this.journal);
      return { seq, hash: seq === 0 ? '' : previous };
    });
  }

  headAt(seq: number): JournalHead | undefined {
    this.settle();
    return this.ask(() => {
      const first = firstPlace(this.db, this.journal);
      if (seq === first.seq) return { seq, hash: seq === 0 ? '' : first.previous };
      const hash = seq < first.seq ? undefined : hashAt(this.db, seq - 1);
      return hash === undefined ? undefined : { seq, hash };
    });
  }

  read(from?: number): IterableIterator<Entry> {
    this.settle();
    // Read before the head: the note never runs ahead of a journal that is whole.
    const note = this.note();
    const { seq: end } = this.head();
    return this.#entries(this.#place(from), Math.max(end, note?.seq ?? 0));
  }

  *#entries(from: Place, end: number): Generator<Entry> {
    let next = from.seq;
    if (next >= end) return;
    for (const line of checkedLines(this.db, from)) {
      if (isProblem(line)) {
        this.#checkExported(next);
        throw problemError(this.file, line);
      }
      yield entryOf(line.text);
      next = line.seq + 1;
      if (next >= end) return;
    }
    const detail = `entries ${next} to ${end - 1} are gone`;
    throw problemError(this.file, { kind: 'truncated', seq: next, detail });
  }

  #place(from: number | undefined): Place {
    return this.ask(() => {
      const first = firstPlace(this.db, this.journal);
      if (from === undefined || from === first.seq) return first;
      this.#checkExported(from);
      // Beyond the end nothing will be found, unless entries are missing.
      return { seq: from, previous: hashAt(this.db, from - 1) ?? '' };
    });
  }

  /** Entries may leave the file while they are read, which is no damage. */
  #checkExported(seq: number): void {
    const first = this.first();
    if (seq >= first) return;
    throw new MikroBotError('BAD_CONFIG', `Entries up to ${first - 1} were exported.`, {
      where: `${this.file}, entry ${seq}`,
      hint: 'Read them with readHistory() and the store that they were exported to.',
    });
  }

  get(seq: number): Entry | undefined {
    this.settle();
    return this.written(seq);
  }

  /** An entry that is in the file. */
  protected written(seq: number): Entry | undefined {
    return this.#list(`SELECT ${bytes('line')} FROM entries WHERE seq = ?`, seq)[0];
  }

  last(kind: EntryKind): Entry | undefined {
    this.settle();
    return (
      this.#list(`SELECT ${bytes('line')} FROM entries WHERE kind = ? ORDER BY seq DESC LIMIT 1`, kind)[0] ??
      this.#list(`SELECT ${bytes('line')} FROM newest WHERE kind = ?`, kind)[0]
    );
  }

  bySignal(id: string): readonly Entry[] {
    this.settle();
    // One text for all: crossing into SQLite for each row would cost more than everything else.
    return this.#list(
      `SELECT ${bytes('group_concat(line, char(10) ORDER BY seq)')} FROM entries WHERE subject = ?`,
      id,
    );
  }

  byOrder(id: string): readonly Entry[] {
    return this.bySignal(subjectOfOrder(id)).filter(({ data }) => {
      const named = data as { readonly id?: unknown; readonly order?: unknown };
      return named.id === id || named.order === id;
    });
  }

  byCorrelation(id: string): readonly Entry[] {
    this.settle();
    const story = new Set([id]);
    // Grows while it is walked.
    for (const signal of story) {
      for (const [of] of this.#rows(
        `SELECT ${bytes(APPROVES)} FROM entries WHERE subject = ? AND kind = 'out:signal'`,
        signal,
      ))
        story.add(textOf(of) ?? signal);
      for (const [by] of this.#rows(
        `SELECT ${bytes('subject')} FROM entries WHERE ${APPROVES} = ? AND kind = 'out:signal'`,
        signal,
      ))
        story.add(textOf(by) ?? signal);
    }
    return [...story].flatMap((signal) => this.bySignal(signal)).sort((a, b) => a.seq - b.seq);
  }

  verify(options: VerifyOptions = {}): Verification {
    this.settle();
    return verifyFile(this.db, { file: this.file, journal: this.journal, note: () => this.note() }, options);
  }

  backup(to: string): BackupReport {
    this.settle();
    return backupTo(this.db, this.file, to);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#statements.clear();
    this.#db.close();
  }

  /** The connection. The driver would end the whole process when one that is closed is used. */
  protected get db(): Sql {
    if (!this.#closed) return this.#db;
    throw new MikroBotError('JOURNAL_FAILED', 'The journal is closed.', { where: this.file });
  }

  /** Before something is read: the writer writes what waits. */
  protected settle(): void {
    // Nothing waits where nothing is written.
  }

  /** The note to hold the file against; the writer knows better. */
  protected note(): HeadNote | undefined {
    return readHeadNote(this.file);
  }

  /** Runs a query; what goes wrong is said in our words. */
  protected ask<T>(query: () => T): T {
    try {
      return query();
    } catch (error) {
      throw readFailure(error, this.file);
    }
  }

  /** A statement, prepared once. */
  protected statement(sql: string): Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const made = this.db.prepare(sql);
    if (made.reader) made.raw();
    this.#statements.set(sql, made);
    return made;
  }

  protected row(sql: string, ...values: readonly unknown[]): readonly unknown[] | undefined {
    return this.statement(sql).get([...values]) as readonly unknown[] | undefined;
  }

  #rows(sql: string, ...values: readonly unknown[]): readonly (readonly unknown[])[] {
    return this.ask(() => this.statement(sql).all([...values]) as readonly (readonly unknown[])[]);
  }

  /** The entries of a query that gives their lines as one text. */
  #list(sql: string, value: unknown): readonly Entry[] {
    return this.ask(() => {
      const lines = textOf(this.row(sql, value)?.[0]);
      return lines === undefined ? [] : lines.split('\n').map(entryOf);
    });
  }
}
