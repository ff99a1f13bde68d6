import {
  type OrderDraft,
  type PolicyAnswer,
  type RiskPolicy,
  roundQuantity,
  type Signal,
} from '@mikrobot/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CfdClass, cfdClasses } from '../contracts/asset-class-defaults.js';
import { givenRates } from '../contracts/given-rates.js';
import { type BrokerContract, instrumentFor } from '../contracts/instrument-for.js';
import { bookWith, draftOf, signalWith } from '../test-support/market.js';
import { atrSizing } from './atr-sizing.js';
import { confidenceScaling } from './confidence-scaling.js';
import { drawdownThrottle } from './drawdown-throttle.js';
import { fixedFractional } from './fixed-fractional.js';
import { fixedLots } from './fixed-lots.js';
import { kelly } from './kelly.js';
import { volatilityTarget } from './volatility-target.js';

const rates = givenRates({ EURUSD: 1.08, USDJPY: 150, GBPUSD: 1.27, USDCHF: 0.88, AUDUSD: 0.66 });

/** A contract of each class, quoted in currencies that need every kind of conversion. */
const contracts: Readonly<
  Record<CfdClass, readonly [symbol: string, price: number, broker?: BrokerContract]>
> = {
  forex: ['EURJPY', 162],
  'cfd-indices': ['JP225', 39_000],
  'cfd-crypto': ['BTCUSD', 60_000],
  'cfd-metals': [
    'XAUEUR',
    2_100,
    { assetClass: 'cfd-metals', currency: 'EUR', contractSize: 100, tickSize: 0.01 },
  ],
  'cfd-energies': [
    'UKOIL',
    80,
    { assetClass: 'cfd-energies', currency: 'GBP', contractSize: 1_000, tickSize: 0.01 },
  ],
  'cfd-shares': ['NESN', 95, { assetClass: 'cfd-shares', currency: 'CHF', contractSize: 1, tickSize: 0.01 }],
  'cfd-bonds': [
    'BUND',
    132,
    { assetClass: 'cfd-bonds', currency: 'EUR', contractSize: 1_000, tickSize: 0.01 },
  ],
  'cfd-etfs': ['VAS', 98, { assetClass: 'cfd-etfs', currency: 'AUD', contractSize: 1, tickSize: 0.01 }],
  'cfd-agricultural': [
    'CORN',
    440,
    { assetClass: 'cfd-agricultural', currency: 'USD', contractSize: 50, tickSize: 0.25 },
  ],
};

const grid = { quantityStep: 0.01, minQuantity: 0.01, maxQuantity: 1_000 };
const instruments = cfdClasses.map((name) => {
  const [symbol, , broker] = contracts[name];
  return instrumentFor(symbol, broker === undefined ? {} : { ...grid, ...broker });
});

interface Case {
  readonly name: CfdClass;
  readonly currency: string;
  readonly balance: number;
  /** Fraction of the price. */
  readonly distance: number;
  readonly side: 'buy' | 'sell';
  readonly risk: number;
  readonly commission: number;
  readonly confidence: number;
}

const cases: fc.Arbitrary<Case> = fc.record({
  name: fc.constantFrom(...cfdClasses),
  currency: fc.constantFrom('USD', 'EUR', 'GBP', 'JPY', 'CHF'),
  balance: fc.double({ min: 100, max: 1e7, noNaN: true }),
  distance: fc.double({ min: 1e-5, max: 0.2, noNaN: true }),
  side: fc.constantFrom('buy', 'sell'),
  risk: fc.double({ min: 1e-4, max: 1, noNaN: true }),
  commission: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 50, noNaN: true })),
  confidence: fc.double({ min: 0, max: 1, noNaN: true }),
});

const marketOf = ({ name, currency, balance, distance, side, confidence }: Case) => {
  const [symbol, price] = contracts[name];
  const instrument = instruments.find((i) => i.symbol === symbol)!;
  const away = side === 'buy' ? -distance : distance;
  const signal = signalWith({
    symbol,
    side,
    stop: price * (1 + away),
    target: price * (1 - 2 * away),
    confidence,
    quote: { time: 0, bid: price, ask: price },
    rate: rates(instrument.currency, currency),
    account: { currency, balance, equity: balance },
    tags: { atr: price * distance },
  });
  return {
    instrument,
    signal,
    price,
    order: draftOf(signal),
    book: bookWith({ instruments, account: signal.account }),
  };
};

