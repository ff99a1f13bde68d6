import type { TwsSession } from '../session.js';
import type { Desk } from './desk.js';
import { refusals, type TwsRefusal } from './refusal.js';
import type { ExchangeState } from './state.js';

const REMEMBERED = 60_000;

/**
 * Cancels an order as its client names it. Other clients' orders are not found.
 * @returns why it is not cancelled
 */
export const cancelOrder = (
  { orders, options, clock }: ExchangeState,
  desk: Desk,
  { clientId }: TwsSession,
  orderId: number,
): TwsRefusal | undefined => {
  if (options.readOnly) return refusals.readOnly;
  const order = orders.find(clientId, orderId);
  if (order === undefined) return refusals.notFound(orderId);
  if (order.end === undefined) {
    desk.cancel(order);
    return undefined;
  }
  const isRecent = clock.now() - order.endedAt < (options.rememberEnded ?? REMEMBERED);
  return isRecent ? refusals.ended(orderId, order.end) : refusals.notFound(orderId);
};
