import type { Entry, EntryKind, FillEvent, OrderReport, OrderRequest } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { JournalFacts } from './facts.js';
import { judgeAccepted, judgeAlways, judgeAtRest } from './judge.js';
import type { VenueTruth } from './venue/truth.js';
import type { View } from './view.js';

const request: OrderRequest = {
  id: 'k-0000-1-e',
  symbol: 'EURUSD',
  owner: 'ada',
  purpose: 'enter',
  side: 'buy',
  quantity: 0.1,
  type: 'market',
  price: undefined,
  limitPrice: undefined,
  trail: undefined,
  timeInForce: 'GTC',
  goodTill: undefined,
  bracket: { stop: 1.09, target: undefined, trail: undefined },
  reduceOnly: false,
};

const fill: FillEvent = {
  type: 'fill',
  id: request.id,
  symbol: 'EURUSD',
  time: 2,
  tradeId: 'T1',
  side: 'buy',
  quantity: 0.1,
  price: 1.1,
  remaining: 0,
  commission: 0,
  profit: 0,
};

const stop: OrderReport = {
  id: `${request.id}s`,
  venueId: 'V2',
  symbol: 'EURUSD',
  side: 'sell',
  type: 'stop',
  state: 'accepted',
  quantity: 0.1,
  filled: 0,
  averagePrice: 0,
  price: 1.09,
};

type Line = readonly [EntryKind, unknown];

const lines: readonly Line[] = [
  ['out:signal', { id: 'k-0000-1' }],
  ['out:intent', request],
  ['out:decision', { signal: 'k-0000-1', outcome: 'executed' }],
  ['in:order', fill],
  ['out:signal', { id: 'k-0000-2' }],
  ['out:decision', { signal: 'k-0000-2', outcome: 'held', until: 90_000 }],
];

const factsOf = (entries: readonly Line[]): JournalFacts => {
  const facts = new JournalFacts();
  for (const [seq, [kind, data]] of entries.entries())
    facts.add({ seq, kind, at: 1, tape: 0, data } as Entry);
  return facts;
};

const sent = [{ id: request.id, request, at: 1, accepted: true }];
const trades = [{ owner: 'ada', fill }];

const truth: VenueTruth = {
  connected: true,
  events: 4,
  snapshot: {
    orders: [stop],
    positions: [{ symbol: 'EURUSD', quantity: 0.1, averagePrice: 1.1 }],
  },
  ledgers: { 'ada|EURUSD': 0.1 },
  owners: { [stop.id]: 'ada' },
  sent,
  trades,
  longestNaked: 0,
};

const view: View = {
  state: 'active',
  seen: 4,
  inFlight: false,
  ledgers: { 'ada|EURUSD': 0.1 },
  net: { EURUSD: 0.1 },
  stops: { 'ada|EURUSD': [1.09] },
  working: [{ id: stop.id, state: 'accepted', filled: 0 }],
  waiting: ['k-0000-2'],
  halted: undefined,
  counts: {},
  issues: [],
};

interface Scene {
  readonly truth?: Partial<VenueTruth>;
  readonly orders?: readonly OrderReport[];
  readonly view?: Partial<View>;
  readonly lines?: readonly Line[];
}

/** What the judge says of the scene above with something changed. */
const rest = (scene: Scene): readonly string[] => {
  const snapshot = { ...truth.snapshot, orders: scene.orders ?? truth.snapshot.orders };
  const seen = { ...truth, snapshot, ...scene.truth };
  return judgeAtRest(
    seen,
    { ...view, ...scene.view },
    { sent, trades },
    factsOf(scene.lines ?? lines),
    1_000,
  );
};

