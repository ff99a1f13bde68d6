/**
 * Ticks in columns, in time order. The arrays may be longer than `length` and may be reused: they are valid until the next
 * batch is asked for.
 */
export interface TickBatch {
  readonly length: number;
  /** What the `symbol` column indexes. */
  readonly symbols: readonly string[];
  readonly symbol: Uint16Array;
  /** Epoch ms, never falling. */
  readonly time: Float64Array;
  readonly bid: Float64Array;
  /** NaN where the source has no ask: the venue's spread model supplies it. */
  readonly ask: Float64Array;
  readonly volume: Float64Array;
  /**
   * 1 where the row is a step on an interpolated path from the row before it of its symbol (the inner points of a bar): the prices
   * between the two traded, so a venue fills a stop or limit at its own price. 0 where it is a quote as the market showed it: a
   * jump is a gap. Left out when the source cannot say; a venue then takes the worse of the two.
   */
  readonly path?: Uint8Array | undefined;
}

/** A recorded or generated market that a simulated venue plays. */
export interface MarketFeed {
  /** Symbols that the feed can contain; known before it is opened. */
  readonly symbols: readonly string[];
  /** Starts from the beginning at each call. */
  batches(): AsyncIterable<TickBatch>;
}
