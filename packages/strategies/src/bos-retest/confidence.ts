import type { PriceBar } from '../market-structure/price-bar.js';

/** What is measured of a setup at its trigger; each from 0 (poor) to 1 (full marks). */
export interface SetupFeatures {
  /** Strength of the bar that broke structure; see {@link displacementOf}. */
  readonly displacement: number;
  /** How exactly the retest turned at the level: 1 on it, 0 a whole tolerance away. */
  readonly accuracy: number;
  /** How soon the retest came: 1 at once, 0 at the last allowed moment. */
  readonly freshness: number;
  /** 1 when structure broke with the bias, 0 for a change of character. */
  readonly withBias: number;
}

const ramp = (value: number, full: number): number => Math.min(1, Math.max(0, value / full));

/**
 * Strength of a bar: the mean of body / range, full marks from 0.6, and range / ATR, full marks from 1.5.
 * @param atr - average true range before the bar, in price, above 0
 */
export const displacementOf = (bar: PriceBar, atr: number): number => {
  const range = bar.high - bar.low;
  if (!(range > 0) || !(atr > 0)) return 0;
  return (ramp(Math.abs(bar.close - bar.open) / range, 0.6) + ramp(range / atr, 1.5)) / 2;
};

/**
 * Confidence from 0 to 1, in steps of 0.001: `0.2 + 0.35 displacement + 0.15 accuracy + 0.1 freshness + 0.2 withBias`.
 * The weights order setups by what traders call clean; they were not fitted to profit, and the number is no probability.
 */
export const scoreSetup = (f: SetupFeatures): number =>
  Math.round(
    1000 * (0.2 + 0.35 * f.displacement + 0.15 * f.accuracy + 0.1 * f.freshness + 0.2 * f.withBias),
  ) / 1000;
