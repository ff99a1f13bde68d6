import { isPrice, isQuantity, isSymbol, isTime } from './checks.js';
import { decimalNumber, signedNumber } from './decimal-text.js';
import type { Drop, MarkPrice, Raw } from './market-events.js';

/** A `markPriceUpdate` of futures. */
export const markOf = (payload: unknown, drop: Drop): MarkPrice | undefined => {
  if (typeof payload !== 'object' || payload === null) return drop('shape');
  const raw = payload as Raw;
  const { e, s: symbol, E: time, r: rate, T: next } = raw;
  if (e !== 'markPriceUpdate') return drop('kind');
  if (!isSymbol(symbol)) return drop('symbol');
  if (!isTime(time)) return drop('time');
  const price = decimalNumber(raw.p);
  if (!isPrice(price)) return drop('price');
  const index = raw.i === undefined ? undefined : decimalNumber(raw.i);
  if (index !== undefined && !isQuantity(index)) return drop('price');
  // Contracts with a delivery pay no funding: the rate is empty and its time 0.
  const pays = rate !== undefined && rate !== '';
  const fundingRate = pays ? signedNumber(rate) : undefined;
  if (fundingRate !== undefined && !(Math.abs(fundingRate) <= 1)) return drop('rate');
  if (pays ? !isTime(next) : next !== undefined && next !== 0 && !isTime(next)) return drop('time');
  const nextFunding = pays ? (next as number) : undefined;
  return {
    kind: 'mark',
    symbol,
    time,
    price,
    index: index === 0 ? undefined : index,
    fundingRate,
    nextFunding,
  };
};
