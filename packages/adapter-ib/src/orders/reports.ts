import type { OrderReport, OrderState } from '@mikrobot/core';
import type { OrderParts } from './parts.js';
import type { SeenOrder } from './seen-order.js';
import type { End, TrackedOrder } from './tracked-order.js';
import { venueIdOf } from './venue-id.js';

/** Volume-weighted price of trades; 0 without any. */
export const averageOf = (
  trades: readonly { readonly quantity: number; readonly price: number }[],
): number => {
  const lots = trades.reduce((sum, { quantity }) => sum + quantity, 0);
  return lots === 0 ? 0 : trades.reduce((sum, { quantity, price }) => sum + quantity * price, 0) / lots;
};

/** A name for the symbol of a contract that is not traded here. */
const foreignSymbol = ({ contract }: SeenOrder): string =>
  `#${contract.conId ?? 0} ${contract.localSymbol || contract.symbol || ''}`.trim();

/** An order that is not ours (another client's, one made by hand), named by its permanent id. */
export const foreignReport = (
  seen: SeenOrder,
  { contracts }: Pick<OrderParts, 'contracts'>,
): OrderReport => ({
  id: `tws-${seen.permId > 0 ? seen.permId : `${seen.clientId ?? 0}-${seen.orderId}`}`,
  venueId: venueIdOf({ clientId: seen.clientId ?? 0, orderId: seen.orderId, permId: seen.permId }),
  symbol: contracts.byContractId(seen.contract.conId ?? 0)?.symbol ?? foreignSymbol(seen),
  side: seen.side,
  type: seen.type,
  state: 'accepted',
  quantity: seen.quantity,
  // What of it has traded is told in its status, by orders of ours only.
  filled: 0,
  averagePrice: 0,
  price: seen.price,
});

/** What is known of one of our orders. */
export const reportOf = (order: TrackedOrder, state: OrderState): OrderReport => {
  return {
    id: order.id,
    venueId: venueIdOf(order),
    symbol: order.symbol,
    side: order.side,
    type: order.type,
    state,
    quantity: order.quantity,
    filled: order.filled,
    averagePrice: averageOf(order.fills),
    price: order.price,
  };
};

/** How an order ended that TWS shows as ended. */
export const endOf = ({ status, completed, filled }: SeenOrder): End => {
  if (status === 'Filled') return 'filled';
  if (status === 'Inactive' && (filled ?? 0) === 0) return 'rejected';
  return /expire/i.test(completed) ? 'expired' : 'cancelled';
};

/** The state of an order that works. */
export const workingState = ({ filled }: { readonly filled: number }): OrderState =>
  filled > 0 ? 'partially-filled' : 'accepted';
