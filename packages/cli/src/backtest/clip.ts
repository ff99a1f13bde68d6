import type { MarketFeed, TickBatch } from '@mikrobot/core';

const firstFrom = ({ time, length }: TickBatch, moment: number): number => {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((time[middle] as number) < moment) low = middle + 1;
    else high = middle;
  }
  return low;
};

const part = (batch: TickBatch, from: number, to: number): TickBatch => ({
  length: to - from,
  symbols: batch.symbols,
  symbol: batch.symbol.subarray(from, to),
  time: batch.time.subarray(from, to),
  bid: batch.bid.subarray(from, to),
  ask: batch.ask.subarray(from, to),
  volume: batch.volume.subarray(from, to),
  ...(batch.path === undefined ? {} : { path: batch.path.subarray(from, to) }),
});

/**
 * A feed's ticks of [from, to), epoch ms. It is not read further than `to`; with both infinite it is the feed itself.
 */
export const clip = (feed: MarketFeed, from: number, to: number): MarketFeed => {
  if (from === Number.NEGATIVE_INFINITY && to === Number.POSITIVE_INFINITY) return feed;
  return {
    symbols: feed.symbols,
    async *batches() {
      for await (const batch of feed.batches()) {
        const begin = firstFrom(batch, from);
        const end = firstFrom(batch, to);
        if (begin < end) yield part(batch, begin, end);
        if (end < batch.length) return;
      }
    },
  };
};
