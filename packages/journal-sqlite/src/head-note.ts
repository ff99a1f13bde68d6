import { hash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { canonicalJson, type JournalHead, MikroBotError } from '@mikrobot/core';
import { writeFailure } from './failures.js';

/** What stands beside a journal: how far it got, and who wrote last. */
export interface HeadNote extends JournalHead {
  /** The journal's chain; see `genesis`. */
  readonly journal: string;
  readonly pid: number;
}

/** Written in one go and always as long, so that a note is never half old and half new. */
const LENGTH = 256;

const noteFile = (file: string): string => `${file}-head`;

const sumOf = (note: HeadNote): string => hash('sha256', canonicalJson({ ...note })).slice(0, 16);

const read = (file: string): HeadNote | undefined => {
  try {
    const { sum, ...note } = JSON.parse(readFileSync(noteFile(file), 'utf8')) as HeadNote & { sum: string };
    return sumOf(note) === sum ? note : undefined;
  } catch {
    return undefined;
  }
};

/**
 * The note beside a journal, undefined when there is none. It is not flushed to disk, which would double the cost of a commit, so
 * it may lag behind after a power cut; it never runs ahead of a journal that is whole.
 * @throws `MikroBotError` `BAD_JOURNAL` when there is a note that cannot be read.
 */
export const readHeadNote = (file: string): HeadNote | undefined => {
  if (!existsSync(noteFile(file))) return undefined;
  const note = read(file);
  if (note === undefined) {
    throw new MikroBotError('BAD_JOURNAL', 'The note of where the journal ended is damaged.', {
      where: noteFile(file),
      hint: 'Verify the journal; when it is good up to the end that you know, delete the note.',
    });
  }
  return note;
};

/** The process that wrote last, as far as the note tells. */
export const lastWriter = (file: string): number | undefined => read(file)?.pid;

const textOf = (note: HeadNote): string =>
  `${canonicalJson({ ...note, sum: sumOf(note) }).padEnd(LENGTH - 1)}\n`;

/**
 * Makes the first note, flushed under another name: after a power cut, a file that was only just made may be there without its
 * bytes. Later notes are written over it in place, and a sector of the disk is old or new.
 */
const begin = (path: string, note: HeadNote): void => {
  const handle = openSync(`${path}.new`, 'w');
  try {
    writeSync(handle, textOf(note));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(`${path}.new`, path);
};

/** Keeps the note beside a journal that is being written. */
export class HeadNoteWriter {
  readonly #path: string;
  readonly #journal: string;
  readonly #handle: number;

  /** @throws `MikroBotError` `JOURNAL_FAILED` when it cannot be written. */
  constructor(file: string, journal: string) {
    this.#path = noteFile(file);
    this.#journal = journal;
    try {
      if (!existsSync(this.#path)) begin(this.#path, { journal, pid: process.pid, seq: 0, hash: '' });
      this.#handle = openSync(this.#path, 'r+');
    } catch (error) {
      throw writeFailure(error, this.#path);
    }
  }

  /** @throws `MikroBotError` `JOURNAL_FAILED` when it cannot be written. */
  write({ seq, hash: head }: JournalHead): void {
    try {
      writeSync(this.#handle, textOf({ journal: this.#journal, pid: process.pid, seq, hash: head }), 0);
    } catch (error) {
      throw writeFailure(error, this.#path);
    }
  }

  close(): void {
    closeSync(this.#handle);
  }
}
