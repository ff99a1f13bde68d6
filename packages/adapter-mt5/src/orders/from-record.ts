import type { OrderState } from '@mikrobot/core';
import type { OrderRecord } from '../protocol/records.js';
import type { Ending, OrderStart } from './tracked-order.js';
import { sideOfOrder, typeOf } from './words.js';

/** An order as the server has it, for one of which nothing is known here. */
export const startOf = (record: OrderRecord, id: string): OrderStart => {
  const { symbol, volume, price, sl, tp } = record;
  const type = typeOf(record.type);
  return {
    id,
    symbol,
    type,
    side: sideOfOrder(record.type),
    quantity: volume,
    price,
    levels: { stop: sl, target: tp },
  };
};

/** How an order ended that did not fill. */
export const endingOf = (end: OrderState, { comment }: OrderRecord): Ending => {
  if (end === 'expired') return { type: 'expired' };
  if (end === 'rejected') return { type: 'rejected', code: 'REJECTED', detail: comment };
  return { type: 'cancelled', reason: 'at the server' };
};
