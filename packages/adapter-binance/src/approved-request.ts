import { ApprovedOrder, MikroBotError, type OrderRequest } from '@mikrobot/core';

/**
 * The request of an order that risk has approved.
 * @param venue - its name in errors
 * @throws `MikroBotError` `FORGED_APPROVAL` for what is no approved order of this copy of core
 */
export const requestOf = (order: ApprovedOrder, venue: string): OrderRequest => {
  if (ApprovedOrder.is(order)) return order.request;
  throw new MikroBotError(
    'FORGED_APPROVAL',
    'What was submitted is no ApprovedOrder of this @mikrobot/core.',
    {
      where: venue,
      hint: 'Orders come from assess(); if this one does, two copies of @mikrobot/core are installed.',
    },
  );
};
