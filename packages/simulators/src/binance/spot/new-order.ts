import { holdPriceOf, spentAsset } from './holds.js';
import type { SpotMarket } from './market.js';
import type { Hold, OrderTerms, SpotOrder } from './order.js';
import type { SpotVenue } from './venue.js';

/** Where an order belongs, beside its terms. */
export interface Placement {
  readonly listId: bigint;
  readonly status: 'NEW' | 'PENDING_NEW';
  /** The lock that it shares; undefined for one of its own. */
  readonly hold: Hold | undefined;
}

const ALONE: Placement = { listId: -1n, status: 'NEW', hold: undefined };

/** Makes an order that is not yet known to anybody. */
export const newOrder = (
  venue: SpotVenue,
  account: string,
  market: SpotMarket,
  terms: OrderTerms,
  placement: Placement = ALONE,
): SpotOrder => {
  const { now } = venue;
  const asset = spentAsset({ symbol: market.symbol, terms });
  const hold = placement.hold ?? { asset, amount: 0n, owners: [] };
  const order: SpotOrder = {
    id: venue.nextOrderId(),
    account,
    symbol: market.symbol,
    terms,
    listId: placement.listId,
    holdPrice: holdPriceOf(terms, market),
    time: now,
    clientOrderId: terms.clientOrderId,
    openName: terms.clientOrderId,
    quantity: terms.quantity,
    status: placement.status,
    executed: 0n,
    cumulativeQuote: 0n,
    updateTime: now,
    workingTime: -1,
    expiryReason: undefined,
    hold,
    trail: terms.trailingDelta === undefined ? undefined : { since: -1, extreme: 0n },
    trades: [],
    amendments: [],
  };
  hold.owners.push(order);
  return order;
};
