import type { DataQuality } from '../analysis/data-quality.js';
import { rowFaults } from '../readers/row-fault.js';
import type { FeedReport } from './feed-report.js';

/** A feed's account in the form that a back-test's report takes, one entry a file. */
export const dataQualityOf = ({ files }: FeedReport): readonly DataQuality[] =>
  files.map((file) => ({
    source: file.path,
    rows: file.rows + file.rejectedRows,
    rejected: file.faults.map(({ fault, count, firstLine }) => ({
      reason: rowFaults[fault],
      count,
      first: `${file.path}:${firstLine}`,
    })),
    gaps: file.longestGaps,
    gapCount: file.gaps,
    missingBars: file.timeframe === undefined ? null : file.missingBars,
  }));
