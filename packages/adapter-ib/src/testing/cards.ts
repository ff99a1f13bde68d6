import type { TwsOptions } from '@mikrobot/simulators';
import { adapterCards } from '@mikrobot/testkit';
import { it } from 'vitest';
import { type CardMarket, type CardNeeds, cardVenue } from './ib-bench.js';

/** Why a card is not for TWS. */
const skips: Readonly<Record<string, string>> = {
  'O-10': 'TWS has no reduce-only orders',
  'B-05': 'TWS takes legs of the size of the whole entry, and core keeps them from its end on',
  'B-07': 'core does not place the legs, TWS takes them with the entry',
  'B-08': 'core does not place the legs, TWS takes them with the entry',
  'R-02': 'every order type and time in force is declared',
};

/** A week in steps over real sockets takes seconds. */
const slow = 'O-21';

/** Cards in which days pass. */
const stepped: ReadonlySet<string> = new Set([slow, 'O-22', 'O-23']);

const needsOf = (id: string): CardNeeds => {
  if (stepped.has(id)) return { stepped: true };
  // It asks for the same bars twice, which TWS allows every 15 seconds.
  if (id === 'H-04') return { patient: true };
  // The average cost at IB has the commission in it.
  if (id === 'S-04') return { tws: { commission: () => 0 } };
  return {};
};

/**
 * The kit's cards on the simulator, each as a test.
 * @param whole - whether those that take long are among them
 */
export const testCards = (market: CardMarket, whole: boolean, tws: TwsOptions = {}): void => {
  const create = ({ id }: { readonly id: string }) => {
    const needs = needsOf(id);
    return cardVenue(market, { ...needs, tws: { ...tws, ...needs.tws } });
  };
  const cards = adapterCards({ create, allowedSkips: Object.keys(skips), patience: 5_000 });
  for (const card of cards) if (whole || !card.title.startsWith(slow)) it(card.title, card.run);
};
