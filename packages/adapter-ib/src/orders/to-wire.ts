import type { OrderRequest } from '@mikrobot/core';
import type { Order } from '@stoqey/ib';
import { OrderType as TwsType } from '@stoqey/ib';
import { twsUtcTime } from '../tws-time.js';
import { actionOf, twsTifOf, twsTypeOf } from './words.js';

/** What of an order comes from our side and not from its request. */
export interface WireTerms {
  readonly account: string;
  /** Whether the order may trigger and fill outside of regular hours. */
  readonly outsideRegularHours: boolean;
  /** Kind of contract, as TWS names it. */
  readonly secType: string | undefined;
}

/** One order of a command, as it is to be sent. */
export interface WireOrder {
  readonly leg: 'entry' | 'stop' | 'target';
  readonly orderId: number;
  readonly order: Order;
}

/**
 * Group in which one order's trade reduces the others, and only one is at the exchange at a time. Type 1 would end the stop at the first
 * part that the target trades.
 */
const REDUCE_WITH_BLOCK = 2;

/**
 * Why TWS has no such order, or why it must not have it.
 * @returns undefined for one that can be sent
 */
export const unsupported = (request: OrderRequest, secType?: string): string | undefined => {
  const { type, timeInForce, price, limitPrice, trail, goodTill, quantity } = request;
  if (request.reduceOnly) return 'TWS has no orders that can only reduce a position';
  if (!(quantity > 0)) return `a quantity of ${quantity}`;
  if (twsTypeOf(request) === undefined) return `a ${type} order cannot wait for the close`;
  if (['limit', 'stop', 'stop-limit'].includes(type) && price === undefined)
    return `a ${type} order without a price`;
  if (type === 'stop-limit' && limitPrice === undefined) return 'a stop-limit order without a limit';
  if (type === 'trailing-stop' && !(trail !== undefined && trail > 0))
    return 'a trailing stop without a distance';
  // Source: QuantConnect/Lean.Brokerages.InteractiveBrokers, pull request 260.
  if (secType === 'CRYPTO' && type === 'market' && request.side === 'buy')
    return 'market orders buy coins for an amount of cash, not by their number: use a limit order';
  if (timeInForce === 'GTD' && goodTill === undefined) return 'an order good till a time that is not given';
  return undefined;
};

/** Price, limit and distance in the fields that TWS has for them. */
const pricesOf = ({
  type,
  price,
  limitPrice,
  trail,
}: Pick<OrderRequest, 'type' | 'price' | 'limitPrice' | 'trail'>): Partial<Order> => {
  switch (type) {
    case 'limit':
      return { lmtPrice: price! };
    case 'stop':
      return { auxPrice: price! };
    case 'stop-limit':
      return { auxPrice: price!, lmtPrice: limitPrice! };
    case 'trailing-stop':
      return { auxPrice: trail!, ...(price === undefined ? {} : { trailStopPrice: price }) };
    default:
      return {};
  }
};

const single = (request: OrderRequest, { account, outsideRegularHours, secType }: WireTerms): Order => {
  // Coins are sold at the market now or never, the only way in which TWS takes that.
  const isNow = secType === 'CRYPTO' && request.type === 'market';
  const { side, quantity, timeInForce, goodTill, id } = request;
  return {
    action: actionOf(side),
    totalQuantity: quantity,
    orderType: twsTypeOf(request) ?? TwsType.None,
    ...pricesOf(request),
    tif: twsTifOf(isNow ? 'IOC' : timeInForce),
    ...(timeInForce === 'GTD' && goodTill !== undefined ? { goodTillDate: twsUtcTime(goodTill) } : {}),
    account,
    orderRef: id,
    // An order at the close belongs to the regular session by its nature.
    outsideRth: outsideRegularHours && timeInForce !== 'CLS',
    transmit: true,
    // Old servers set both when they are not told; new ones refuse orders that have them (10268, 10269).
    eTradeOnly: false,
    firmQuoteOnly: false,
  };
};

