import type { AssetClass } from '@mikrobot/core';

/** Letters of the months in which futures end: F is January, Z December. */
export type MonthCode = 'F' | 'G' | 'H' | 'J' | 'K' | 'M' | 'N' | 'Q' | 'U' | 'V' | 'X' | 'Z';

/** What past bars are made of. `quotes`: bid and ask, by two requests; `trades` and `midpoint`: both sides of a bar are the same. */
export type BarSource = 'trades' | 'quotes' | 'midpoint';

/** What every contract can say beside its own fields. */
export interface CommonSpec {
  /** Where orders are routed, such as `SMART` or `CME`. */
  readonly exchange: string;
  readonly currency: string;
  /** The id of TWS, where nothing else tells contracts apart. */
  readonly contractId?: number | undefined;
  /** Such as `SPXW` where `SPX` would fit as well. */
  readonly tradingClass?: string | undefined;
  /** Whether hours outside the regular ones count: for sessions, past bars and orders. */
  readonly outsideRegularHours: boolean;
  /** Each change of the best bid and ask instead of several a second. TWS allows only a few such streams. Default false. */
  readonly tickByTick?: boolean | undefined;
  readonly bars: BarSource;
}

/** See {@link stock}. */
export interface StockSpec extends CommonSpec {
  readonly kind: 'stock';
  readonly symbol: string;
  /** Where it is listed, such as `NASDAQ`: tells listings of one symbol apart. */
  readonly primaryExchange?: string | undefined;
}

/** See {@link future}. */
export interface FutureSpec extends CommonSpec {
  readonly kind: 'future';
  /** The symbol of TWS for all its expiries: `NQ`, but `EUR` for what the exchange calls 6E. */
  readonly root: string;
  readonly roll: 'front' | { readonly expiry: string };
  readonly rollDaysBefore: number;
  readonly months?: readonly MonthCode[] | undefined;
  readonly multiplier?: number | undefined;
  readonly history: 'contract' | 'continuous';
}

/** See {@link continuous}. */
export interface ContinuousSpec extends CommonSpec {
  readonly kind: 'continuous';
  readonly root: string;
  readonly multiplier?: number | undefined;
}

/** See {@link forex}. */
export interface ForexSpec extends CommonSpec {
  readonly kind: 'forex';
  /** The currency that is bought. */
  readonly base: string;
}

/** See {@link cfd}. */
export interface CfdSpec extends CommonSpec {
  readonly kind: 'cfd';
  readonly symbol: string;
  /** Found from the underlying where it is left out. */
  readonly assetClass?: AssetClass | undefined;
}

/** See {@link index}. */
export interface IndexSpec extends CommonSpec {
  readonly kind: 'index';
  readonly symbol: string;
}

/** See {@link option}. */
export interface OptionSpec extends CommonSpec {
  readonly kind: 'option';
  readonly underlying: string;
  /** `YYYYMMDD`. */
  readonly expiry: string;
  readonly strike: number;
  readonly right: 'C' | 'P';
  readonly multiplier?: number | undefined;
}

/** See {@link crypto}. */
export interface CryptoSpec extends CommonSpec {
  readonly kind: 'crypto';
  readonly symbol: string;
}

/** Which contract a symbol of MikroBot stands for. Made by {@link stock}, {@link future} and their like; checked when the adapter starts. */
export type ContractSpec =
  | StockSpec
  | FutureSpec
  | ContinuousSpec
  | ForexSpec
  | CfdSpec
  | IndexSpec
  | OptionSpec
  | CryptoSpec;

/** Fields that every maker takes, and what it sets where they are left out. */
type Common = Partial<CommonSpec>;
/** As {@link Common} where no exchange can be assumed. */
type AtExchange = Common & { readonly exchange: string };

/**
 * A share or an ETF. Regular hours only, unless `outsideRegularHours` is true.
 * @example
 * ```ts
 * const contracts = { AAPL: stock('AAPL'), SAP: stock('SAP', { exchange: 'IBIS', currency: 'EUR' }) };
 * ```
 */
