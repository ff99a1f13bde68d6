import { dataQualityOf, missingText } from '@mikrobot/backtest';
import { count, minute, plural } from '../output/format.js';
import { gapLines, rejectedRows } from '../output/rejected-rows.js';
import { resultRows } from '../output/result-rows.js';
import { pairs } from '../output/table.js';
import { qualityJson, qualityLines } from './quality.js';
import type { BacktestRun } from './run.js';

/** The one object that `--json` prints. */
export const jsonOf = ({ result, feed, tally, risk, quality }: BacktestRun): object => {
  const { funnel, performance, account, orders } = result;
  const refusedBy: Record<string, number> = {};
  for (const { code, count: n } of funnel.refusals) refusedBy[code] = (refusedBy[code] ?? 0) + n;
  return {
    input: {
      files: feed.files.map(({ path }) => path),
      rows: feed.rows,
      rejectedRows: feed.rejectedRows,
      gaps: feed.gaps,
      missingBars: feed.missingBars,
    },
    bars: tally.bars,
    signals: tally.drafts + tally.ownSignals,
    decisions: {
      executed: funnel.executed,
      refused: funnel.refused,
      held: funnel.held,
      unknown: funnel.unknown,
    },
    refusedBy,
    risk,
    ...(quality && { quality: qualityJson(quality) }),
    orders: tally.intents,
    fills: orders.fills,
    trades: performance.trades.trades,
    netProfit: performance.trades.net,
    currency: account.currency,
    maxDrawdown: performance.drawdown.fraction,
    decisionsHash: result.decisionsHash,
    seconds: tally.seconds,
    eventsPerSecond: tally.seconds > 0 ? Math.round(tally.ticks / tally.seconds) : 0,
  };
};

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];

const settingText = ([name, value]: readonly [string, unknown]): string =>
  `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`;

/** A policy and its settings, as in `maxPositions: most 5`. */
const policyText = ([name, settings]: readonly [string, object]): string =>
  `${name}: ${Object.entries(settings).map(settingText).join(', ')}`;

/** Issues that tell no problem: the line to the venue came up, and what the list of policies says already. */
const news: ReadonlySet<string> = new Set(['CONNECTION', 'POLICY_NOTICE']);

/** The summary for people, line by line. */
export const summaryOf = (run: BacktestRun): readonly string[] => {
  const { result, feed, tally, risk, quality } = run;
  const period =
    result.from === null || result.to === null
      ? 'nothing was played'
      : `${minute(result.from)} to ${minute(result.to)} UTC`;
  const rate = tally.seconds > 0 ? tally.ticks / tally.seconds : 0;
  return [
    `${result.instruments.map(({ symbol }) => symbol).join(', ')}: ${period}`,
    `${plural(feed.rows, 'row')} read, ${plural(tally.ticks, 'tick')}, ${plural(tally.bars, 'bar')} ` +
      `in ${tally.seconds.toFixed(2)} s (${count(rate)} ticks/s)`,
    '',
    ...pairs([...resultRows(result), ['orders sent', count(tally.intents)]]),
    ...section('risk: what judged each entry', Object.entries(risk).map(policyText)),
    ...section("quality: the bot's own process", quality === undefined ? [] : qualityLines(quality)),
    ...section(
      'refused, by reason',
      result.funnel.refusals.map(
        ({ code, stage, rule, count: n }) => `${count(n).padStart(6)}  ${code} at ${stage} by ${rule}`,
      ),
    ),
    ...section(`${plural(feed.rejectedRows, 'row')} rejected`, rejectedRows(feed)),
    ...section(
      `${plural(feed.gaps, 'gap')} in the data (${plural(feed.missingBars, 'bar')} missing)`,
      feed.gaps === 0 ? [] : [missingText(dataQualityOf(feed)), ...gapLines(feed)],
    ),
    ...section(
      'problems on the way',
      result.issues
        .filter(({ code }) => !news.has(code))
        .map(({ code, count: n, first }) => `${count(n).padStart(6)}  ${code}, first: ${first.detail}`),
    ),
    ...section(
      'before you believe this',
      result.warnings.map(({ grave, text }) => `${grave ? '!' : '-'} ${text}`),
    ),
  ];
};
