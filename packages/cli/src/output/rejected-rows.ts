import type { FeedReport } from '@mikrobot/backtest';
import { type Io, say } from '../io.js';
import { count, minute, plural } from './format.js';

/** Rejected rows that are shown with their sentence. */
const SHOWN = 10;

/** The first rejected rows, each as `file:line: sentence`, and how many more there are. */
export const rejectedRows = ({ files, rejectedRows: total }: FeedReport): readonly string[] => {
  const shown = files.flatMap(({ rejected }) => rejected).slice(0, SHOWN);
  const more = total - shown.length;
  return [
    ...shown.map(({ file, line, detail }) => `${file}:${line}: ${detail}`),
    ...(more > 0 ? [`and ${count(more)} more`] : []),
  ];
};

/** The longest gaps of the bars, and how many more there are. */
export const gapLines = ({ longestGaps, gaps }: FeedReport): readonly string[] => [
  ...longestGaps.map(
    ({ symbol, from, to, missing }) =>
      `${symbol}: ${plural(missing, 'bar')} missing between ${minute(from)} and ${minute(to)} UTC`,
  ),
  ...(gaps > longestGaps.length ? [`and ${count(gaps - longestGaps.length)} more`] : []),
];

/** Says on the error stream which rows were left out, so that the data on the other stream stays clean. */
export const warnOfRows = (report: FeedReport, io: Io): void => {
  if (report.rejectedRows === 0) return;
  say(io.err, `warning: ${plural(report.rejectedRows, 'row')} rejected:`);
  for (const line of rejectedRows(report)) say(io.err, `  ${line}`);
};
