import { clientOrderId } from '../execution/client-order-id.js';
import type { Desk } from '../execution/desk.js';
import { roundQuantity } from '../model/grid.js';
import type { OrderRequest } from '../model/order.js';
import type { Signal } from '../model/signal.js';
import { type ApprovedOrder, approve, type Warrant } from './approved-order.js';

/**
 * Lots of the source's own position that no approved reduction takes yet. Positive when there is something to reduce.
 */
export const reducible = (signal: Signal, desk: Desk): number => {
  const { symbol, source } = signal;
  const held = desk.book.position(symbol, source).quantity;
  return Math.abs(held + desk.book.reducing(symbol, source)) * (held === 0 ? 0 : 1);
};

/**
 * The order that closes the source's position or a part of it: core itself proves that it reduces, which is what lets it pass
 * every limit and halt. Undefined when there is nothing left to reduce.
 */
export const reduction = (
  signal: Signal,
  purpose: 'reduce' | 'flatten',
  warrant: Warrant,
  desk: Desk,
): ApprovedOrder | undefined => {
  const { symbol, source: owner } = signal;
  const { book } = desk;
  const instrument = book.instrument(symbol);
  const open = reducible(signal, desk);
  if (instrument === undefined || !(open > 0)) return undefined;
  const wanted = purpose === 'reduce' ? (signal.quantity ?? open) : open;
  const quantity = roundQuantity(instrument, Math.min(wanted, open));
  if (!(quantity > 0)) return undefined;
  const request: OrderRequest = {
    id: clientOrderId(signal.id, purpose),
    symbol,
    owner,
    purpose: quantity === open ? 'flatten' : 'reduce',
    side: book.position(symbol, owner).quantity > 0 ? 'sell' : 'buy',
    quantity,
    type: 'market',
    price: undefined,
    limitPrice: undefined,
    trail: undefined,
    timeInForce: 'GTC',
    goodTill: undefined,
    bracket: undefined,
    reduceOnly: desk.reducesNet(symbol),
  };
  book.reserve(request);
  return approve(signal, request, warrant);
};
