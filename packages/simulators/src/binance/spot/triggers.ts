import type { SpotMarket } from './market.js';
import { isContingent, type SpotOrder } from './order.js';
import { isReached } from './order-checks.js';
import type { Trading } from './trading.js';
import { followMarket } from './trailing.js';
import type { SpotVenue } from './venue.js';

const isDue = (order: SpotOrder, market: SpotMarket, now: number): boolean =>
  order.trail === undefined
    ? isReached(order.terms, order.terms.stopPrice, market)
    : followMarket(order, market, now);

const waits = ({ status, workingTime, terms }: SpotOrder): boolean =>
  status === 'NEW' && workingTime < 0 && isContingent(terms.type);

/** Triggers what waited for the price that the market shows now, the oldest first. */
export const triggerDue = (venue: SpotVenue, trading: Trading, market: SpotMarket): void => {
  for (const { name } of venue.accounts) {
    for (const order of venue.orders.open(name, market.symbol.symbol)) {
      // One before it may have ended this one, so it is asked at its turn.
      if (!waits(order) || !isDue(order, market, venue.now)) continue;
      trading.trigger(order);
      venue.settle();
    }
  }
};
