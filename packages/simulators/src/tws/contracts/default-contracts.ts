import type { SimulatedContract } from './contract.js';
import { quarters, thirdFridays } from './expiries.js';
import { simulatedForex } from './forex.js';
import { simulatedFuture } from './future.js';
import { simulatedOptions } from './option.js';
import { simulatedCfd, simulatedCrypto, simulatedIndex } from './other-kinds.js';
import { simulatedStock } from './stock.js';

/** Months of delivery that are listed of each future. */
const MONTHS = 5;

/** Ids of TWS that do not change: those of the index (or currency) under a future. */
const underlying = { ES: 11_004_968, NQ: 11_004_958, EUR: 12_087_792 } as const;

/** ES of one month (`YYYYMM`): 50 dollars a point, market rule 67. */
export const esFuture = (month: string): SimulatedContract =>
  simulatedFuture({
    symbol: 'ES',
    month,
    longName: 'E-mini S&P 500',
    multiplier: 50,
    tick: 0.25,
    marketRuleId: 67,
    underlyingId: underlying.ES,
  });

/** NQ of one month (`YYYYMM`): 20 dollars a point. */
export const nqFuture = (month: string): SimulatedContract =>
  simulatedFuture({
    symbol: 'NQ',
    month,
    longName: 'E-mini NASDAQ 100',
    multiplier: 20,
    tick: 0.25,
    marketRuleId: 67,
    underlyingId: underlying.NQ,
  });

/** 6E of one month (`YYYYMM`): 125,000 euros; TWS names its underlying `EUR`. */
export const euroFuture = (month: string): SimulatedContract =>
  simulatedFuture({
    symbol: 'EUR',
    tradingClass: '6E',
    month,
    longName: 'European Monetary Union Euro',
    multiplier: 125_000,
    tick: 0.000_05,
    marketRuleId: 239,
    underlyingId: underlying.EUR,
    lastTradingDay: 'before-third-wednesday',
    lastTradeTime: '09:16:00',
    marginRate: 0.03,
  });

/** What is listed unless something else is asked for: contracts of each kind. `now` (epoch ms) decides which months are. */
export const defaultContracts = (now: number): readonly SimulatedContract[] => {
  const aapl = simulatedStock({
    contractId: 265_598,
    symbol: 'AAPL',
    longName: 'APPLE INC',
    primaryExchange: 'NASDAQ',
    tradingClass: 'NMS',
    isin: 'US0378331005',
    industry: 'Technology',
    category: 'Computers',
    subcategory: 'Computers',
  });
  const indexMonths = quarters(now, MONTHS, 'third-friday').map(({ month }) => month);
  const currencyMonths = quarters(now, MONTHS, 'before-third-wednesday').map(({ month }) => month);
  return [
    aapl,
    simulatedStock({
      contractId: 756_733,
      symbol: 'SPY',
      longName: 'SPDR S&P 500 ETF TRUST',
      primaryExchange: 'ARCA',
      stockType: 'ETF',
      isin: 'US78462F1030',
    }),
    ...indexMonths.map(esFuture),
    ...indexMonths.map(nqFuture),
    ...currencyMonths.map(euroFuture),
    simulatedForex({ contractId: 12_087_792, pair: 'EURUSD', longName: 'European Monetary Union Euro' }),
    simulatedForex({ contractId: 12_087_797, pair: 'GBPUSD', longName: 'British pound' }),
    simulatedCfd({ contractId: 111_767_871, symbol: 'IBUS500', longName: 'US 500', tick: 0.01 }),
    simulatedIndex({ contractId: 416_904, symbol: 'SPX', longName: 'S&P 500 Stock Index', tick: 0.01 }),
    ...simulatedOptions({ underlying: aapl, expiries: thirdFridays(now, 2), strikes: [180, 190, 200, 210] }),
    simulatedCrypto({
      contractId: 479_624_278,
      symbol: 'BTC',
      longName: 'Bitcoin cryptocurrency',
      tick: 0.25,
      minSize: 0.000_1,
      sizeIncrement: 0.000_000_01,
    }),
  ];
};
