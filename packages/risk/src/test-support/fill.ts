import type { Fill, RiskEvent } from '@mikrobot/core';
import { MOMENT, OWNER } from './market.js';

/** A lot of EURUSD was closed without profit or commission, with some fields changed. */
export const filled = (over: Partial<Fill> = {}): RiskEvent => ({
  type: 'fill',
  expected: undefined,
  fill: {
    type: 'fill',
    id: 'mem0-0abc-1-x',
    symbol: 'EURUSD',
    time: MOMENT,
    tradeId: 't1',
    side: 'sell',
    quantity: 1,
    price: 1.1,
    remaining: 0,
    commission: 0,
    profit: 0,
    owner: OWNER,
    purpose: 'flatten',
    signal: 'mem0-0abc-1',
    ...over,
  },
});
