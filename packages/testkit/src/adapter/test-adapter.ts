import { type Capabilities, MikroBotError } from '@mikrobot/core';
import type { CardTest, SuiteReport } from '../suite/result.js';
import { asTests, runAll } from '../suite/suite.js';
import { allCards } from './all-cards.js';
import { type AdapterSuiteOptions, runCard } from './run-card.js';
import type { VenueUnderTest } from './venue.js';

/** What became of all cards. */
export interface AdapterReport extends SuiteReport {
  readonly capabilities: Capabilities;
}

/**
 * Runs every card on an adapter, one after the other, and says what became of each. Driven by what the adapter declares: what is
 * `none` is skipped, with its reason; what is `native` and does not work fails.
 *
 * @example
 * ```ts
 * const report = await testAdapter({ create: () => ({ adapter: new AcmeAdapter(options), symbol: 'EURUSD' }) });
 * console.log(formatReport(report));
 * ```
 * @throws `MikroBotError` `BAD_CONFIG` when `allowedSkips` names a card that does not exist, or no venue could be made.
 */
export const testAdapter = async (options: AdapterSuiteOptions): Promise<AdapterReport> => {
  let last: VenueUnderTest | undefined;
  const results = await runAll(allCards, options, async (card) => {
    last = await options.create(card);
    return runCard(card, last, options);
  });
  if (last === undefined) {
    throw new MikroBotError('BAD_CONFIG', 'No venue could be made.', {
      where: 'testAdapter, create',
      hint: results[0]?.reason ?? 'It must give { adapter, symbol }.',
    });
  }
  const { name, capabilities } = last.adapter;
  return { name, capabilities, results, ok: results.every(({ outcome }) => outcome !== 'failed') };
};

/**
 * The cards as tests of vitest, jest or node:test, one test a card.
 *
 * @example
 * ```ts
 * for (const card of adapterCards({ create, allowedSkips: ['A-01'] })) it(card.title, card.run);
 * ```
 * @throws `MikroBotError` `BAD_CONFIG` when `allowedSkips` names a card that does not exist.
 */
export const adapterCards = (options: AdapterSuiteOptions): readonly CardTest[] =>
  asTests(allCards, options, async (card) => runCard(card, await options.create(card), options));
