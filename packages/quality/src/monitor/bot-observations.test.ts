import type { Book, Decision, Fill, OrderRequest, RiskEvent } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { freshOrders, heard } from './bot-observations.js';
import type { Observation } from './process-state.js';
import { type QualityState, qualityGate } from './quality-gate.js';

const TIME = Date.UTC(2024, 0, 8);

const book = {
  now: () => TIME,
  instrument: () => ({ pipSize: 0.0001 }),
  quote: () => ({ time: TIME, bid: 1.1, ask: 1.1001 }),
} as unknown as Book;

const order: OrderRequest = {
  id: 'one',
  symbol: 'EURUSD',
  owner: 'run',
  purpose: 'enter',
  side: 'buy',
  quantity: 0.8,
  type: 'market',
  price: undefined,
  limitPrice: undefined,
  trail: undefined,
  timeInForce: 'GTC',
  goodTill: undefined,
  bracket: undefined,
  reduceOnly: false,
};

const submitted: RiskEvent = { type: 'submitted', order };

const decided = (outcome: 'executed' | 'unknown'): RiskEvent => ({
  type: 'decision',
  decision: {
    outcome,
    order,
    signal: { origin: 'strategy', time: TIME, quote: { time: TIME } },
  } as unknown as Decision,
});

const ended = (state: 'rejected' | 'filled' | 'expired', filled = 0, of = order): RiskEvent => ({
  type: 'ended',
  order: of,
  state,
  filled,
});

const fill = (over: Partial<Fill> = {}): RiskEvent => ({
  type: 'fill',
  fill: {
    type: 'fill',
    id: 'one',
    symbol: 'EURUSD',
    side: 'buy',
    quantity: 0.1,
    price: 1.1002,
    ...over,
  } as Fill,
  expected: 1.1001,
});

const play = (...events: readonly RiskEvent[]) => {
  let orders = freshOrders;
  const observations: Observation[] = [];
  for (const event of events) {
    const told = heard(orders, event, book);
    orders = told.orders;
    observations.push(...told.observations);
  }
  const of = (metric: string) => observations.filter((one) => one.metric === metric);
  return { orders, of };
};

describe('what a bot tells of its orders', () => {
  it('forgets an order whose parts add up to the whole but for the dust of binary fractions', () => {
    // Eight times 0.1 is 0.7999999999999999.
    const parts = Array.from({ length: 8 }, () => fill());
    expect(play(submitted, ...parts.slice(1), ended('filled', 0.8), fill()).orders.open).toEqual([]);
    expect(play(submitted, ...parts.slice(1)).orders.open).toHaveLength(1);
  });

  it('counts an order that the venue took and rejected later', () => {
    expect(play(submitted, decided('executed'), ended('rejected')).of('execution.failures')).toEqual([
      { metric: 'execution.failures', defect: undefined },
      { metric: 'execution.failures', defect: 'REJECTED_LATER' },
    ]);
  });

  it('counts an order once that was unknown before it was found rejected', () => {
    expect(play(submitted, decided('unknown'), ended('rejected')).of('execution.failures')).toEqual([
      { metric: 'execution.failures', defect: 'UNKNOWN' },
    ]);
  });

  it.each([
    ['rejected', 0, 'REJECTED'],
    ['expired', 0, 'UNFILLED'],
    ['expired', 0.5, undefined],
    ['filled', 0.8, undefined],
  ] as const)('takes an exit that %s with %d lots for %s', (state, filled, defect) => {
    const exit = { ...order, purpose: 'flatten' } as const;
    expect(play(ended(state, filled, exit)).of('control.waysOut')).toEqual([
      { metric: 'control.waysOut', defect },
    ]);
  });

  it('takes a stop that ends unused for no failure', () => {
    const stop = { ...order, purpose: 'protect', type: 'stop' } as const;
    expect(play(ended('expired', 0, stop)).of('control.waysOut')).toEqual([
      { metric: 'control.waysOut', defect: undefined },
    ]);
  });

  it('knows how long a position was without its stop', () => {
    expect(
      play({ type: 'protected', symbol: 'EURUSD', owner: 'run', naked: 40 }).of('control.protection'),
    ).toEqual([{ metric: 'control.protection', value: 40 }]);
  });
});

describe('the memory of a gate', () => {
  it.each([
    ['price', Number.NaN],
    ['price', Number.POSITIVE_INFINITY],
    ['price', 1e200],
    ['arrived', Number.NaN],
    ['arrived', Number.POSITIVE_INFINITY],
    ['arrived', TIME - 500],
    ['time', Number.NaN],
  ])('leaves out what is no measurement: a fill with %s %d', (field, value) => {
    const { memory } = qualityGate();
    let state = memory?.initial as QualityState;
    for (const event of [submitted, fill({ [field]: value })]) state = memory!.next(state, event, book);
    expect(memory?.schema.safeParse(JSON.parse(JSON.stringify(state))).success).toBe(true);
    expect(state.monitor.process['execution.spread']).toMatchObject({ recent: [1] });
  });

  it('goes on when a plan counts what the bot measures', () => {
    const { memory } = qualityGate({
      plan: {
        steps: [
          { name: 'execution', title: 'E', metrics: [{ kind: 'counted', name: 'latency', title: 'L' }] },
        ],
      },
    });
    const state = [submitted, fill()].reduce((s, event) => memory!.next(s, event, book), memory!.initial);
    expect(state.monitor.process).toEqual({});
  });
});
