import type { MarketFeed } from '@mikrobot/core';

/** Nanoseconds a row of each batch, from its being handed out to the next being asked for. */
export class Slices {
  readonly #ns: number[] = [];

  /** The feed, watched. */
  watch(feed: MarketFeed): MarketFeed {
    const ns = this.#ns;
    return {
      symbols: feed.symbols,
      async *batches() {
        for await (const batch of feed.batches()) {
          const start = process.hrtime.bigint();
          yield batch;
          ns.push(Number(process.hrtime.bigint() - start) / batch.length);
        }
      },
    };
  }

  /** Of all batches: the pace once everything is compiled, whatever disturbed single ones. */
  get median(): number {
    return [...this.#ns].sort((a, b) => a - b)[this.#ns.length >> 1] ?? Number.NaN;
  }
}
