import type { Timeframe } from '@mikrobot/core';
import type { DataGap } from '../analysis/data-quality.js';
import type { FaultCount } from '../readers/file-tally.js';
import type { LayoutName } from '../readers/layout.js';
import type { RejectedRow } from '../readers/row-fault.js';

/** Bars that are missing while the market was open. */
export interface BarGap extends DataGap {
  /** Number of missing bars. */
  readonly missing: number;
}

/** What one file gave. */
export interface FileReport {
  readonly path: string;
  readonly symbol: string;
  readonly layout: LayoutName;
  /** Bars only. */
  readonly timeframe: Timeframe | undefined;
  /** The zone by which wall times were read; undefined for epoch times. */
  readonly zone: string | undefined;
  /** Good rows. */
  readonly rows: number;
  readonly rejectedRows: number;
  /** The first ten. */
  readonly rejected: readonly RejectedRow[];
  /** Rejected rows by fault, in the order in which the faults first came. */
  readonly faults: readonly FaultCount[];
  /** Rows of contracts that were not asked for. */
  readonly filteredRows: number;
  /** Good rows whose ask is below their bid, taken because they were asked for. */
  readonly crossedRows: number;
  /** Time of the first and last good row, epoch ms; undefined when there is none. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** Holes in the bars while the market was open; rejected bars leave holes too. */
  readonly gaps: number;
  /** Bars missing in all of them. */
  readonly missingBars: number;
  /** The longest ten, the longest first, by the time the market was open. */
  readonly longestGaps: readonly BarGap[];
}

/** What a feed has read since it was last started. */
export interface FeedReport {
  /** In the order of reading. */
  readonly files: readonly FileReport[];
  readonly rows: number;
  readonly rejectedRows: number;
  /** Holes in the bars while the market was open. */
  readonly gaps: number;
  /** Bars missing in all of them. */
  readonly missingBars: number;
  /** The longest ten, the longest first, by the time the market was open. */
  readonly longestGaps: readonly BarGap[];
  /** Whether the files were read to their ends. */
  readonly complete: boolean;
}

/** How far a feed is: good rows, and bytes of the files on disk. */
export interface FeedProgress {
  readonly rows: number;
  readonly bytes: number;
  readonly totalBytes: number;
}
