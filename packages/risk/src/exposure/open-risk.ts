import { type Book, type Finding, type Instrument, type Quote, sideOf, sign } from '@mikrobot/core';
import { bookRate, isFinding, knownInstrument } from '../checks.js';
import type { Ledger } from './ledgers.js';

/** What the findings of {@link openRisk} mean; a policy that asks it names them in its definition. */
export const openRiskCodes = {
  NO_QUOTE: 'No price of an instrument with a position or an entry on its way is known.',
  NO_RATE: 'No rate is known that converts a currency to that of the account.',
  OPEN_RISK_UNKNOWN:
    'A position or an entry on its way has no stop, or an entry lies beyond its stop, so what is at risk is unknown.',
  UNKNOWN_SYMBOL: 'The venue has no such instrument.',
} as const;

/** Lots whose sum is off by less are equal; lots are at most millions and steps at least 1e-8. */
const DUST = 1e-9;

const unknown = (actual: string): Finding => ({
  code: 'OPEN_RISK_UNKNOWN',
  limit: 'a stop on every position and entry',
  actual,
});

/**
 * Where the stops of a position end it. Which stop guards how much is not known, so the furthest one counts for all. A stop that
 * the market has passed fills at the market, not at its own better price.
 */
const exitPrice = (quantity: number, stops: readonly number[], { bid, ask }: Quote): number =>
  quantity > 0 ? Math.min(bid, ...stops) : Math.max(ask, ...stops);

/** What a symbol's positions and entries lose, per unit of the underlying's price and lot; in lots times price. */
const lossOf = (book: Book, symbol: string, quote: Quote, leaving: Ledger | undefined) => {
  const netting = book.account().mode === 'netting';
  let loss = 0;
  let held = 0;
  for (const { owner, position } of book.owners(symbol)) {
    const { quantity } = position;
    if (quantity === 0) continue;
    const leaves = leaving?.symbol === symbol && leaving.owner === owner;
    const stops = leaves ? [] : book.stops(symbol, owner);
    if (!leaves && stops.length === 0) return unknown(`${owner} holds ${quantity} ${symbol} without a stop`);
    // A netting venue values the net, a hedging one each position.
    if (!netting) loss += quantity * (quantity > 0 ? quote.bid : quote.ask);
    loss -= quantity * exitPrice(quantity, stops, quote);
    held += quantity;
  }
  if (netting) {
    const net = book.position(symbol).quantity;
    if (Math.abs(net - held) > DUST)
      return unknown(`${net - held} ${symbol} belong to no ledger, so they have no stop`);
    loss += net * (net > 0 ? quote.bid : quote.ask);
  }
  return loss;
};

const lossOfEntries = (book: Book, symbol: string, quote: Quote): number | Finding => {
  let loss = 0;
  for (const entry of book.entries()) {
    const side = sideOf(entry.quantity);
    if (entry.symbol !== symbol || side === undefined) continue;
    const price = entry.price ?? (side === 'buy' ? quote.ask : quote.bid);
    const distance = entry.stop === undefined ? Number.NaN : (price - entry.stop) * sign(side);
    if (!(distance >= 0))
      return unknown(`${entry.owner} enters ${entry.quantity} ${symbol}, stop ${entry.stop}`);
    loss += Math.abs(entry.quantity) * distance;
  }
  return loss;
};

const riskOf = (book: Book, { symbol, currency, contractSize }: Instrument, leaving?: Ledger) => {
  const quote = book.quote(symbol);
  if (quote === undefined || !(quote.bid > 0 && quote.ask > 0))
    return { code: 'NO_QUOTE', limit: 'a price for every position', actual: symbol };
  const rate = bookRate(book, currency, book.account().currency);
  if (isFinding(rate)) return rate;
  const positions = lossOf(book, symbol, quote, leaving);
  if (isFinding(positions)) return positions;
  const entries = lossOfEntries(book, symbol, quote);
  if (isFinding(entries)) return entries;
  const risk = (positions + entries) * contractSize * rate;
  return Number.isFinite(risk) ? risk : unknown(`${symbol}: ${risk}`);
};

/**
 * What is lost from now on when every stop is hit at its price, in account currency: the equity less this is what would be left.
 * Counted from the present prices, so floating profit that a stop would give back is part of it. Entries on their way count from
 * their own price, those at the market from the present quote. Slippage, commission and financing are not in it.
 * @param leaving - a ledger that the order in question closes first; see `leavingOf`
 * @returns a finding of {@link openRiskCodes} where it cannot be known
 */
export const openRisk = (book: Book, leaving?: Ledger): number | Finding => {
  let sum = 0;
  for (const symbol of book.exposed()) {
    const instrument = knownInstrument(book, symbol);
    if (isFinding(instrument)) return instrument;
    const risk = riskOf(book, instrument, leaving);
    if (isFinding(risk)) return risk;
    sum += risk;
  }
  return sum;
};
