import { AssertionError } from 'node:assert';
import type { MaybePromise } from '@mikrobot/core';
import { Bench } from './bench.js';
import type { AdapterCard } from './card.js';
import { reasonToSkip } from './needs.js';
import { Pace } from './pace.js';
import type { VenueUnderTest } from './venue.js';

/** Options of {@link testAdapter} and {@link adapterCards}. Times in ms. */
export interface AdapterSuiteOptions {
  /** Makes a venue for a card: flat, without orders, and no real money. */
  create(card: { readonly id: string; readonly title: string }): MaybePromise<VenueUnderTest>;
  /**
   * Ids of the cards that may be skipped. When given, any other skip fails, and so does a listed card that is not skipped: the
   * list is what the adapter is known not to do.
   */
  readonly allowedSkips?: readonly string[];
  /** How long the adapter may take for anything that a card waits for. Default 2,000. */
  readonly patience?: number;
  /** How long a card looks whether something happens that should not. Default 50. */
  readonly quiet?: number;
}

/** How a card ended. */
export interface CardResult {
  readonly id: string;
  readonly title: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** Of a skip: why. Of a failure: what was expected, what came instead, and what happened. */
  readonly reason: string | undefined;
}

const asAssertion = (error: unknown, { id, title }: AdapterCard): AssertionError =>
  error instanceof AssertionError
    ? error
    : new AssertionError({
        message: `${id} ${title}\n  the card could not go on: ${error instanceof Error ? error.stack : String(error)}`,
        operator: id,
      });

/** Runs a card on a venue of its own. @returns why it was skipped; undefined when it passed. @throws AssertionError */
export const runCard = async (
  card: AdapterCard,
  options: AdapterSuiteOptions,
): Promise<string | undefined> => {
  const { create, patience = 2_000, quiet = 50 } = options;
  const { id, title } = card;
  const venue = await create({ id, title });
  const reason = reasonToSkip(card, venue);
  if (reason !== undefined) {
    await venue.dispose?.();
    return reason;
  }
  const bench = new Bench(card, venue, new Pace(venue.controls ?? {}, patience, quiet));
  let failure: AssertionError | undefined;
  try {
    await bench.begin();
    await card.check(bench);
    await bench.checkStories();
  } catch (error) {
    failure = asAssertion(error, card);
  }
  try {
    await bench.end();
  } catch (error) {
    failure ??= asAssertion(error, card);
  }
  if (failure !== undefined) throw failure;
  return undefined;
};

/** Why a skip, or its absence, is not what was agreed; undefined when it is. */
export const breachOf = (
  { id, title }: Pick<AdapterCard, 'id' | 'title'>,
  skipped: string | undefined,
  allowed: readonly string[] | undefined,
): string | undefined => {
  if (allowed === undefined || allowed.includes(id) === (skipped !== undefined)) return undefined;
  return skipped === undefined
    ? `${id} ${title}\n  it is no longer skipped: take it off allowedSkips`
    : `${id} ${title}\n  it is skipped, which allowedSkips does not allow: ${skipped}`;
};
