import type { SimulatedContract } from './contract.js';
import { orderTypes } from './order-types.js';
import { simulatedContract } from './simulated-contract.js';
import { type TradingHours, weeklyHours, workdays } from './trading-hours.js';

/** Trading of US shares from 04:00 to 20:00 New York, as contract details of AAPL tell it. */
const usStockHours: TradingHours = /* @__PURE__ */ weeklyHours('US/Eastern', [
  { from: '04:00', to: '20:00', days: workdays },
]);
/** Regular hours of US shares. */
export const usStockRegularHours: TradingHours = /* @__PURE__ */ weeklyHours('US/Eastern', [
  { from: '09:30', to: '16:00', days: workdays },
]);

/** What {@link simulatedStock} takes. */
export interface StockInput {
  readonly contractId: number;
  readonly symbol: string;
  readonly longName: string;
  /** Exchange of its listing, such as `NASDAQ`. */
  readonly primaryExchange: string;
  /** Default: `USD`. */
  readonly currency?: string | undefined;
  /** `NMS` for shares of Nasdaq; default: the symbol. */
  readonly tradingClass?: string | undefined;
  /** Default: `COMMON`. */
  readonly stockType?: string | undefined;
  readonly isin?: string | undefined;
  readonly industry?: string | undefined;
  readonly category?: string | undefined;
  readonly subcategory?: string | undefined;
  /** Beside SMART and its own; default: those of the US that matter most. */
  readonly otherExchanges?: readonly string[] | undefined;
  /** Default: a cent at each price (market rule 26). */
  readonly priceSteps?: SimulatedContract['priceSteps'] | undefined;
  readonly marketRuleId?: number | undefined;
  readonly tradingHours?: TradingHours | undefined;
  readonly liquidHours?: TradingHours | undefined;
  /** Default: 0.5 (Regulation T). */
  readonly marginRate?: number | undefined;
}

/** A share, routed by SMART. Layout and figures follow AAPL's details (minSize 1, increment 1, suggested 100, market rule 26). */
export const simulatedStock = (input: StockInput): SimulatedContract => {
  const { symbol, primaryExchange } = input;
  return simulatedContract({
    contractId: input.contractId,
    symbol,
    securityType: 'STK',
    assetClass: 'stock',
    exchange: 'SMART',
    primaryExchange,
    currency: input.currency ?? 'USD',
    tradingClass: input.tradingClass,
    priceSteps: input.priceSteps ?? [{ from: 0, step: 0.01 }],
    marketRuleId: input.marketRuleId ?? 26,
    otherExchanges: [
      primaryExchange,
      ...(input.otherExchanges ?? ['AMEX', 'NYSE', 'CBOE', 'ARCA', 'ISLAND', 'BATS', 'IEX']).filter(
        (exchange) => exchange !== primaryExchange,
      ),
    ],
    orderTypes: orderTypes.stock,
    tradingHours: input.tradingHours ?? usStockHours,
    liquidHours: input.liquidHours ?? usStockRegularHours,
    marginRate: input.marginRate ?? 0.5,
    listing: {
      longName: input.longName,
      industry: input.industry ?? '',
      category: input.category ?? '',
      subcategory: input.subcategory ?? '',
      stockType: input.stockType ?? 'COMMON',
      securityIds: input.isin === undefined ? [] : [{ tag: 'ISIN', value: input.isin }],
      aggregateGroup: 1,
      suggestedSizeIncrement: 100,
    },
  });
};
