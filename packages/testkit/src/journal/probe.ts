import { AssertionError } from 'node:assert';
import { isDeepStrictEqual } from 'node:util';
import { type Entry, type EntryKind, type ErrorCode, type Journal, MikroBotError } from '@mikrobot/core';
import type { JournalCard, JournalUnderTest } from './card.js';

const kinds: readonly EntryKind[] = ['in:order', 'out:signal', 'out:decision', 'in:timer', 'out:intent'];

const shown = (value: unknown): string => (JSON.stringify(value) ?? 'undefined').slice(0, 500);

/** What a card works with: the journal under test, and what was appended to it. */
export class Probe {
  readonly #card: JournalCard;
  readonly subject: JournalUnderTest;
  /** The journal; another object after a reopening. */
  journal: Journal;
  /** What was appended, as it must come back. */
  readonly appended: Entry[] = [];

  constructor(card: JournalCard, subject: JournalUnderTest) {
    this.#card = card;
    this.subject = subject;
    this.journal = subject.journal;
  }

  /** Appends an entry. @returns its number, as the journal gave it */
  append(kind: EntryKind, data: unknown, at = 1_700_000_000_000 + this.appended.length, tape = 0): number {
    const seq = this.journal.append(kind, at, tape, data);
    this.appended.push({ seq: this.appended.length, kind, at, tape, data: JSON.parse(JSON.stringify(data)) });
    return seq;
  }

  /** Appends entries of several kinds. */
  fill(count: number): void {
    for (let i = 0; i < count; i++) this.append(kinds[i % kinds.length]!, { i, text: `entry ${i}` });
  }

  /** Entries from a number on, as the journal gives them. */
  read(from?: number): readonly Entry[] {
    const { journal } = this;
    return [...(from === undefined ? journal.read!() : journal.read!(from))];
  }

  /** Everything that was appended must be there, and nothing else. */
  holdsAll(): void {
    this.equal('the entries', this.read(), this.appended);
    this.equal('the next number', this.journal.head().seq, this.appended.length);
  }

  /** @throws AssertionError always */
  fail(what: string, actual: unknown, expected: unknown): never {
    return this.#fail(`${what}: expected ${shown(expected)}; got ${shown(actual)}`, actual, expected);
  }

  #fail(finding: string, actual: unknown, expected: unknown): never {
    const { id, title, pass } = this.#card;
    const message = `${id} ${title}\n  ${finding}\n  to pass: ${pass}`;
    throw new AssertionError({ message, actual, expected, operator: id });
  }

  /** Compares by value; the order of keys does not matter. */
  equal(what: string, actual: unknown, expected: unknown): void {
    if (!isDeepStrictEqual(actual, expected)) this.fail(what, actual, expected);
  }

  ok(what: string, isSo: boolean, actual: unknown): void {
    if (!isSo) this.#fail(`expected that ${what}; got ${shown(actual)}`, actual, what);
  }

  /** Must throw or reject with a `MikroBotError` of one of these codes. */
  async refuses(what: string, work: () => unknown, ...codes: readonly ErrorCode[]): Promise<void> {
    try {
      await work();
    } catch (error) {
      const got = error instanceof MikroBotError ? error.code : String(error);
      if (codes.some((code) => code === got)) return;
      this.fail(what, got, codes.join(' or '));
    }
    this.fail(what, 'no error', codes.join(' or '));
  }
}
