import type { AssetClass } from '@mikrobot/core';
import type { SimulatedContract } from './contract.js';
import { deliveryMonth, type LastTradingDay } from './expiries.js';
import { orderTypes } from './order-types.js';
import { simulatedContract } from './simulated-contract.js';
import { eves, type TradingHours, weeklyHours, workdays } from './trading-hours.js';

/** CME Globex: from 17:00 to 16:00 Chicago, as contract details of ES tell it. */
const globexHours: TradingHours = /* @__PURE__ */ weeklyHours('US/Central', [
  { from: '17:00', to: '16:00', days: eves },
]);
/** What TWS counts as regular hours of CME's index futures. */
const globexRegularHours: TradingHours = /* @__PURE__ */ weeklyHours('US/Central', [
  { from: '08:30', to: '16:00', days: workdays },
]);

/** What {@link simulatedFuture} takes. */
export interface FutureInput {
  /** Default: made up from the underlying's id and the month. */
  readonly contractId?: number | undefined;
  /** TWS's name of the underlying: `ES`, and `EUR` for 6E. */
  readonly symbol: string;
  /** `6E` for the symbol `EUR`; default: the symbol. */
  readonly tradingClass?: string | undefined;
  /** Month of delivery, `YYYYMM`. */
  readonly month: string;
  readonly longName: string;
  readonly multiplier: number;
  /** Price step. */
  readonly tick: number;
  readonly marketRuleId: number;
  readonly underlyingId: number;
  /** Default: `CME`. */
  readonly exchange?: string | undefined;
  /** Default: `USD`. */
  readonly currency?: string | undefined;
  /** Default: `third-friday`. */
  readonly lastTradingDay?: LastTradingDay | undefined;
  /** `YYYYMMDD`, where the rule does not give it. */
  readonly expiry?: string | undefined;
  /** Local time of the last trade; default: `08:30:00`. */
  readonly lastTradeTime?: string | undefined;
  readonly tradingHours?: TradingHours | undefined;
  readonly liquidHours?: TradingHours | undefined;
  /** Default: 0.06. */
  readonly marginRate?: number | undefined;
  /** Default: `future`. */
  readonly assetClass?: AssetClass | undefined;
}

/**
 * A future of one month of delivery. Figures follow ES's details: aggregate group 2147483647, underlying of kind IND, sizes 1,
 * valid exchanges its own and QBALGO.
 */
export const simulatedFuture = (input: FutureInput): SimulatedContract => {
  const { symbol, tradingClass = symbol, month, multiplier, tick, underlyingId } = input;
  const delivery = deliveryMonth(month, input.lastTradingDay ?? 'third-friday');
  return simulatedContract({
    // Ids of months that are real change each quarter: these are made up, and the same each time.
    contractId: input.contractId ?? (underlyingId % 2_000) * 1_000_000 + Number(month),
    symbol,
    securityType: 'FUT',
    assetClass: input.assetClass ?? 'future',
    exchange: input.exchange ?? 'CME',
    currency: input.currency ?? 'USD',
    expiry: input.expiry ?? delivery.expiry,
    multiplier,
    localSymbol: `${tradingClass}${delivery.suffix}`,
    tradingClass,
    priceSteps: [{ from: 0, step: tick }],
    marketRuleId: input.marketRuleId,
    otherExchanges: ['QBALGO'],
    orderTypes: orderTypes.future,
    tradingHours: input.tradingHours ?? globexHours,
    liquidHours: input.liquidHours ?? globexRegularHours,
    marginRate: input.marginRate ?? 0.06,
    listing: {
      longName: input.longName,
      contractMonth: month,
      lastTradeTime: input.lastTradeTime ?? '08:30:00',
      underlyingId,
      underlyingSymbol: symbol,
      underlyingType: 'IND',
    },
  });
};
