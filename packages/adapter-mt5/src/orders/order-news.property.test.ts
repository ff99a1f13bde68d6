import type { FillEvent, OrderEvent } from '@mikrobot/core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dealRecord, orderRecord, positionEvent } from '../protocol/records.js';
import { ServerTime } from '../server-time.js';
import { SERVER_NOW, type Wire, wireDeal, wireOrder, wirePosition } from '../testing/wire-records.js';
import { OrderNews } from './order-news.js';

/** What happens to one entry: its parts, then how each part of its position is closed. */
interface Life {
  readonly parts: readonly number[];
  readonly rest: 'filled' | 'canceled' | 'expired';
  readonly ends: readonly ('sl' | 'tp' | 'exit' | 'client')[];
  readonly staysOpen: boolean;
}

/** Streams of news, each in its own order; how they mix is chance. */
interface News {
  readonly deals: Wire[];
  readonly orders: Wire[];
  readonly positions: Wire[];
}

/** A server that lives these lives, and tells them. */
const live = (lives: readonly Life[]): News => {
  const news: News = { deals: [], orders: [], positions: [] };
  let ticket = 40_000;
  let time = SERVER_NOW;
  lives.forEach(({ parts, rest, ends, staysOpen }, n) => {
    const coid = `j1-0abc-${n}-e`;
    const position = String(50_000 + n);
    const volume = parts.length + (rest === 'filled' ? 0 : 1);
    const order = { coid, ticket: position, volume, sl: 1.08, tp: 1.2 };
    news.orders.push(wireOrder({ ...order, left: volume }));
    let open = 0;
    const tell = (sl: number | null = 1.08): void => {
      news.positions.push(
        wirePosition({ ticket: position, id: position, coid, volume: open, sl, tp: 1.2, gone: open === 0 }),
      );
    };
    const deal = (given: Wire): void => {
      ticket += 1;
      time += 1;
      news.deals.push(
        wireDeal({ ticket: String(ticket), order: position, position, volume: 1, time, ...given }),
      );
    };
    parts.forEach((_, part) => {
      open += 1;
      deal({ coid });
      news.orders.push(wireOrder({ ...order, left: volume - part - 1, state: 'partial' }));
      tell();
    });
    news.orders.push(
      wireOrder({
        ...order,
        left: volume - parts.length,
        state: rest === 'filled' ? 'filled' : rest,
        done: time,
      }),
    );
    const closed = ends.slice(0, staysOpen ? parts.length - 1 : parts.length);
    for (const [i, end] of closed.entries()) {
      open -= 1;
      const exit = end === 'exit' ? { coid: `j1-0abc-${n}x${i}-x`, reason: 'expert' } : { reason: end };
      deal({ order: String(60_000 + 10 * n + i), type: 'sell', entry: 'out', ...exit });
      tell();
    }
  });
  return news;
};

const life: fc.Arbitrary<Life> = fc.integer({ min: 1, max: 3 }).chain((count) =>
  fc.record({
    parts: fc.constant(Array.from({ length: count }, () => 1)),
    rest: fc.constantFrom('filled' as const, 'canceled' as const, 'expired' as const),
    ends: fc.array(fc.constantFrom('sl' as const, 'tp' as const, 'exit' as const, 'client' as const), {
      minLength: count,
      maxLength: count,
    }),
    staysOpen: fc.boolean(),
  }),
);

/** One way in which the three streams mix, with some news told again later. */
const mixed = ({ deals, orders, positions }: News, chances: readonly number[]): [keyof News, Wire][] => {
  const streams: [keyof News, Wire[]][] = [
    ['deals', [...deals]],
    ['orders', [...orders]],
    ['positions', [...positions]],
  ];
  const told: [keyof News, Wire][] = [];
  for (let i = 0; streams.some(([, left]) => left.length > 0); i++) {
    const chance = chances[i % chances.length] as number;
    const busy = streams.filter(([, left]) => left.length > 0);
    const [name, left] = busy[chance % busy.length] as [keyof News, Wire[]];
    told.push([name, left.shift() as Wire]);
    // Deals may be told again at any time; what has a state is only ever told again in its own order.
    const again = told[chance % told.length] as [keyof News, Wire];
    if (chance % 3 === 0 && again[0] === 'deals') told.push(again);
    if (chance % 5 === 0 && name !== 'deals') told.push(told.at(-1) as [keyof News, Wire]);
  }
  return told;
};

