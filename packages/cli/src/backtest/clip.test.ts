import { fromTicks } from '@mikrobot/backtest';
import type { MarketFeed } from '@mikrobot/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clip } from './clip.js';

const timesOf = async (feed: MarketFeed): Promise<number[]> => {
  const times: number[] = [];
  for await (const { time, length, bid } of feed.batches()) {
    for (let i = 0; i < length; i++) {
      times.push(time[i] as number);
      expect(bid[i]).toBe((time[i] as number) + 1);
    }
  }
  return times;
};

const feedOf = (times: readonly number[]): MarketFeed =>
  fromTicks(times.map((time) => ({ symbol: 'EURUSD', time, bid: time + 1, ask: time + 2, volume: 0 })));

describe('clip', () => {
  it('leaves the ticks from the one time on until before the other', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(50), { maxLength: 60 }),
        fc.nat(50),
        fc.nat(50),
        async (unsorted, from, to) => {
          const times = [...unsorted].sort((a, b) => a - b);
          const clipped = await timesOf(clip(feedOf(times), from, to));
          expect(clipped).toEqual(times.filter((time) => time >= from && time < to));
        },
      ),
    ));

  it('does not read on when the end is reached', async () => {
    let read = 0;
    const source = feedOf(Array.from({ length: 100_000 }, (_, i) => i));
    const counting: MarketFeed = {
      symbols: source.symbols,
      async *batches() {
        for await (const batch of source.batches()) {
          read += batch.length;
          yield batch;
        }
      },
    };
    expect(await timesOf(clip(counting, 10, 20))).toHaveLength(10);
    expect(read).toBeLessThan(50_000);
  });
});
