import type { OrderRequest } from '../model/order.js';
import type { Signal } from '../model/signal.js';

/**
 * The price that an order should be filled at if nothing slipped: the quote's side that its signal saw, or the trigger of a stop.
 * Undefined for orders that name their price, which cannot slip, and for trailing stops, whose trigger the venue keeps.
 */
export const expectedPrice = ({ type, side, price }: OrderRequest, { quote }: Signal): number | undefined => {
  if (type === 'market') return side === 'buy' ? quote.ask : quote.bid;
  return type === 'stop' ? price : undefined;
};
