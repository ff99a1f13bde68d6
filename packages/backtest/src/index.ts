// Feeds: what a simulated venue plays
export { csv, type FileFeed } from './feed/csv.js';
export type { CsvFiles, CsvSource } from './feed/csv-source.js';
export { dataQualityOf } from './feed/data-quality-of.js';
export type { BarGap, FeedProgress, FeedReport, FileReport } from './feed/feed-report.js';
export type { ProgressListener } from './feed/file-set.js';
export { fromBars, fromTicks, merge } from './feed/memory-feeds.js';

// Rows: what tools read
export { type FileRows, readBars, readTicks } from './feed/read-rows.js';
export type { FaultCount } from './readers/file-tally.js';
export { type LayoutName, layouts } from './readers/layout.js';
export { type RejectedRow, type RowFault, rowFaults } from './readers/row-fault.js';
