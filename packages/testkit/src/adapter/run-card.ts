import type { MaybePromise } from '@mikrobot/core';
import type { CardHead } from '../suite/result.js';
import type { SuiteOptions } from '../suite/suite.js';
import { Bench } from './bench.js';
import type { AdapterCard } from './card.js';
import { reasonToSkip } from './needs.js';
import { Pace } from './pace.js';
import type { VenueUnderTest } from './venue.js';

/** Options of {@link testAdapter} and {@link adapterCards}. Times in ms. */
export interface AdapterSuiteOptions extends SuiteOptions {
  /** Makes a venue for a card: flat, without orders, and no real money. */
  create(card: CardHead): MaybePromise<VenueUnderTest>;
  /** How long the adapter may take for anything that a card waits for. Default 2,000. */
  readonly patience?: number;
  /** How long a card looks whether something happens that should not. Default 50. */
  readonly quiet?: number;
}

/** Runs a card on a venue. @returns why it was skipped; undefined when it passed. @throws what went wrong first */
export const runCard = async (
  card: AdapterCard,
  venue: VenueUnderTest,
  { patience = 2_000, quiet = 50 }: AdapterSuiteOptions,
): Promise<string | undefined> => {
  const reason = reasonToSkip(card, venue);
  if (reason !== undefined) {
    await venue.dispose?.();
    return reason;
  }
  const bench = new Bench(card, venue, new Pace(venue.controls ?? {}, patience, quiet));
  let failure: { readonly error: unknown } | undefined;
  try {
    await bench.begin();
    await card.check(bench);
    await bench.checkStories();
  } catch (error) {
    failure = { error };
  }
  try {
    await bench.end();
  } catch (error) {
    failure ??= { error };
  }
  if (failure !== undefined) throw failure.error;
  return undefined;
};
