import { describe, expect, it } from 'vitest';
import { fuzzMarket } from '../testing/fuzz-market.js';
import { sample, sampleMessages } from '../testing/market-messages.js';
import { MarketMapper } from './market.js';

describe('mutated messages', () => {
  it('never throw, and never become an event that no market can tell: 20,000 of them', () => {
    const report = fuzzMarket(20_000, sampleMessages(), 7);
    expect(report.wrong).toEqual([]);
    expect(report.events + Object.values(report.malformed).reduce((a, b) => a + b)).toBe(20_000);
    // Whole messages are all read, and cut ones none.
    expect(report.byMutation.none.dropped).toBe(0);
    expect(report.byMutation.truncate.told).toBe(0);
    expect(report.byMutation.none.told).toBeGreaterThan(1_000);
    for (const kind of ['trade', 'quote', 'depth', 'book', 'bar', 'mark'])
      expect(report.kinds[kind]).toBeGreaterThan(0);
  });

  // Fields by which a trade or a quote is what it is.
  const needed = [
    ['btcusdt@trade', ['e', 's', 't', 'p', 'q', 'T', 'm']],
    ['bnbbtc@aggTrade', ['e', 's', 'a', 'f', 'l', 'p', 'q', 'T', 'm']],
    ['btcusdt@bookTicker', ['u', 's', 'b', 'B', 'a', 'A']],
  ] as const;
  const bad = [undefined, null, true, -1, 1.5, 1e308, '', 'x', [], {}, '1e5', '9'.repeat(400), '-1', 'NaN'];

  it.each(needed)('of %s are no trade and no quote once one of %j is bad', (stream, fields) => {
    for (const field of fields)
      for (const value of bad) {
        // Whether the buyer stood in the book may be true, and a symbol may be any text.
        if ((field === 'm' && value === true) || (field === 's' && typeof value === 'string' && value !== ''))
          continue;
        const text = JSON.stringify({ stream, data: { ...sample(stream), [field]: value } });
        if (field === 's' && value === '9'.repeat(400)) expect(new MarketMapper().read(text)).toBeUndefined();
        expect([field, value, new MarketMapper().read(text)]).toEqual([field, value, undefined]);
      }
  });
});
