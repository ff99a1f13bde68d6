import { type MaybePromise, MikroBotError } from '@mikrobot/core';
import type { CardHead, CardTest, SuiteReport } from '../suite/result.js';
import { asTests, runAll, type SuiteOptions } from '../suite/suite.js';
import { basics } from './basics.js';
import { type JournalCard, type JournalUnderTest, reasonToSkip } from './card.js';
import { lasting } from './lasting.js';
import { Probe } from './probe.js';
import { reading } from './reading.js';

/** Options of {@link testJournal} and {@link journalCards}. */
export interface JournalSuiteOptions extends SuiteOptions {
  /** Makes an empty journal for a card. */
  create(card: CardHead): MaybePromise<JournalUnderTest>;
}

/** Every card for journals, in the order in which they are run. */
export const allJournalCards: readonly JournalCard[] = [...basics, ...reading, ...lasting];

const runCard = async (card: JournalCard, subject: JournalUnderTest): Promise<string | undefined> => {
  const reason = reasonToSkip(card, subject);
  try {
    if (reason === undefined) await card.check(new Probe(card, subject));
  } finally {
    await subject.dispose?.();
  }
  return reason;
};

/**
 * Runs every card on a journal, and says what became of each.
 *
 * @example
 * ```ts
 * const report = await testJournal({ create: () => ({ journal: new MemoryJournal() }) });
 * console.log(formatReport(report));
 * ```
 * @throws `MikroBotError` `BAD_CONFIG` when `allowedSkips` names a card that does not exist, or no journal could be made.
 */
export const testJournal = async (options: JournalSuiteOptions): Promise<SuiteReport> => {
  let last: JournalUnderTest | undefined;
  const results = await runAll(allJournalCards, options, async (card) => {
    last = await options.create(card);
    return runCard(card, last);
  });
  if (last === undefined) {
    throw new MikroBotError('BAD_CONFIG', 'No journal could be made.', {
      where: 'testJournal, create',
      hint: results[0]?.reason ?? 'It must give { journal }.',
    });
  }
  return { name: last.journal.id, results, ok: results.every(({ outcome }) => outcome !== 'failed') };
};

/**
 * The cards as tests of vitest, jest or node:test, one test a card.
 *
 * @example
 * ```ts
 * for (const card of journalCards({ create })) it(card.title, card.run);
 * ```
 * @throws `MikroBotError` `BAD_CONFIG` when `allowedSkips` names a card that does not exist.
 */
export const journalCards = (options: JournalSuiteOptions): readonly CardTest[] =>
  asTests(allJournalCards, options, async (card) => runCard(card, await options.create(card)));
