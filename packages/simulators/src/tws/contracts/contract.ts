import type { Instrument } from '@mikrobot/core';

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

/** A contract of the simulator: what TWS tells of it, and the instrument that its orders are matched on. */
export interface SimulatedContract extends WireContract {
  readonly longName: string;
  readonly minTick: number;
  /** Price steps from a price on, as of a market rule; the first begins at 0. */
  readonly priceSteps: readonly { readonly from: number; readonly step: number }[];
  readonly marketRuleId: number;
  readonly validExchanges: string;
  /** Order types that it takes, as TWS lists them. */
  readonly orderTypes: string;
  /** IANA or TWS name of the zone of its hours, such as `US/Central`. */
  readonly timeZone: string;
  /** As TWS sends them: `20131007:1700-20131008:1515;20131012:CLOSED`. */
  readonly tradingHours: string;
  readonly liquidHours: string;
  readonly minSize: number;
  readonly sizeIncrement: number;
  /** Fraction of the notional value that an order takes as initial margin. */
  readonly marginRate: number;
  /** Named by the contract id, so that the engine's symbols are unique. */
  readonly instrument: Instrument;
}
