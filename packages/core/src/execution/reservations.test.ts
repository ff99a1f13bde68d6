import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Purpose } from '../model/order.js';
import { requestWith, usdjpy } from '../testing/samples.js';
import { eurusd } from '../testing/scripted-venue.js';
import { Reservations } from './reservations.js';

const instruments = [eurusd, usdjpy] as const;
const owners = ['a', 'b'] as const;
const purposes: readonly Purpose[] = ['enter', 'reduce', 'flatten'];

/** An order in whole hundredths of a lot, and what happens to it. */
const order = fc.record({
  instrument: fc.constantFrom(...instruments),
  owner: fc.constantFrom(...owners),
  purpose: fc.constantFrom(...purposes),
  side: fc.constantFrom('buy' as const, 'sell' as const),
  steps: fc.integer({ min: 1, max: 300 }),
});
const happening = fc.record({
  order: fc.nat(19),
  what: fc.oneof(fc.constant('release' as const), fc.integer({ min: 1, max: 150 })),
});

describe('Reservations', () => {
  it('holds what is neither filled nor released, and never below nothing, whatever happens in which order', () => {
    fc.assert(
      fc.property(
        fc.array(order, { minLength: 1, maxLength: 20 }),
        fc.array(happening, { maxLength: 60 }),
        (orders, happenings) => {
          const reservations = new Reservations();
          const open = orders.map((o) => o.steps);
          orders.forEach(({ instrument, owner, purpose, side, steps }, i) => {
            const { symbol } = instrument;
            const quantity = Number(`${steps}e-2`);
            reservations.reserve(
              requestWith({ id: `${i}`, symbol, owner, purpose, side, quantity }),
              instrument,
            );
          });
          const expected = (symbol: string, owner: string | undefined, held = 0): number => {
            const sum = orders.reduce(
              (total, o, i) =>
                o.instrument.symbol === symbol &&
                (owner === undefined || o.owner === owner) &&
                (o.purpose !== 'enter') === (held !== 0) &&
                (held === 0 || (o.side === 'sell') === held > 0)
                  ? total + (o.side === 'buy' ? 1 : -1) * (open[i] as number)
                  : total,
              0,
            );
            return Number(`${held === 0 ? sum : Math.abs(sum)}e-2`);
          };
          const check = (): void => {
            for (const { symbol } of instruments) {
              for (const owner of [undefined, ...owners]) {
                expect(reservations.entering(symbol, owner) === expected(symbol, owner)).toBe(true);
                if (owner === undefined) continue;
                for (const held of [1, -1])
                  expect(reservations.reducing(symbol, owner, held)).toBe(expected(symbol, owner, held));
              }
            }
            expect(reservations.size).toBe(open.filter((steps) => steps > 0).length);
          };
          check();
          for (const { order: i, what } of happenings) {
            if (i >= orders.length) continue;
            if (what === 'release') {
              reservations.release(`${i}`);
              open[i] = 0;
            } else {
              // More than is open may fill: a venue's mistake must not turn a reservation round.
              reservations.convert(`${i}`, Number(`${what}e-2`));
              open[i] = Math.max(0, (open[i] as number) - what);
            }
            check();
          }
          orders.forEach((_, i) => {
            reservations.release(`${i}`);
          });
          expect(reservations.size).toBe(0);
          expect(reservations.symbols()).toEqual([]);
        },
      ),
    );
  });

  it('leaves nothing behind when an order fills in thirds of what cannot be divided by three', () => {
    const reservations = new Reservations();
    reservations.reserve(requestWith({ id: 'x', quantity: 0.3 }), eurusd);
    for (const part of [0.1, 0.1, 0.1]) reservations.convert('x', part);
    expect([reservations.size, reservations.entering('EURUSD')]).toEqual([0, 0]);
  });

  it('names each symbol once', () => {
    const reservations = new Reservations();
    for (const id of ['1', '2']) reservations.reserve(requestWith({ id }), eurusd);
    reservations.reserve(requestWith({ id: '3', symbol: 'USDJPY' }), usdjpy);
    expect(reservations.symbols()).toEqual(['EURUSD', 'USDJPY']);
  });
});
