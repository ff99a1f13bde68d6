import type { AccountState, Instrument, VenuePosition } from '@mikrobot/core';
import type { Prices } from '../market/prices.js';
import { type Holding, holdingOf } from './holdings.js';
import type { TradeLedger } from './trade-ledger.js';
import { each, times, toNumber, unitsOf } from './units.js';
import type { Wallet } from './wallet.js';

/** A symbol with its books. */
export interface SpotBook {
  readonly instrument: Instrument;
  readonly base: string;
  readonly ledger: TradeLedger;
}

/** What an account's figures are made of. */
export interface AccountParts {
  readonly id: string;
  readonly currency: string;
  readonly live: boolean;
  readonly wallet: Wallet;
  readonly books: Iterable<SpotBook>;
  readonly prices: Prices;
}

/** A spot account as a model of positions: what is held is a position, and the rest is cash. */
export interface SpotAccount {
  readonly state: AccountState;
  readonly positions: readonly VenuePosition[];
}

const heldOf = ({ instrument, base, ledger }: SpotBook, wallet: Wallet, prices: Prices): Holding =>
  holdingOf(wallet.total(base), ledger.basis, {
    step: unitsOf(instrument.quantityStep),
    minNotional: unitsOf(instrument.minNotional),
    price: unitsOf(prices.of(instrument.symbol)),
  });

/**
 * The account's figures. The balance is the quote asset and all positions at what they cost; the equity has them at the market. Other
 * assets, as BNB for fees, count for nothing.
 */
export const accountOf = ({ id, currency, live, wallet, books, prices }: AccountParts): SpotAccount => {
  const cash = wallet.total(currency);
  let balance = cash;
  let equity = cash;
  const positions: VenuePosition[] = [];
  for (const book of books) {
    const { symbol } = book.instrument;
    const { quantity, cost } = heldOf(book, wallet, prices);
    const price = prices.of(symbol);
    balance += cost;
    equity += price > 0 ? times(quantity, unitsOf(price)) : cost;
    if (quantity === 0n) continue;
    positions.push({ symbol, quantity: toNumber(quantity), averagePrice: toNumber(each(cost, quantity)) });
  }
  const figures = { balance: toNumber(balance), equity: toNumber(equity), margin: 0, leverage: 1 };
  return { state: { id, currency, mode: 'netting', live, ...figures }, positions };
};
