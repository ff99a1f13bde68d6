import { type MarketFeed, seededRandom, type TickBatch } from '@mikrobot/core';

/** A market in memory, in columns. */
export interface Columns {
  readonly length: number;
  readonly symbols: readonly string[];
  readonly symbol: Uint16Array;
  readonly time: Float64Array;
  readonly bid: Float64Array;
  readonly ask: Float64Array;
  readonly volume: Float64Array;
  readonly path?: Uint8Array;
}

/** 2023-11-14T22:13:00Z, the start of a minute. */
const START = 1_699_999_980_000;

/** A random walk of ticks, `perMinute` of them a minute, the symbols in turn. */
export const tickWalk = (length: number, symbols: readonly string[], perMinute = 60, seed = 7): Columns => {
  const random = seededRandom(seed);
  const columns: Columns = {
    length,
    symbols,
    symbol: new Uint16Array(length),
    time: new Float64Array(length),
    bid: new Float64Array(length),
    ask: new Float64Array(length),
    volume: new Float64Array(length).fill(1),
  };
  const step = 60_000 / perMinute / symbols.length;
  const price = symbols.map(() => 110_000);
  for (let i = 0; i < length; i++) {
    const s = i % symbols.length;
    const p = Math.max(90_000, (price[s] as number) + Math.round((random() - 0.5) * 6));
    price[s] = p;
    columns.symbol[i] = s;
    columns.time[i] = START + Math.floor(i * step + random() * step * 0.5);
    columns.bid[i] = p / 1e5;
    columns.ask[i] = (p + 5 + Math.round(random() * 5)) / 1e5;
  }
  return columns;
};

/** Plays columns in batches of `size` rows, from row `from` to row `to`. */
export const feedOf = (columns: Columns, size = 65_536): MarketFeed => ({
  symbols: columns.symbols,
  async *batches(): AsyncGenerator<TickBatch> {
    for (let from = 0; from < columns.length; from += size) {
      const to = Math.min(columns.length, from + size);
      yield {
        length: to - from,
        symbols: columns.symbols,
        symbol: columns.symbol.subarray(from, to),
        time: columns.time.subarray(from, to),
        bid: columns.bid.subarray(from, to),
        ask: columns.ask.subarray(from, to),
        volume: columns.volume.subarray(from, to),
        path: columns.path?.subarray(from, to),
      };
    }
  },
});
