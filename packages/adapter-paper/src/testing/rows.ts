import type { MarketFeed, TickBatch } from '@mikrobot/core';

/** One row of a feed, with what is left out quiet. */
export interface Row {
  readonly symbol?: string;
  readonly time: number;
  readonly bid: number;
  readonly ask?: number;
  readonly volume?: number;
  readonly path?: number;
}

/** A feed of rows that a test writes down, in batches of two. It counts how often it was opened and closed. */
export const feedOf = (rows: readonly Row[]): MarketFeed & { opened: number; closed: number } => {
  const symbols = [...new Set(rows.map((r) => r.symbol ?? 'EURUSD'))];
  const feed = {
    symbols,
    opened: 0,
    closed: 0,
    async *batches(): AsyncGenerator<TickBatch> {
      feed.opened += 1;
      try {
        for (let i = 0; i < rows.length; i += 2) yield batchOf(rows.slice(i, i + 2), symbols);
      } finally {
        feed.closed += 1;
      }
    },
  };
  return feed;
};

const batchOf = (rows: readonly Row[], symbols: readonly string[]): TickBatch => ({
  length: rows.length,
  symbols,
  symbol: Uint16Array.from(rows, (r) => symbols.indexOf(r.symbol ?? 'EURUSD')),
  time: Float64Array.from(rows, (r) => r.time),
  bid: Float64Array.from(rows, (r) => r.bid),
  ask: Float64Array.from(rows, (r) => r.ask ?? Number.NaN),
  volume: Float64Array.from(rows, (r) => r.volume ?? 0),
  ...(rows.some((r) => r.path !== undefined) ? { path: Uint8Array.from(rows, (r) => r.path ?? 0) } : {}),
});
