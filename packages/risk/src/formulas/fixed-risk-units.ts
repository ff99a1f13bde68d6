import { floorToStep } from './floor-to-step.js';

/** What {@link fixedRiskUnits} is asked. */
export interface FixedRiskTerms {
  /** Account currency. */
  readonly equity: number;
  readonly entry: number;
  readonly stop: number;
  /** Fraction of equity. */
  readonly risk: number;
  /** Fraction of the risked money that each of the two trades costs. */
  readonly commissionRate: number;
  /** Account currency for one unit of the quote currency. */
  readonly exchangeRate: number;
  /** Most units, before they are divided; undefined for no limit. */
  readonly hardLimit: number | undefined;
  /** Round down to a multiple of it; 0 for no rounding. */
  readonly unitBatchSize: number;
  /** In how many orders the position is built; the answer is for one. */
  readonly units: number;
  /** Most units of an order that the venue takes; undefined for no limit. */
  readonly maxQuantity: number | undefined;
}

/**
 * Units of the base currency of one order by a fixed risk, as nautilus_trader's sizer counts (crates/risk/src/sizing.rs):
 * `(equity x risk x (1 - 2 x commission) / rate) / |entry - stop|`, limited, divided by the number of orders, rounded down to a
 * batch, limited to what the venue takes. 0 when a price, rate or amount makes no sense.
 */
export const fixedRiskUnits = (terms: FixedRiskTerms): number => {
  const { equity, risk, commissionRate, exchangeRate, unitBatchSize, units } = terms;
  const money = equity * risk * (1 - 2 * commissionRate);
  const size = money / exchangeRate / Math.abs(terms.entry - terms.stop);
  const one = Math.min(size, terms.hardLimit ?? Number.POSITIVE_INFINITY) / units;
  if (!(exchangeRate > 0 && one > 0 && one < Number.POSITIVE_INFINITY)) return 0;
  const batched = unitBatchSize > 0 ? floorToStep(one, unitBatchSize) : one;
  return Math.min(batched, terms.maxQuantity ?? Number.POSITIVE_INFINITY);
};
