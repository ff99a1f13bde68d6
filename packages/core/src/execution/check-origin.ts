import { MikroBotError } from '../errors/mikrobot-error.js';
import { ApprovedOrder } from '../risk/approved-order.js';

/**
 * An order manager takes only what its own desk's assess() approved.
 * @throws `MikroBotError` `DUPLICATE_CORE` for what another copy of core approved, `FORGED_APPROVAL` for anything else
 */
export const checkOrigin = (order: ApprovedOrder, desk: symbol): void => {
  if (!ApprovedOrder.is(order)) {
    // Made by a class of the same name: approved all right, but by another copy of this file.
    const twin =
      (order as { constructor?: { name?: string } } | undefined)?.constructor?.name === ApprovedOrder.name;
    if (twin) {
      throw new MikroBotError('DUPLICATE_CORE', 'the order was approved by another copy of @mikrobot/core.', {
        hint: 'See `npm ls @mikrobot/core`, and bring all packages to one version.',
      });
    }
    throw new MikroBotError('FORGED_APPROVAL', 'what was to be placed is no ApprovedOrder.', {
      hint: 'Orders come from assess(); nothing else may be placed.',
    });
  }
  if (order.warrant.desk !== desk) {
    throw new MikroBotError('FORGED_APPROVAL', 'the order was approved by another desk.', {
      hint: 'assess() and execute() of one pipeline must share one desk.',
    });
  }
};
