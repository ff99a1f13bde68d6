import { type AlgoOrder, becomesMarket } from './algo-orders.js';
import { fixed, short } from './amounts.js';
import type { ResponseType } from './order-params.js';
import { averagePrice, type FuturesOrder, type FuturesTrade, quoteValue } from './orders.js';

type View = Readonly<Record<string, unknown>>;

/** What all answers about an order have. Sources: pages "New Order", "Query Order", "Cancel Order". */
const orderFields = (order: FuturesOrder, { seen }: { readonly seen: boolean }): View => {
  const { pricePrecision, quantityPrecision } = order.symbol.options;
  const isForced = order.type === 'LIQUIDATION';
  const trailing = order.algo?.type === 'TRAILING_STOP_MARKET' ? order.algo : undefined;
  return {
    orderId: order.orderId,
    symbol: order.symbol.name,
    status: seen ? order.status : 'NEW',
    clientOrderId: order.clientOrderId,
    price: fixed(order.price, pricePrecision),
    avgPrice: fixed(seen ? averagePrice(order) : 0n, Math.max(5, pricePrecision)),
    origQty: fixed(order.quantity, quantityPrecision),
    executedQty: fixed(seen ? order.executed : 0n, quantityPrecision),
    cumQuote: fixed(seen ? quoteValue(order) : 0n, 5),
    timeInForce: order.timeInForce,
    type: isForced ? 'LIMIT' : order.type,
    reduceOnly: order.reduceOnly,
    closePosition: order.closePosition,
    side: order.side,
    positionSide: order.positionSide,
    stopPrice: fixed(order.stopPrice, pricePrecision),
    activatePrice: trailing && short(trailing.activatePrice),
    priceRate: trailing && short(trailing.callbackRate),
    workingType: order.workingType,
    priceProtect: order.priceProtect,
    origType: isForced ? 'LIMIT' : order.origType,
    priceMatch: order.priceMatch,
    selfTradePreventionMode: order.selfTradePreventionMode,
    goodTillDate: order.goodTillDate,
    updateTime: order.updateTime,
  };
};

const filled = (order: FuturesOrder, seen: boolean): string =>
  fixed(seen ? order.executed : 0n, order.symbol.options.quantityPrecision);

/** Answer to a new order: `ACK` tells of it as it was taken, `RESULT` as it is. */
export const newOrderView = (order: FuturesOrder, response: ResponseType): View => {
  const seen = response === 'RESULT';
  return { ...orderFields(order, { seen }), cumQty: filled(order, seen) };
};

/** Answer to a cancel. */
export const cancelledView = (order: FuturesOrder): View => ({
  ...orderFields(order, { seen: true }),
  avgPrice: undefined,
  cumQty: filled(order, true),
});

/** Answer to a change of an order. */
export const modifiedView = (order: FuturesOrder, modifyId: bigint | undefined): View => ({
  ...orderFields(order, { seen: true }),
  pair: order.symbol.name,
  modifyId,
  cumQty: filled(order, true),
});

/** An order when it is asked for. */
export const orderView = (order: FuturesOrder): View => ({
  ...orderFields(order, { seen: true }),
  time: order.time,
});

/** A trade when it is asked for. Source: page "Account Trade List". */
export const tradeView = ({ order, ...trade }: FuturesTrade): View => {
  const { pricePrecision, quantityPrecision, quote } = order.symbol.options;
  return {
    symbol: order.symbol.name,
    id: trade.id,
    orderId: order.orderId,
    side: order.side,
    price: fixed(trade.price, pricePrecision),
    qty: fixed(trade.quantity, quantityPrecision),
    realizedPnl: fixed(trade.realised, 8),
    quoteQty: short((trade.price * trade.quantity) / 100_000_000n),
    commission: fixed(trade.commission, 8),
    commissionAsset: quote,
    time: trade.time,
    positionSide: order.positionSide,
    buyer: order.side === 'BUY',
    maker: trade.maker,
  };
};

/** One change of an order. Source: page "Get Order Modify History". */
export const amendmentViews = (order: FuturesOrder): readonly View[] =>
  order.amendments
    .map(({ id, time, price, quantity }, index) => ({
      amendmentId: id,
      symbol: order.symbol.name,
      pair: order.symbol.name,
      orderId: order.orderId,
      clientOrderId: order.clientOrderId,
      time,
      amendment: {
        price: { before: short(price[0]), after: short(price[1]) },
        origQty: { before: short(quantity[0]), after: short(quantity[1]) },
        count: index + 1,
      },
    }))
    .reverse();

/** Answer to a new conditional order. Source: page "New Algo Order". */
export const newAlgoView = (algo: AlgoOrder): View => {
  const { pricePrecision, quantityPrecision } = algo.symbol.options;
  const isTrailing = algo.type === 'TRAILING_STOP_MARKET';
  return {
    algoId: algo.algoId,
    clientAlgoId: algo.clientAlgoId,
    algoType: 'CONDITIONAL',
    orderType: algo.type,
    symbol: algo.symbol.name,
    side: algo.side,
    positionSide: algo.positionSide,
    timeInForce: algo.timeInForce,
    quantity: fixed(algo.quantity, quantityPrecision),
    algoStatus: algo.status,
    triggerPrice: fixed(algo.triggerPrice, pricePrecision),
    price: fixed(algo.price, pricePrecision),
    icebergQuantity: null,
    selfTradePreventionMode: algo.selfTradePreventionMode,
    workingType: algo.workingType,
    priceMatch: algo.priceMatch,
    closePosition: algo.closePosition,
    priceProtect: algo.priceProtect,
    reduceOnly: algo.reduceOnly,
    activatePrice: isTrailing ? short(algo.activatePrice) : '',
    callbackRate: isTrailing ? short(algo.callbackRate) : '',
    createTime: algo.createTime,
    updateTime: algo.updateTime,
    triggerTime: algo.triggerTime,
    goodTillDate: algo.goodTillDate,
  };
};

/** A conditional order when it is asked for. Source: page "Query Algo Order". */
export const algoView = (algo: AlgoOrder): View => {
  const { actual } = algo;
  const { pricePrecision, quantityPrecision } = algo.symbol.options;
  return {
    ...newAlgoView(algo),
    actualOrderId: actual?.orderId.toString() ?? '',
    actualPrice: fixed(actual === undefined ? 0n : averagePrice(actual), Math.max(5, pricePrecision)),
    actualQty: actual && fixed(actual.executed, quantityPrecision),
    actualType: actual && (becomesMarket(algo.type) ? 'MARKET' : 'LIMIT'),
    tpTriggerPrice: '0.000',
    tpPrice: '0.000',
    slTriggerPrice: '0.000',
    slPrice: '0.000',
    tpOrderType: '',
  };
};
