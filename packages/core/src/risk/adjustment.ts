import { clientOrderId } from '../execution/client-order-id.js';
import type { Desk } from '../execution/desk.js';
import type { Decision } from '../model/decision.js';
import { roundPrice } from '../model/grid.js';
import type { OrderRequest } from '../model/order.js';
import { stopped } from '../model/refuse.js';
import type { Signal } from '../model/signal.js';
import { type ApprovedOrder, approve, type Warrant } from './approved-order.js';

/**
 * Judges a new stop, target or trailing distance for the source's open position. A stop may only move towards the market: wider
 * would be more risk than was approved.
 */
export const assessAdjustment = (signal: Signal, warrant: Warrant, desk: Desk): ApprovedOrder | Decision => {
  const { book } = desk;
  const now = book.now();
  const { symbol, source: owner } = signal;
  const position = book.position(symbol, owner);
  const instrument = book.instrument(symbol);
  if (position.quantity === 0 || instrument === undefined) {
    const finding = { code: 'NOTHING_TO_REDUCE', limit: 'an open position', actual: 0 };
    return stopped('assess', 'adjustment', signal, now, finding);
  }
  const long = position.quantity > 0;
  const stop =
    signal.stop === undefined ? undefined : roundPrice(instrument, signal.stop, long ? 'down' : 'up');
  for (const present of desk.orders.stops(symbol, owner)) {
    if (stop !== undefined && (long ? stop < present : stop > present)) {
      const finding = { code: 'WIDER_STOP', limit: present, actual: stop };
      return stopped('assess', 'adjustment', signal, now, finding);
    }
  }
  const request: OrderRequest = {
    id: clientOrderId(signal.id, 'protect'),
    symbol,
    owner,
    purpose: 'protect',
    side: long ? 'buy' : 'sell',
    quantity: Math.abs(position.quantity),
    type: 'market',
    price: undefined,
    limitPrice: undefined,
    trail: undefined,
    timeInForce: 'GTC',
    goodTill: undefined,
    bracket: {
      stop,
      target:
        signal.target === undefined ? undefined : roundPrice(instrument, signal.target, long ? 'up' : 'down'),
      trail: signal.trail === undefined ? undefined : roundPrice(instrument, signal.trail, 'up'),
    },
    reduceOnly: true,
  };
  return approve(signal, request, warrant);
};
