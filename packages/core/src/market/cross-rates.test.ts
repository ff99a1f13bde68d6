import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Instrument } from '../model/instrument.js';
import type { Quote } from '../model/tick.js';
import { es, gbpjpy, instrumentWith, usdjpy } from '../testing/samples.js';
import { eurusd } from '../testing/scripted-venue.js';
import { CrossRates } from './cross-rates.js';

const pair = (symbol: string, over: Partial<Instrument> = {}): Instrument =>
  instrumentWith({ symbol, currency: symbol.slice(3, 6), ...over });

const ratesOf = (instruments: readonly Instrument[], mids: Readonly<Record<string, number>>): CrossRates =>
  new CrossRates(instruments, (symbol): Quote | undefined => {
    const mid = mids[symbol];
    return mid === undefined ? undefined : { time: 0, bid: mid - 0.001, ask: mid + 0.001 };
  });

describe('CrossRates', () => {
  const all = [eurusd, usdjpy, gbpjpy, pair('AUDNZD'), pair('NZDUSD'), es];
  const mids = { EURUSD: 1.1, USDJPY: 150, GBPJPY: 187.5, AUDNZD: 1.08, NZDUSD: 0.6, ES: 4_800 };

  it.each([
    ['USD', 'USD', 1],
    ['XYZ', 'XYZ', 1],
    ['EUR', 'USD', 1.1],
    ['USD', 'EUR', 1 / 1.1],
    ['JPY', 'USD', 1 / 150],
    ['GBP', 'USD', 187.5 / 150],
    ['EUR', 'JPY', 1.1 * 150],
    ['AUD', 'JPY', 1.08 * 0.6 * 150],
  ])('gives for one %s in %s %d', (from, to, rate) => {
    expect(ratesOf(all, mids).rate(from, to)).toBeCloseTo(rate, 10);
  });

  it('knows no rate of a currency that no pair leads to, nor through what is not exchanged', () => {
    const rates = ratesOf(all, mids);
    expect(rates.rate('CHF', 'USD')).toBeUndefined();
    expect(rates.rate('ES', 'USD')).toBeUndefined();
  });

  it('goes over at most two currencies in between', () => {
    const chain = ['AAABBB', 'BBBCCC', 'CCCDDD', 'DDDEEE'].map((symbol) => pair(symbol));
    const rates = ratesOf(chain, { AAABBB: 2, BBBCCC: 3, CCCDDD: 5, DDDEEE: 7 });
    expect(rates.rate('AAA', 'DDD')).toBeCloseTo(30, 10);
    expect(rates.rate('AAA', 'EEE')).toBeUndefined();
  });

  it('knows a rate as soon as every quote on the way is there', () => {
    const live: Record<string, number> = { GBPJPY: 187.5 };
    const rates = ratesOf(all, live);
    expect(rates.rate('GBP', 'USD')).toBeUndefined();
    live.USDJPY = 150;
    expect(rates.rate('GBP', 'USD')).toBeCloseTo(1.25, 10);
    live.USDJPY = 125;
    expect(rates.rate('GBP', 'USD')).toBeCloseTo(1.5, 10);
  });

  it('goes round a pair that the venue lists but nobody quotes', () => {
    const listed = [pair('GBPUSD'), ...all];
    expect(ratesOf(listed, mids).rate('GBP', 'USD')).toBeCloseTo(1.25, 10);
    const twice = [pair('EURUSD.raw', { base: 'EUR' }), eurusd];
    expect(ratesOf(twice, { EURUSD: 1.1 }).rate('EUR', 'USD')).toBeCloseTo(1.1, 10);
  });

  it('takes a quote without a price as none', () => {
    const rates = new CrossRates([eurusd], () => ({ time: 0, bid: 0, ask: 0 }));
    expect(rates.rate('EUR', 'USD')).toBeUndefined();
  });

  it('is free of arbitrage on a consistent market: there and back is one, and a detour costs nothing', () => {
    const currencies = ['AAA', 'BBB', 'CCC', 'DDD'];
    const values = fc.tuple(...currencies.map(() => fc.double({ min: 0.01, max: 100, noNaN: true })));
    const pairs = fc.shuffledSubarray(['AAABBB', 'CCCBBB', 'CCCDDD', 'AAADDD', 'BBBDDD'], { minLength: 1 });
    fc.assert(
      fc.property(values, pairs, (worth, symbols) => {
        const value = (currency: string): number => worth[currencies.indexOf(currency)] as number;
        const rates = new CrossRates(
          symbols.map((symbol) => pair(symbol)),
          (symbol) => {
            const price = value(symbol.slice(0, 3)) / value(symbol.slice(3));
            return { time: 0, bid: price, ask: price };
          },
        );
        for (const from of currencies) {
          for (const to of currencies) {
            const rate = rates.rate(from, to);
            if (rate === undefined) continue;
            expect(rate / (value(from) / value(to))).toBeCloseTo(1, 9);
            expect(rate * (rates.rate(to, from) ?? 0)).toBeCloseTo(1, 9);
          }
        }
      }),
    );
  });
});
