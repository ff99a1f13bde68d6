import type { Instrument } from '@mikrobot/core';
import type { Contract } from '@stoqey/ib';
import type { ContractFacts } from './contract-facts.js';
import type { ContractSpec } from './contract-spec.js';
import type { PriceStep } from './price-steps.js';
import type { TradingCalendar } from './trading-calendar.js';

/** A symbol of the user, and the contract of TWS that it stands for. */
export interface ResolvedContract {
  readonly symbol: string;
  readonly spec: ContractSpec;
  readonly facts: ContractFacts;
  /** What orders and subscriptions name. */
  readonly contract: Contract;
  /** What past bars are asked of: another than {@link contract} only for a future with continuous history. */
  readonly historyContract: Contract;
  readonly rule: readonly PriceStep[] | undefined;
  readonly instrument: Instrument;
  /** False for an index and a continuous future, of which there is data only. */
  readonly tradable: boolean;
  /** When it trades: in regular hours, or in all of them where the user says so. Days that follow are learned as time goes on. */
  readonly hours: TradingCalendar;
  /** What people should know, as sentences without a full stop. */
  readonly notes: readonly string[];
}
