import type { SpotMarket } from './market.js';
import type { SpotOrder } from './order.js';
import { isReached } from './order-checks.js';

/** One whole in basis points. */
const WHOLE = 10_000n;

/**
 * Has a trailing stop follow the market, and says whether that triggers it. It begins when its stop price is reached, or at once
 * where it has none (trailing-stop-faq.md).
 * @param now - epoch ms
 */
export const followMarket = (order: SpotOrder, market: SpotMarket, now: number): boolean => {
  const { trail, terms } = order;
  const seen = market.seen(terms.side);
  if (trail === undefined || seen === 0n) return false;
  if (trail.since < 0) {
    if (terms.stopPrice > 0n && !isReached(terms, terms.stopPrice, market)) return false;
    trail.since = now;
    trail.extreme = seen;
    return false;
  }
  const delta = BigInt(terms.trailingDelta ?? 0);
  if (terms.side === 'SELL') {
    if (seen > trail.extreme) trail.extreme = seen;
    return seen * WHOLE <= trail.extreme * (WHOLE - delta);
  }
  if (seen < trail.extreme) trail.extreme = seen;
  return seen * WHOLE >= trail.extreme * (WHOLE + delta);
};
