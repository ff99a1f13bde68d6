import type { EntryKind, Journal } from '@mikrobot/core';

/** Half past nine and ten seconds on a Monday, UTC. */
const monday = Date.UTC(2024, 0, 8, 9, 30, 10);

const signal = (id: string, time: number, more: object): object => ({
  kind: 'signal',
  id,
  source: 'breakout:EURUSD',
  origin: 'strategy',
  time,
  symbol: 'EURUSD',
  intent: 'enter',
  side: 'buy',
  stop: 1.095,
  target: 1.11,
  confidence: 0.7,
  reason: 'above the\nhigh of 20 bars',
  priority: 'normal',
  quote: { time: time - 40, bid: 1.1, ask: 1.1001 },
  rate: 1,
  account: { currency: 'USD', balance: 10_000, equity: 10_012.5 },
  ...more,
});

const entry = 'hand0-0abc-2-e';
const event = (type: string, time: number, more: object = {}): object => ({
  type,
  id: entry,
  symbol: 'EURUSD',
  time,
  venueId: 'V7',
  ...more,
});
const fill = (tradeId: string, time: number, quantity: number, remaining: number): object =>
  event('fill', time, {
    tradeId,
    side: 'buy',
    quantity,
    price: 1.1002,
    remaining,
    commission: 1.5,
    profit: 0,
  });

type Line = readonly [kind: EntryKind, after: number, data: object];

/** What a bot writes of a signal that a person approves, and whose order the venue loses sight of; ms are counted from the start. */
const lines: readonly Line[] = [
  ['out:state', 0, { state: 'preflight', reason: 'start' }],
  ['in:venue', 0, { name: 'paper', capabilities: {}, instruments: [], snapshot: { complete: true } }],
  ['out:signal', 0, signal('hand0-0abc-1', monday, {})],
  [
    'out:decision',
    0,
    {
      signal: 'hand0-0abc-1',
      outcome: 'held',
      time: monday,
      refusal: { stage: 'validate', rule: 'confidence', code: 'CONFIDENCE_REVIEW', limit: 0.8, actual: 0.7 },
      until: monday + 600_000,
      verdicts: [],
    },
  ],
  ['in:command', 4_000, { do: 'approve', signal: 'hand0-0abc-1', by: 'Ada' }],
  [
    'out:signal',
    4_000,
    signal('hand0-0abc-2', monday + 4_000, {
      origin: 'person',
      approval: { of: 'hand0-0abc-1', by: 'Ada', until: monday + 600_000 },
    }),
  ],
  [
    'out:intent',
    4_000,
    {
      id: entry,
      symbol: 'EURUSD',
      owner: 'breakout:EURUSD',
      purpose: 'enter',
      side: 'buy',
      quantity: 0.3,
      type: 'market',
      timeInForce: 'GTC',
      bracket: { stop: 1.095, target: 1.11 },
      reduceOnly: false,
    },
  ],
  [
    'in:answer',
    4_250,
    { n: 0, command: 'submit', id: entry, sync: false, answer: { outcome: 'unknown', detail: 'line broke' } },
  ],
  [
    'out:decision',
    4_250,
    {
      signal: 'hand0-0abc-2',
      outcome: 'unknown',
      time: monday + 4_250,
      order: entry,
      detail: 'line broke',
      verdicts: [
        { policy: 'fixedLots', outcome: 'shrink', quantity: 0.3 },
        { policy: 'maxDailyLoss', outcome: 'approve', quantity: 2.5 },
      ],
    },
  ],
  [
    'in:answer',
    4_500,
    {
      n: 1,
      command: 'query',
      id: entry,
      sync: false,
      answer: { outcome: 'found', report: { id: entry, state: 'accepted', quantity: 0.3, filled: 0 } },
    },
  ],
  ['out:order', 4_500, event('accepted', monday + 4_500)],
  ['in:order', 5_000, fill('T1', monday + 4_990, 0.1, 0.2)],
  ['in:order', 65_000, fill('T2', monday + 64_990, 0.2, 0)],
  ['out:intent', 66_000, { command: 'amend', id: 'hand0-0abc-2-es', quantity: 0.3, price: 1.096 }],
  ['out:intent', 67_000, { command: 'cancel', id: 'hand0-0abc-2-es', reason: 'the target traded' }],
  ['out:signal', 70_000, signal('hand0-0abc-3', monday + 70_000, { intent: 'exit', side: undefined })],
  [
    'out:decision',
    70_000,
    {
      signal: 'hand0-0abc-3',
      outcome: 'refused',
      time: monday + 70_000,
      refusal: { stage: 'assess', rule: 'reduction', code: 'NOTHING_TO_REDUCE', limit: 0, actual: 0 },
      verdicts: [],
    },
  ],
  ['in:order', 80_000, { ...event('accepted', monday + 80_000), id: 'by-hand', venueId: 'V9' }],
  [
    'out:trade',
    90_000,
    {
      owner: 'breakout:EURUSD',
      symbol: 'EURUSD',
      side: 'buy',
      quantity: 0.3,
      opened: monday + 4_990,
      closed: monday + 90_000,
      profit: 72.5,
      exit: 'target',
    },
  ],
];

/** Writes the story of three signals and one order that a person placed by hand. */
export const writeByHand = (journal: Journal): void => {
  for (const [kind, after, data] of lines) journal.append(kind, monday + after, 0, data);
  void journal.commit();
};
