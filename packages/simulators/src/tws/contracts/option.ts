import type { SimulatedContract } from './contract.js';
import { orderTypes } from './order-types.js';
import { simulatedContract } from './simulated-contract.js';
import { usStockRegularHours } from './stock.js';

/** What {@link simulatedOptions} takes. */
export interface OptionsInput {
  /** The share that the options are on. */
  readonly underlying: SimulatedContract;
  /** `YYYYMMDD`. */
  readonly expiries: readonly string[];
  readonly strikes: readonly number[];
  /** Id of the first; the others follow. Default: made up from the underlying's. */
  readonly firstId?: number | undefined;
}

/** Name of the OCC: symbol in six characters, date, right, strike in thousandths: `TSLA  230120C00100000`. */
const occName = (symbol: string, expiry: string, right: string, strike: number): string =>
  `${symbol.padEnd(6)}${expiry.slice(2)}${right}${String(Math.round(strike * 1_000)).padStart(8, '0')}`;

/** Calls and puts on a share, of 100 shares each. Figures follow a TSLA option's details; price steps are a cent below 3, then five. */
export const simulatedOptions = (input: OptionsInput): readonly SimulatedContract[] => {
  const { underlying, expiries, strikes } = input;
  let id = input.firstId ?? 700_000_000 + (underlying.contractId % 100_000) * 100;
  return expiries.flatMap((expiry) =>
    strikes.flatMap((strike) =>
      (['C', 'P'] as const).map((right) =>
        simulatedContract({
          contractId: id++,
          symbol: underlying.symbol,
          securityType: 'OPT',
          assetClass: 'option',
          exchange: 'SMART',
          currency: underlying.currency,
          expiry,
          strike,
          right,
          multiplier: 100,
          localSymbol: occName(underlying.symbol, expiry, right, strike),
          tradingClass: underlying.symbol,
          priceSteps: [
            { from: 0, step: 0.01 },
            { from: 3, step: 0.05 },
          ],
          marketRuleId: 110,
          otherExchanges: ['AMEX', 'CBOE', 'PHLX', 'ISE', 'NASDAQOM'],
          orderTypes: orderTypes.option,
          tradingHours: usStockRegularHours,
          marginRate: 1,
          listing: {
            longName: underlying.listing.longName,
            contractMonth: expiry.slice(0, 6),
            aggregateGroup: 2,
            underlyingId: underlying.contractId,
            underlyingSymbol: underlying.symbol,
            underlyingType: 'STK',
          },
        }),
      ),
    ),
  );
};
