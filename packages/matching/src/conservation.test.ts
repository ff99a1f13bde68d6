import { type FillEvent, type OrderEvent, sign, toMinor } from '@mikrobot/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CostModel } from './costs/cost-model.js';
import { costPresets } from './costs/presets.js';
import { play, steps } from './testing/order-flow.js';
import type { Venue } from './testing/venue.js';

const dear: Partial<CostModel> = {
  ...costPresets['ecn-fx'],
  slippage: { kind: 'volatility', factor: 0.5 },
  latency: { kind: 'uniform', min: 0, max: 1_500 },
  commission: { kind: 'per-lot', amount: 3.5, minimum: 0.5, currency: 'account' },
  liquidity: { kind: 'volume-share', share: 0.1 },
};
const runs = { numRuns: 40 };
const modes = ['netting', 'hedging'] as const;

const byOrder = (events: readonly OrderEvent[]): Map<string, OrderEvent[]> => {
  const orders = new Map<string, OrderEvent[]>();
  for (const event of events) orders.set(event.id, [...(orders.get(event.id) ?? []), event]);
  return orders;
};
const isFill = (event: OrderEvent): event is FillEvent => event.type === 'fill';
const lots = (fills: readonly FillEvent[]): number => fills.reduce((sum, f) => sum + f.quantity, 0);
const net = (venue: Venue, symbol: string): number =>
  venue.engine
    .snapshot(venue.now)
    .positions.filter((p) => p.symbol === symbol)
    .reduce((sum, p) => sum + p.quantity, 0);

