import { instrumentOf, type PaperAdapter, paper } from '@mikrobot/adapter-paper';
import type { OrderRequest, Snapshot } from '@mikrobot/core';
import { costPresets } from '@mikrobot/matching';
import type { Plan } from './plan.js';

/** A Wednesday noon, when every market is open. */
const FROM = Date.UTC(2024, 0, 10, 12);

/** What reached the venue and what it did: the truth that a bot's books are held against. */
export interface VenueRecord {
  readonly venue: PaperAdapter;
  /** Every submit that arrived, in order. */
  readonly heard: readonly OrderRequest[];
  /** Client order ids of orders that the venue took, its own bracket legs included. */
  readonly taken: ReadonlySet<string>;
  readonly fills: number;
  truth(): Promise<Snapshot>;
}

/** The venue of a world; it outlives every process of the bot. */
export const venueOf = (plan: Plan): VenueRecord => {
  const venue = paper({
    costs: {
      ...costPresets['ecn-fx'],
      name: 'simulation',
      spread: costPresets.none.spread,
      latency: { kind: 'fixed', ms: plan.latency },
      liquidity:
        plan.share === undefined ? { kind: 'unlimited' } : { kind: 'volume-share', share: plan.share },
    },
    balance: { USD: '1000000' },
    instruments: ['EURUSD', 'GBPUSD'].map(instrumentOf),
    mode: plan.mode,
    brackets: plan.brackets,
    replies: plan.replies,
    seed: plan.seed,
  });
  const heard: OrderRequest[] = [];
  const taken = new Set<string>();
  const submit = venue.submit.bind(venue);
  venue.submit = (order) => {
    heard.push(order.request);
    return submit(order);
  };
  let fills = 0;
  venue.on('order', (event) => {
    if (event.type === 'accepted') taken.add(event.id);
    if (event.type === 'fill') fills++;
  });
  venue.clock.advance(FROM);
  return {
    venue,
    heard,
    taken,
    get fills() {
      return fills;
    },
    truth: async () => venue.snapshot(),
  };
};
