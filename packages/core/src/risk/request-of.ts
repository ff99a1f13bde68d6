import { MikroBotError } from '../errors/mikrobot-error.js';
import type { OrderRequest } from '../model/order.js';
import { ApprovedOrder } from './approved-order.js';

/**
 * The request of an order that risk has approved: what an adapter reads of what it is to send.
 * @param where - the venue or adapter, as errors name it
 * @throws `MikroBotError` `FORGED_APPROVAL` for what is no approved order of this copy of core
 */
export const requestOf = (order: ApprovedOrder, where: string): OrderRequest => {
  if (ApprovedOrder.is(order)) return order.request;
  throw new MikroBotError(
    'FORGED_APPROVAL',
    'What was submitted is no ApprovedOrder of this @mikrobot/core.',
    {
      where,
      hint: 'Orders come from assess(); if this one does, two copies of @mikrobot/core are installed.',
    },
  );
};
