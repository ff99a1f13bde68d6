import { spotErrors } from './errors.js';
import { isOpen, type SpotOrder } from './order.js';
import { isDone, type OrderList } from './order-list.js';
import type { ParamReader } from './param-reader.js';
import type { SpotVenue } from './venue.js';

/** How long orders that ended without a trade can be asked for: 90 days, ms. */
const ARCHIVED_AFTER = 90 * 86_400_000;

/**
 * The order that a request names by its id, its client order id or both: then the id is searched and the other compared.
 * @throws VenueError -1102 without either, -2039 where they do not fit; `missing` when there is none
 */
export const findOrder = (
  venue: SpotVenue,
  reader: ParamReader,
  where: { readonly account: string; readonly symbol: string },
  names: { readonly id: string; readonly clientId: string },
  missing: () => Error,
): SpotOrder => {
  const id = reader.long(names.id);
  const clientId = reader.text(names.clientId);
  if (id === undefined && clientId === undefined) throw spotErrors.eitherOf(names.clientId, names.id);
  const order =
    id === undefined
      ? venue.orders.byName(where.account, where.symbol, clientId ?? '')
      : venue.orders.byId(where.account, where.symbol, id);
  if (order === undefined) throw missing();
  if (id !== undefined && clientId !== undefined && order.clientOrderId !== clientId) {
    throw spotErrors.clientIdMismatch();
  }
  return order;
};

/** @throws VenueError -2026 for an order that ended long ago without a trade */
export const checkArchive = (order: SpotOrder, now: number): void => {
  const ended = !isOpen(order) && order.executed === 0n;
  if (ended && now - order.updateTime > ARCHIVED_AFTER) throw spotErrors.archived();
};

/**
 * The list that a request names.
 * @throws VenueError -1102 without a name; `missing` when there is none
 */
export const findList = (
  venue: SpotVenue,
  reader: ParamReader,
  account: string,
  clientIdName: string,
  missing: () => Error,
): OrderList => {
  const id = reader.long('orderListId');
  const clientId = reader.text(clientIdName);
  if (id === undefined && clientId === undefined) throw spotErrors.eitherOf('orderListId', clientIdName);
  const mine = [...venue.lists.values()].filter((list) => list.account === account);
  const list =
    id === undefined
      ? (mine.find((one) => one.clientId === clientId && !isDone(one)) ??
        mine.findLast((one) => one.clientId === clientId))
      : mine.find((one) => one.id === id);
  if (list === undefined) throw missing();
  if (id !== undefined && clientId !== undefined && list.clientId !== clientId)
    throw spotErrors.clientIdMismatch();
  return list;
};
