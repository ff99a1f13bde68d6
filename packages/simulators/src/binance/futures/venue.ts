import type { FuturesAccount, Income } from './account.js';
import type { Amount } from './amounts.js';
import type { FuturesMarket } from './market.js';
import type { FuturesSymbol } from './symbols.js';

/** What all parts of the exchange share. */
export interface FuturesVenue {
  readonly symbols: ReadonlyMap<string, FuturesSymbol>;
  readonly market: FuturesMarket;
  readonly accounts: ReadonlyMap<string, FuturesAccount>;
  /** Part of a trade's value that its fee is. */
  readonly fees: { readonly maker: Amount; readonly taker: Amount };
  readonly nextId: { order(): bigint; algo(): bigint; trade(): bigint; other(): bigint };
  /** Tells the user stream of an account. */
  tell(account: FuturesAccount, payload: Readonly<Record<string, unknown>>): void;
  /** Tells the public that an order of an account traded. */
  print(symbol: FuturesSymbol, price: Amount, quantity: Amount, buyerIsMaker: boolean): void;
}

/** Books a change of a wallet. */
export const bookIncome = (
  venue: FuturesVenue,
  account: FuturesAccount,
  income: Omit<Income, 'id' | 'time'> & { readonly time?: number },
): void => account.book({ time: venue.market.now, ...income, id: venue.nextId.other() });
