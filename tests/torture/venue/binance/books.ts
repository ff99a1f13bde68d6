import type { VenuePosition } from '@mikrobot/core';
import * as z from 'zod';
import type { Fill, WorkingOrder } from '../record.js';
import type { Auditor } from './auditor.js';
import { listing } from './listing.js';

/** A trade as the venue lists it: whose order it was is known by the venue's own number. */
export interface ListedTrade extends Omit<Fill, 'id'> {
  readonly number: number;
  readonly order: number;
}

/** What the account has, as the venue's REST endpoints list it. */
export interface AccountBooks {
  /** Orders that work. */
  working(): Promise<readonly WorkingOrder[]>;
  /** Positions that are not flat, in units of the base asset. */
  positions(): Promise<readonly VenuePosition[]>;
  /** Trades of a symbol from a number on. */
  trades(symbol: string, from: number): Promise<readonly ListedTrade[]>;
  /** The client order id of an order. */
  nameOf(symbol: string, order: number): Promise<string>;
}

const side = z.enum(['BUY', 'SELL']).transform((text) => (text === 'BUY' ? 'buy' : 'sell'));
const decimal = z.string().transform(Number);

const typeOf = (text: string): WorkingOrder['type'] => {
  if (text.startsWith('STOP')) return 'stop';
  return text === 'MARKET' ? 'market' : 'limit';
};

const ordersSchema = z.array(
  z
    .object({
      clientOrderId: z.string(),
      symbol: z.string(),
      side,
      type: z.string(),
      origQty: decimal,
      executedQty: decimal,
      price: decimal,
      stopPrice: decimal,
    })
    .transform(({ clientOrderId, type, origQty, executedQty, price, stopPrice, ...rest }) => ({
      ...rest,
      id: clientOrderId,
      type: typeOf(type),
      quantity: origQty,
      filled: executedQty,
      price: stopPrice === 0 ? price : stopPrice,
    })),
);

const algosSchema = z.array(
  z
    .object({
      clientAlgoId: z.string(),
      symbol: z.string(),
      side,
      orderType: z.string(),
      quantity: decimal,
      triggerPrice: decimal,
      actualOrderId: z.string(),
    })
    .transform(({ clientAlgoId, orderType, triggerPrice, ...rest }) => ({
      ...rest,
      id: clientAlgoId,
      type: typeOf(orderType),
      filled: 0,
      price: triggerPrice,
    })),
);

const trade = {
  id: z.number(),
  orderId: z.number(),
  symbol: z.string(),
  price: decimal,
  qty: decimal,
  time: z.number(),
};

const toTrade = (
  raw: Readonly<Record<'id' | 'orderId' | 'price' | 'qty' | 'time', number>> & { readonly symbol: string },
  isBuy: boolean,
): ListedTrade => ({
  number: raw.id,
  order: raw.orderId,
  symbol: raw.symbol,
  tradeId: `${raw.symbol}-${raw.id}`,
  side: isBuy ? 'buy' : 'sell',
  quantity: raw.qty,
  price: raw.price,
  time: raw.time,
});

const futuresTrades = z.array(
  z.object({ ...trade, buyer: z.boolean() }).transform(({ buyer, ...raw }) => toTrade(raw, buyer)),
);
const spotTrades = z.array(
  z.object({ ...trade, isBuyer: z.boolean() }).transform(({ isBuyer, ...raw }) => toTrade(raw, isBuyer)),
);
const named = z.object({ clientOrderId: z.string() });

/** The most trades that are listed at once: more than any bot does between two looks. */
const LIMIT = 1_000;

/** The account at USD-M futures. */
export const futuresBooks = (auditor: Auditor): AccountBooks => {
  const schema = z.array(z.object({ symbol: z.string(), positionAmt: decimal, entryPrice: decimal }));
  return {
    async working() {
      // What triggers between the two questions is then found by the second.
      const algos = algosSchema.parse(await auditor.ask('/fapi/v1/openAlgoOrders'));
      const orders = ordersSchema.parse(await auditor.ask('/fapi/v1/openOrders'));
      return [...algos.filter(({ actualOrderId }) => actualOrderId === ''), ...orders];
    },
    async positions() {
      const rows = schema.parse(await auditor.ask('/fapi/v3/positionRisk'));
      return rows
        .filter(({ positionAmt }) => positionAmt !== 0)
        .map(({ symbol, positionAmt, entryPrice }) => ({
          symbol,
          quantity: positionAmt,
          averagePrice: entryPrice,
        }));
    },
    trades: async (symbol, fromId) =>
      futuresTrades.parse(await auditor.ask('/fapi/v1/userTrades', { symbol, fromId, limit: LIMIT })),
    nameOf: async (symbol, orderId) =>
      named.parse(await auditor.ask('/fapi/v1/order', { symbol, orderId })).clientOrderId,
  };
};

/** The account at spot: what it owns of a base asset is its position. */
export const spotBooks = (auditor: Auditor): AccountBooks => {
  const schema = z.object({
    balances: z.array(z.object({ asset: z.string(), free: decimal, locked: decimal })),
  });
  return {
    working: async () => ordersSchema.parse(await auditor.ask('/api/v3/openOrders')),
    async positions() {
      const { balances } = schema.parse(await auditor.ask('/api/v3/account'));
      return listing.flatMap(({ symbol, base }) => {
        const balance = balances.find(({ asset }) => asset === base);
        const quantity = (balance?.free ?? 0) + (balance?.locked ?? 0);
        return quantity === 0 ? [] : [{ symbol, quantity, averagePrice: 0 }];
      });
    },
    trades: async (symbol, fromId) =>
      spotTrades.parse(await auditor.ask('/api/v3/myTrades', { symbol, fromId, limit: LIMIT })),
    nameOf: async (symbol, orderId) =>
      named.parse(await auditor.ask('/api/v3/order', { symbol, orderId })).clientOrderId,
  };
};
