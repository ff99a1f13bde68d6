import { type AssetClass, defineInstrument, MikroBotError } from '@mikrobot/core';
import type { Listing, SecurityType, SimulatedContract } from './contract.js';
import type { TradingHours } from './trading-hours.js';

/** What every simulated contract takes. */
export interface ContractInput {
  readonly contractId: number;
  readonly symbol: string;
  readonly securityType: Exclude<SecurityType, 'CONTFUT'>;
  readonly assetClass: AssetClass;
  readonly exchange: string;
  readonly currency: string;
  readonly primaryExchange?: string | undefined;
  /** `YYYYMMDD`. */
  readonly expiry?: string | undefined;
  readonly strike?: number | undefined;
  readonly right?: 'C' | 'P' | undefined;
  /** Default: 1. */
  readonly multiplier?: number | undefined;
  /** Default: the symbol. */
  readonly localSymbol?: string | undefined;
  readonly tradingClass?: string | undefined;
  /** Price steps from a price on; the first begins at 0. */
  readonly priceSteps: readonly { readonly from: number; readonly step: number }[];
  readonly marketRuleId: number;
  /** Beside its own. */
  readonly otherExchanges?: readonly string[] | undefined;
  readonly orderTypes: string;
  readonly tradingHours: TradingHours;
  /** Default: the trading hours. */
  readonly liquidHours?: TradingHours | undefined;
  /** Lots; default: 1. */
  readonly minSize?: number | undefined;
  readonly sizeIncrement?: number | undefined;
  /** Fraction of the notional value; default: 0. */
  readonly marginRate?: number | undefined;
  readonly listing: Partial<Listing> & { readonly longName: string };
}

/** More lots than these TWS takes in no order. */
const MOST_LOTS = 1_000_000_000;

/**
 * A contract of the simulator.
 * @throws `MikroBotError` `BAD_CONFIG` naming what makes no sense
 */
export const simulatedContract = (input: ContractInput): SimulatedContract => {
  const { contractId, symbol, priceSteps, multiplier = 1, minSize = 1, marginRate = 0 } = input;
  const where = `simulated contract ${symbol}`;
  if (!Number.isInteger(contractId) || contractId <= 0)
    throw new MikroBotError('BAD_CONFIG', 'Its id is not a whole number above 0.', { where });
  const [first, ...bands] = priceSteps;
  if (first === undefined || first.from !== 0)
    throw new MikroBotError('BAD_CONFIG', 'Its first price step does not begin at 0.', { where });
  const sizeIncrement = input.sizeIncrement ?? minSize;
  const localSymbol = input.localSymbol ?? symbol;
  const tradingClass = input.tradingClass ?? symbol;
  return Object.freeze({
    contractId,
    symbol,
    securityType: input.securityType,
    expiry: input.expiry ?? '',
    strike: input.strike ?? 0,
    right: input.right ?? '',
    multiplier: multiplier === 1 ? '' : String(multiplier),
    exchange: input.exchange,
    primaryExchange: input.primaryExchange ?? '',
    currency: input.currency,
    localSymbol,
    tradingClass,
    listing: Object.freeze({
      marketName: tradingClass,
      contractMonth: '',
      lastTradeTime: '',
      industry: '',
      category: '',
      subcategory: '',
      stockType: '',
      securityIds: [],
      aggregateGroup: 2_147_483_647,
      underlyingId: 0,
      underlyingSymbol: '',
      underlyingType: '',
      suggestedSizeIncrement: sizeIncrement,
      ...input.listing,
    }),
    minTick: Math.min(...priceSteps.map(({ step }) => step)),
    priceSteps,
    marketRuleId: input.marketRuleId,
    validExchanges: [input.exchange, ...(input.otherExchanges ?? [])].join(','),
    orderTypes: input.orderTypes,
    tradingHours: input.tradingHours,
    liquidHours: input.liquidHours ?? input.tradingHours,
    minSize,
    sizeIncrement,
    marginRate,
    instrument: defineInstrument({
      symbol: String(contractId),
      assetClass: input.assetClass,
      currency: input.currency,
      contractSize: multiplier,
      tickSize: first.step,
      priceBands: bands.map(({ from, step }) => ({ from, tickSize: step })),
      pipSize: first.step,
      quantityStep: sizeIncrement,
      minQuantity: minSize,
      maxQuantity: MOST_LOTS,
      marginRate,
    }),
  });
};
