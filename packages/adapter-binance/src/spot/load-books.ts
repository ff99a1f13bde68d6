import { readSpotTrade, type VenueTrade } from '../mapper/trades.js';
import type { RestClient } from '../transport/rest-client.js';
import type { TradeLedger } from './trade-ledger.js';
import { floorTo, times, toUnits } from './units.js';
import { readRows } from './wire.js';

/** Most trades of one answer. */
const PAGE = 1_000;
const TIMEOUT = 5_000;

/** The books of one symbol, and by what they are checked. Amounts in units. */
export interface BookToLoad {
  readonly symbol: string;
  readonly base: string;
  readonly ledger: TradeLedger;
  readonly step: bigint;
  readonly minNotional: bigint;
  /** The market's price; 0 where none is known. */
  readonly price: bigint;
  /** What is held of the base asset, by the account. */
  readonly total: bigint;
}

const tradesOf = async (
  rest: RestClient,
  symbol: string,
  fromId?: string,
): Promise<readonly VenueTrade[]> => {
  const params = { symbol, fromId, limit: PAGE };
  const path = '/api/v3/myTrades';
  return readRows(
    await rest.request({ method: 'GET', path, params, security: 'signed', weight: 20, timeout: TIMEOUT }),
  ).map(readSpotTrade);
};

const netOf = ({ side, quantityText, commission, commissionAsset }: VenueTrade, base: string): bigint => {
  const fee = commissionAsset === base ? toUnits(commission) : 0n;
  return (side === 'buy' ? toUnits(quantityText) : -toUnits(quantityText)) - fee;
};

/**
 * Books the newest thousand trades, so that what is held has its price. What was held before them counts at the price of the first of
 * them, and what no trade explains, as a deposit, at today's.
 */
export const loadBook = async (rest: RestClient, book: BookToLoad): Promise<void> => {
  const { symbol, base, ledger, step, total, price, minNotional } = book;
  const trades = await tradesOf(rest, symbol);
  const [first] = trades;
  if (first !== undefined && trades.length >= PAGE) {
    const before = floorTo(
      trades.reduce((held, trade) => held - netOf(trade, base), total),
      step,
    );
    ledger.begin(first.tradeId, before, times(before, toUnits(first.priceText)));
  }
  for (const trade of trades) ledger.book(trade);
  const { basis } = ledger;
  const beyond = total - basis.held;
  if (beyond < 0n) basis.remove(basis.held - floorTo(total, step), 0n);
  else if (times(beyond, price) >= minNotional) {
    const unexplained = floorTo(beyond, step);
    basis.add(unexplained, times(unexplained, price));
  }
};

/** Books the trades that were made since the last one that is known. */
export const catchUp = async (rest: RestClient, symbol: string, ledger: TradeLedger): Promise<void> => {
  for (;;) {
    const fromId = ledger.last < 0n ? undefined : String(ledger.last + 1n);
    const trades = await tradesOf(rest, symbol, fromId);
    for (const trade of trades) ledger.book(trade);
    if (trades.length < PAGE) return;
  }
};
