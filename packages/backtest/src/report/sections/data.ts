import { byLength, type DataGap, type DataQuality, type RejectedRows } from '../../analysis/data-quality.js';
import { missingText } from '../../analysis/missing-data.js';
import type { IssueCount } from '../../analysis/result.js';
import type { ReportContext } from '../context.js';
import { escapeHtml } from '../escape.js';
import { counted, dateTime, duration, fixed } from '../format.js';
import type { ReportSection } from '../section.js';
import { type Column, table } from '../table.js';

const MOST_GAPS = 20;

const sourceColumns: readonly Column<DataQuality>[] = [
  { head: 'Source', text: true, cell: ({ source }) => escapeHtml(source) },
  { head: 'Rows', cell: ({ rows }) => fixed(rows) },
  { head: 'Rejected', cell: ({ rejected }) => fixed(rejected.reduce((sum, row) => sum + row.count, 0)) },
  { head: 'Gaps', cell: ({ gapCount }) => fixed(gapCount) },
  { head: 'Bars missing', cell: ({ missingBars }) => fixed(missingBars) },
];

const rejectedColumns: readonly Column<RejectedRows>[] = [
  { head: 'Why rows were rejected', text: true, cell: ({ reason }) => escapeHtml(reason) },
  { head: 'Rows', cell: ({ count }) => fixed(count) },
  { head: 'First', text: true, cell: ({ first }) => `<code>${escapeHtml(first)}</code>` },
];

const gapColumns: readonly Column<DataGap>[] = [
  { head: 'Gap in', text: true, cell: ({ symbol }) => escapeHtml(symbol) },
  {
    head: 'Last before, UTC',
    text: true,
    cell: ({ from }) => `<span class="nowrap">${dateTime(from)}</span>`,
  },
  { head: 'First after, UTC', text: true, cell: ({ to }) => `<span class="nowrap">${dateTime(to)}</span>` },
  { head: 'Length', cell: ({ from, to }) => duration(to - from) },
  { head: 'Open market missed', cell: ({ missingMs }) => duration(missingMs) },
];

const issueColumns: readonly Column<IssueCount>[] = [
  { head: 'Issue', text: true, cell: ({ code }) => `<code>${escapeHtml(code)}</code>` },
  { head: 'Count', cell: ({ count }) => fixed(count) },
  {
    head: 'First',
    text: true,
    cell: ({ first }) =>
      `<span class="nowrap">${first.time === 0 ? 'before the first tick' : dateTime(first.time)}</span> ${escapeHtml([first.symbol ?? '', first.detail].join(' ').trim())}`,
  },
];

/** How good the data was, and what the bot complained of. */
export const dataSection = ({ result }: ReportContext): ReportSection => {
  const sources = result.data ?? [];
  const rejected = sources.flatMap((source) => source.rejected);
  const gaps = sources.flatMap((source) => source.gaps).sort(byLength);
  const all = sources.reduce((sum, source) => sum + source.gapCount, 0);
  const shown = gaps.slice(0, MOST_GAPS);
  const more =
    all > shown.length ? `<p class="quiet">${counted(all - shown.length, 'more gap')} not listed.</p>` : '';
  const missing = missingText(sources);
  const parts = [
    result.data === null
      ? '<p class="quiet">The source of the data did not say how good it was.</p>'
      : table(sourceColumns, sources),
    missing === '' ? '' : `<p>${missing}.</p>`,
    rejected.length === 0 ? '' : table(rejectedColumns, rejected),
    shown.length === 0 ? '' : table(gapColumns, shown) + more,
    result.issues.length === 0 ? '' : table(issueColumns, result.issues),
  ];
  return {
    id: 'data',
    title: 'Data quality and issues',
    html: parts.filter((part) => part !== '').join('\n'),
  };
};
