import { orderState, orderTime } from '../constants.js';
import type { Mt5Symbol } from '../market/symbol.js';
import { retcode } from '../retcodes.js';
import type { TradeAccount } from './account.js';
import type { Desk } from './desk.js';
import type { Verdict } from './judge.js';
import { endOrder } from './order-life.js';
import type { Order } from './records.js';

const DAY = 86_400_000;

const endOfDay = (time: number): number => (Math.floor(time / DAY) + 1) * DAY;

/** When an order expires, server time; undefined: never. An order of a day lives until 23:59:59 of it. */
export const expiryOf = (order: Pick<Order, 'typeTime' | 'expiration' | 'timeSetup'>): number | undefined => {
  if (order.typeTime === orderTime.DAY) return endOfDay(order.timeSetup);
  if (order.typeTime === orderTime.SPECIFIED) return order.expiration;
  if (order.typeTime === orderTime.SPECIFIED_DAY) return endOfDay(order.expiration);
  return undefined;
};

/** Whether the symbol takes such an expiration, and whether it lies ahead. */
export const judgeExpiration = (
  desk: Desk,
  symbol: Mt5Symbol,
  asked: { readonly typeTime: number; readonly expiration: number },
): Verdict => {
  const now = desk.time.now();
  const allowed = asked.typeTime in expirations && (symbol.expirationMode & (1 << asked.typeTime)) !== 0;
  const expiry = expiryOf({ ...asked, timeSetup: now });
  return allowed && (expiry === undefined || expiry > now) ? undefined : retcode.INVALID_EXPIRATION;
};

const expirations: Readonly<Record<number, true>> = { 0: true, 1: true, 2: true, 3: true };

/** The expiration that an order keeps: only those of SPECIFIED and SPECIFIED_DAY have one. */
export const keptExpiration = (asked: { readonly typeTime: number; readonly expiration: number }): number =>
  asked.typeTime >= orderTime.SPECIFIED ? asked.expiration : 0;

/** Ends what has expired. */
export const expireOrders = (desk: Desk, account: TradeAccount): void => {
  const now = desk.time.now();
  for (const order of [...account.orders.values()])
    if ((expiryOf(order) ?? Number.POSITIVE_INFINITY) <= now)
      endOrder(desk, account, order, orderState.EXPIRED);
};
