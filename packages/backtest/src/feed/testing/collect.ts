import type { MarketFeed } from '@mikrobot/core';

/** A tick as a test compares it. */
export interface ToldTick {
  readonly symbol: string;
  readonly time: number;
  readonly bid: number;
  readonly ask: number;
  readonly volume: number;
  readonly path: number | undefined;
}

/** Plays a feed to its end. */
export const ticksOf = async (feed: MarketFeed): Promise<ToldTick[]> => {
  const ticks: ToldTick[] = [];
  for await (const batch of feed.batches()) {
    for (let i = 0; i < batch.length; i++) {
      ticks.push({
        symbol: batch.symbols[batch.symbol[i] as number] as string,
        time: batch.time[i] as number,
        bid: batch.bid[i] as number,
        ask: batch.ask[i] as number,
        volume: batch.volume[i] as number,
        path: batch.path?.[i],
      });
    }
  }
  return ticks;
};

/** All that an iterable gives. */
export const all = async <T>(rows: AsyncIterable<T>): Promise<T[]> => {
  const found: T[] = [];
  for await (const row of rows) found.push(row);
  return found;
};
