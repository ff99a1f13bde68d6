import { ENOUGH_DAYS } from '../../analysis/performance.js';
import { profitText } from '../../analysis/profit-text.js';
import type { ReportContext } from '../context.js';
import { escapeHtml } from '../escape.js';
import { counted, day, duration, fixed, NOTHING, percent, signed, signedPercent } from '../format.js';

interface Figure {
  readonly name: string;
  readonly value: string;
  readonly note: string;
  readonly tone?: number | null;
}

const figuresOf = ({ result, formats }: ReportContext): Figure[] => {
  const { performance, account } = result;
  const { trades, drawdown, daily } = performance;
  const few = daily.days < ENOUGH_DAYS;
  const none = trades.trades === 0 ? 'no trades' : undefined;
  return [
    {
      name: 'Net result',
      value: formats.signedMoney(performance.equityChange),
      note:
        result.openTrades.length === 0
          ? account.currency
          : `${account.currency}, ${formats.signedMoney(performance.floating)} of it floating`,
      tone: performance.equityChange,
    },
    {
      name: 'Return',
      value: signedPercent(performance.totalReturn),
      note: daily.annualReturn === null ? 'not annualised' : `${signedPercent(daily.annualReturn)} a year`,
      tone: performance.totalReturn,
    },
    {
      name: 'Deepest drawdown',
      value: percent(drawdown.fraction),
      note: drawdown.money === 0 ? 'never below its start' : `${formats.money(drawdown.money)} at most`,
    },
    {
      name: 'Sharpe ratio',
      value: fixed(daily.sharpe, 2),
      note: few ? `needs ${ENOUGH_DAYS} days, has ${daily.days}` : `${daily.days} daily returns`,
    },
    {
      name: 'Trades',
      value: fixed(trades.trades),
      note: `${fixed(trades.wins)} won, ${fixed(trades.losses)} lost`,
    },
    {
      name: 'Win rate',
      value: percent(trades.winRate),
      note: none ?? (trades.payoff === null ? 'payoff unknown' : `payoff ${fixed(trades.payoff, 2)}`),
    },
    {
      name: 'Profit factor',
      value: fixed(trades.profitFactor, 2),
      note: none ?? (trades.profitFactor === null ? 'nothing was lost' : 'wins over losses'),
    },
    {
      name: 'Expectancy',
      value:
        trades.expectancyR === null
          ? formats.signedMoney(trades.expectancy)
          : `${signed(trades.expectancyR, 2)} R`,
      note:
        none ??
        (trades.expectancyR === null
          ? 'a trade'
          : `${formats.signedMoney(trades.expectancy)} ${account.currency} a trade`),
      tone: trades.expectancy,
    },
  ];
};

const tone = (value: number | null | undefined): string => (!value ? '' : value > 0 ? ' gain' : ' loss');

/** The run in one sentence. */
export const sentence = ({ result, formats }: ReportContext): string => {
  const { account, performance, from, to } = result;
  if (from === null || to === null) return 'Nothing was observed: the feed gave no ticks.';
  const { trades } = performance.trades;
  const { startEquity, endEquity, currency } = account;
  const change =
    startEquity === endEquity
      ? `stayed at ${formats.money(startEquity)} ${currency}`
      : `went from ${formats.money(startEquity)} to ${formats.money(endEquity)} ${currency}`;
  const parts = profitText(result, formats.signedMoney);
  const came =
    parts === ''
      ? ` in ${counted(trades, 'trade')}${trades === 0 ? ', so there is no result to judge' : ''}`
      : `: ${parts}`;
  const when = `${day(from)} to ${day(to)} (${duration(to - from)})`;
  return `${when}: the account ${change}${came}.`;
};

/** The eight figures that everybody asks for first. */
export const headline = (context: ReportContext): string =>
  `<div class="headline">${figuresOf(context)
    .map(
      ({ name, value, note, tone: sign }) =>
        `<div class="figure"><span class="name">${name}</span><span class="value${value === NOTHING ? ' none' : tone(sign)}">${value}</span><span class="note">${note}</span></div>`,
    )
    .join('\n')}</div>`;

/** What must be known before the figures are believed. */
export const warningList = ({ result }: ReportContext): string =>
  result.warnings.length === 0
    ? ''
    : `<ul class="warnings">${result.warnings
        .map(({ grave, text }) => `<li class="${grave ? 'grave' : 'mild'}">${escapeHtml(text)}</li>`)
        .join('\n')}</ul>`;
