import { hash } from 'node:crypto';
import { canonicalJson, type HexHash } from '@mikrobot/core';
import * as z from 'zod';

const entrySchema = z.strictObject({
  seq: z.int(),
  at: z.number(),
  previous: z.string(),
  data: z.unknown(),
  hash: z.string(),
});

/**
 * One line of the log: its number from 0, epoch ms, the hash of the line before (empty for the first), what happened, and the
 * SHA-256 over the canonical JSON of all these.
 */
export type AuditEntry = Readonly<z.output<typeof entrySchema>>;

/** Where a log ends. Kept outside (another machine, a printed page, a signed message) it is an anchor that shows what was cut. */
export interface AuditHead {
  /** Entries so far. */
  readonly size: number;
  /** Of the last entry; empty for an empty log. */
  readonly hash: HexHash;
}

/** Whoever writes down who did what. */
export interface AuditSink {
  /**
   * Adds what happened at a moment (epoch ms). It must be durable on return.
   * @throws when it cannot be written.
   */
  append(at: number, data: unknown): void;
}

const EMPTY: AuditHead = { size: 0, hash: '' };

const entryHash = ({ seq, at, previous, data }: Omit<AuditEntry, 'hash'>): HexHash =>
  hash('sha256', canonicalJson({ seq, at, previous, data }));

/**
 * An append-only log whose entries are chained by SHA-256 over canonical JSON (RFC 8785). The chain shows every change, gap,
 * insertion and exchange; what it cannot show, entries cut off the end and a chain that was written anew, an anchored
 * {@link head} shows. It keeps no entries: lines go to `write`, which must have stored them when it returns.
 *
 * @example
 * ```ts
 * const log = new AuditLog((line) => appendFileSync('audit.jsonl', `${line}\n`));
 * log.append(clock.now(), { by: 'alice', did: 'release' });
 * const anchor = log.head(); // give it away, and later: verifyAudit(lines, [anchor])
 * ```
 */
export class AuditLog implements AuditSink {
  readonly #write: (line: string) => void;
  #head: AuditHead;

  /** @param from - the head to go on from: what {@link verifyAudit} says of the lines that are there */
  constructor(write: (line: string) => void, from: AuditHead = EMPTY) {
    this.#write = write;
    this.#head = from;
  }

  /** @throws `MikroBotError` `BAD_ENTRY` when the data is no JSON, and what `write` throws; then the log has not grown. */
  append(at: number, data: unknown): AuditEntry {
    const { size, hash: previous } = this.#head;
    const entry = { seq: size, at, previous, data };
    const written = { ...entry, hash: entryHash(entry) };
    this.#write(canonicalJson(written));
    this.#head = { size: size + 1, hash: written.hash };
    return written;
  }

  head(): AuditHead {
    return this.#head;
  }
}

/** What is wrong with a log. */
export type AuditFault =
  /** The line is not the canonical JSON of an entry. */
  | 'NOT_AN_ENTRY'
  /** The entry has another number than its place. */
  | 'WRONG_NUMBER'
  /** The entry does not follow the one before. */
  | 'BROKEN_LINK'
  /** The entry was changed. */
  | 'WRONG_HASH'
  /** The log is another one than was anchored, from some entry on that is not before `index`. */
  | 'NOT_AS_ANCHORED'
  /** Entries that were anchored are missing at the end. */
  | 'CUT';

/** The head of a log that holds, or the index of its first bad entry (from 0) and what is wrong with it. */
export type AuditVerdict =
  | { readonly ok: true; readonly head: AuditHead }
  | { readonly ok: false; readonly index: number; readonly fault: AuditFault };

const readEntry = (line: string): AuditEntry | undefined => {
  try {
    const entry = entrySchema.parse(JSON.parse(line));
    // Any other spelling of the same data would let a byte be changed unseen.
    return canonicalJson(entry) === line ? entry : undefined;
  } catch {
    return undefined;
  }
};

const faultOf = (entry: AuditEntry, head: AuditHead): AuditFault | undefined => {
  if (entry.seq !== head.size) return 'WRONG_NUMBER';
  if (entry.previous !== head.hash) return 'BROKEN_LINK';
  return entry.hash === entryHash(entry) ? undefined : 'WRONG_HASH';
};

/**
 * Checks the lines of an {@link AuditLog}, in order, against themselves and against heads that were anchored outside.
 * @param anchors - in any order. Without one, a cut tail and a log written anew pass.
 */
export const verifyAudit = (lines: Iterable<string>, anchors: readonly AuditHead[] = []): AuditVerdict => {
  const bySize = anchors.toSorted((a, b) => a.size - b.size);
  let vouched = 0;
  let next = 0;
  let head = EMPTY;
  /** Anchors of the size that the log has now; false at one that does not agree. */
  const agrees = (): boolean => {
    for (; bySize[next]?.size === head.size; next++) {
      if (bySize[next]?.hash !== head.hash) return false;
      vouched = head.size;
    }
    return true;
  };
  if (!agrees()) return { ok: false, index: 0, fault: 'NOT_AS_ANCHORED' };
  for (const line of lines) {
    const entry = readEntry(line);
    if (entry === undefined) return { ok: false, index: head.size, fault: 'NOT_AN_ENTRY' };
    const fault = faultOf(entry, head);
    if (fault !== undefined) return { ok: false, index: head.size, fault };
    head = { size: head.size + 1, hash: entry.hash };
    if (!agrees()) return { ok: false, index: vouched, fault: 'NOT_AS_ANCHORED' };
  }
  return next < bySize.length ? { ok: false, index: head.size, fault: 'CUT' } : { ok: true, head };
};
