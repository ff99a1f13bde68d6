import { expect, it } from 'vitest';
import { fuzzMarket } from '../testing/fuzz-market.js';
import { sampleMessages } from '../testing/market-messages.js';

it('a million mutated messages never throw, and never become an event that no market can tell', {
  timeout: 300_000,
}, () => {
  const report = fuzzMarket(1_000_000, sampleMessages(), 20_240_808);
  const { wrong, ...figures } = report;
  console.info(JSON.stringify(figures, undefined, 2));
  expect(wrong).toEqual([]);
  expect(report.events + Object.values(report.malformed).reduce((a, b) => a + b)).toBe(1_000_000);
  expect(report.byMutation.none.dropped).toBe(0);
  expect(report.byMutation.truncate.told).toBe(0);
});
