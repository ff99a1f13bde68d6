import type { Entry, Journal, MaybePromise } from '@mikrobot/core';
import type { CardHead } from '../suite/result.js';
import type { Probe } from './probe.js';

/** One journal, made anew and empty for each card. What cannot be done is left out; the cards that need it are skipped. */
export interface JournalUnderTest {
  readonly journal: Journal;
  /** Closes it and opens the same log again. */
  reopen?(): MaybePromise<Journal>;
  /** Opens the same log again after the process died: nothing was closed, and what was only in memory is gone. */
  crash?(): MaybePromise<Journal>;
  /** Opens the same log for writing a second time, while the first writer is open. Must throw or reject. */
  second?(): MaybePromise<Journal>;
  /** From now on its storage cannot be written, as when the disk is full. */
  break?(): MaybePromise<void>;
  /** Opens the same log for reading, while a writer may be open. Default: the writer reads. */
  reader?(): MaybePromise<{ read(from?: number): Iterable<Entry> }>;
  /** Called after the card. */
  dispose?(): MaybePromise<void>;
}

/** What a card needs of a journal under test. */
export type JournalNeed = 'read' | 'last' | 'reopen' | 'crash' | 'second' | 'break';

/** One numbered test of a journal. */
export interface JournalCard extends CardHead {
  readonly needs: readonly JournalNeed[];
  /** When the card is passed, as a sentence. Printed with a failure. */
  readonly pass: string;
  /** @throws AssertionError when the journal does something else. */
  readonly check: (probe: Probe) => Promise<void>;
}

/** Why a card cannot be run on a journal; undefined when it can. */
export const reasonToSkip = ({ needs }: JournalCard, subject: JournalUnderTest): string | undefined => {
  const missing = needs.find((need) =>
    need === 'read' || need === 'last' ? subject.journal[need] === undefined : subject[need] === undefined,
  );
  if (missing === undefined) return undefined;
  return missing === 'read' || missing === 'last'
    ? `the journal has no ${missing}()`
    : `nothing was given to ${missing} it (\`${missing}\`)`;
};
