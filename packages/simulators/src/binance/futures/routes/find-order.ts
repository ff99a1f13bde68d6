import type { FuturesAccount } from '../account.js';
import { futuresErrors } from '../errors.js';
import { type FuturesOrder, isOpen } from '../orders.js';
import { optional, type Params, whole } from '../params.js';
import type { FuturesSymbol } from '../symbols.js';

const DAY = 86_400_000;

/** Orders that ended without a trade are forgotten after three days, all others after ninety. Source: page "Query Order". */
export const isKept = (order: FuturesOrder, now: number): boolean =>
  now - order.time <= (isOpen(order) || order.executed > 0n ? 90 : 3) * DAY;

/**
 * The order that is meant, the latest where an id was used again.
 * @throws VenueError -1102 when none is named
 */
export const findOrder = (
  account: FuturesAccount,
  symbol: FuturesSymbol,
  params: Params,
): FuturesOrder | undefined => {
  const id = whole(params, 'orderId');
  const name = optional(params, 'origClientOrderId');
  if (id === undefined && name === undefined) throw futuresErrors.eitherOf('origClientOrderId', 'orderId');
  if (id !== undefined) {
    const order = account.orders.get(id);
    return order?.symbol === symbol ? order : undefined;
  }
  return name === undefined ? undefined : account.named(symbol, name);
};
