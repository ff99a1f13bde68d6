import type { Field } from '../../wire/field.js';
import { averageOf, remainingOf, statusOf, type TwsOrder, type TwsOrderStatus, whyHeldOf } from '../order.js';

/** Message 3. Layout: `orderStatus` of the TWS API with its capped price, server versions from 131 on. */
export const orderStatusMessage = (
  order: TwsOrder,
  status: TwsOrderStatus = statusOf(order),
): readonly Field[] => [
  3,
  order.orderId,
  status,
  order.filled,
  remainingOf(order),
  averageOf(order),
  order.permId,
  order.parent?.orderId ?? 0,
  order.lastFillPrice,
  order.clientId,
  whyHeldOf(order),
  0, // mktCapPrice
];
