import { type Bar, type Timeframe, timeframeMs } from '@mikrobot/core';
import type { BarRow } from '../protocol/symbol-record.js';
import type { ServerTime } from '../server-time.js';

/** Of what the rows are. */
export interface BarKind {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** The symbol's point, in price. */
  readonly point: number;
}

/** MetaTrader's bars are of the bid, with the smallest spread in points: the ask's are the bid's and that. */
export const toBar = (
  [at, open, high, low, close, ticks, spread]: BarRow,
  kind: BarKind,
  time: ServerTime,
): Bar => {
  const { symbol, timeframe, point } = kind;
  const wide = spread * point;
  const decimals = 12;
  const ask = (price: number): number => Number((price + wide).toFixed(decimals));
  return {
    symbol,
    timeframe,
    time: time.toUtc(at),
    // A day of the server's is an hour shorter or longer where its clocks change.
    closeTime: time.toUtc(at + timeframeMs(timeframe)),
    open,
    high,
    low,
    close,
    askOpen: ask(open),
    askHigh: ask(high),
    askLow: ask(low),
    askClose: ask(close),
    volume: ticks,
    ticks,
  };
};
