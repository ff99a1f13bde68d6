import type { OrderState, OrderType, Side } from '@mikrobot/core';
import type { OrderRecord } from '../protocol/records.js';

type OrderWord = OrderRecord['type'];
type StateWord = OrderRecord['state'];

/** Core's word for the kind of an order. */
export const typeOf = (word: OrderWord): OrderType => {
  if (word.endsWith('-stop-limit')) return 'stop-limit';
  if (word.endsWith('-limit')) return 'limit';
  return word.endsWith('-stop') ? 'stop' : 'market';
};

/** The side that an order of MetaTrader's trades; a close-by has none of its own, and counts as the side that its name says first. */
export const sideOfOrder = (word: OrderWord): Side => (word.startsWith('sell') ? 'sell' : 'buy');

const endings: Readonly<Partial<Record<StateWord, OrderState>>> = {
  filled: 'filled',
  canceled: 'cancelled',
  expired: 'expired',
  rejected: 'rejected',
};

/** The state in which an order has ended; undefined while it has not. `partial` is final only where it was taken off the book. */
export const endOf = ({ state, left, done }: OrderRecord): OrderState | undefined => {
  const end = endings[state];
  if (end === 'filled') return left > 0 ? 'cancelled' : 'filled';
  if (end === undefined && state === 'partial' && done !== undefined) return 'cancelled';
  return end;
};

/** Whether an order works, and is not only on its way. */
export const isPlaced = ({ state }: OrderRecord): boolean => state === 'placed' || state === 'partial';
