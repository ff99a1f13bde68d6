// Adapter

export { type InteractiveBrokersAdapter, interactiveBrokers } from './adapter.js';
export type { ConnectionOptions, InteractiveBrokersOptions } from './options.js';

// Contracts

export {
  type BarSource,
  type CfdSpec,
  type CommonSpec,
  type ContinuousSpec,
  type ContractSpec,
  type CryptoSpec,
  cfd,
  continuous,
  crypto,
  type ForexSpec,
  type FutureOptions,
  type FutureSpec,
  forex,
  future,
  type IndexSpec,
  index,
  type MonthCode,
  type OptionOptions,
  type OptionSpec,
  option,
  type StockSpec,
  stock,
} from './contracts/contract-spec.js';

// What TWS says

export type { ProfitAndLoss } from './account/account-stream.js';
export { LineEndedError, TwsError } from './errors.js';
export type { HistoryProgress } from './history/history.js';
export type { BarUpdate } from './market/bar-join.js';
export type { MarketDrop, MarketDrops } from './market/drops.js';
export type { MarketDataAge } from './market/tick-types.js';
export type { WhatIf } from './orders/what-if.js';
