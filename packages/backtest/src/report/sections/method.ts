import { MOST_WEEKDAYS } from '../../analysis/daily-returns.js';
import { ENOUGH_DAYS } from '../../analysis/performance.js';
import type { ReportContext } from '../context.js';
import { escapeHtml } from '../escape.js';
import { fixed } from '../format.js';
import type { ReportSection } from '../section.js';

/** How the figures are computed, so that they can be compared with others. */
export const methodSection = ({ result }: ReportContext): ReportSection => {
  const { daily } = result.performance;
  const weekends =
    daily.daysPerYear <= MOST_WEEKDAYS ? ' (Saturday and Sunday count to the Monday that follows)' : '';
  const lines = [
    'A trade is everything that one ledger does in one symbol from flat to flat. Net is after commission; wins and losses are judged by it.',
    'R is the net result over the money between the entries and their first stops.',
    'Equity is sampled at the close of each bar, each fill, start and end. The deepest drawdown is that of all samples, the starting equity included.',
    `Sharpe (mean over standard deviation, n − 1), Sortino (downside deviation below 0 over all days) and Calmar (geometric annual return over the deepest daily drawdown) come from daily returns of equity by UTC day, ${fixed(daily.daysPerYear)} a year${weekends}, risk-free return 0. With fewer than ${ENOUGH_DAYS} days they are not given.`,
    'Volatility is tagged by where ATR(14) stands among its last 500 values: lowest third low, highest third high. Sessions are by local time, 08 to 17.',
    'Best and worst are how far the price went for and against a trade, measured tick by tick on the side it could have been closed at.',
  ];
  return {
    id: 'method',
    title: 'How this is computed',
    html: `<ul class="quiet">${lines.map((line) => `<li>${line}</li>`).join('\n')}</ul>
<p class="quiet">SHA-256 of all decisions in order; the same run gives the same: <code class="hash">${escapeHtml(result.decisionsHash)}</code></p>`,
  };
};