/** How a bracket's legs are named. */
const legIds = (entry: string): { readonly stop: string; readonly target: string } => ({
  stop: `${entry}s`,
  target: `${entry}t`,
});

/** How many order ids a request takes. */
export const orderCount = ({ bracket }: OrderRequest): number =>
  1 +
  (bracket?.target === undefined ? 0 : 1) +
  (bracket?.stop === undefined && bracket?.trail === undefined ? 0 : 1);

/**
 * The orders that a request becomes, in the order of their sending: entry, target, stop. TWS holds them until the last says `transmit`,
 * so that the stop goes last: where TWS refuses it, nothing was transmitted.
 * @param ids - as many as {@link orderCount} says
 */
export const wireOrders = (
  request: OrderRequest,
  terms: WireTerms,
  ids: readonly number[],
): readonly WireOrder[] => {
  const { bracket, side } = request;
  const [entryId = 0, ...legsOrderIds] = ids;
  const entry = single(request, terms);
  if (bracket === undefined || legsOrderIds.length === 0)
    return [{ leg: 'entry', orderId: entryId, order: entry }];
  const names = legIds(request.id);
  const leg: OrderRequest = {
    ...request,
    side: side === 'buy' ? 'sell' : 'buy',
    timeInForce: 'GTC',
    goodTill: undefined,
    limitPrice: undefined,
    trail: undefined,
    bracket: undefined,
  };
  const legs: { leg: 'stop' | 'target'; request: OrderRequest }[] = [];
  if (bracket.target !== undefined)
    legs.push({ leg: 'target', request: { ...leg, id: names.target, type: 'limit', price: bracket.target } });
  if (bracket.trail !== undefined)
    legs.push({
      leg: 'stop',
      request: { ...leg, id: names.stop, type: 'trailing-stop', price: bracket.stop, trail: bracket.trail },
    });
  else if (bracket.stop !== undefined)
    legs.push({ leg: 'stop', request: { ...leg, id: names.stop, type: 'stop', price: bracket.stop } });
  const group =
    legs.length > 1 ? { ocaGroup: request.id, ocaType: REDUCE_WITH_BLOCK } : ({} satisfies Partial<Order>);
  return [
    { leg: 'entry', orderId: entryId, order: { ...entry, transmit: false } },
    ...legs.map(({ leg, request }, i) => ({
      leg,
      orderId: legsOrderIds[i]!,
      order: {
        ...single(request, terms),
        ...group,
        parentId: entryId,
        transmit: i === legs.length - 1,
      },
    })),
  ];
};

/**
 * What of a working order an amendment repeats, so that nothing is stripped from it. Its group and its parent are left out, and stay: TWS
 * refuses a group that is named again (10326), and does not find a parent that has ended (135).
 */
const KEPT = [
  'action',
  'orderType',
  'lmtPrice',
  'auxPrice',
  'trailStopPrice',
  'trailingPercent',
  'tif',
  'goodTillDate',
  'goodAfterTime',
  'account',
  'orderRef',
  'outsideRth',
  'triggerMethod',
  'displaySize',
  'hidden',
  'allOrNone',
  'minQty',
] as const satisfies readonly (keyof Order)[];

/**
 * A working order with another quantity and other prices.
 * @param shown - the order as TWS showed it last
 */
export const amendedOrder = (
  shown: Order,
  request: Pick<OrderRequest, 'quantity' | 'type' | 'price' | 'limitPrice' | 'trail'>,
): Order => {
  const kept = Object.fromEntries(
    KEPT.filter((field) => shown[field] !== undefined).map((field) => [field, shown[field]]),
  ) as unknown as Order;
  return {
    ...kept,
    totalQuantity: request.quantity,
    ...pricesOf({
      ...request,
      trail: request.trail ?? shown.auxPrice,
      limitPrice: request.limitPrice ?? shown.lmtPrice,
    }),
    transmit: true,
    eTradeOnly: false,
    firmQuoteOnly: false,
  };
};
