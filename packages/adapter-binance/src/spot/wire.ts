import * as z from 'zod';
import { readVenue } from '../mapper/schemas.js';

const amount = z.string().regex(/^-?\d+(\.\d+)?$/);
/** An id as the lossless parser gives it: a number, or digits beyond 2^53. */
const id = z.union([z.number().int(), z.string().regex(/^\d+$/)]).transform(String);
const time = z.number().int().nonnegative();

/** `GET /api/v3/account`. Source: rest-api.md, Account information. */
const account = z.object({
  canTrade: z.boolean(),
  accountType: z.string().optional(),
  updateTime: time.optional(),
  uid: id.optional(),
  balances: z.array(z.object({ asset: z.string(), free: amount, locked: amount })),
});

/** Source: user-data-stream.md, Account Update. */
const accountPosition = z.object({
  E: time,
  u: time,
  B: z.array(z.object({ a: z.string(), f: amount, l: amount })),
});

/** Source: user-data-stream.md, Balance Update. */
const balanceUpdate = z.object({ E: time, T: time, a: z.string(), d: amount });

/** Source: rest-api.md, Query Open Order lists. */
const openLists = z.array(
  z.object({
    symbol: z.string(),
    listClientOrderId: z.string(),
    orders: z.array(z.object({ orderId: id })),
  }),
);

/** Source: rest-api.md, Symbol order book ticker. */
const bookTicker = z.object({ symbol: z.string(), bidPrice: amount, askPrice: amount });

/** Source: rest-api.md, Current average price. */
const averagePrice = z.object({ price: amount });

/** Source: rest-api.md, New order; New Order list - OCO. */
const placed = z.object({
  orderId: id.optional(),
  orders: z.array(z.object({ orderId: id, clientOrderId: z.string().optional() })).optional(),
});

const read =
  <T extends z.ZodType>(schema: T, what: string) =>
  (raw: unknown): z.output<T> =>
    readVenue(schema, raw, what);

/** @throws {@link MikroBotError} `BAD_DATA` */
export const readAccount = read(account, 'account');
/** @throws {@link MikroBotError} `BAD_DATA` */
export const readAccountPosition = read(accountPosition, 'outboundAccountPosition');
/** @throws {@link MikroBotError} `BAD_DATA` */
export const readBalanceUpdate = read(balanceUpdate, 'balanceUpdate');
/** @throws {@link MikroBotError} `BAD_DATA` */
export const readOpenLists = read(openLists, 'openOrderList');
/** @throws {@link MikroBotError} `BAD_DATA` */
export const readBookTicker = read(bookTicker, 'bookTicker');
/** @throws {@link MikroBotError} `BAD_DATA` */
export const readAveragePrice = read(averagePrice, 'avgPrice');
/** @throws {@link MikroBotError} `BAD_DATA` */
export const readRows = read(z.array(z.unknown()), 'rows');

/** The orders of a list, by both their ids; none in other answers. */
export const placedOf = (
  raw: unknown,
): readonly { readonly clientOrderId: string; readonly orderId: string }[] => {
  const parsed = placed.safeParse(raw);
  const orders = parsed.success ? (parsed.data.orders ?? []) : [];
  return orders.flatMap(({ clientOrderId, orderId }) =>
    clientOrderId === undefined ? [] : [{ clientOrderId, orderId }],
  );
};

/** The venue's id of an order that a command was about; of a list, that of its first order. Undefined where the answer has none. */
export const venueIdOf = (raw: unknown): string | undefined => {
  const parsed = placed.safeParse(raw);
  return parsed.success ? (parsed.data.orderId ?? parsed.data.orders?.[0]?.orderId) : undefined;
};
