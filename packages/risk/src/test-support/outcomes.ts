import type { Fill, RiskEvent, Signal } from '@mikrobot/core';
import { requestWith } from './events.js';
import { MOMENT, OWNER, signalWith } from './market.js';

/** The venue took the order of the signal. */
export const executedSignal = (over: Partial<Signal> = {}): RiskEvent => ({
  type: 'decision',
  decision: {
    kind: 'decision',
    outcome: 'executed',
    signal: signalWith(over),
    time: MOMENT,
    verdicts: [],
    order: requestWith(),
  },
});

/** Nobody knows whether the venue has the order of the signal. */
export const unknownSignal = (over: Partial<Signal> = {}): RiskEvent => ({
  type: 'decision',
  decision: {
    kind: 'decision',
    outcome: 'unknown',
    signal: signalWith(over),
    time: MOMENT,
    verdicts: [],
    order: requestWith(),
    detail: 'no answer',
  },
});

/** The signal was refused on its way to the venue with this code, by the venue itself when none is named. */
export const refusedAtVenue = (over: Partial<Signal> = {}, code = 'VENUE_REJECTED'): RiskEvent => ({
  type: 'decision',
  decision: {
    kind: 'decision',
    outcome: 'refused',
    signal: signalWith(over),
    time: MOMENT,
    verdicts: [],
    refusal: { stage: 'execute', rule: 'test', code, limit: 'accepted', actual: 'no money' },
  },
});

/** A line to the venue in this state. */
export const lineIs = (state: 'up' | 'degraded' | 'down'): RiskEvent => ({
  type: 'connection',
  connection: { state, dataLost: false, detail: '' },
});

/** One lot of EURUSD was bought at 1.1001 as expected, with some fields changed. */
export const filled = (over: Partial<Fill> = {}, expected: number | 'none' = 1.1001): RiskEvent => ({
  type: 'fill',
  expected: expected === 'none' ? undefined : expected,
  fill: {
    type: 'fill',
    id: 'mem0-0abc-1-e',
    symbol: 'EURUSD',
    time: MOMENT,
    tradeId: '1',
    side: 'buy',
    quantity: 1,
    price: 1.1001,
    remaining: 0,
    commission: 0,
    profit: 0,
    owner: OWNER,
    purpose: 'enter',
    signal: 'mem0-0abc-1',
    ...over,
  },
});
