import { MikroBotError } from '@mikrobot/core';
import { genesis, link } from './chain.js';
import type { Sql } from './database.js';
import { agrees, seqOf } from './entry-line.js';
import { readFailure } from './failures.js';
import { bytes, textOf } from './text.js';

/** What is wrong with an entry, and which. */
export interface Problem {
  /**
   * `changed`, `missing`, `reordered`: an entry. `truncated`: entries at the end. `unreadable`: the file there. `structure`: tables
   * or indexes. `policies`: what policies remember. `segment`: an exported file. `anchor`: a signed head that does not fit.
   */
  readonly kind:
    | 'anchor'
    | 'changed'
    | 'missing'
    | 'policies'
    | 'reordered'
    | 'segment'
    | 'structure'
    | 'truncated'
    | 'unreadable';
  /** The first entry that is concerned. */
  readonly seq: number;
  readonly detail: string;
}

/** A line that the chain vouches for. */
export interface Line {
  readonly seq: number;
  readonly text: string;
  readonly hash: string;
}

/** The place in the chain from which to read on. */
export interface Place {
  readonly seq: number;
  /** Hash of the entry before, or the genesis. */
  readonly previous: string;
}

/** What {@link ROW} gives. */
export type Row = readonly [seq: unknown, beside: unknown, line: unknown];

/** The columns of a row: its number, what stands beside its line in one, and the line. */
export const ROW = `seq, ${bytes(`hash || kind || coalesce(' ' || subject, '')`)}, ${bytes('line')}`;
const HASH = 64;

const PAGE = 256;

/** The first place in the file: after what was exported. */
export const firstPlace = (db: Sql, journal: string): Place => {
  const sql = `SELECT last, ${bytes('hash')} FROM segments ORDER BY first DESC LIMIT 1`;
  const row = db.prepare(sql).raw().get() as readonly [number, unknown] | undefined;
  return row === undefined
    ? { seq: 0, previous: genesis(journal) }
    : { seq: row[0] + 1, previous: textOf(row[1]) ?? '' };
};

/** The hash that is kept of an entry; undefined when it is not in the file. */
export const hashAt = (db: Sql, seq: number): string | undefined => {
  const row = db
    .prepare(`SELECT ${bytes('hash')} FROM entries WHERE seq = ?`)
    .raw()
    .get([seq]);
  return textOf((row as readonly unknown[] | undefined)?.[0]);
};

/** Whether what stands beside a line (its hash, kind and subject) says the same as the line does. */
const vouches = (beside: string, { seq, text, hash }: Line): boolean => {
  if (!beside.startsWith(hash)) return false;
  const space = beside.indexOf(' ');
  const kind = beside.slice(HASH, space < 0 ? undefined : space);
  const subject = space < 0 ? undefined : beside.slice(space + 1);
  return agrees({ seq, kind, subject, text });
};

/** The line of a row, or what is wrong with it. */
export const checkRow = ({ seq, previous }: Place, row: Row): Line | Problem => {
  const number = row[0];
  if (number !== seq) return { kind: 'missing', seq, detail: `entry ${seq} is missing; ${number} follows` };
  const [beside, text] = [textOf(row[1]), textOf(row[2])];
  if (beside === undefined || text === undefined)
    return { kind: 'changed', seq, detail: `entry ${seq} is no text` };
  const own = seqOf(text);
  if (own !== undefined && own !== seq)
    return { kind: 'reordered', seq, detail: `entry ${own} stands in the place of ${seq}` };
  const line = { seq, text, hash: link(previous, text) };
  return vouches(beside, line)
    ? line
    : { kind: 'changed', seq, detail: `entry ${seq} is not what the chain of hashes vouches for` };
};

export const isProblem = (value: Line | Problem): value is Problem => 'kind' in value;

/**
 * Many rows as one text, two lines each: crossing into SQLite for each row costs more than everything else. Lines of canonical JSON
 * have no line breaks; where damage has made one, nothing fits and the row is looked at alone.
 */
const PAGE_OF_ROWS = `SELECT ${bytes(`group_concat(row, char(10))`)} FROM (
  SELECT seq || ' ' || hash || kind || coalesce(' ' || subject, '') || char(10) || line AS row
  FROM entries WHERE seq >= ? ORDER BY seq LIMIT ${PAGE})`;

/** The good lines at the beginning of a page. */
const goodLines = (from: Place, page: string): readonly Line[] => {
  const parts = page.split('\n');
  const lines: Line[] = [];
  let { seq, previous } = from;
  for (let i = 0; i + 1 < parts.length; i += 2) {
    const [beside, text] = [parts[i] as string, parts[i + 1] as string];
    const number = `${seq} `;
    const hash = link(previous, text);
    if (!beside.startsWith(number) || !vouches(beside.slice(number.length), { seq, text, hash })) break;
    lines.push({ seq, text, hash });
    previous = hash;
    seq++;
  }
  return lines;
};

/** Reads rows from a connection. */
class Rows {
  readonly #page;
  readonly #one;

  constructor(db: Sql) {
    this.#page = db.prepare(PAGE_OF_ROWS).raw();
    this.#one = db.prepare(`SELECT ${ROW} FROM entries WHERE seq >= ? ORDER BY seq LIMIT 1`).raw();
  }

  /** The good lines from a place on, a page of them at most; none where something is odd. */
  page(from: Place): readonly Line[] {
    try {
      const [page] = this.#page.get([from.seq]) as readonly unknown[];
      return goodLines(from, textOf(page) ?? '');
    } catch {
      // A damaged page of the file spoils the whole query: what is good of it is read row by row.
      return [];
    }
  }

  /** What stands at a place or behind it; undefined at the end. */
  one(at: Place): Line | Problem | undefined {
    try {
      const row = this.#one.get([at.seq]) as Row | undefined;
      return row === undefined ? undefined : checkRow(at, row);
    } catch (error) {
      return { kind: 'unreadable', seq: at.seq, detail: readFailure(error, '').message };
    }
  }
}

/** The lines from a place on, each checked against the chain; ends with the first problem. */
export function* checkedLines(db: Sql, from: Place): Generator<Line | Problem> {
  const rows = new Rows(db);
  for (let place = from; ; ) {
    const page = rows.page(place);
    yield* page;
    let last: Line | Problem | undefined = page.at(-1);
    if (last === undefined) {
      last = rows.one(place);
      if (last === undefined) return;
      yield last;
      if (isProblem(last)) return;
    }
    place = { seq: last.seq + 1, previous: last.hash };
  }
}

/** A problem as an error. */
export const problemError = (file: string, { detail, seq }: Problem): MikroBotError =>
  new MikroBotError('BAD_JOURNAL', `${detail}.`, {
    where: `${file}, entry ${seq}`,
    hint: 'What stands before is good. Keep the file, verify it, and go on from a backup.',
  });
