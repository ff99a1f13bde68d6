import { MUCH_MISSING, missingData, missingText } from './missing-data.js';
import { ENOUGH_DAYS } from './performance.js';
import type { BacktestResult } from './result.js';

/** Below this many trades, chance alone explains most results. */
export const ENOUGH_TRADES = 30;

/** Codes of what a reader must know before believing a result. */
export const warningCodes = {
  COSTS_NONE: 'The run was made without costs.',
  COSTS_UNSTATED: 'Nobody said which costs the venue charged.',
  NO_SIGNALS: 'No strategy gave a signal.',
  NO_TRADES: 'No trade was finished.',
  FEW_TRADES: 'There are too few trades to tell skill from luck.',
  SHORT_PERIOD: 'There are too few days for annual figures.',
  OPEN_TRADES: 'Positions were still open at the end.',
  UNDECIDED_SIGNALS: 'Signals were left without a decision.',
  HELD_SIGNALS: 'Signals were held for a person who did not approve them.',
  UNKNOWN_ORDERS: 'Orders were left of which nobody knows whether the venue has them.',
  ROWS_REJECTED: 'Rows of the data were rejected.',
  DATA_GAPS: 'The data has gaps.',
  ISSUES: 'The bot met problems on the way.',
  EQUITY_LOST: 'The account lost everything.',
} as const;

/** See {@link warningCodes}. */
export type WarningCode = keyof typeof warningCodes;

/** One thing to know, as a sentence with its numbers. `grave` ones change what the figures mean. */
export interface ResultWarning {
  readonly code: WarningCode;
  readonly grave: boolean;
  readonly text: string;
}

type Unjudged = Omit<BacktestResult, 'warnings'>;

const count = (n: number, one: string): string => `${n.toLocaleString('en-US')} ${one}${n === 1 ? '' : 's'}`;
const total = <T>(rows: readonly T[], of: (row: T) => number): number =>
  rows.reduce((sum, row) => sum + of(row), 0);

const grave = (when: boolean, code: WarningCode, text: string): ResultWarning[] =>
  when ? [{ code, grave: true, text }] : [];
const mild = (when: boolean, code: WarningCode, text: string): ResultWarning[] =>
  when ? [{ code, grave: false, text }] : [];

const aboutCosts = ({ costs: { stated } }: Unjudged): ResultWarning[] => [
  ...grave(
    stated === 'none',
    'COSTS_NONE',
    'Costs: none. No slippage, no commission and no spread beyond that of the data was charged; no real account trades like this.',
  ),
  ...grave(
    stated === 'unstated',
    'COSTS_UNSTATED',
    'It is not stated which costs the venue charged. State them before comparing results.',
  ),
];

const aboutSignals = ({ funnel }: Unjudged): ResultWarning[] => {
  const { signals, held, unknown } = funnel;
  const decided = funnel.refused + held + unknown + funnel.executed;
  return [
    ...grave(signals === 0, 'NO_SIGNALS', 'No strategy gave a signal, so there is nothing to judge.'),
    ...grave(
      decided !== signals,
      'UNDECIDED_SIGNALS',
      `${count(signals, 'signal')} but ${count(decided, 'decision')}: the run ended too early.`,
    ),
    ...mild(
      held > funnel.approvals,
      'HELD_SIGNALS',
      `${count(held, 'signal')} held for a person, ${funnel.approvals} of them approved: the rest was not traded.`,
    ),
    ...mild(
      unknown > 0,
      'UNKNOWN_ORDERS',
      `${count(unknown, 'order')} of which nobody knew whether the venue had it.`,
    ),
  ];
};

const aboutTrades = ({ performance, funnel, openTrades }: Unjudged): ResultWarning[] => {
  const { trades } = performance.trades;
  const { days } = performance.daily;
  const open = openTrades.length;
  return [
    ...grave(performance.drawdown.fraction >= 1, 'EQUITY_LOST', 'The account lost everything it had.'),
    ...grave(
      funnel.signals > 0 && trades === 0,
      'NO_TRADES',
      'No trade was finished, so there is no result to judge.',
    ),
    ...grave(
      trades > 0 && trades < ENOUGH_TRADES,
      'FEW_TRADES',
      `${count(trades, 'trade')} cannot tell skill from luck; ${ENOUGH_TRADES} is the least worth looking at.`,
    ),
    ...mild(
      trades > 0 && days < ENOUGH_DAYS,
      'SHORT_PERIOD',
      `${count(days, 'daily return')}: too few for annual figures, which need ${ENOUGH_DAYS}.`,
    ),
    ...mild(
      open > 0,
      'OPEN_TRADES',
      `${count(open, 'trade')} still open at the end, valued at the last quotes.`,
    ),
  ];
};

/** That the line to the venue came up, and which limits are in force, is no problem. */
const news: ReadonlySet<string> = new Set(['CONNECTION', 'POLICY_NOTICE']);

const aboutData = ({ data, issues }: Unjudged): ResultWarning[] => {
  const files = data ?? [];
  const rejected = total(
    files.flatMap((file) => file.rejected),
    (row) => row.count,
  );
  const { gaps, share } = missingData(files);
  const problems = total(
    issues.filter(({ code }) => !news.has(code)),
    (issue) => issue.count,
  );
  return [
    ...mild(rejected > 0, 'ROWS_REJECTED', `${count(rejected, 'row')} of the data rejected.`),
    ...((share ?? 0) > MUCH_MISSING ? grave : mild)(
      gaps > 0,
      'DATA_GAPS',
      `${count(gaps, 'gap')} in the data, in which nothing could be traded: ${missingText(files)}.`,
    ),
    ...mild(problems > 0, 'ISSUES', `${count(problems, 'problem')} on the way; see the list.`),
  ];
};

/** Judges a result: what a reader must know before believing it, the gravest first. */
export const warningsOf = (result: Unjudged): ResultWarning[] =>
  [aboutCosts, aboutSignals, aboutTrades, aboutData]
    .flatMap((judge) => judge(result))
    .sort((a, b) => Number(b.grave) - Number(a.grave));
