import { explain, type PolicyVerdict, type Signal, type Trade } from '@mikrobot/core';
import { minute, money, signedAmount } from '../output/format.js';
import { pairs } from '../output/table.js';
import type { OrderLatency, OrderStory } from './order-story.js';
import type { SignalStory, Story } from './story.js';

/** A moment in UTC with ms. */
export const moment = (time: number): string => new Date(time).toISOString().slice(0, 23).replace('T', ' ');
const timeOfDay = (time: number): string => moment(time).slice(11);

/** A span, as people read it: `881 ms`, `3.2 s`, `12 min 5 s`, `3 h 20 min`. */
const span = (ms: number): string => {
  if (Math.abs(ms) < 1_000) return `${Number(ms.toFixed(3))} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3_600)} h ${Math.floor((seconds % 3_600) / 60)} min`;
};

/** Reasons come from people and webhooks: none may break a line. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Prices that strategies compute carry the noise of floating point. */
const tidy = (price: number): number => Number(price.toPrecision(12));

/** What a signal wants, in two or three words. */
export const wishOf = ({ intent, side, symbol }: Signal): string =>
  `${intent}${side === undefined ? '' : ` ${side}`} ${symbol}`;

const details = ({ quantity, order, stop, target, trail, confidence }: Signal): string =>
  [
    quantity === undefined ? '' : `${quantity} lots`,
    order === undefined ? '' : `${order.type}${order.price === undefined ? '' : ` at ${order.price}`}`,
    stop === undefined ? '' : `stop ${tidy(stop)}`,
    target === undefined ? '' : `target ${tidy(target)}`,
    trail === undefined ? '' : `trailing by ${trail}`,
    confidence === undefined ? '' : `confidence ${confidence}`,
  ]
    .filter((part) => part !== '')
    .join(', ');

const signalRows = (signal: Signal): readonly (readonly [string, string])[] => {
  const { source, origin, time, reason, quote, account, approval } = signal;
  const rows: readonly (readonly [string, string])[] = [
    ['raised', `${moment(time)} UTC, by ${source} (${origin})`],
    ['wants', [wishOf(signal), details(signal)].filter((part) => part !== '').join(', ')],
    ['because', oneLine(reason)],
    ['approved', approval === undefined ? '' : `by ${approval.by}, as an answer to ${approval.of}`],
    ['quote', `${quote.bid} / ${quote.ask}, ${span(time - quote.time)} old`],
    [
      'account',
      `${money(account.balance, account.currency)}, equity ${money(account.equity, account.currency)}`,
    ],
  ];
  return rows.filter(([, value]) => value !== '');
};

const verdictText = ({ outcome, quantity, code, limit, actual }: PolicyVerdict): string =>
  [
    outcome,
    quantity === undefined ? '' : `at most ${Number(quantity.toPrecision(6))} lots`,
    code === undefined ? '' : `${code} (limit ${limit}, actual ${actual})`,
  ]
    .filter((part) => part !== '')
    .join(', ');

const decisionLines = ({ signal, decision, words }: SignalStory): readonly string[] => {
  if (decision === undefined) return ['  no decision: the journal ends before it'];
  return [
    `  ${explain(decision)}`,
    `  decided ${span(decision.time - signal.time)} after it was raised`,
    ...pairs(
      decision.verdicts.map((verdict) => [verdict.policy, verdictText(verdict)]),
      '    ',
    ),
    ...words.map(({ at, do: what, by }) => `  ${moment(at)}  ${what} by ${by}`),
  ];
};

const latencyText = ({ answered, firstFill, lastFill, atVenue }: OrderLatency): string =>
  [
    answered === undefined ? '' : `answered after ${span(answered)}`,
    firstFill === undefined ? '' : `first filled after ${span(firstFill)}`,
    lastFill === undefined || lastFill === firstFill ? '' : `last filled after ${span(lastFill)}`,
    atVenue === undefined ? '' : `${span(atVenue)} of it at the venue`,
  ]
    .filter((part) => part !== '')
    .join(', ');

const orderLines = ({ id, leg, request, steps, latency }: OrderStory): readonly string[] => {
  const rows = steps.map(({ at, from, text }, i): readonly [string, string] => {
    const before = steps[i - 1];
    const since = before === undefined ? '' : `+${span(at - before.at)}`;
    return [
      `${before === undefined ? moment(at) : timeOfDay(at).padStart(23)}  ${since.padStart(12)}`,
      `${from.padEnd(5)}  ${oneLine(text)}`,
    ];
  });
  // An order that waits for its price takes as long as the market takes.
  const took = request?.type === 'market' ? latencyText(latency) : '';
  return [
    `  order ${id}${leg === undefined ? '' : ` (${leg} of the bracket)`}`,
    ...pairs(rows, '    '),
    ...(took === '' ? [] : [`    ${took}`]),
  ];
};

const signalLines = (story: SignalStory): readonly string[] => [
  `signal ${story.signal.id}`,
  ...pairs(signalRows(story.signal)),
  ...decisionLines(story),
  ...story.orders.flatMap(orderLines),
];

const tradeLine = ({ owner, symbol, side, quantity, opened, closed, profit, exit }: Trade): string =>
  `trade of ${owner}: ${side} ${quantity} ${symbol}, ${minute(opened)} to ${minute(closed)}, profit ${signedAmount(profit)}, closed by ${exit}`;

/** A story for people, line by line. */
export const storyLines = ({ signals, strays, trades }: Story): readonly string[] =>
  [...signals.map(signalLines), strays.flatMap(orderLines), trades.map(tradeLine)]
    .filter((lines) => lines.length > 0)
    .flatMap((lines, i) => (i === 0 ? lines : ['', ...lines]));
