import type { Instrument } from '@mikrobot/core';
import type { TradingHours } from './trading-hours.js';

/** Kinds of contracts as TWS names them. `CONTFUT` is the continuous future: history only. */
export type SecurityType = 'STK' | 'FUT' | 'CONTFUT' | 'CASH' | 'CFD' | 'IND' | 'OPT' | 'CRYPTO';

/** A contract as it is named on the wire; which fields are filled in depends on who asks. */
export interface WireContract {
  readonly contractId: number;
  readonly symbol: string;
  readonly securityType: SecurityType;
  /** `YYYYMMDD`, in requests also `YYYYMM`; empty where it has none. */
  readonly expiry: string;
  readonly strike: number;
  /** `C`, `P` or empty. */
  readonly right: string;
  /** As text, as TWS sends it; empty for 1. */
  readonly multiplier: string;
  readonly exchange: string;
  readonly primaryExchange: string;
  readonly currency: string;
  /** Symbol at its exchange, such as `ESZ3` or `EUR.USD`. */
  readonly localSymbol: string;
  readonly tradingClass: string;
}

/** What contract details tell beside the contract's own name. */
export interface Listing {
  readonly longName: string;
  readonly marketName: string;
  /** `YYYYMM` of a future or an option; empty for others. */
  readonly contractMonth: string;
  /** Local time of the last trade, as `08:30:00`; empty where TWS does not say. */
  readonly lastTradeTime: string;
  readonly industry: string;
  readonly category: string;
  readonly subcategory: string;
  /** Such as `COMMON` or `ETF`; empty for others than stocks. */
  readonly stockType: string;
  readonly securityIds: readonly { readonly tag: string; readonly value: string }[];
  /** Group for market depth: 2147483647 where a contract is not routed. */
  readonly aggregateGroup: number;
  readonly underlyingId: number;
  readonly underlyingSymbol: string;
  readonly underlyingType: string;
  readonly suggestedSizeIncrement: number;
}

/** A contract of the simulator: what TWS tells of it, and the instrument that its orders are matched on. */
export interface SimulatedContract extends WireContract {
  readonly listing: Listing;
  readonly minTick: number;
  /** Price steps from a price on, as of a market rule; the first begins at 0. */
  readonly priceSteps: readonly { readonly from: number; readonly step: number }[];
  readonly marketRuleId: number;
  /** Its own exchange first. */
  readonly validExchanges: string;
  /** Order types that it takes, as TWS lists them. */
  readonly orderTypes: string;
  readonly tradingHours: TradingHours;
  /** Regular hours. */
  readonly liquidHours: TradingHours;
  readonly minSize: number;
  readonly sizeIncrement: number;
  /** Fraction of the notional value that an order takes as initial margin. */
  readonly marginRate: number;
  /** Named by the contract id, so that the engine's symbols are unique. */
  readonly instrument: Instrument;
}