describe.each(modes)('Whatever the orders on a %s account', { timeout: 60_000 }, (mode) => {
  it('the balance is the start plus every booked profit less every commission plus swap, to the cent', () => {
    fc.assert(
      fc.property(steps, (script) => {
        const venue = play(script, { mode, costs: dear });
        let cents = 200_000n + venue.engine.totals.swap;
        for (const fill of venue.fills())
          cents += toMinor(fill.profit, 'USD') - toMinor(fill.commission, 'USD');
        expect(toMinor(venue.engine.account().balance, 'USD')).toBe(cents);
        const last = venue.accounts.at(-1);
        if (last !== undefined) expect(toMinor(last.balance, 'USD')).toBe(cents);
      }),
      runs,
    );
  });

  it('the equity is what the trades paid and what is held is worth, to half a cent a fill', () => {
    fc.assert(
      fc.property(steps, (script) => {
        // Only the dollar pair, whose cash needs no conversion.
        const dollars = script.map((s) => ('symbol' in s ? { ...s, symbol: 0 } : s));
        const venue = play(dollars, { mode, costs: { liquidity: dear.liquidity! } });
        let worth = 2_000;
        for (const f of venue.fills()) worth -= sign(f.side) * f.quantity * f.price * 100_000;
        const { bid, ask } = venue.quote;
        for (const p of venue.engine.snapshot(venue.now).positions) {
          worth += p.quantity * (p.quantity > 0 ? bid : ask) * 100_000;
        }
        const equity = venue.engine.account().equity;
        expect(Math.abs(equity - worth)).toBeLessThan(0.006 * (venue.fills().length + 1));
      }),
      runs,
    );
  });

  it('the position is the sum of the fills', () => {
    fc.assert(
      fc.property(steps, (script) => {
        const venue = play(script, { mode, costs: dear });
        for (const symbol of ['EURUSD', 'USDJPY']) {
          const fills = venue.fills().filter((f) => f.symbol === symbol);
          const sum = fills.reduce((s, f) => s + sign(f.side) * f.quantity, 0);
          expect(net(venue, symbol)).toBeCloseTo(sum, 9);
        }
      }),
      runs,
    );
  });

  it('no order fills beyond its quantity, and each fill says what remains', () => {
    fc.assert(
      fc.property(steps, (script) => {
        const venue = play(script, { mode, costs: dear });
        for (const [id, events] of byOrder(venue.events)) {
          const found = venue.engine.query(id);
          if (found.outcome !== 'found') throw new Error(`${id} was not found`);
          const { report } = found;
          const fills = events.filter(isFill);
          expect(report.filled).toBeCloseTo(lots(fills), 9);
          expect(report.filled).toBeLessThanOrEqual(report.quantity);
          for (const fill of fills) {
            expect(fill.quantity).toBeGreaterThan(0);
            expect(fill.remaining).toBeGreaterThanOrEqual(0);
          }
        }
      }),
      runs,
    );
  });

  it('the events of an order are accepted, changes and fills, then at most one end', () => {
    fc.assert(
      fc.property(steps, (script) => {
        const venue = play(script, { mode, costs: dear });
        for (const [id, events] of byOrder(venue.events)) {
          const letters = { accepted: 'a', triggered: 't', fill: 'f', replaced: 'r', rejected: 'x' } as const;
          const story = events
            .map((e) => (e.type === 'cancelled' || e.type === 'expired' ? 'e' : letters[e.type]))
            .join('');
          expect(`${id}: ${story}`).toMatch(/: ar*(tr*)?(fr*)*e?$/);
          const last = events.at(-1)!;
          const ended =
            last.type === 'cancelled' || last.type === 'expired' || (isFill(last) && last.remaining === 0);
          const works = venue.engine.snapshot(venue.now).orders.some((o) => o.id === id);
          expect(works).toBe(!ended);
          const times = events.map((e) => e.time);
          expect(times).toEqual([...times].sort((a, b) => a - b));
        }
      }),
      runs,
    );
  });

  it('the two legs of a bracket never close more than their entry opened', () => {
    fc.assert(
      fc.property(steps, (script) => {
        const venue = play(script, { mode, costs: dear });
        for (const [id, events] of byOrder(venue.events)) {
          const opened = lots(events.filter(isFill));
          expect(lots(venue.fills(`${id}s`)) + lots(venue.fills(`${id}t`))).toBeLessThanOrEqual(
            opened + 1e-9,
          );
        }
      }),
      runs,
    );
  });

  it('a limit never pays more than its price', () => {
    fc.assert(
      fc.property(steps, (script) => {
        // No amendments, so that the price asked for is the price in the request.
        const venue = play(
          script.filter((s) => s.do !== 'amend'),
          { mode, costs: dear },
        );
        for (const fill of venue.fills()) {
          const found = venue.engine.query(fill.id);
          if (found.outcome !== 'found' || found.report.price === undefined) continue;
          if (found.report.type !== 'limit' && found.report.type !== 'stop-limit') continue;
          if (fill.side === 'buy') expect(fill.price).toBeLessThanOrEqual(found.report.price);
          else expect(fill.price).toBeGreaterThanOrEqual(found.report.price);
        }
      }),
      runs,
    );
  });

  it('a tick that is dismissed had nothing to do: no order it reaches still waits, no account stands below its level', () => {
    fc.assert(
      fc.property(steps, (script) => {
        let waiting: readonly string[] = [];
        play(script, { mode, balance: '900' }, (venue, step) => {
          const { orders, positions } = venue.engine.snapshot(venue.now);
          if (step.do === 'tick') {
            const { equity, margin } = venue.engine.account();
            if (positions.length > 0) expect(equity).toBeGreaterThan(margin * 0.5 - 0.02);
            const symbol = step.symbol === 1 ? 'USDJPY' : 'EURUSD';
            const { bid, ask } = venue.quote;
            for (const order of orders) {
              if (order.symbol !== symbol || order.price === undefined || !waiting.includes(order.id))
                continue;
              const buys = order.side === 'buy';
              const becameLimit = order.type === 'stop-limit' && venue.story(order.id).includes('triggered');
              if (order.type === 'limit' || becameLimit) {
                expect(buys ? ask > order.price : bid < order.price).toBe(true);
              } else {
                expect(buys ? ask < order.price : bid > order.price).toBe(true);
              }
            }
          }
          waiting = orders.map((o) => o.id);
        });
      }),
      runs,
    );
  });

  it('the same inputs give the same outputs', () => {
    fc.assert(
      fc.property(steps, (script) => {
        expect(play(script, { mode, costs: dear }).events).toEqual(
          play(script, { mode, costs: dear }).events,
        );
      }),
      { numRuns: 15 },
    );
  });
});

describe('On a netting account', () => {
  it('a reduce-only order never opens or turns a position', () => {
    fc.assert(
      fc.property(steps, (script) => {
        const venue = play(script, { costs: dear });
        const held = new Map<string, number>();
        const reducing = new Set(venue.reduceOnly);
        for (const f of venue.fills()) {
          const before = held.get(f.symbol) ?? 0;
          const after = before + sign(f.side) * f.quantity;
          held.set(f.symbol, after);
          if (!reducing.has(f.id)) continue;
          expect(Math.abs(after)).toBeLessThan(Math.abs(before));
          expect(after * before).toBeGreaterThanOrEqual(-1e-9);
        }
      }),
      runs,
    );
  });
});