describe('the judge of the kill test', () => {
  it('is content where bot, venue and journal agree', () => {
    expect(rest({})).toEqual([]);
    expect(judgeAlways({ sent, trades }, factsOf(lines))).toEqual([]);
  });

  it('finds an order that reached the venue twice', () => {
    expect(judgeAlways({ sent: [...sent, ...sent], trades }, factsOf(lines))).toEqual([
      'sent twice: order k-0000-1-e',
    ]);
  });

  it('finds an order that the journal did not intend, or intended otherwise', () => {
    const facts = factsOf(lines.filter(([kind]) => kind !== 'out:intent'));
    expect(judgeAlways({ sent, trades }, facts)[0]).toMatch(/^no intent/);
    const other = factsOf(lines.map(([k, d]) => (d === request ? [k, { ...request, quantity: 1 }] : [k, d])));
    expect(judgeAlways({ sent, trades }, other)[0]).toMatch(/^other intent/);
  });

  it('finds an entry that is missing, and an order that was intended twice', () => {
    const facts = factsOf(lines);
    facts.add({ seq: 9, kind: 'out:intent', at: 1, tape: 0, data: request });
    expect(judgeAlways({ sent, trades }, facts)).toEqual([
      'entry 9 stands where 6 should',
      'order k-0000-1-e was intended twice',
    ]);
  });

  it('finds a signal without a decision, and one with two', () => {
    expect(rest({ lines: [...lines, ['out:signal', { id: 'k-0000-3' }]] })).toEqual([
      'undecided: signal k-0000-3',
    ]);
    const twice = factsOf([...lines, ['out:decision', { signal: 'k-0000-1', outcome: 'refused' }]]);
    expect(judgeAlways({ sent, trades }, twice)[0]).toMatch(/^decided twice/);
  });

  it('finds a trade that nobody booked', () => {
    const faults = rest({ lines: lines.filter(([kind]) => kind !== 'in:order') });
    expect(faults.map((fault) => fault.split(':')[0])).toEqual(['journal', 'lost']);
  });

  it('finds a position that only the bot has, or only the venue', () => {
    const bot = rest({ view: { ledgers: { 'ada|EURUSD': 0.2 }, net: { EURUSD: 0.2 } } });
    expect(bot).toEqual([
      'ledger: ada|EURUSD is 0.2 for the bot and 0.1 at the venue',
      'net: EURUSD is 0.2 for the bot and 0.1 at the venue',
    ]);
    expect(rest({ view: { ledgers: {}, net: {}, stops: {} } })[0]).toMatch(/^ledger: ada\|EURUSD is 0 /);
  });

  it('finds a position whose stop is missing, too small, or elsewhere than the bot wants it', () => {
    const working = { working: [] };
    expect(rest({ orders: [], view: working })[0]).toBe(
      'protection: ada|EURUSD holds 0.1 and has stops for 0',
    );
    expect(rest({ orders: [{ ...stop, quantity: 0.05 }] })[0]).toMatch(/stops for 0.05$/);
    expect(rest({ orders: [{ ...stop, price: 1.08 }] })[0]).toMatch(/are at 1.08 and wanted at 1.09$/);
  });

  it('finds a stop that protects nothing', () => {
    const flat = { ledgers: {}, net: {}, stops: {} };
    const lone = rest({ truth: { ledgers: {} }, view: flat });
    expect(lone).toContain('protection: stops of ada|EURUSD|sell protect nothing');
  });

  it('finds an order that works for one of the two only', () => {
    expect(rest({ view: { working: [] } })[0]).toMatch(/works at the venue and the bot does not know it$/);
    const stray = { id: 'k-0000-7-e', state: 'accepted', filled: 0 };
    expect(rest({ view: { working: [...view.working, stray] } })[0]).toMatch(/ended at the venue$/);
  });

  it('finds a bot that does not come to rest, trades no more, or forgot who waits', () => {
    expect(rest({ view: { inFlight: true } })[0]).toMatch(/^in flight/);
    expect(rest({ view: { state: 'halted', halted: 'x' } })).toEqual(['state: the bot is halted (x)']);
    expect(rest({ view: { waiting: [] } })).toEqual(['held: signal k-0000-2 waits no more']);
  });

  it('counts an order as in flight from its intent until its end is on record', () => {
    expect(factsOf(lines.slice(0, 2)).inFlight).toEqual([request.id]);
    expect(factsOf(lines).inFlight).toEqual([]);
    const amend: Line = ['out:intent', { command: 'amend', id: stop.id, quantity: 0.1, price: 1.09 }];
    const answer = { command: 'amend', id: stop.id, answer: { outcome: 'accepted' } };
    expect(factsOf([...lines, amend]).inFlight).toEqual([`amend ${stop.id}`]);
    expect(factsOf([...lines, amend, ['in:answer', answer]]).inFlight).toEqual([]);
  });
});

describe('an order that the journal says was accepted', () => {
  const placed: readonly Line[] = [
    ...lines,
    ['out:intent', { ...request, id: stop.id, purpose: 'protect', side: 'sell' }],
    ['in:answer', { command: 'submit', id: stop.id, answer: { outcome: 'accepted' } }],
  ];

  it('must have reached the venue, a leg only where legs are orders of their own', () => {
    expect(judgeAccepted({ sent, trades }, factsOf(placed), false)).toEqual([]);
    expect(judgeAccepted({ sent, trades }, factsOf(placed), true)).toEqual([
      expect.stringMatching(/^never sent: order k-0000-1-es /),
    ]);
    const both = [...sent, { ...sent[0]!, id: stop.id }];
    expect(judgeAccepted({ sent: both, trades }, factsOf(placed), true)).toEqual([]);
  });
});
