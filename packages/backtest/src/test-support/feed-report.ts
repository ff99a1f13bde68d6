import type { FeedReport } from '../feed/feed-report.js';

/** What a feed reports of one file with two crossed rows and four gaps, of which one is listed. */
export const aFeedReport = (path = 'eurusd.csv', symbol = 'EURUSD', missingBars = 20): FeedReport => {
  const from = Date.UTC(2024, 2, 5, 14);
  const gap = { symbol, from, to: from + 3_600_000, missingMs: 3_300_000, missing: 11 };
  const sums = { rows: 98, rejectedRows: 2, gaps: 4, missingBars, longestGaps: [gap] };
  const file = {
    ...sums,
    path,
    symbol,
    layout: 'bars',
    timeframe: 'M5',
    zone: undefined,
    rejected: [],
    faults: [{ fault: 'crossed', count: 2, firstLine: 7 }],
    filteredRows: 0,
    crossedRows: 0,
    from: undefined,
    to: undefined,
  } as const;
  return { ...sums, files: [file], complete: true };
};
