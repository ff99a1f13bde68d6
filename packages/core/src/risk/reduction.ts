import { clientOrderId } from '../execution/client-order-id.js';
import type { Desk } from '../execution/desk.js';
import { roundQuantity, tidyQuantity } from '../model/grid.js';
import type { Instrument } from '../model/instrument.js';
import type { OrderRequest } from '../model/order.js';
import type { Signal } from '../model/signal.js';
import { type ApprovedOrder, approve, type Warrant } from './approved-order.js';

/**
 * Lots of the source's own position that no approved reduction takes yet; 0 when there is nothing to reduce. Reductions on their
 * way can be more than the position, when a stop took a part of it meanwhile.
 */
const reducible = ({ symbol, source }: Signal, instrument: Instrument, { book }: Desk): number => {
  const held = Math.abs(book.position(symbol, source).quantity);
  return Math.max(0, tidyQuantity(instrument, held - book.reducing(symbol, source)));
};

/**
 * The order that closes the source's position or a part of it: core itself proves that it reduces, which is what lets it pass
 * every limit and halt. At most what the venue takes in one order. Undefined when there is nothing left to reduce.
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
  if (instrument === undefined) return undefined;
  const open = reducible(signal, instrument, desk);
  const wanted = purpose === 'reduce' ? (signal.quantity ?? open) : open;
  const quantity = roundQuantity(instrument, Math.min(wanted, open, instrument.maxQuantity));
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
