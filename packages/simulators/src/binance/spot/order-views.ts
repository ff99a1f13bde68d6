import { SCALE } from '../filters/filter-checks.js';
import { fromUnits } from '../shared/decimal.js';
import { isContingent, type SpotOrder, type SpotTrade } from './order.js';

const text = (units: bigint): string => fromUnits(units, SCALE);

/** Fields that appear under conditions; rest-api.md, "Conditional fields in Order Responses". */
const conditional = ({ terms, trail, expiryReason }: SpotOrder): Record<string, unknown> => ({
  ...(isContingent(terms.type) && terms.stopPrice > 0n ? { stopPrice: text(terms.stopPrice) } : {}),
  ...(terms.trailingDelta === undefined
    ? {}
    : { trailingDelta: terms.trailingDelta, trailingTime: trail?.since ?? -1 }),
  ...(terms.icebergQty === undefined ? {} : { icebergQty: text(terms.icebergQty) }),
  ...(terms.strategyId === undefined ? {} : { strategyId: terms.strategyId }),
  ...(terms.strategyType === undefined ? {} : { strategyType: terms.strategyType }),
  ...(expiryReason === undefined ? {} : { expiryReason }),
});

const progress = (order: SpotOrder): Record<string, unknown> => ({
  price: text(order.terms.price),
  origQty: text(order.quantity),
  executedQty: text(order.executed),
  origQuoteOrderQty: text(order.terms.quoteOrderQty),
  cummulativeQuoteQty: text(order.cumulativeQuote),
  status: order.status,
  timeInForce: order.terms.timeInForce,
  type: order.terms.type,
  side: order.terms.side,
});

/** Response types of a placement. */
export const responseTypes = ['ACK', 'RESULT', 'FULL'] as const;
/** See {@link responseTypes}. */
export type ResponseType = (typeof responseTypes)[number];

/** The answer to a placement; rest-api.md, "New order". */
export const placedView = (order: SpotOrder, type: ResponseType): Record<string, unknown> => {
  const ack = {
    symbol: order.symbol.symbol,
    orderId: order.id,
    orderListId: order.listId,
    clientOrderId: order.clientOrderId,
    transactTime: order.updateTime,
  };
  if (type === 'ACK') return ack;
  return {
    ...ack,
    ...progress(order),
    ...conditional(order),
    workingTime: order.workingTime,
    ...(type === 'FULL' ? { fills: order.trades.map(fillView) } : {}),
    selfTradePreventionMode: 'NONE',
  };
};

const fillView = ({
  price,
  quantity,
  commission,
  commissionAsset,
  id,
}: SpotTrade): Record<string, unknown> => ({
  price: text(price),
  qty: text(quantity),
  commission: text(commission),
  commissionAsset,
  tradeId: id,
});

/** The answer to a cancel; rest-api.md, "Cancel order". */
export const canceledView = (order: SpotOrder, origClientOrderId: string): Record<string, unknown> => ({
  symbol: order.symbol.symbol,
  origClientOrderId,
  orderId: order.id,
  orderListId: order.listId,
  clientOrderId: order.clientOrderId,
  transactTime: order.updateTime,
  ...progress(order),
  ...conditional(order),
  selfTradePreventionMode: 'NONE',
});

/** An order as the query endpoints give it; rest-api.md, "Query order". */
export const orderView = (order: SpotOrder): Record<string, unknown> => ({
  symbol: order.symbol.symbol,
  orderId: order.id,
  orderListId: order.listId,
  clientOrderId: order.clientOrderId,
  ...progress(order),
  ...conditional(order),
  stopPrice: text(order.terms.stopPrice),
  icebergQty: text(order.terms.icebergQty ?? 0n),
  time: order.time,
  updateTime: order.updateTime,
  isWorking: order.workingTime >= 0,
  workingTime: order.workingTime,
  selfTradePreventionMode: 'NONE',
});

/** A trade as `myTrades` gives it. */
export const tradeView = (order: SpotOrder, trade: SpotTrade): Record<string, unknown> => ({
  symbol: order.symbol.symbol,
  id: trade.id,
  orderId: order.id,
  orderListId: order.listId,
  price: text(trade.price),
  qty: text(trade.quantity),
  quoteQty: text(trade.quoteQuantity),
  commission: text(trade.commission),
  commissionAsset: trade.commissionAsset,
  time: trade.time,
  isBuyer: order.terms.side === 'BUY',
  isMaker: trade.isMaker,
  isBestMatch: true,
});

/** An order as an amendment answers it; rest-api.md, "Order Amend Keep Priority". */
export const amendedView = (order: SpotOrder, origClientOrderId: string): Record<string, unknown> => ({
  symbol: order.symbol.symbol,
  orderId: order.id,
  orderListId: order.listId,
  origClientOrderId,
  clientOrderId: order.clientOrderId,
  price: text(order.terms.price),
  qty: text(order.quantity),
  executedQty: text(order.executed),
  preventedQty: text(0n),
  quoteOrderQty: text(order.terms.quoteOrderQty),
  cumulativeQuoteQty: text(order.cumulativeQuote),
  status: order.status,
  timeInForce: order.terms.timeInForce,
  type: order.terms.type,
  side: order.terms.side,
  ...conditional(order),
  ...(order.workingTime < 0 ? {} : { workingTime: order.workingTime }),
  selfTradePreventionMode: 'NONE',
});
