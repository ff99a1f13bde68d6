import { hash as checksum } from 'node:crypto';
import { MikroBotError } from '@mikrobot/core';
import type { Sql } from './database.js';
import {
  checkedLines,
  firstPlace,
  hashAt,
  isProblem,
  type Line,
  type Place,
  problemError,
} from './entry-rows.js';
import {
  namePrefix,
  packSegment,
  type Segment,
  type SegmentStore,
  segmentProblem,
  unpackSegment,
} from './segment.js';
import { bytes, textOf } from './text.js';

/** What to export. */
export interface ExportOptions {
  /** Leave this entry and what follows in the file. */
  readonly before?: number | undefined;
  /** Entries in one segment at most. Default 100,000. */
  readonly most?: number | undefined;
}

/** What an export needs of the writer. */
export interface ExportSource {
  readonly file: string;
  readonly journal: string;
  readonly db: Sql;
  /** Runs something in a transaction. */
  readonly write: (durable: boolean, more: () => void) => void;
}

/** Rows that are deleted at once: a few milliseconds. */
const ROWS_AT_ONCE = 500;

/** Moves old entries out of a journal. */
export class Exporter {
  readonly #source: ExportSource;
  #busy = false;
  /** Entries below were exported; rows of them may still be there. */
  #trimTo: number;

  constructor(source: ExportSource) {
    this.#source = source;
    this.#trimTo = firstPlace(source.db, source.journal).seq;
  }

  async export(store: SegmentStore, options: ExportOptions): Promise<Segment | undefined> {
    if (this.#busy) {
      throw new MikroBotError('BAD_CONFIG', 'A segment is being exported already.', {
        where: this.#source.file,
        hint: 'Await the one before.',
      });
    }
    this.#busy = true;
    try {
      return await this.#export(store, options);
    } finally {
      this.#busy = false;
    }
  }

  /** Takes some of what was exported out of the file. */
  trim(): void {
    if (this.#trimTo === 0) return;
    const { db, write } = this.#source;
    const some = 'SELECT seq FROM entries WHERE seq < ? ORDER BY seq LIMIT ?';
    const end = this.#trimTo;
    const rows = db.prepare(some).all([end, ROWS_AT_ONCE]).length;
    if (rows > 0)
      write(false, () => db.prepare(`DELETE FROM entries WHERE seq IN (${some})`).run([end, ROWS_AT_ONCE]));
    if (rows < ROWS_AT_ONCE) this.#trimTo = 0;
  }

  async #export(
    store: SegmentStore,
    { before, most = 100_000 }: ExportOptions,
  ): Promise<Segment | undefined> {
    const { db, journal, write } = this.#source;
    const place = firstPlace(db, journal);
    const end = Math.min(this.#books(), before ?? Number.POSITIVE_INFINITY);
    const found = await this.#left(store, place, end);
    const segment = found ?? (await this.#pack(store, place, Math.min(end, place.seq + most) - 1));
    if (segment === undefined) return undefined;
    const { first, last, previous, hash, name, sha256, bytes } = segment;
    write(true, () => {
      const columns = '(first, last, previous, hash, name, sum, bytes)';
      const row = [first, last, previous, hash, name, sha256, bytes];
      db.prepare(`INSERT INTO segments ${columns} VALUES (?, ?, ?, ?, ?, ?, ?)`).run(row);
      this.#keepNewest(first, last);
    });
    this.#trimTo = last + 1;
    return segment;
  }

  #keepNewest(first: number, last: number): void {
    const { db } = this.#source;
    const newest = db.prepare(
      `SELECT kind, max(seq), ${bytes('line')} FROM entries WHERE seq BETWEEN ? AND ? GROUP BY kind`,
    );
    const keep = db.prepare('INSERT OR REPLACE INTO newest (kind, seq, line, sum) VALUES (?, ?, ?, ?)');
    // The entries were checked on their way out, so the kinds are text.
    for (const [kind, seq, bytesOfLine] of newest
      .raw()
      .all([first, last]) as readonly (readonly unknown[])[]) {
      const line = textOf(bytesOfLine) ?? '';
      keep.run([kind, seq, line, checksum('sha256', line)]);
    }
  }

  /** The newest books: a bot goes on from there. */
  #books(): number {
    const sql = `SELECT max(seq) FROM entries WHERE kind = ?`;
    const newest = ['in:books', 'out:books'].map((kind) => {
      const row = this.#source.db.prepare(sql).raw().get([kind]) as readonly [number | null];
      return row[0] ?? 0;
    });
    return Math.max(...newest);
  }

  /** A segment that was put into the store before a crash, and not yet taken out of the journal. */
  async #left(store: SegmentStore, place: Place, end: number): Promise<Segment | undefined> {
    const prefix = namePrefix(this.#source.journal, place.seq);
    const name = (await store.list()).find((each) => each.startsWith(prefix));
    return name === undefined ? undefined : this.#readBack(store, name, place, end);
  }

  async #readBack(store: SegmentStore, name: string, place: Place, end: number): Promise<Segment> {
    const bytes = await store.get(name);
    const unpacked = bytes === undefined ? undefined : unpackSegment(name, bytes);
    const segment = unpacked?.segment;
    if (
      unpacked === undefined ||
      segment === undefined ||
      segmentProblem(unpacked) !== undefined ||
      segment.previous !== place.previous ||
      segment.last >= end ||
      segment.hash !== hashAt(this.#source.db, segment.last)
    ) {
      throw new MikroBotError('BAD_JOURNAL', 'The store gives back something else than these entries.', {
        where: name,
        hint: 'Nothing was taken out of the journal. Use another store, or find out who wrote that file.',
      });
    }
    return segment;
  }

  async #pack(store: SegmentStore, place: Place, last: number): Promise<Segment | undefined> {
    if (last < place.seq) return undefined;
    const hash = hashAt(this.#source.db, last) ?? '';
    const lines = this.#lines(place, last);
    const { segment, bytes } = await packSegment(this.#source.journal, place, { last, hash }, lines);
    await store.put(segment.name, bytes);
    return this.#readBack(store, segment.name, place, last + 1);
  }

  *#lines(place: Place, last: number): Generator<Line> {
    for (const line of checkedLines(this.#source.db, place)) {
      if (isProblem(line)) throw problemError(this.#source.file, line);
      yield line;
      if (line.seq === last) return;
    }
  }
}
