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
  const hash = link(previous, text);
  const space = beside.indexOf(' ');
  const kind = beside.slice(HASH, space < 0 ? undefined : space);
  const subject = space < 0 ? undefined : beside.slice(space + 1);
  if (beside.slice(0, HASH) !== hash || !agrees({ seq, kind, subject, text }))
    return { kind: 'changed', seq, detail: `entry ${seq} is not what the chain of hashes vouches for` };
  return { seq, text, hash };
};

export const isProblem = (value: Line | Problem): value is Problem => 'kind' in value;

/** A page of rows. A damaged page of the file spoils its whole query, so what is good of it is then read row by row. */
function* rowsOf(db: Sql, from: number): Generator<Row> {
  const statement = db.prepare(`SELECT ${ROW} FROM entries WHERE seq >= ? ORDER BY seq LIMIT ?`).raw();
  const read = (seq: number, most: number): Row[] => statement.all([seq, most]) as Row[];
  for (let seq = from; ; ) {
    let rows: Row[] | undefined;
    try {
      rows = read(seq, PAGE);
    } catch {
      rows = undefined;
    }
    if (rows === undefined) {
      const [row] = read(seq, 1);
      if (row === undefined) return;
      yield row;
      seq = Number(row[0]) + 1;
      continue;
    }
    yield* rows;
    if (rows.length < PAGE) return;
    seq = Number(rows.at(-1)?.[0]) + 1;
  }
}

/** The lines from a place on, each checked against the chain; ends with the first problem. */
export function* checkedLines(db: Sql, from: Place): Generator<Line | Problem> {
  let place = from;
  const rows = rowsOf(db, from.seq);
  for (;;) {
    let next: IteratorResult<Row>;
    try {
      next = rows.next();
    } catch (error) {
      yield { kind: 'unreadable', seq: place.seq, detail: readFailure(error, '').message };
      return;
    }
    if (next.done === true) return;
    const line = checkRow(place, next.value);
    yield line;
    if (isProblem(line)) return;
    place = { seq: line.seq + 1, previous: line.hash };
  }
}

/** A problem as an error. */
export const problemError = (file: string, { detail, seq }: Problem): MikroBotError =>
  new MikroBotError('BAD_JOURNAL', `${detail}.`, {
    where: `${file}, entry ${seq}`,
    hint: 'What stands before is good. Keep the file, verify it, and go on from a backup.',
  });
