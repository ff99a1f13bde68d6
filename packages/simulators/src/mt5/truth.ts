import type { TradeAccount } from './exchange/account.js';
import type { Desk } from './exchange/desk.js';
import type { Deal, Order, Position } from './exchange/records.js';
import { type AccountFigures, figuresOf, revalue } from './exchange/valuation.js';

/** What is so at the broker, whatever anybody was told. Times are the server's, epoch ms of its own zone. */
export interface Mt5Truth {
  readonly account: AccountFigures & { readonly login: number; readonly currency: string };
  /** Working orders. */
  readonly orders: readonly Readonly<Order>[];
  readonly positions: readonly Readonly<Position>[];
  readonly deals: readonly Deal[];
  readonly historyOrders: readonly Readonly<Order>[];
}

/** Copies all of an account. */
export const truthOf = (desk: Desk, account: TradeAccount): Mt5Truth => {
  for (const position of account.positions.values()) revalue(desk, account, position);
  const { login, currency } = account.terms;
  return {
    account: { login, currency, ...figuresOf(desk, account) },
    orders: [...account.orders.values()].map((order) => ({ ...order })),
    positions: [...account.positions.values()].map((position) => ({ ...position })),
    deals: [...account.deals],
    historyOrders: account.history.map((order) => ({ ...order })),
  };
};
