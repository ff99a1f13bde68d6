import type { RefusalCount } from '../../analysis/funnel.js';
import { funnelChart } from '../charts/funnel-chart.js';
import type { ReportContext } from '../context.js';
import { escapeHtml } from '../escape.js';
import { dateTime, fixed } from '../format.js';
import type { ReportSection } from '../section.js';
import { responsive } from '../svg/frame.js';
import { type Column, table } from '../table.js';

const stages = { validate: 'validation', assess: 'risk', execute: 'venue' } as const;

const plain = (value: number | string): string =>
  value === '' ? '–' : `<span class="brief">${escapeHtml(String(value))}</span>`;

const columnsOf = (context: ReportContext): Column<RefusalCount>[] => [
  {
    head: 'Code',
    text: true,
    cell: ({ code }) =>
      `<code class="nowrap">${escapeHtml(code)}</code><small class="meaning">${escapeHtml(context.meaning(code) ?? '')}</small>`,
  },
  { head: 'Count', cell: ({ count }) => fixed(count) },
  { head: 'Stage', text: true, cell: ({ stage }) => stages[stage] },
  { head: 'Rule', text: true, cell: ({ rule }) => `<span class="nowrap">${escapeHtml(rule)}</span>` },
  { head: 'Limit', cell: ({ first }) => plain(first.limit) },
  { head: 'Actual', cell: ({ first }) => plain(first.actual) },
  {
    head: 'First seen, UTC',
    text: true,
    cell: ({ first }) => {
      const symbol = context.result.instruments.length > 1 ? ` ${escapeHtml(first.symbol)}` : '';
      return `<span class="nowrap">${dateTime(first.time)}</span>${symbol}`;
    },
  },
];

/** What became of the signals, and why those that were stopped were stopped. */
export const decisionsSection = (context: ReportContext): ReportSection => {
  const { funnel, orders } = context.result;
  const list = (rows: readonly RefusalCount[], caption: string): string =>
    rows.length === 0 ? '' : table(columnsOf(context), rows, { caption });
  const after = [
    [orders.filled, 'filled'],
    [orders.cancelled, 'cancelled'],
    [orders.expired, 'expired'],
    [orders.rejected, 'rejected'],
  ] as const;
  const told = after.filter(([n]) => n > 0).map(([n, what]) => `${fixed(n)} ${what}`);
  return {
    id: 'decisions',
    title: 'Decisions',
    html:
      funnel.signals === 0
        ? '<p class="empty-note">No signals: nothing was decided.</p>'
        : `<figure>${responsive(funnelChart(funnel))}</figure>
${told.length === 0 ? '' : `<p class="quiet">Orders, protective ones included: ${told.join(', ')}.</p>`}
${list(funnel.refusals, 'Refusals. Limit and actual value are those of the first.')}
${list(funnel.holds, `Held for a person, who approved ${fixed(funnel.approvals)}.`)}`,
  };
};
