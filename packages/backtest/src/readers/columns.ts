/** Bars in columns, in time order. The arrays may be longer than `length` and are reused for the next batch. */
export interface BarColumns {
  readonly length: number;
  /** Open time, epoch ms UTC. */
  readonly time: Float64Array;
  /** Bid prices, or trade prices where the source has no quotes. */
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** NaN, all four, where the source has no ask. */
  readonly askOpen: Float64Array;
  readonly askHigh: Float64Array;
  readonly askLow: Float64Array;
  readonly askClose: Float64Array;
  /** 0 where the source has none. */
  readonly volume: Float64Array;
}

/** Ticks in columns, in time order. The arrays may be longer than `length` and are reused for the next batch. */
export interface TickColumns {
  readonly length: number;
  /** Epoch ms UTC. */
  readonly time: Float64Array;
  readonly bid: Float64Array;
  readonly ask: Float64Array;
  /** 0 where the source has none. */
  readonly volume: Float64Array;
}

/** 1973-03-03, the least epoch ms: below it lie all epoch seconds up to the year 5138, which are not meant. */
export const earliest = 1e11;
/** 2100-01-01 */
export const latest = 4_102_444_800_000;

/** What rows must come after, and what is told when they do not. */
export interface Floor {
  /** Times up to here were told by an earlier file of the symbol; -Infinity when there is none. */
  readonly time: number;
  readonly file: string;
}

/** No earlier file. */
export const noFloor: Floor = { time: Number.NEGATIVE_INFINITY, file: '' };

/** How a table treats what it takes in. */
export interface TableOptions {
  /** Rows it holds. */
  readonly capacity: number;
  /** Take rows whose ask is below their bid instead of rejecting them. */
  readonly keepCrossed: boolean;
  readonly floor: Floor;
}
