import { type Entry, type JournalHead, MikroBotError } from '@mikrobot/core';
import { AnchorCheck } from './anchor.js';
import { genesis } from './chain.js';
import { entryOf } from './entry-line.js';
import { isProblem, type Line, type Problem, problemError } from './entry-rows.js';
import type { JournalReader } from './journal-file.js';
import { rangeOf, type SegmentStore, unpackSegment } from './segment.js';
import type { Verification, VerifyOptions } from './verify.js';

const problemAt = (seq: number, detail: string): Problem => ({ kind: 'segment', seq, detail });

/** The lines of all segments that fit one another, from entry 0 on; ends with the first problem. */
async function* exportedLines(
  journal: string,
  store: SegmentStore,
  upTo: number,
): AsyncGenerator<Line | Problem> {
  const names = (await store.list())
    .flatMap((name) => {
      const range = rangeOf(name, journal);
      return range === undefined ? [] : [{ name, first: range[0] }];
    })
    .sort((a, b) => a.first - b.first);
  let seq = 0;
  let previous = genesis(journal);
  for (const { name, first } of names) {
    // A file that was put before a crash: its entries are still in the journal.
    if (first >= upTo) return;
    if (first !== seq) break;
    const bytes = await store.get(name);
    try {
      const { segment, lines } = unpackSegment(name, bytes ?? new Uint8Array());
      if (segment.previous !== previous) {
        yield problemAt(first, `${name} does not follow the segment before it`);
        return;
      }
      for (const line of lines()) {
        yield line;
        if (isProblem(line)) return;
        previous = line.hash;
      }
      seq = segment.last + 1;
    } catch (error) {
      if (!(error instanceof MikroBotError)) throw error;
      yield problemAt(first, error.message);
      return;
    }
  }
  if (seq < upTo) yield problemAt(seq, `no file in the store holds entry ${seq}`);
}

/** Exported entries from a number on, up to where the journal's file begins. */
async function* exportedEntries(
  reader: JournalReader,
  store: SegmentStore,
  from: number,
  first: number,
): AsyncGenerator<Entry> {
  let previous: string | undefined;
  for await (const line of exportedLines(reader.journal, store, first)) {
    if (isProblem(line)) throw problemError(reader.file, line);
    previous = line.hash;
    if (line.seq >= from && line.seq < first) yield entryOf(line.text);
  }
  if (previous !== reader.headAt(first)?.hash)
    throw problemError(reader.file, problemAt(first, 'the file does not follow the last segment'));
}

/**
 * All entries of a journal, exported ones first, each checked against the chain of hashes. Entries may be exported meanwhile.
 * @throws `MikroBotError` `BAD_JOURNAL` at the first entry that is missing or not what was written, after what is good before it.
 */
export async function* readHistory(
  reader: JournalReader,
  store: SegmentStore,
  from = 0,
): AsyncGenerator<Entry> {
  for (let next = from; ; ) {
    const first = reader.first();
    if (next < first) {
      yield* exportedEntries(reader, store, next, first);
      next = first;
    }
    try {
      for (const entry of reader.read(next)) {
        yield entry;
        next = entry.seq + 1;
      }
      return;
    } catch (error) {
      // What was to come next has left the file since.
      if (next >= reader.first()) throw error;
    }
  }
}

/** Verifies exported segments and the journal's file as one chain. */
export const verifyHistory = async (
  reader: JournalReader,
  store: SegmentStore,
  options: VerifyOptions = {},
): Promise<Verification> => {
  const { anchors: signed = [], publicKey } = options;
  const anchors = new AnchorCheck(reader.journal, options);
  const first = reader.first();
  let head: JournalHead = { seq: 0, hash: '' };
  const end = (problem: Problem | undefined): Verification => ({
    ok: problem === undefined,
    entries: head.seq,
    head,
    anchors: anchors.agreed,
    problem,
  });
  for await (const line of exportedLines(reader.journal, store, first)) {
    if (isProblem(line)) return end(line);
    head = { seq: line.seq + 1, hash: line.hash };
    if (!anchors.at(head)) return end(anchors.forged);
  }
  if (anchors.forged !== undefined) return end(anchors.forged);
  const before = reader.headAt(first)?.hash;
  if (first > 0 && before !== head.hash)
    return end(problemAt(first, 'the file does not follow the last segment'));
  const live = reader.verify({ anchors: signed.filter(({ seq }) => seq > first), publicKey });
  // Entries left the file meanwhile: the two halves do not meet any more.
  if (reader.first() !== first) return verifyHistory(reader, store, options);
  return { ...live, entries: head.seq + live.entries, anchors: anchors.agreed + live.anchors };
};
