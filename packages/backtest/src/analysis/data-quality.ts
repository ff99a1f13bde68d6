/** A stretch of time in which the data has nothing where it should have. */
export interface DataGap {
  readonly symbol: string;
  /** Epoch ms of the last row before it and of the first after it. */
  readonly from: number;
  readonly to: number;
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
  /** In order of time. A source may keep only some; `gapCount` counts all. */
  readonly gaps: readonly DataGap[];
  readonly gapCount: number;
}