const run = (told: readonly [keyof News, Wire][]) => {
  const events: OrderEvent[] = [];
  const news = new OrderNews({
    mode: 'hedging',
    time: new ServerTime(undefined),
    tell: (e) => void events.push(e),
  });
  for (const [name, wire] of told) {
    if (name === 'deals') news.deal(dealRecord.parse(wire));
    else if (name === 'orders') news.order(orderRecord.parse(wire));
    else news.position(positionEvent.parse(wire));
  }
  return { events, news };
};

const isFill = (event: OrderEvent): event is FillEvent => event.type === 'fill';

const lives = fc.array(life, { minLength: 1, maxLength: 4 });
const chances = fc.array(fc.nat(1_000), { minLength: 20, maxLength: 60 });

/** Tries it on many lives that are told in many orders. */
const always = (check: (all: readonly Life[], chance: readonly number[]) => void): void =>
  fc.assert(fc.property(lives, chances, check), { numRuns: 300 });

describe('whatever the order in which deals, orders and positions are told, and however often', () => {
  it('each deal is one fill, and what is left falls to what the server left', () => {
    always((all, chance) => {
      const news = live(all);
      const fills = run(mixed(news, chance)).events.filter(isFill);
      const told = fills.map(({ tradeId }) => tradeId).sort();
      expect(told).toEqual(news.deals.map(({ ticket }) => ticket).sort());
      all.forEach(({ parts, rest }, n) => {
        const own = fills.filter(({ id }) => id === `j1-0abc-${n}-e`);
        expect(own).toHaveLength(parts.length);
        // The order's volume is only known once it was told; before, a deal stands for the whole of it.
        if (rest === 'filled') expect(own.at(-1)?.remaining).toBe(0);
      });
    });
  });

  it('the legs that work in the end are the levels of what is open, and as large', () => {
    always((all, chance) => {
      const news = live(all);
      const { events, news: told } = run(mixed(news, chance));
      const working = new Set<string>();
      for (const event of events) {
        if (!/-e[st]$/.test(event.id)) continue;
        // A leg that trades works, though nothing was said of it before.
        if (event.type === 'accepted' || (isFill(event) && event.remaining > 0)) working.add(event.id);
        else if (event.type === 'cancelled' || (isFill(event) && event.remaining === 0))
          working.delete(event.id);
      }
      const expected = all.flatMap(({ parts, staysOpen }, n) =>
        staysOpen && parts.length > 0 ? [`j1-0abc-${n}-es`, `j1-0abc-${n}-et`] : [],
      );
      expect([...working].sort()).toEqual(expected.sort());
      for (const id of working) {
        const leg = told.guards.legNamed(id)?.leg;
        expect((leg?.quantity ?? 0) - (leg?.filled ?? 0)).toBe(1);
      }
    });
  });

  it('no leg is told before its entry has filled, and nothing works after its end', () => {
    always((all, chance) => {
      const { events } = run(mixed(live(all), chance));
      const filled = new Set<string>();
      const ended = new Set<string>();
      for (const event of events) {
        const { id } = event;
        if (/-e[st]$/.test(id)) expect(filled).toContain(id.slice(0, -1));
        if (isFill(event)) filled.add(id);
        else expect(ended).not.toContain(id);
        if (['cancelled', 'expired', 'rejected'].includes(event.type)) ended.add(id);
      }
    });
  });

  it('an order that did not fill whole ends once, after its trades', () => {
    always((all, chance) => {
      const { events } = run(mixed(live(all), chance));
      all.forEach(({ rest, parts }, n) => {
        const own = events.filter(({ id }) => id === `j1-0abc-${n}-e`);
        const ends = own.filter(({ type }) => type === 'cancelled' || type === 'expired');
        if (rest === 'filled') expect(ends).toEqual([]);
        else if (ends.length > 0) {
          expect(ends).toHaveLength(1);
          expect(own.filter(isFill)).toHaveLength(parts.length);
        }
      });
    });
  });
});
