import type { SimulatedContract } from './contract.js';
import { orderTypes } from './order-types.js';
import { simulatedContract } from './simulated-contract.js';
import { usStockRegularHours } from './stock.js';
import { eves, type TradingHours, weeklyHours } from './trading-hours.js';

/** What {@link simulatedCfd} and {@link simulatedIndex} take. */
export interface IndexInput {
  readonly contractId: number;
  readonly symbol: string;
  readonly longName: string;
  /** Price step. */
  readonly tick: number;
  /** Default: `USD`. */
  readonly currency?: string | undefined;
  /** Of an index; CFDs are routed by SMART. Default: `CBOE`. */
  readonly exchange?: string | undefined;
  readonly tradingHours?: TradingHours | undefined;
  /** Of a CFD; default: 0.05. */
  readonly marginRate?: number | undefined;
}

/** Trades around the clock with a break at 17:00 New York. */
const cfdHours: TradingHours = /* @__PURE__ */ weeklyHours('US/Eastern', [
  { from: '18:00', to: '17:00', days: eves },
]);

/** A CFD on an index, such as `IBUS500`: one unit of the index, routed by SMART. */
export const simulatedCfd = (input: IndexInput): SimulatedContract =>
  simulatedContract({
    contractId: input.contractId,
    symbol: input.symbol,
    securityType: 'CFD',
    assetClass: 'cfd-indices',
    exchange: 'SMART',
    currency: input.currency ?? 'USD',
    priceSteps: [{ from: 0, step: input.tick }],
    marketRuleId: 2_000 + (input.contractId % 1_000),
    orderTypes: orderTypes.cfd,
    tradingHours: input.tradingHours ?? cfdHours,
    marginRate: input.marginRate ?? 0.05,
    listing: { longName: input.longName },
  });

/** An index: prices of it are told, orders in it are not taken. */
export const simulatedIndex = (input: IndexInput): SimulatedContract =>
  simulatedContract({
    contractId: input.contractId,
    symbol: input.symbol,
    securityType: 'IND',
    assetClass: 'cfd-indices',
    exchange: input.exchange ?? 'CBOE',
    currency: input.currency ?? 'USD',
    priceSteps: [{ from: 0, step: input.tick }],
    marketRuleId: 2_000 + (input.contractId % 1_000),
    orderTypes: orderTypes.index,
    tradingHours: input.tradingHours ?? usStockRegularHours,
    listing: { longName: input.longName },
  });

/** Every day of the week but for no minute. */
const always: TradingHours = /* @__PURE__ */ weeklyHours('US/Eastern', [
  { from: '00:00', to: '24:00', days: [0, 1, 2, 3, 4, 5, 6] },
]);

/** What {@link simulatedCrypto} takes. */
export interface CryptoInput {
  readonly contractId: number;
  /** Such as `BTC`. */
  readonly symbol: string;
  readonly longName: string;
  /** Price step. */
  readonly tick: number;
  /** Smallest quantity in units of the coin. */
  readonly minSize: number;
  readonly sizeIncrement: number;
  /** Default: `PAXOS`. */
  readonly exchange?: string | undefined;
}

/** A coin against dollars. */
export const simulatedCrypto = (input: CryptoInput): SimulatedContract =>
  simulatedContract({
    contractId: input.contractId,
    symbol: input.symbol,
    securityType: 'CRYPTO',
    assetClass: 'crypto',
    exchange: input.exchange ?? 'PAXOS',
    currency: 'USD',
    localSymbol: `${input.symbol}.USD`,
    tradingClass: input.symbol,
    priceSteps: [{ from: 0, step: input.tick }],
    marketRuleId: 2_000 + (input.contractId % 1_000),
    orderTypes: orderTypes.crypto,
    tradingHours: always,
    minSize: input.minSize,
    sizeIncrement: input.sizeIncrement,
    marginRate: 1,
    listing: { longName: input.longName },
  });
