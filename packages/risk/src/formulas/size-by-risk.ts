import { floorToStep } from './floor-to-step.js';

/** What is risked, and on what. */
export interface RiskSizeTerms {
  /** Account currency. */
  readonly riskAmount: number;
  /** From the entry to the stop, in price. */
  readonly stopDistance: number;
  /** Account currency that one lot gains or loses when the price moves by 1. */
  readonly pointValue: number;
  /** Round turn of one lot, account currency. */
  readonly commission: number;
}

/** The grid of quantities, in lots. */
export interface LotGrid {
  readonly step: number;
  readonly min: number;
  readonly max: number;
}

/** A size and what it risks. */
export interface RiskSize {
  /** Before rounding and limits, lots. */
  readonly rawLots: number;
  /** Rounded down to the step; 0 when that is below the minimum, which is a refusal and never a round-up. */
  readonly lots: number;
  /** What `lots` lose at the stop with their commission, account currency. */
  readonly actualRisk: number;
}

/**
 * Lots that lose an amount at their stop: `amount / (distance x point value + commission)`. 0 when anything is no positive finite
 * number (a commission may be 0), so nonsense never becomes a size.
 */
export const lotsAtRisk = ({ riskAmount, stopDistance, pointValue, commission }: RiskSizeTerms): number => {
  const sane = riskAmount > 0 && stopDistance > 0 && pointValue > 0 && commission >= 0;
  const lots = riskAmount / (stopDistance * pointValue + commission);
  return sane && Number.isFinite(lots) ? lots : 0;
};

/**
 * Fixed-fractional size on a grid.
 *
 * @example
 * ```ts
 * // 0.5 % of 100,000 on EURJPY with a stop at 45 pips, the yen at 150 for a dollar
 * sizeByRisk(
 *   { riskAmount: 500, stopDistance: 0.45, pointValue: 666.67, commission: 0 },
 *   { step: 0.01, min: 0.01, max: 100 },
 * ); // { rawLots: 1.6667, lots: 1.66, actualRisk: 498 }
 * ```
 */
export const sizeByRisk = (terms: RiskSizeTerms, { step, min, max }: LotGrid): RiskSize => {
  const rawLots = lotsAtRisk(terms);
  const rounded = floorToStep(Math.min(rawLots, max), step);
  const lots = rounded >= min ? rounded : 0;
  return { rawLots, lots, actualRisk: lots * (terms.stopDistance * terms.pointValue + terms.commission) };
};
