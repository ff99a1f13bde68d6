import type { CostBasis } from './cost-basis.js';
import { floorTo, times } from './units.js';

/** A holding of the base asset as a position. Amounts in units. */
export interface Holding {
  readonly quantity: bigint;
  /** What it cost, in the account's currency. */
  readonly cost: bigint;
}

/** How a holding is counted. */
export interface HoldingRule {
  /** Lot step. */
  readonly step: bigint;
  /** Smallest value of an order. */
  readonly minNotional: bigint;
  /** The market's price; 0 where none is known. */
  readonly price: bigint;
}

/**
 * The position that a total of the base asset makes. What lies beyond the trades that are known is a position too, at today's price,
 * unless it is too small to sell: fees leave such dust, and a bot that took it for a position would try to close it for ever.
 */
export const holdingOf = (
  total: bigint,
  basis: CostBasis,
  { step, minNotional, price }: HoldingRule,
): Holding => {
  const { held, cost } = basis;
  const beyond = total - held;
  if (beyond < 0n) {
    const quantity = floorTo(total, step);
    return { quantity, cost: basis.costOf(quantity) };
  }
  if (beyond < step || times(beyond, price) < minNotional) return { quantity: held, cost };
  const quantity = floorTo(total, step);
  return { quantity, cost: cost + times(quantity - held, price) };
};
