import type { Timeframe } from '@mikrobot/core';
import { intervalOf } from '../mapper/intervals.js';

/** Names of the public streams of a symbol. The venue writes symbols in lower case there. */
export const streamName = {
  quotes: (symbol: string): string => `${symbol.toLowerCase()}@bookTicker`,
  trades: (symbol: string): string => `${symbol.toLowerCase()}@trade`,
  aggregates: (symbol: string): string => `${symbol.toLowerCase()}@aggTrade`,
  bars: (symbol: string, timeframe: Timeframe, venue: 'spot' | 'futures'): string =>
    `${symbol.toLowerCase()}@kline_${intervalOf(timeframe, venue)}`,
  depth: (symbol: string, levels: 5 | 10 | 20): string => `${symbol.toLowerCase()}@depth${levels}@100ms`,
  diffs: (symbol: string): string => `${symbol.toLowerCase()}@depth@100ms`,
  mark: (symbol: string): string => `${symbol.toLowerCase()}@markPrice@1s`,
};

/**
 * By which address of futures a stream is told: those of the book by `public`, all others by `market` (developers.binance.com, USD-M
 * futures, "Websocket Market Streams").
 */
export const futuresPath = (stream: string): 'public' | 'market' =>
  /@(?:bookTicker|depth|rpiDepth)/.test(stream) || stream === '!bookTicker' ? 'public' : 'market';
