import { rejections, spotErrors } from './errors.js';
import { neededBy } from './holds.js';
import type { SpotMarket } from './market.js';
import { worthOf } from './money.js';
import { isAtMarket, isOpen, type OrderTerms, openQuantity, type SpotOrder } from './order.js';
import { wouldMatch, wouldTrigger } from './order-checks.js';
import type { SpotVenue } from './venue.js';

/** @throws VenueError -2010 when an open order has the name */
export const checkName = (venue: SpotVenue, account: string, market: SpotMarket, name: string): void => {
  const namesake = venue.orders.byName(account, market.symbol.symbol, name);
  if (namesake !== undefined && isOpen(namesake) && namesake.clientOrderId === name) {
    throw spotErrors.rejected(rejections.duplicate);
  }
};

/**
 * What the engine says to a new order before it takes it.
 * @throws VenueError -2010
 */
export const checkEntry = (
  venue: SpotVenue,
  account: string,
  market: SpotMarket,
  terms: OrderTerms,
): void => {
  checkName(venue, account, market, terms.clientOrderId);
  if (terms.type === 'LIMIT_MAKER' && wouldMatch(terms, market)) {
    throw spotErrors.rejected(rejections.wouldMatch);
  }
  if (wouldTrigger(terms, market)) throw spotErrors.rejected(rejections.wouldTrigger);
};

/** Whether an account can pay for an order, beside what its hold has locked already. */
export const canPay = (venue: SpotVenue, order: SpotOrder, market: SpotMarket): boolean => {
  const { hold, terms } = order;
  const free = venue.account(order.account).free(hold.asset) + hold.amount;
  const quantity = openQuantity(order);
  const tradesNow = isAtMarket(terms.type) && (terms.type === 'MARKET' || order.workingTime >= 0);
  if (!tradesNow) return neededBy(hold) <= free;
  return (terms.side === 'SELL' ? quantity : worthOf(market.ask, quantity)) <= free;
};
