import type { Instrument } from '@mikrobot/core';
import type { Account } from './account.js';
import type { CostModel } from './costs/cost-model.js';
import type { OrderStore } from './order-store.js';
import type { PositionBook } from './positions/position-book.js';
import type { QuoteColumns } from './quote-columns.js';

/** What the parts of an engine share: the market, the account, its positions and its orders. */
export interface VenueState {
  readonly instruments: readonly Instrument[];
  readonly costs: CostModel;
  readonly quotes: QuoteColumns;
  readonly book: PositionBook;
  readonly account: Account;
  readonly orders: OrderStore;
}
