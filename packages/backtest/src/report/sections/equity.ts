import { equityChart } from '../charts/equity-chart.js';
import type { ReportContext } from '../context.js';
import { day, duration, fixed, NOTHING, percent, signedPercent } from '../format.js';
import type { ReportSection } from '../section.js';
import { responsive } from '../svg/frame.js';
import { facts } from '../table.js';

/** Equity, drawdown and the figures of daily returns. */
export const equitySection = ({ result, formats }: ReportContext): ReportSection | undefined => {
  if (result.from === null || result.from === result.to) return undefined;
  const { performance } = result;
  const { drawdown, daily, exposure } = performance;
  const span =
    drawdown.from === null
      ? 'none'
      : `${day(drawdown.from)} to ${drawdown.to === null ? 'the end, not recovered' : day(drawdown.to)}`;
  const value = (figure: number | null): string => (figure === null ? NOTHING : signedPercent(figure, 2));
  return {
    id: 'equity',
    title: 'Equity and drawdown',
    html: `<figure>${responsive(equityChart(result, formats))}</figure>
${facts([
  ['Deepest drawdown', percent(drawdown.fraction), span],
  ['Longest below a high', duration(drawdown.longestMs)],
  ['Recovery factor', fixed(performance.recovery, 2), 'result over the deepest fall in money'],
  ['Time with a position', percent(exposure.share)],
  ['Annual volatility', percent(daily.annualVolatility)],
  ['Sortino ratio', fixed(daily.sortino, 2)],
  ['Calmar ratio', fixed(daily.calmar, 2)],
  ['True Sharpe above 0', percent(daily.sharpeAboveZero), 'probability'],
  ['Value at risk, 1 day', value(daily.valueAtRisk), '95 %, historical'],
  ['Expected shortfall, 1 day', value(daily.shortfall), '95 %, historical'],
  ['Stability', fixed(daily.stability, 2), 'R² of log equity over time'],
  ['Mean time in a trade', duration(performance.averageHeldMs)],
])}`,
  };
};
