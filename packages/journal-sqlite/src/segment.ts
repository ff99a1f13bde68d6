import { hash } from 'node:crypto';
import { createGzip, gunzipSync } from 'node:zlib';
import { canonicalJson, MikroBotError } from '@mikrobot/core';
import * as z from 'zod';
import { genesis, link } from './chain.js';
import { seqOf } from './entry-line.js';
import { isProblem, type Line, type Place, type Problem } from './entry-rows.js';

/** Entries that were moved out of a journal into a file of their own, which is never changed again. */
export interface Segment {
  readonly name: string;
  /** See `JournalReader.journal`. */
  readonly journal: string;
  readonly first: number;
  readonly last: number;
  /** Hash of the chain before the first entry and after the last, SHA-256 hex; before entry 0 the chain's beginning. */
  readonly previous: string;
  readonly hash: string;
  /** SHA-256 of the file, hex, and its size. */
  readonly sha256: string;
  readonly bytes: number;
}

/** Where exported files go. Nothing that was put there is ever replaced. */
export interface SegmentStore {
  /** Keeps a new file, durably before it returns. Throws when there is one of that name. */
  put(name: string, bytes: Uint8Array): Promise<void> | void;
  /** Undefined when there is none of that name. */
  get(name: string): Promise<Uint8Array | undefined> | Uint8Array | undefined;
  /** All names, in any order. */
  list(): Promise<readonly string[]> | readonly string[];
}

const headerSchema = z.strictObject({
  format: z.literal('mikrobot-segment'),
  version: z.literal(1),
  journal: z.string(),
  first: z.int().nonnegative(),
  last: z.int().nonnegative(),
  previous: z.string(),
  hash: z.string(),
});

const pad = (seq: number): string => String(seq).padStart(12, '0');

/** The beginning of the name of a segment that begins with an entry. */
export const namePrefix = (journal: string, first: number): string => `${journal}-${pad(first)}-`;

const nameOf = (journal: string, first: number, last: number): string =>
  `${namePrefix(journal, first)}${pad(last)}.jsonl.gz`;

/** The first and last entry in a name; undefined when it is no segment of the journal. */
export const rangeOf = (name: string, journal: string): readonly [number, number] | undefined => {
  const found = /^([a-z0-9]{1,6})-(\d{12,})-(\d{12,})\.jsonl\.gz$/.exec(name);
  return found !== null && found[1] === journal ? [Number(found[2]), Number(found[3])] : undefined;
};

const LINES_AT_ONCE = 1_000;

/** Compresses text by and by, so that the event loop gets its turns. */
const zip = (parts: Iterable<string>): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const gzip = createGzip();
    const chunks: Buffer[] = [];
    gzip
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () => resolve(Buffer.concat(chunks)))
      .on('error', reject);
    const iterator = parts[Symbol.iterator]();
    const pump = (): void => {
      try {
        const next = iterator.next();
        if (next.done === true) gzip.end();
        else gzip.write(next.value, pump);
      } catch (error) {
        reject(error);
      }
    };
    pump();
  });

function* textOf(header: object, lines: Iterable<Line>): Generator<string> {
  let part = `${canonicalJson({ ...header })}\n`;
  let count = 0;
  for (const { text } of lines) {
    part += `${text}\n`;
    if (++count % LINES_AT_ONCE !== 0) continue;
    yield part;
    part = '';
  }
  yield part;
}

/** Makes the file of some lines, which must be those from a place on. */
export const packSegment = async (
  journal: string,
  { seq: first, previous }: Place,
  end: { readonly last: number; readonly hash: string },
  lines: Iterable<Line>,
): Promise<{ readonly segment: Segment; readonly bytes: Buffer }> => {
  const { last, hash: after } = end;
  const header = { format: 'mikrobot-segment', version: 1, journal, first, last, previous, hash: after };
  const bytes = await zip(textOf(header, lines));
  const segment = {
    name: nameOf(journal, first, last),
    journal,
    first,
    last,
    previous,
    hash: after,
    sha256: hash('sha256', bytes),
    bytes: bytes.length,
  };
  return { segment, bytes };
};

/** What is in a segment's file. */
export interface Unpacked {
  readonly segment: Segment;
  /** Its lines, each checked against the chain; ends with the first problem. */
  readonly lines: () => Generator<Line | Problem>;
}

/** Reads the file of a segment. @throws `MikroBotError` `BAD_JOURNAL` when it is none. */
export const unpackSegment = (name: string, bytes: Uint8Array): Unpacked => {
  try {
    const text = gunzipSync(bytes).toString('utf8');
    const end = text.indexOf('\n');
    const {
      journal,
      first,
      last,
      previous,
      hash: after,
    } = headerSchema.parse(JSON.parse(text.slice(0, end)));
    const sum = { sha256: hash('sha256', bytes), bytes: bytes.length };
    const segment: Segment = { name, journal, first, last, previous, hash: after, ...sum };
    if (name !== nameOf(journal, first, last)) throw new Error(`it is ${nameOf(journal, first, last)}`);
    return { segment, lines: () => linesOf(text, end + 1, segment) };
  } catch (cause) {
    throw new MikroBotError('BAD_JOURNAL', 'This is no segment of a journal, or it was changed.', {
      where: name,
      hint: 'Get the file from the copy that you keep elsewhere.',
      cause,
    });
  }
};

function* linesOf(text: string, begin: number, segment: Segment): Generator<Line | Problem> {
  let previous = segment.previous;
  let from = begin;
  for (let seq = segment.first; seq <= segment.last; seq++) {
    const to = text.indexOf('\n', from);
    const line = to < 0 ? undefined : text.slice(from, to);
    if (line === undefined || seqOf(line) !== seq) {
      yield { kind: 'segment', seq, detail: `entry ${seq} is missing in ${segment.name}` };
      return;
    }
    previous = link(previous, line);
    yield { seq, text: line, hash: previous };
    from = to + 1;
  }
  if (previous !== segment.hash || from !== text.length)
    yield {
      kind: 'segment',
      seq: segment.first,
      detail: `${segment.name} is not what the chain of hashes vouches for`,
    };
}

/** Checks a segment whole. @returns what is wrong, or nothing */
export const segmentProblem = ({ segment, lines }: Unpacked): Problem | undefined => {
  for (const line of lines()) if (isProblem(line)) return line;
  const begin = segment.first === 0 ? genesis(segment.journal) : segment.previous;
  return begin === segment.previous
    ? undefined
    : { kind: 'segment', seq: 0, detail: `${segment.name} does not begin where its journal does` };
};
