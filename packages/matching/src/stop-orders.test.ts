import { describe, expect, it } from 'vitest';
import { tickKinds } from './matcher.js';
import { makeVenue } from './testing/venue.js';

describe('A stop order', () => {
  it('buys when the ask rises to it, sells when the bid falls to it', () => {
    const venue = makeVenue();
    venue.tick(1.1, 1.1002);
    venue.submit({ side: 'buy', type: 'stop', price: 1.101 });
    venue.submit({ side: 'sell', type: 'stop', price: 1.099 });
    venue.tick(1.1007, 1.1009);
    expect(venue.fills()).toEqual([]);
    venue.tick(1.1008, 1.101);
    venue.tick(1.099, 1.0992);
    expect(venue.fills().map((f) => [f.id, f.side, f.price])).toEqual([
      ['o1', 'buy', 1.101],
      ['o2', 'sell', 1.099],
    ]);
    expect(venue.story('o1')).toEqual(['accepted', 'triggered', 'fill']);
  });

  it('fills a gap at the market, not at its price', () => {
    const venue = makeVenue({ costs: { slippage: { kind: 'fixed', pips: 0.5 } } });
    venue.tick(1.1, 1.1002);
    venue.submit({ side: 'sell', type: 'stop', price: 1.099 });
    venue.tick(1.095, 1.0952);
    expect(venue.fills()[0]).toMatchObject({ price: 1.09495 });
  });

  it('fills at its price plus slippage where the path went through it', () => {
    const venue = makeVenue({ costs: { slippage: { kind: 'fixed', pips: 0.5 } } });
    venue.tick(1.1, 1.1002);
    venue.submit({ side: 'sell', type: 'stop', price: 1.099 });
    venue.tick(1.095, 1.0952, { kind: tickKinds.PATH });
    expect(venue.fills()[0]).toMatchObject({ price: 1.09895 });
  });

  it('takes the market of the tick where nobody knows whether the path went through', () => {
    const venue = makeVenue();
    venue.tick(1.1, 1.1002);
    venue.submit({ side: 'sell', type: 'stop', price: 1.099 });
    venue.tick(1.095, 1.0952, { kind: tickKinds.UNKNOWN });
    expect(venue.fills()[0]).toMatchObject({ price: 1.095 });
  });

  it('takes the market where it arrives when the path has passed its price before', () => {
    const venue = makeVenue({ costs: { latency: { kind: 'fixed', ms: 500 } } });
    venue.tick(1.1, 1.1002);
    venue.submit({ side: 'sell', type: 'stop', price: 1.0995 });
    // Half way from a bid of 1.1 to one of 1.098 the market is below the stop.
    venue.tick(1.098, 1.0982, { kind: tickKinds.PATH });
    expect(venue.fills()[0]).toMatchObject({ price: 1.099 });
  });

  it('triggers at once when the market is beyond it already', () => {
    const venue = makeVenue();
    venue.tick(1.1, 1.1002);
    venue.submit({ side: 'sell', type: 'stop', price: 1.1001 });
    expect(venue.fills()[0]).toMatchObject({ price: 1.1 });
  });
});

describe('A stop-limit order', () => {
  it('becomes a limit when triggered and takes the market up to it', () => {
    const venue = makeVenue();
    venue.tick(1.1, 1.1002);
    venue.submit({ type: 'stop-limit', price: 1.101, limitPrice: 1.1015 });
    venue.tick(1.101, 1.1012);
    expect(venue.story('o1')).toEqual(['accepted', 'triggered', 'fill']);
    expect(venue.fills()[0]).toMatchObject({ price: 1.1012 });
  });

  it('rests at its limit when the market has gapped beyond, and waits for it to come back', () => {
    const venue = makeVenue();
    venue.tick(1.1, 1.1002);
    venue.submit({ type: 'stop-limit', price: 1.101, limitPrice: 1.1015 });
    venue.tick(1.103, 1.1032);
    expect(venue.story('o1')).toEqual(['accepted', 'triggered']);
    venue.tick(1.1013, 1.1015);
    expect(venue.fills()[0]).toMatchObject({ price: 1.1015 });
  });
});

describe('A trailing stop', () => {
  it('follows the market up, never down, and sells when the bid comes back to it', () => {
    const venue = makeVenue();
    venue.tick(1.1, 1.1002);
    venue.submit({ side: 'sell', type: 'trailing-stop', trail: 0.001 });
    expect(venue.working()).toEqual(['o1 1 @ 1.099']);
    venue.tick(1.105, 1.1052);
    expect(venue.working()).toEqual(['o1 1 @ 1.104']);
    venue.tick(1.1045, 1.1047);
    expect(venue.working()).toEqual(['o1 1 @ 1.104']);
    venue.tick(1.1038, 1.104);
    expect(venue.fills()[0]).toMatchObject({ side: 'sell', price: 1.1038 });
  });

  it('follows the ask down for a buy', () => {
    const venue = makeVenue();
    venue.tick(1.1, 1.1002);
    venue.submit({ side: 'buy', type: 'trailing-stop', trail: 0.001 });
    venue.tick(1.095, 1.0952);
    expect(venue.working()).toEqual(['o1 1 @ 1.0962']);
    venue.tick(1.096, 1.0962);
    expect(venue.fills()[0]).toMatchObject({ side: 'buy', price: 1.0962 });
  });

  it('starts at a given price and follows only once the market is that far ahead', () => {
    const venue = makeVenue();
    venue.tick(1.1, 1.1002);
    venue.submit({ side: 'sell', type: 'trailing-stop', price: 1.0995, trail: 0.001 });
    venue.tick(1.1003, 1.1005);
    expect(venue.working()).toEqual(['o1 1 @ 1.0995']);
    venue.tick(1.1008, 1.101);
    expect(venue.working()).toEqual(['o1 1 @ 1.0998']);
  });
});