/** Account currency lost when a size is stopped out, counted without the code under test. */
const lossAtStop = (lots: number, given: Case): number => {
  const { instrument, signal, price } = marketOf(given);
  const move = Math.abs(price - (signal.stop as number));
  const perUnit = rates(instrument.currency, given.currency) as number;
  return lots * (instrument.contractSize * move * perUnit + given.commission);
};

const policies = (given: Case): readonly (readonly [RiskPolicy, limit: number])[] => {
  const { risk, commission } = given;
  const sized = fixedFractional({ risk, commission });
  const ports = { sizing: sized };
  return [
    [sized, risk],
    [fixedFractional({ risk, commission, basis: 'equity' }), risk],
    [atrSizing({ risk, commission, least: 0, most: 1e9 }), risk],
    [kelly({ most: risk, fraction: 1, commission }), risk],
    [confidenceScaling({}, ports), risk],
    [drawdownThrottle({}, ports), risk],
  ];
};

const ask = (
  policy: RiskPolicy,
  order: OrderDraft,
  signal: Signal,
  book: ReturnType<typeof bookWith>,
): PolicyAnswer => policy.judge(order, signal, book, policy.memory?.initial);

describe('sizes of all nine asset classes, in accounts of five currencies', () => {
  it('never lose more at their stop than the limit, after rounding to the lot step', () => {
    const sized = new Set<string>();
    fc.assert(
      fc.property(cases, (given) => {
        const { instrument, order, signal, book } = marketOf(given);
        for (const [policy, limit] of policies(given)) {
          const answer = ask(policy, order, signal, book);
          if (answer === undefined || !('cap' in answer)) {
            expect(answer).toMatchObject({ code: 'NO_EDGE' });
            continue;
          }
          const lots = roundQuantity(instrument, Math.min(answer.cap, instrument.maxQuantity));
          if (lots > 0) sized.add(`${policy.name} ${given.name}`);
          // The grid takes a millionth of a step for binary dust.
          const dust = lossAtStop(instrument.quantityStep * 1e-6, given);
          expect(lossAtStop(lots, given)).toBeLessThanOrEqual(given.balance * limit * (1 + 1e-9) + dust);
        }
      }),
      { numRuns: 2_000 },
    );
    // Every policy really sized every class.
    expect(sized.size).toBe(5 * cfdClasses.length);
  });

  it('use up the limit but for one lot step', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const { instrument, order, signal, book } = marketOf(given);
        const { risk, commission } = given;
        const answer = ask(fixedFractional({ risk, commission }), order, signal, book) as { cap: number };
        const lots = roundQuantity(instrument, answer.cap) + instrument.quantityStep;
        expect(lossAtStop(lots, given)).toBeGreaterThan(given.balance * risk * (1 - 1e-9));
      }),
      { numRuns: 500 },
    );
  });

  it('are never NaN, negative or without end, whatever arrives', () => {
    const wild = fc.oneof(
      fc.constantFrom(
        0,
        -0,
        -1,
        Number.NaN,
        Number.POSITIVE_INFINITY,
        Number.NEGATIVE_INFINITY,
        5e-324,
        1e308,
      ),
      fc.double(),
    );
    const maybe = fc.option(wild, { nil: undefined });
    const broken = fc.record({
      balance: wild,
      price: wild,
      stop: maybe,
      target: maybe,
      rate: maybe,
      atr: wild,
      confidence: maybe,
    });
    fc.assert(
      fc.property(cases, broken, (given, bad) => {
        const { balance, price, stop, target, rate, atr, confidence } = bad;
        const { order, signal } = marketOf(given);
        const account = { currency: 'USD', balance, equity: balance };
        const spoilt = { ...signal, stop, target, rate, confidence, account, tags: { atr, volatility: atr } };
        const book = bookWith({ instruments, account });
        const all = [
          ...policies(given).map(([policy]) => policy),
          volatilityTarget(),
          fixedLots({ lots: 1 }),
        ];
        for (const policy of all) {
          const answer = ask(policy, { ...order, price, stop, target }, spoilt, book);
          if (answer !== undefined && 'cap' in answer) {
            expect(answer.cap).toBeGreaterThanOrEqual(0);
            expect(answer.cap).toBeLessThan(Number.POSITIVE_INFINITY);
          } else expect(answer?.code).toMatch(/^[A-Z_]+$/);
          // What JSON cannot carry becomes null.
          expect(JSON.stringify(answer)).not.toContain('null');
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
