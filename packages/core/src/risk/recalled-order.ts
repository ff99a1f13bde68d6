import type { OrderRequest } from '../model/order.js';
import type { Signal } from '../model/signal.js';
import { type ApprovedOrder, approve } from './approved-order.js';

/**
 * An order that a journal says was approved in an earlier life. Its approval is over, so it can never be placed again; it stands
 * for what the venue may have, and gives the legs that protect it.
 */
export const recalledOrder = (signal: Signal, request: OrderRequest, desk: symbol): ApprovedOrder =>
  approve(signal, request, { desk, verdicts: [], expires: 0 });
