import { describe, expect, it } from 'vitest';
import { AAPL, bracket, makeVenue } from './testing/venue.js';

const tenPercent = { liquidity: { kind: 'volume-share', share: 0.1 } } as const;

describe('A bracket', () => {
  it('appears with the fill, under the ids of its entry', () => {
    const venue = makeVenue();
    venue.tick(1.1, 1.1002);
    venue.submit({ id: 'e', type: 'limit', price: 1.09, bracket: bracket({ stop: 1.085, target: 1.1 }) });
    expect(venue.working()).toEqual(['e 1 @ 1.09']);
    venue.tick(1.0898, 1.09);
    expect(venue.working()).toEqual(['es 1 @ 1.085', 'et 1 @ 1.1']);
  });

  it('closes at the target and cancels the stop: 1 lot over 50 pips is 500 USD', () => {
    const venue = makeVenue();
    venue.tick(1.1, 1.1);
    venue.submit({ id: 'e', bracket: bracket({ stop: 1.095, target: 1.105 }) });
    venue.tick(1.105, 1.1052);
    expect(venue.fills('et')[0]).toMatchObject({ side: 'sell', quantity: 1, price: 1.105, profit: 500 });
    expect(venue.story('es')).toEqual(['accepted', 'cancelled']);
    expect(venue.position()).toBe(0);
    venue.tick(1.08, 1.0802);
    expect(venue.fills()).toHaveLength(2);
  });

  it('rests at its target: it pays the maker’s fee and no slippage, also on a gap', () => {
    const venue = makeVenue({
      costs: {
        slippage: { kind: 'fixed', pips: 1 },
        commission: { kind: 'bps', taker: 1, maker: 0, minimum: 0 },
      },
    });
    venue.tick(1.1, 1.1);
    venue.submit({ id: 'e', quantity: 0.1, bracket: bracket({ target: 1.105 }) });
    venue.tick(1.106, 1.106);
    expect(venue.fills('et')[0]).toMatchObject({ price: 1.106, commission: 0 });
  });

  it('closes at the stop and cancels the target, for a sell', () => {
    const venue = makeVenue();
    venue.tick(1.1, 1.1);
    venue.submit({ id: 'e', side: 'sell', bracket: bracket({ stop: 1.105, target: 1.095 }) });
    venue.tick(1.1048, 1.105);
    expect(venue.story('es')).toEqual(['accepted', 'triggered', 'fill']);
    expect(venue.fills('es')[0]).toMatchObject({ side: 'buy', price: 1.105, profit: -500 });
    expect(venue.story('et')).toEqual(['accepted', 'cancelled']);
  });

  it('does not trade on the tick that filled its entry', () => {
    const venue = makeVenue();
    venue.tick(1.1, 1.1002);
    venue.submit({ id: 'e', type: 'stop', price: 1.101, bracket: bracket({ stop: 1.1005, target: 1.102 }) });
    venue.tick(1.103, 1.1032);
    expect(venue.position()).toBe(1);
    venue.tick(1.103, 1.1032);
    expect(venue.story('et')).toEqual(['accepted', 'fill']);
  });

  it('trails the market when it has a trailing distance', () => {
    const venue = makeVenue();
    venue.tick(1.1, 1.1);
    venue.submit({ id: 'e', bracket: bracket({ stop: 1.098, trail: 0.001 }) });
    expect(venue.working()).toEqual(['es 1 @ 1.098']);
    venue.tick(1.104, 1.1041);
    expect(venue.working()).toEqual(['es 1 @ 1.103']);
    venue.tick(1.1029, 1.103);
    expect(venue.fills('es')[0]).toMatchObject({ price: 1.1029 });
  });

  it('has the size of what filled, and grows with it', () => {
    const venue = makeVenue({ instruments: [AAPL], costs: tenPercent });
    venue.tick(150, 150.01, { volume: 300 });
    venue.submit({ id: 'e', quantity: 100, bracket: bracket({ stop: 140, target: 160 }) });
    expect(venue.working()).toEqual(['e 100 @ market', 'es 30 @ 140', 'et 30 @ 160']);
    venue.tick(150, 150.01, { volume: 500 });
    expect(venue.working()).toEqual(['e 100 @ market', 'es 80 @ 140', 'et 80 @ 160']);
    venue.tick(150, 150.01, { volume: 500 });
    expect(venue.working()).toEqual(['es 100 @ 140', 'et 100 @ 160']);
    expect(venue.story('es')).toEqual(['accepted', 'replaced', 'replaced']);
  });

  it('cancels the rest of its entry when it begins to close', () => {
    const venue = makeVenue({ instruments: [AAPL], costs: tenPercent });
    venue.tick(150, 150.01, { volume: 300 });
    venue.submit({ id: 'e', type: 'limit', price: 150.01, quantity: 100, bracket: bracket({ stop: 140 }) });
    venue.tick(139, 139.01, { volume: 3_000 });
    // The entry is older, so it trades first and its leg grows; then the stop closes all.
    expect(venue.fills().map((f) => [f.id, f.quantity])).toEqual([
      ['e', 30],
      ['e', 70],
      ['es', 100],
    ]);
    const other = makeVenue({ instruments: [AAPL], costs: tenPercent });
    other.tick(150, 150.01, { volume: 300 });
    other.submit({ id: 'e', type: 'limit', price: 150.01, quantity: 100, bracket: bracket({ target: 160 }) });
    other.tick(160, 160.01, { volume: 100 });
    expect(other.story('e')).toEqual(['accepted', 'fill', 'cancelled']);
    expect(other.working()).toEqual(['et 30 @ 160']);
    expect(other.position()).toBe(20);
  });

  it('shrinks one leg as the other fills in parts', () => {
    const venue = makeVenue({ instruments: [AAPL], costs: tenPercent });
    venue.tick(150, 150.01);
    venue.submit({ id: 'e', quantity: 100, bracket: bracket({ stop: 140, target: 160 }) });
    venue.tick(160, 160.01, { volume: 400 });
    expect(venue.working()).toEqual(['es 60 @ 140', 'et 100 @ 160']);
    venue.tick(139, 139.01, { volume: 200 });
    expect(venue.fills('es')[0]).toMatchObject({ quantity: 20, remaining: 40 });
    venue.tick(160, 160.01, { volume: 10_000 });
    expect(venue.position()).toBe(0);
    expect(venue.working()).toEqual([]);
  });

  it('shrinks with the position when another order closes part, and goes with it', () => {
    const venue = makeVenue();
    venue.tick(1.1, 1.1);
    venue.submit({ id: 'e', quantity: 1, bracket: bracket({ stop: 1.095, target: 1.105 }) });
    venue.submit({ id: 'x', side: 'sell', quantity: 0.4, purpose: 'reduce' });
    expect(venue.working()).toEqual(['es 0.6 @ 1.095', 'et 0.6 @ 1.105']);
    venue.submit({ id: 'y', side: 'sell', quantity: 0.6, purpose: 'flatten' });
    expect(venue.working()).toEqual([]);
    expect(venue.story('es')).toEqual(['accepted', 'replaced', 'cancelled']);
  });

  it('gives way oldest first when several protect one position', () => {
    const venue = makeVenue();
    venue.tick(1.1, 1.1);
    venue.submit({ id: 'a', quantity: 1, bracket: bracket({ stop: 1.095 }) });
    venue.submit({ id: 'b', quantity: 1, bracket: bracket({ stop: 1.096 }) });
    venue.submit({ id: 'x', side: 'sell', quantity: 1.5, purpose: 'reduce' });
    expect(venue.working()).toEqual(['bs 0.5 @ 1.096']);
  });

  it('closes what it opened itself, and leaves an older bracket of the same ledger whole', () => {
    const venue = makeVenue();
    venue.tick(1.1, 1.1);
    venue.submit({ id: 'a', quantity: 1, bracket: bracket({ stop: 1.095 }) });
    venue.submit({ id: 'b', quantity: 0.5, bracket: bracket({ stop: 1.098 }) });
    venue.tick(1.098, 1.0981);
    expect(venue.working()).toEqual(['as 1 @ 1.095']);
    expect(venue.position()).toBe(1);
  });

  it('protects its own ledger: a neighbour that enters the other way leaves it alone', () => {
    const venue = makeVenue();
    venue.tick(1.1, 1.1);
    venue.submit({ id: 'a', owner: 'one', quantity: 1, bracket: bracket({ stop: 1.095 }) });
    venue.submit({ id: 'b', owner: 'two', quantity: 1, side: 'sell', bracket: bracket({ stop: 1.105 }) });
    expect(venue.position()).toBe(0);
    expect(venue.working()).toEqual(['as 1 @ 1.095', 'bs 1 @ 1.105']);
    venue.tick(1.095, 1.0951);
    expect(venue.position()).toBe(-1);
    expect(venue.working()).toEqual(['bs 1 @ 1.105']);
  });

  it('is closed by a reduction of a ledger that holds nothing, as the account holds it', () => {
    const venue = makeVenue();
    venue.tick(1.1, 1.1);
    venue.submit({ id: 'a', owner: 'one', quantity: 1, bracket: bracket({ stop: 1.095 }) });
    venue.submit({ id: 'x', owner: 'person', quantity: 1, side: 'sell', purpose: 'flatten' });
    expect(venue.position()).toBe(0);
    expect(venue.working()).toEqual([]);
  });

  it('keeps the other leg when a client cancels one', () => {
    const venue = makeVenue();
    venue.tick(1.1, 1.1);
    venue.submit({ id: 'e', bracket: bracket({ stop: 1.095, target: 1.105 }) });
    venue.cancel('et');
    expect(venue.working()).toEqual(['es 1 @ 1.095']);
    venue.tick(1.2, 1.2001);
    expect(venue.position()).toBe(1);
    venue.tick(1.09, 1.0901);
    expect(venue.position()).toBe(0);
  });

  it('moves its stop by an amendment and keeps its size', () => {
    const venue = makeVenue();
    venue.tick(1.1, 1.1);
    venue.submit({ id: 'e', quantity: 0.5, bracket: bracket({ stop: 1.095, target: 1.105 }) });
    expect(venue.amend('es', { type: 'stop', price: 1.099, quantity: 3 })).toMatchObject({
      outcome: 'accepted',
    });
    expect(venue.working()).toEqual(['es 0.5 @ 1.099', 'et 0.5 @ 1.105']);
    venue.tick(1.0989, 1.099);
    expect(venue.fills('es')[0]).toMatchObject({ quantity: 0.5, price: 1.0989 });
  });

  it.each([
    ['stop above a buy', bracket({ stop: 1.2 })],
    ['target below a buy', bracket({ target: 1.05 })],
    ['trailing distance of zero', bracket({ trail: 0 })],
  ])('is rejected with a %s', (_, wrong) => {
    const venue = makeVenue();
    venue.tick(1.1, 1.1002);
    expect(venue.submit({ bracket: wrong })).toMatchObject({ outcome: 'rejected', code: 'BAD_BRACKET' });
    expect(venue.events).toEqual([]);
  });
});