export const stock = (
  symbol: string,
  options: Common & Pick<StockSpec, 'primaryExchange'> = {},
): StockSpec => ({
  exchange: 'SMART',
  currency: 'USD',
  outsideRegularHours: false,
  bars: 'trades',
  ...options,
  kind: 'stock',
  symbol,
});

/** What {@link future} takes beside the root. */
export type FutureOptions = AtExchange & Partial<Omit<FutureSpec, 'kind' | 'root' | keyof CommonSpec>>;

/**
 * A future. With `roll: 'front'` (the default) the nearest expiry that is more than `rollDaysBefore` days away (default 8), of the
 * `months` where those are named: currencies and metals list months in which hardly anybody trades. An expiry in which the account
 * holds a position or has an order goes before it: the trader rolls, not the adapter. Days count to the last trading day: where goods are
 * delivered, notices come weeks before, and IB closes positions then, so that `rollDaysBefore` has to be larger. With `roll: { expiry: '202512' }` that one.
 * `history: 'continuous'` reads past bars from the series that TWS joins of all expiries (see {@link continuous}); the last of them and
 * the ticks that follow meet only where its newest contract is the one that is traded, and the contract's notes say when it is not.
 * @example
 * ```ts
 * const contracts = {
 *   NQ: future('NQ', { exchange: 'CME' }),
 *   EURO: future('EUR', { exchange: 'CME', tradingClass: '6E', months: ['H', 'M', 'U', 'Z'] }),
 * };
 * ```
 */
export const future = (root: string, options: FutureOptions): FutureSpec => ({
  currency: 'USD',
  outsideRegularHours: true,
  bars: 'trades',
  roll: 'front',
  rollDaysBefore: 8,
  history: 'contract',
  ...options,
  kind: 'future',
  root,
});

/**
 * All expiries of a future, joined by TWS: past bars only, neither ticks nor orders. Whether prices before a roll are adjusted is as TWS
 * does it. TWS takes no end for it, so that one request must reach from now back to the first bar wanted: fine bars go back days only.
 */
export const continuous = (
  root: string,
  options: AtExchange & Pick<Partial<ContinuousSpec>, 'multiplier'>,
): ContinuousSpec => ({
  currency: 'USD',
  outsideRegularHours: true,
  bars: 'trades',
  ...options,
  kind: 'continuous',
  root,
});

/**
 * A pair of currencies at IDEALPRO. One lot is one unit of the first: 25,000 lots are 25,000 euros.
 * @param pair - `EURUSD` or `EUR.USD`
 */
export const forex = (pair: string, options: Omit<Common, 'currency'> = {}): ForexSpec => {
  const letters = pair.replace('.', '');
  return {
    exchange: 'IDEALPRO',
    outsideRegularHours: true,
    bars: 'quotes',
    ...options,
    kind: 'forex',
    base: letters.slice(0, 3),
    currency: letters.slice(3),
  };
};

/** A contract for difference, such as `cfd('IBUS500')` or `cfd('AAPL')`. */
export const cfd = (symbol: string, options: Common & Pick<CfdSpec, 'assetClass'> = {}): CfdSpec => ({
  exchange: 'SMART',
  currency: 'USD',
  outsideRegularHours: true,
  bars: 'quotes',
  ...options,
  kind: 'cfd',
  symbol,
});

/** An index: data only, it cannot be traded. Such as `index('SPX', { exchange: 'CBOE' })`. */
export const index = (symbol: string, options: AtExchange): IndexSpec => ({
  currency: 'USD',
  outsideRegularHours: false,
  bars: 'trades',
  ...options,
  kind: 'index',
  symbol,
});

/** What {@link option} takes. */
export type OptionOptions = Common & Omit<OptionSpec, 'kind' | keyof CommonSpec>;

/** An option of a share or an index. */
export const option = (options: OptionOptions): OptionSpec => ({
  exchange: 'SMART',
  currency: 'USD',
  outsideRegularHours: false,
  bars: 'trades',
  ...options,
  kind: 'option',
});

/** A coin, such as `crypto('BTC')`. */
export const crypto = (symbol: string, options: Common = {}): CryptoSpec => ({
  exchange: 'PAXOS',
  currency: 'USD',
  outsideRegularHours: true,
  bars: 'trades',
  ...options,
  kind: 'crypto',
  symbol,
});
