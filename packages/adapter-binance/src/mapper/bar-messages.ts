import { type Bar, decimalsOf, type Timeframe, timeframeMs } from '@mikrobot/core';
import { isPrice, isQuantity, isSymbol, isTime, isUpdateId } from './checks.js';
import { decimalNumber } from './decimal-text.js';
import { timeframeOf } from './intervals.js';
import type { BarUpdate, Drop, Raw } from './market-events.js';

/** Price step of a symbol; 0 where none is known. */
export type TickSize = (symbol: string) => number;

/** A `kline` of a length that we have a name for. */
export const barOf = (payload: unknown, tickSize: TickSize, drop: Drop): BarUpdate | undefined => {
  if (typeof payload !== 'object' || payload === null) return drop('shape');
  const { e, s: symbol, k } = payload as Raw;
  if (e !== 'kline') return drop('kind');
  if (typeof k !== 'object' || k === null) return drop('shape');
  const raw = k as Raw;
  const timeframe = timeframeOf(raw.i);
  if (timeframe === undefined || typeof raw.x !== 'boolean') return drop('shape');
  if (!isSymbol(symbol)) return drop('symbol');
  const { t, T, o, h, l, c, v, n } = raw;
  const bar = toBar([t, o, h, l, c, v, T, undefined, n], symbol, timeframe, tickSize, drop);
  return bar && { kind: 'bar', interval: raw.i as string, timeframe, closed: raw.x, bar };
};

/** A bar of the history by REST: `[open time, open, high, low, close, volume, close time, quote volume, trades, …]`. */
export const klineOf = (
  row: unknown,
  symbol: string,
  timeframe: Timeframe,
  tickSize: TickSize,
  drop: Drop,
): Bar | undefined => (Array.isArray(row) ? toBar(row, symbol, timeframe, tickSize, drop) : drop('shape'));

const toBar = (
  row: readonly unknown[],
  symbol: string,
  timeframe: Timeframe,
  tickSize: TickSize,
  drop: Drop,
): Bar | undefined => {
  const [time, o, h, l, c, v, last, , trades] = row;
  if (!isTime(time) || !isTime(last) || last !== time + timeframeMs(timeframe) - 1) return drop('time');
  const open = decimalNumber(o);
  const high = decimalNumber(h);
  const low = decimalNumber(l);
  const close = decimalNumber(c);
  if (!isPrice(low) || !isPrice(high) || !(open >= low && open <= high && close >= low && close <= high))
    return drop('price');
  const volume = decimalNumber(v);
  if (!isQuantity(volume) || !isUpdateId(trades)) return drop('quantity');
  const tick = tickSize(symbol);
  return {
    symbol,
    timeframe,
    time,
    closeTime: last + 1,
    open,
    high,
    low,
    close,
    askOpen: above(open, tick),
    askHigh: above(high, tick),
    askLow: above(low, tick),
    askClose: above(close, tick),
    volume,
    ticks: trades,
  };
};

/** A price one tick up, without the dust of binary fractions. */
const above = (price: number, tickSize: number): number =>
  tickSize === 0 ? price : Number((price + tickSize).toFixed(decimalsOf(tickSize)));
