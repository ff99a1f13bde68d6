/** A stretch of time in which the data has nothing where it should have. */
export interface DataGap {
  readonly symbol: string;
  /** Epoch ms of the last row before it and of the first after it. */
  readonly from: number;
  readonly to: number;
  /** How long the market was open without data, ms: a weekend in between does not count. */
  readonly missingMs: number;
}

/** Rows that were refused for one reason. */
export interface RejectedRows {
  readonly reason: string;
  readonly count: number;
  /** Where the first was: a file and line. */
  readonly first: string;
}

/** What one source of market data says of itself. */
export interface DataQuality {
  /** Name of the file or feed. */
  readonly source: string;
  /** Rows read, the refused ones included. */
  readonly rows: number;
  readonly rejected: readonly RejectedRows[];
  /** The longest first, by `missingMs`. A source may keep only some; `gapCount` counts all. */
  readonly gaps: readonly DataGap[];
  readonly gapCount: number;
  /** Bars missing in all gaps; `null` for a source of ticks, of which nobody knows how many there should be. */
  readonly missingBars: number | null;
}

/** Orders gaps for `sort`: the longest first, by the time the market was open; of equals the earlier. */
export const byLength = (a: DataGap, b: DataGap): number => b.missingMs - a.missingMs || a.from - b.from;
