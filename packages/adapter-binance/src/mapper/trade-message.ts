import { digitsOf, isPrice, isSymbol, isTime } from './checks.js';
import { decimalNumber } from './decimal-text.js';
import type { Drop, MarketTrade, Raw } from './market-events.js';

/** A `trade` or an `aggTrade`. */
export const tradeOf = (payload: unknown, drop: Drop): MarketTrade | undefined => {
  if (typeof payload !== 'object' || payload === null) return drop('shape');
  const raw = payload as Raw;
  const { e, s: symbol, T: time, m: buyerMade } = raw;
  const aggregate = e === 'aggTrade';
  if (!aggregate && e !== 'trade') return drop('kind');
  if (typeof buyerMade !== 'boolean') return drop('shape');
  if (!isSymbol(symbol)) return drop('symbol');
  if (!isTime(time)) return drop('time');
  const price = decimalNumber(raw.p);
  if (!isPrice(price)) return drop('price');
  const quantity = decimalNumber(raw.q);
  if (!isPrice(quantity)) return drop('quantity');
  const id = digitsOf(aggregate ? raw.a : raw.t);
  if (id === undefined) return drop('id');
  let span: MarketTrade['span'];
  if (aggregate) {
    const first = digitsOf(raw.f);
    const last = digitsOf(raw.l);
    if (first === undefined || last === undefined) return drop('id');
    span = { first, last };
  }
  const taker = buyerMade ? 'sell' : 'buy';
  return { kind: 'trade', symbol, id, time, price, quantity, taker, span };
};
