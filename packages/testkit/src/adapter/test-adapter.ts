import { AssertionError } from 'node:assert';
import { type Capabilities, MikroBotError } from '@mikrobot/core';
import { allCards } from './all-cards.js';
import type { AdapterCard } from './card.js';
import { type AdapterSuiteOptions, breachOf, type CardResult, runCard } from './run-card.js';

/** What became of all cards. */
export interface AdapterReport {
  readonly adapter: string;
  readonly capabilities: Capabilities;
  /** In the order of the cards. */
  readonly results: readonly CardResult[];
  /** No card failed, and exactly the allowed ones were skipped. */
  readonly ok: boolean;
}

/** A card as a test of any framework: `for (const card of adapterCards(options)) it(card.title, card.run)`. */
export interface CardTest {
  readonly id: string;
  /** With its number: `O-01 A market buy is accepted and fills`. */
  readonly title: string;
  /** Takes the framework's test context, if it gives one: its `skip(reason)` is then told of a skip. @throws AssertionError */
  readonly run: (...context: readonly unknown[]) => Promise<void>;
}

const checkSkips = ({ allowedSkips = [] }: AdapterSuiteOptions): void => {
  const unknown = allowedSkips.find((id) => !allCards.some((card) => card.id === id));
  if (unknown === undefined) return;
  throw new MikroBotError('BAD_CONFIG', `There is no card ${unknown}.`, {
    where: 'allowedSkips',
    hint: 'docs/adapter-cards.md lists all cards.',
  });
};

const resultOf = async (card: AdapterCard, options: AdapterSuiteOptions): Promise<CardResult> => {
  const { id, title } = card;
  const failed = (reason: string): CardResult => ({ id, title, outcome: 'failed', reason });
  try {
    const skipped = await runCard(card, options);
    const breach = breachOf(card, skipped, options.allowedSkips);
    if (breach !== undefined) return failed(breach);
    return { id, title, outcome: skipped === undefined ? 'passed' : 'skipped', reason: skipped };
  } catch (error) {
    return failed((error as Error).message);
  }
};

/**
 * Runs every card on an adapter, one after the other, and says what became of each. Driven by what the adapter declares: what is
 * `none` is skipped, with its reason; what is `native` and does not work fails.
 *
 * @example
 * ```ts
 * const report = await testAdapter({ create: () => ({ adapter: new AcmeAdapter(options), symbol: 'EURUSD' }) });
 * console.log(formatReport(report));
 * ```
 * @throws `MikroBotError` `BAD_CONFIG` when `allowedSkips` names a card that does not exist, or what `create` throws.
 */
export const testAdapter = async (options: AdapterSuiteOptions): Promise<AdapterReport> => {
  checkSkips(options);
  let adapter = '';
  let capabilities: Capabilities | undefined;
  const create: AdapterSuiteOptions['create'] = async (card) => {
    const venue = await options.create(card);
    adapter = venue.adapter.name;
    capabilities = venue.adapter.capabilities;
    return venue;
  };
  const results: CardResult[] = [];
  for (const card of allCards) results.push(await resultOf(card, { ...options, create }));
  if (capabilities === undefined) {
    throw new MikroBotError('BAD_CONFIG', 'No venue could be made.', {
      where: 'testAdapter, create',
      hint: results[0]?.reason ?? 'It must give { adapter, symbol }.',
    });
  }
  return { adapter, capabilities, results, ok: results.every(({ outcome }) => outcome !== 'failed') };
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
export const adapterCards = (options: AdapterSuiteOptions): readonly CardTest[] => {
  checkSkips(options);
  return allCards.map((card) => ({
    id: card.id,
    title: `${card.id} ${card.title}`,
    // Rest parameters: frameworks that count parameters must not take the first for a callback.
    run: async (...context) => {
      const skipped = await runCard(card, options);
      const message = breachOf(card, skipped, options.allowedSkips);
      if (message !== undefined) throw new AssertionError({ message, operator: card.id });
      if (skipped !== undefined)
        (context[0] as { skip?: (why: string) => void } | undefined)?.skip?.(skipped);
    },
  }));
};
