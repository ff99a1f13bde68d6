import { canonicalJson, type Entry, MikroBotError } from '@mikrobot/core';
import { subjectOf } from './subject.js';

const drop = { undefinedMembers: 'drop' } as const;

/** An entry as it is kept: its text, and what is repeated beside it for look-ups. */
export interface EntryLine {
  readonly seq: number;
  readonly kind: string;
  /** See {@link subjectOf}. */
  readonly subject: string | undefined;
  /** Canonical JSON (RFC 8785) of the entry, with its subject. */
  readonly text: string;
}

const tailOf = (kind: string, seq: number, subject: string | undefined): string =>
  `,"kind":"${kind}","seq":${seq}${subject === undefined ? '' : `,"subject":${JSON.stringify(subject)}`},"tape":`;

/**
 * The line of an entry. Members of the data that are `undefined` are left out.
 * @throws `MikroBotError` `BAD_ENTRY` when the data are no JSON.
 */
export const lineOf = ({ seq, kind, at, tape, data }: Entry): EntryLine => {
  try {
    const subject = subjectOf(kind, data);
    const head = `{"at":${canonicalJson(at)},"data":${canonicalJson(data, drop)}`;
    return { seq, kind, subject, text: `${head}${tailOf(kind, seq, subject)}${canonicalJson(tape)}}` };
  } catch (cause) {
    const what = cause instanceof MikroBotError ? cause.message : String(cause);
    throw new MikroBotError('BAD_ENTRY', what, { where: `journal, entry ${seq} (${kind})`, cause });
  }
};

/** Reads the entry of a line. The text must be one that the chain vouches for. */
export const entryOf = (text: string): Entry => {
  const { seq, kind, at, tape, data } = JSON.parse(text) as Entry;
  return { seq, kind, at, tape, data };
};

/** What the text says of its own number; undefined when it is no line of a journal. */
export const seqOf = (text: string): number | undefined => {
  const found = /,"seq":(\d+)(?:,"subject":"[^"\\]*(?:\\.[^"\\]*)*")?,"tape":[-+.\deE]+\}$/.exec(text);
  return found === null ? undefined : Number(found[1]);
};

/** Whether a line's text says the same as what is repeated beside it. */
export const agrees = ({ seq, kind, subject, text }: EntryLine): boolean => {
  const tail = tailOf(kind, seq, subject);
  const at = text.lastIndexOf(tail);
  return at > 0 && /^[-+.\deE]+\}$/.test(text.slice(at + tail.length));
};
