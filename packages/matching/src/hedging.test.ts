import { describe, expect, it } from 'vitest';
import { bracket, makeVenue } from './testing/venue.js';

const positions = (venue: ReturnType<typeof makeVenue>) =>
  venue.engine.snapshot(venue.now).positions.map((p) => [p.venueId, p.quantity, p.averagePrice]);

describe('A hedging account', () => {
  it('keeps opposite entries apart and needs margin for both', () => {
    const venue = makeVenue({ mode: 'hedging' });
    venue.tick(1.1, 1.1);
    venue.submit({ id: 'a', quantity: 0.3 });
    venue.submit({ id: 'b', quantity: 0.3, side: 'sell' });
    expect(positions(venue)).toEqual([
      ['a', 0.3, 1.1],
      ['b', -0.3, 1.1],
    ]);
    // Twice 0.3 * 100,000 * 1.1 / 30
    expect(venue.engine.account().margin).toBe(2_200);
  });

  it('closes its owner’s tickets, the oldest first, and nobody else’s', () => {
    const venue = makeVenue({ mode: 'hedging' });
    venue.tick(1.1, 1.1);
    venue.submit({ id: 'a', owner: 'one', quantity: 0.2 });
    venue.submit({ id: 'b', owner: 'two', quantity: 0.2 });
    venue.tick(1.101, 1.101);
    venue.submit({ id: 'c', owner: 'one', quantity: 0.2 });
    venue.tick(1.102, 1.102);
    venue.submit({ id: 'x', owner: 'one', quantity: 0.3, side: 'sell', purpose: 'reduce' });
    expect(positions(venue)).toEqual([
      ['b', 0.2, 1.1],
      ['c', 0.1, 1.101],
    ]);
    // 0.2 lots over 20 pips and 0.1 lots over 10
    expect(venue.fills('x')[0]).toMatchObject({ quantity: 0.3, profit: 50 });
  });

  it('never opens by a reduction: what is too much is cancelled', () => {
    const venue = makeVenue({ mode: 'hedging' });
    venue.tick(1.1, 1.1);
    venue.submit({ id: 'a', quantity: 0.2 });
    venue.submit({ id: 'x', quantity: 0.5, side: 'sell', purpose: 'flatten' });
    expect(venue.story('x')).toEqual(['accepted', 'fill', 'cancelled']);
    expect(venue.fills('x')[0]).toMatchObject({ quantity: 0.2 });
    expect(positions(venue)).toEqual([]);
    expect(venue.submit({ side: 'sell', purpose: 'reduce' })).toMatchObject({ code: 'NOTHING_TO_REDUCE' });
  });

  it('lets a bracket close its own ticket, though an older one of the owner is there', () => {
    const venue = makeVenue({ mode: 'hedging' });
    venue.tick(1.1, 1.1);
    venue.submit({ id: 'a', quantity: 0.1 });
    venue.submit({ id: 'b', quantity: 0.2, bracket: bracket({ stop: 1.095, target: 1.105 }) });
    venue.tick(1.105, 1.105);
    expect(positions(venue)).toEqual([['a', 0.1, 1.1]]);
    expect(venue.story('bs')).toEqual(['accepted', 'cancelled']);
  });

  it('matches a protective order that a client sends to the ticket it is named after', () => {
    const venue = makeVenue({ mode: 'hedging' });
    venue.tick(1.1, 1.1);
    venue.submit({ id: 'a', quantity: 0.1 });
    venue.submit({ id: 'b', quantity: 0.2 });
    venue.submit({ id: 'bs1', quantity: 0.2, side: 'sell', purpose: 'protect', type: 'stop', price: 1.095 });
    venue.submit({ id: 'x', quantity: 0.1, side: 'sell', purpose: 'reduce' });
    expect(positions(venue)).toEqual([['b', 0.2, 1.1]]);
    venue.tick(1.094, 1.094);
    expect(positions(venue)).toEqual([]);
  });

  it('ends a client’s protective order with its ticket', () => {
    const venue = makeVenue({ mode: 'hedging' });
    venue.tick(1.1, 1.1);
    venue.submit({ id: 'a', quantity: 0.1 });
    venue.submit({ id: 'b', quantity: 0.1 });
    venue.submit({ id: 'as', quantity: 0.1, side: 'sell', purpose: 'protect', type: 'stop', price: 1.095 });
    venue.submit({ id: 'x', quantity: 0.1, side: 'sell', purpose: 'reduce' });
    expect(venue.story('as')).toEqual(['accepted', 'cancelled']);
    expect(positions(venue)).toEqual([['b', 0.1, 1.1]]);
  });
});
