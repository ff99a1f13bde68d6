import { AssertionError } from 'node:assert';
import { MikroBotError } from '@mikrobot/core';
import type { CardHead, CardResult, CardTest } from './result.js';

/** What all suites can be told. */
export interface SuiteOptions {
  /**
   * Ids of the cards that may be skipped. When given, any other skip fails, and so does a listed card that is not skipped: the
   * list is what is known not to be done.
   */
  readonly allowedSkips?: readonly string[];
}

/** Runs a card. Resolves to why it was skipped; undefined when it passed. @throws AssertionError when it failed */
export type RunCard<C extends CardHead> = (card: C) => Promise<string | undefined>;

/** @throws `MikroBotError` `BAD_CONFIG` when a card is to be skipped that does not exist. */
const checkSkips = (cards: readonly CardHead[], { allowedSkips = [] }: SuiteOptions): void => {
  const unknown = allowedSkips.find((id) => !cards.some((card) => card.id === id));
  if (unknown === undefined) return;
  throw new MikroBotError('BAD_CONFIG', `There is no card ${unknown}.`, {
    where: 'allowedSkips',
    hint: 'docs/adapter-cards.md lists all cards.',
  });
};

/** Why a skip, or its absence, is not what was agreed; undefined when it is. */
const breachOf = (
  { id, title }: CardHead,
  skipped: string | undefined,
  { allowedSkips: allowed }: SuiteOptions,
): string | undefined => {
  if (allowed === undefined || allowed.includes(id) === (skipped !== undefined)) return undefined;
  return skipped === undefined
    ? `${id} ${title}\n  it is no longer skipped: take it off allowedSkips`
    : `${id} ${title}\n  it is skipped, which allowedSkips does not allow: ${skipped}`;
};

/** What a card threw, as a failed assertion that names it. */
const asAssertion = (error: unknown, { id, title }: CardHead): AssertionError => {
  if (error instanceof AssertionError) return error;
  const words = error instanceof Error ? error.stack : String(error);
  return new AssertionError({
    message: `${id} ${title}\n  the card could not go on: ${words}`,
    operator: id,
  });
};

/** Runs all cards, one after the other. */
export const runAll = async <C extends CardHead>(
  cards: readonly C[],
  options: SuiteOptions,
  run: RunCard<C>,
): Promise<readonly CardResult[]> => {
  checkSkips(cards, options);
  const results: CardResult[] = [];
  for (const card of cards) {
    const { id, title } = card;
    try {
      const skipped = await run(card);
      const breach = breachOf(card, skipped, options);
      const outcome = breach !== undefined ? 'failed' : skipped === undefined ? 'passed' : 'skipped';
      results.push({ id, title, outcome, reason: breach ?? skipped });
    } catch (error) {
      results.push({ id, title, outcome: 'failed', reason: asAssertion(error, card).message });
    }
  }
  return results;
};

/** The cards as tests of any framework. */
export const asTests = <C extends CardHead>(
  cards: readonly C[],
  options: SuiteOptions,
  run: RunCard<C>,
): readonly CardTest[] => {
  checkSkips(cards, options);
  return cards.map((card) => ({
    id: card.id,
    title: `${card.id} ${card.title}`,
    // Rest parameters: frameworks that count parameters must not take the first for a callback.
    run: async (...context) => {
      const skipped = await run(card).catch((error) => {
        throw asAssertion(error, card);
      });
      const message = breachOf(card, skipped, options);
      if (message !== undefined) throw new AssertionError({ message, operator: card.id });
      if (skipped !== undefined)
        (context[0] as { skip?: (why: string) => void } | undefined)?.skip?.(skipped);
    },
  }));
};
