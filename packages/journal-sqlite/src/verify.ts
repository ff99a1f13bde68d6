import { hash, type KeyObject } from 'node:crypto';
import type { JournalHead } from '@mikrobot/core';
import { type Anchor, AnchorCheck } from './anchor.js';
import { openInMemory, type Sql } from './database.js';
import { checkedLines, firstPlace, isProblem, type Problem } from './entry-rows.js';
import { readFailure } from './failures.js';
import type { HeadNote } from './head-note.js';
import { migrate, shapeOf } from './schema.js';
import { bytes, textOf } from './text.js';

/** What to hold a journal against, besides itself. */
export interface VerifyOptions {
  /** Signed heads of this journal: with them, entries that were cut off its end are found too. */
  readonly anchors?: readonly Anchor[] | undefined;
  /** The public half of the key that signed them; PEM or key object. Needed with anchors. */
  readonly publicKey?: KeyObject | string | undefined;
}

/** What a verification found. */
export interface Verification {
  readonly ok: boolean;
  /** Entries that are as they were written, from the oldest one on. */
  readonly entries: number;
  /** Where those end. */
  readonly head: JournalHead;
  /** Signed heads that agree. */
  readonly anchors: number;
  /** The first thing that is wrong. */
  readonly problem: Problem | undefined;
}

/** What a file is said to be. */
export interface Claim {
  readonly file: string;
  readonly journal: string;
  readonly note: () => HeadNote | undefined;
}

const said = (error: unknown): string => readFailure(error, '').message;

/** What is wrong with the tables and indexes; they are compared with those that a new journal has. */
const structureProblem = (db: Sql, seq: number): Problem | undefined => {
  const problem = (detail: string): Problem => ({ kind: 'structure', seq, detail });
  const model = openInMemory();
  try {
    migrate(model);
    if (shapeOf(db) !== shapeOf(model))
      return problem('the tables, indexes or views are not those of a journal');
    const [first] = db.prepare('PRAGMA integrity_check(1)').raw().all() as readonly (readonly [string])[];
    return first?.[0] === 'ok' ? undefined : problem(`the database is damaged: ${first?.[0]}`);
  } catch (error) {
    return problem(said(error));
  } finally {
    model.close();
  }
};

/** What is in the file and in no chain has a sum of its own. */
const sumProblem = (db: Sql, seq: number): Problem | undefined => {
  const good = (query: string): boolean =>
    (db.prepare(query).raw().all() as readonly (readonly unknown[])[]).every(
      ([text, sum]) => hash('sha256', textOf(text) ?? '') === textOf(sum),
    );
  if (!good(`SELECT ${bytes('state')}, ${bytes('sum')} FROM policies`))
    return { kind: 'policies', seq, detail: 'what policies remember is not what was saved' };
  return good(`SELECT ${bytes('line')}, ${bytes('sum')} FROM newest`)
    ? undefined
    : { kind: 'structure', seq, detail: 'what is kept of exported entries is not what was exported' };
};

const noteProblem = (note: HeadNote | undefined, head: JournalHead, journal: string): Problem | undefined => {
  if (note === undefined) return undefined;
  if (note.journal !== journal)
    return {
      kind: 'truncated',
      seq: head.seq,
      detail: `the note beside the file is of journal ${note.journal}`,
    };
  return note.seq > head.seq
    ? { kind: 'truncated', seq: head.seq, detail: `entries ${head.seq} to ${note.seq - 1} are gone` }
    : undefined;
};

/** Walks the chain; then looks at everything that is in no chain. */
const walk = (db: Sql, { journal, note: readNote }: Claim, anchors: AnchorCheck): Verification => {
  const note = readNote();
  db.exec('BEGIN');
  const first = firstPlace(db, journal);
  let head: JournalHead = { seq: first.seq, hash: first.seq === 0 ? '' : first.previous };
  const end = (problem: Problem | undefined): Verification => ({
    ok: problem === undefined,
    entries: head.seq - first.seq,
    head,
    anchors: anchors.agreed,
    problem,
  });
  anchors.at(head);
  for (const line of checkedLines(db, first)) {
    if (isProblem(line)) return end(line);
    head = { seq: line.seq + 1, hash: line.hash };
    if (!anchors.at(head)) return end(anchors.problem(head));
    if (note !== undefined && note.seq === head.seq && note.hash !== head.hash)
      return end({
        kind: 'truncated',
        seq: line.seq,
        detail: 'the note beside the file tells of another history',
      });
  }
  return end(
    noteProblem(note, head, journal) ??
      anchors.problem(head) ??
      structureProblem(db, head.seq) ??
      sumProblem(db, head.seq),
  );
};

/**
 * Checks a journal whole: the chain from its first entry to its last, the note beside it, signed heads, tables and indexes.
 * @throws `MikroBotError` `BAD_CONFIG` for anchors without a key.
 */
export const verifyFile = (db: Sql, claim: Claim, options: VerifyOptions): Verification => {
  const anchors = new AnchorCheck(claim.journal, options);
  try {
    return walk(db, claim, anchors);
  } catch (error) {
    const head = { seq: 0, hash: '' };
    return {
      ok: false,
      entries: 0,
      head,
      anchors: anchors.agreed,
      problem: { kind: 'unreadable', seq: 0, detail: said(error) },
    };
  } finally {
    if (db.inTransaction) db.exec('ROLLBACK');
  }
};
