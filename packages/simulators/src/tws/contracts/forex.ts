import type { SimulatedContract } from './contract.js';
import { orderTypes } from './order-types.js';
import { simulatedContract } from './simulated-contract.js';
import { eves, type TradingHours, weeklyHours } from './trading-hours.js';

/** IDEALPRO: from 17:15 to 17:00 New York, as contract details of EUR.USD tell it. */
const idealproHours: TradingHours = /* @__PURE__ */ weeklyHours('US/Eastern', [
  { from: '17:15', to: '17:00', days: eves },
]);

/** What {@link simulatedForex} takes. */
export interface ForexInput {
  readonly contractId: number;
  /** Such as `EURUSD`. */
  readonly pair: string;
  readonly longName: string;
  /** Price step; default: 0.00005, half a pip, of market rule 239. */
  readonly tick?: number | undefined;
  readonly marketRuleId?: number | undefined;
  /** Units of the base currency; default: 1. */
  readonly minSize?: number | undefined;
  readonly sizeIncrement?: number | undefined;
  readonly tradingHours?: TradingHours | undefined;
  /** Default: 0.0333. */
  readonly marginRate?: number | undefined;
}

/** A pair of currencies at IDEALPRO; figures follow EUR.USD's details (aggregate group 4, sizes 1). */
export const simulatedForex = (input: ForexInput): SimulatedContract => {
  const symbol = input.pair.slice(0, 3);
  const currency = input.pair.slice(-3);
  const name = `${symbol}.${currency}`;
  return simulatedContract({
    contractId: input.contractId,
    symbol,
    securityType: 'CASH',
    assetClass: 'forex',
    exchange: 'IDEALPRO',
    currency,
    localSymbol: name,
    tradingClass: name,
    priceSteps: [{ from: 0, step: input.tick ?? 0.000_05 }],
    marketRuleId: input.marketRuleId ?? 239,
    orderTypes: orderTypes.forex,
    tradingHours: input.tradingHours ?? idealproHours,
    minSize: input.minSize ?? 1,
    sizeIncrement: input.sizeIncrement,
    marginRate: input.marginRate ?? 0.0333,
    listing: { longName: input.longName, aggregateGroup: 4 },
  });
};
