import type { BreakdownRow } from '../../analysis/breakdown.js';
import { histogram } from '../charts/histogram.js';
import { type ReportContext, sessionName } from '../context.js';
import { escapeHtml } from '../escape.js';
import { fixed, percent, signed } from '../format.js';
import type { ReportSection } from '../section.js';
import { responsive } from '../svg/frame.js';
import { type Column, facts, table } from '../table.js';

const columnsOf = ({ formats }: ReportContext, head: string): Column<BreakdownRow>[] => [
  { head, text: true, cell: ({ key }) => escapeHtml(key) },
  { head: 'Trades', cell: ({ statistics }) => fixed(statistics.trades) },
  { head: 'Win rate', cell: ({ statistics }) => percent(statistics.winRate) },
  {
    head: 'Net',
    cell: ({ statistics }) => formats.signedMoney(statistics.net),
    tone: ({ statistics }) => statistics.net,
  },
  { head: 'Profit factor', cell: ({ statistics }) => fixed(statistics.profitFactor, 2) },
  { head: 'Mean', cell: ({ statistics }) => formats.signedMoney(statistics.expectancy) },
  { head: 'Mean R', cell: ({ statistics }) => signed(statistics.expectancyR, 2) },
];

/** How trades ended: their distribution, and the same figures by session, volatility and more. */
export const resultsSection = (context: ReportContext): ReportSection => {
  const { result, formats } = context;
  const { trades, performance, breakdown, account } = result;
  const title = 'Results of trades';
  if (trades.length === 0) {
    return { id: 'results', title, html: '<p class="empty-note">No finished trades.</p>' };
  }
  const s = performance.trades;
  // R compares trades of all sizes; money stands in where most stops are not known.
  const inR = s.withR > trades.length / 2;
  const values = trades.flatMap((t) => (inR ? (t.r ?? []) : t.net));
  const unit = inR ? 'R' : account.currency;
  const grouped = [
    ['Session at entry', breakdown.session.map((row) => ({ ...row, key: sessionName(row.key) }))],
    ['Volatility at entry', breakdown.volatility],
    ['Symbol', breakdown.symbol],
    ['Strategy', breakdown.strategy],
    ['Run', breakdown.owner],
    ['Side', breakdown.side],
    ['Ended by', breakdown.exit],
  ] as const;
  // A single row says nothing that the whole does not.
  const tables = grouped
    .filter(([head, rows]) => rows.length > 1 && !(head === 'Run' && rows.length === breakdown.symbol.length))
    .map(([head, rows]) => table(columnsOf(context, head), rows));
  return {
    id: 'results',
    title,
    html: `<figure>${responsive(histogram(values, unit, inR ? s.expectancyR : s.expectancy))}</figure>
${facts([
  ['Won', formats.signedMoney(s.grossProfit), `mean ${formats.signedMoney(s.averageWin)}`],
  ['Lost', formats.signedMoney(s.grossLoss), `mean ${formats.signedMoney(s.averageLoss)}`],
  ['Largest win', formats.signedMoney(s.largestWin)],
  ['Largest loss', formats.signedMoney(s.largestLoss)],
  ['Longest winning run', fixed(s.longestWinRun)],
  ['Longest losing run', fixed(s.longestLossRun)],
  ['System quality', fixed(s.systemQuality, 2), 'mean R over its spread, times √n'],
  ['Kelly fraction', s.kelly === null ? '–' : percent(s.kelly), 'no advice to stake it'],
])}
<div class="even">${tables.join('\n')}</div>`,
  };
};
