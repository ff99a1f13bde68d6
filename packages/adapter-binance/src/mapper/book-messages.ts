import { isPrice, isQuantity, isSymbol, isTime, isUpdateId } from './checks.js';
import { decimalNumber } from './decimal-text.js';
import type { BookTicker, DepthDiff, DepthSnapshot, Drop, PriceLevel, Raw } from './market-events.js';

/** A `bookTicker`, of spot (without a time) or of futures. A side that is empty has no price, so there is no quote. */
export const quoteOf = (payload: unknown, drop: Drop): BookTicker | undefined => {
  if (typeof payload !== 'object' || payload === null) return drop('shape');
  const raw = payload as Raw;
  const { e, s: symbol, u: updateId } = raw;
  if (e !== undefined && e !== 'bookTicker') return drop('kind');
  if (!isSymbol(symbol)) return drop('symbol');
  if (!isUpdateId(updateId)) return drop('id');
  // Futures have both the time of the match and that of the message.
  const time = raw.T ?? raw.E;
  if (time !== undefined ? !isTime(time) : e !== undefined) return drop('time');
  const bid = decimalNumber(raw.b);
  const ask = decimalNumber(raw.a);
  if (!isPrice(bid) || !isPrice(ask)) return drop('price');
  if (ask < bid) return drop('crossed');
  const bidQuantity = decimalNumber(raw.B);
  const askQuantity = decimalNumber(raw.A);
  if (!isQuantity(bidQuantity) || !isQuantity(askQuantity)) return drop('quantity');
  return {
    kind: 'quote',
    symbol,
    updateId,
    time: time as number | undefined,
    bid,
    bidQuantity,
    ask,
    askQuantity,
  };
};

/** A `depthUpdate`: changes of the book. */
export const diffOf = (payload: unknown, drop: Drop): DepthDiff | undefined => {
  if (typeof payload !== 'object' || payload === null) return drop('shape');
  const raw = payload as Raw;
  const { e, s: symbol, E: told, T: matched, U: first, u: last, pu: previous } = raw;
  if (e !== 'depthUpdate') return drop('kind');
  if (!isSymbol(symbol)) return drop('symbol');
  const time = matched ?? told;
  if (!isTime(time)) return drop('time');
  if (!isUpdateId(first) || !isUpdateId(last) || first > last) return drop('id');
  if (previous !== undefined && !isUpdateId(previous)) return drop('id');
  const bids = levelsOf(raw.b, drop);
  const asks = bids === undefined ? undefined : levelsOf(raw.a, drop);
  if (bids === undefined || asks === undefined) return undefined;
  return { kind: 'depth', symbol, time, first, last, previous, bids, asks };
};

/** The best levels of a partial depth stream, or the whole book of a depth snapshot by REST. */
export const depthOf = (payload: unknown, symbol: string, drop: Drop): DepthSnapshot | undefined => {
  if (typeof payload !== 'object' || payload === null) return drop('shape');
  const raw = payload as Raw;
  // On futures the stream has the fields of a diff, and the snapshot those of spot with times.
  const updateId = raw.lastUpdateId ?? raw.u;
  if (!isUpdateId(updateId)) return drop('id');
  const time = raw.T ?? raw.E;
  if (time !== undefined && !isTime(time)) return drop('time');
  if (raw.s !== undefined && raw.s !== symbol) return drop('symbol');
  const told = levelsOf(raw.bids ?? raw.b, drop);
  const offered = told === undefined ? undefined : levelsOf(raw.asks ?? raw.a, drop);
  if (told === undefined || offered === undefined) return undefined;
  const bids = bestFirst(told, 1);
  const asks = bestFirst(offered, -1);
  if (bids.length > 0 && asks.length > 0 && asks[0]![0] < bids[0]![0]) return drop('crossed');
  return { kind: 'book', symbol, updateId, time, bids, asks };
};

const levelsOf = (value: unknown, drop: Drop): readonly PriceLevel[] | undefined => {
  if (!Array.isArray(value)) return drop('shape');
  const levels: PriceLevel[] = [];
  for (const level of value) {
    if (!Array.isArray(level)) return drop('shape');
    const price = decimalNumber(level[0]);
    if (!isPrice(price)) return drop('price');
    const quantity = decimalNumber(level[1]);
    if (!isQuantity(quantity)) return drop('quantity');
    levels.push([price, quantity]);
  }
  return levels;
};

/** The documentation of futures shows bids from the worst to the best, the venue sends them the other way: neither is relied upon. */
const bestFirst = (levels: readonly PriceLevel[], sign: 1 | -1): readonly PriceLevel[] => {
  const sorted = levels.every(([price], i) => i === 0 || (levels[i - 1]![0] - price) * sign > 0);
  return sorted ? levels : [...levels].sort(([a], [b]) => (b - a) * sign);
};
