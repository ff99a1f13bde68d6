import { type Random, seededRandom } from '@mikrobot/core';
import { LocalBook } from '../book/local-book.js';
import { MarketMapper } from '../mapper/market.js';
import type { MarketEvent, PriceLevel } from '../mapper/market-events.js';
import type { SampleMessage } from './market-messages.js';
import { type Mutation, mutate, mutations } from './mutate.js';

/** What became of many mutated messages. */
export interface FuzzReport {
  readonly messages: number;
  /** Messages that became events, and events that no market can tell: there must be none. */
  readonly events: number;
  readonly wrong: readonly { readonly text: string; readonly why: string }[];
  /** Events by kind, drops by reason, and events by mutation. */
  readonly kinds: Readonly<Record<string, number>>;
  readonly malformed: Readonly<Record<string, number>>;
  readonly byMutation: Readonly<Record<Mutation, { readonly told: number; readonly dropped: number }>>;
}

const positive = (value: unknown): boolean =>
  typeof value === 'number' && value > 0 && value < Number.POSITIVE_INFINITY;
const finite = (value: unknown): boolean =>
  typeof value === 'number' && value >= 0 && value < Number.POSITIVE_INFINITY;
const timely = (value: unknown): boolean =>
  positive(value) && Number.isInteger(value) && (value as number) < 1e14;
const named = (value: unknown): boolean => typeof value === 'string' && value.length > 0;
const levels = (side: readonly PriceLevel[]): boolean => side.every(([p, q]) => positive(p) && finite(q));

/** What is wrong with an event, judged anew and without the mapper's own means; undefined for a sound one. */
const faultOf = (event: MarketEvent): string | undefined => {
  switch (event.kind) {
    case 'trade': {
      if (!positive(event.price)) return 'price';
      if (!positive(event.quantity)) return 'quantity';
      if (!timely(event.time) || !named(event.symbol) || !/^\d+$/.test(event.id)) return 'time, symbol or id';
      return event.taker === 'buy' || event.taker === 'sell' ? undefined : 'taker';
    }
    case 'quote':
      if (!positive(event.bid) || !positive(event.ask) || event.ask < event.bid) return 'prices';
      if (!finite(event.bidQuantity) || !finite(event.askQuantity) || !named(event.symbol))
        return 'quantity, symbol';
      return event.time === undefined || timely(event.time) ? undefined : 'time';
    case 'depth':
      if (!levels(event.bids) || !levels(event.asks)) return 'levels';
      return Number.isSafeInteger(event.first) && event.first <= event.last && timely(event.time)
        ? undefined
        : 'ids, time';
    case 'book':
      if (!levels(event.bids) || !levels(event.asks) || !named(event.symbol)) return 'levels, symbol';
      return Number.isSafeInteger(event.updateId) ? undefined : 'id';
    case 'bar': {
      const { open, high, low, close, volume, time, closeTime } = event.bar;
      if (
        ![open, high, low, close].every(positive) ||
        low > Math.min(open, close) ||
        high < Math.max(open, close)
      )
        return 'prices';
      return finite(volume) && timely(time) && closeTime > time ? undefined : 'volume, time';
    }
    case 'mark':
      if (!positive(event.price) || !timely(event.time) || !named(event.symbol)) return 'price, time, symbol';
      return event.fundingRate === undefined || Math.abs(event.fundingRate) <= 1 ? undefined : 'rate';
  }
};

/** Reads mutated messages, judges what they became, and puts what is depth into books. */
export const fuzzMarket = (count: number, samples: readonly SampleMessage[], seed: number): FuzzReport => {
  const random: Random = seededRandom(seed);
  const mapper = new MarketMapper();
  const books = [new LocalBook({ venue: 'spot', depth: 50 }), new LocalBook({ venue: 'futures' })] as const;
  const wrong: { text: string; why: string }[] = [];
  const kinds: Record<string, number> = {};
  const byMutation = Object.fromEntries(mutations.map((name) => [name, { told: 0, dropped: 0 }])) as Record<
    Mutation,
    { told: number; dropped: number }
  >;
  let events = 0;
  for (let i = 0; i < count; i++) {
    const { text, mutation } = mutate(
      random,
      samples[Math.floor(random() * samples.length)] as SampleMessage,
    );
    const event = mapper.read(text);
    byMutation[mutation][event === undefined ? 'dropped' : 'told'] += 1;
    if (event === undefined) continue;
    events += 1;
    kinds[event.kind] = (kinds[event.kind] ?? 0) + 1;
    const why = faultOf(event);
    if (why !== undefined) wrong.push({ text, why });
    const book = random() < 0.5 ? books[0] : books[1];
    if (event.kind === 'depth') book.diff(event);
    if (event.kind === 'book') book.snapshot(event);
  }
  return { messages: count, events, wrong, kinds, malformed: mapper.malformed, byMutation };
};
