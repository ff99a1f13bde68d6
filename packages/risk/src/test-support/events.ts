import type { OrderRequest, RiskEvent, Signal, Trade } from '@mikrobot/core';
import { commandSchema } from '@mikrobot/core';
import { MOMENT, OWNER, signalWith } from './market.js';

/** A market entry of one lot that {@link signalWith} led to, with some fields changed. */
export const requestWith = (over: Partial<OrderRequest> = {}): OrderRequest => ({
  id: 'mem0-0abc-1-e',
  symbol: 'EURUSD',
  owner: OWNER,
  purpose: 'enter',
  side: 'buy',
  quantity: 1,
  type: 'market',
  price: undefined,
  limitPrice: undefined,
  trail: undefined,
  timeInForce: 'GTC',
  goodTill: undefined,
  bracket: { stop: 1.0901, target: 1.12, trail: undefined },
  reduceOnly: false,
  ...over,
});

/** The order was approved; its signal agrees with it in symbol, side and owner. */
export const sent = (
  order: Partial<OrderRequest> = {},
  signal: Partial<Signal> = {},
): Extract<RiskEvent, { type: 'sent' }> => {
  const request = requestWith(order);
  const { symbol, owner: source, side } = request;
  return { type: 'sent', order: request, signal: signalWith({ symbol, source, side, ...signal }) };
};

/** The order ended with so many lots filled. */
export const ended = (order: Partial<OrderRequest>, filled: number): RiskEvent => ({
  type: 'ended',
  order: requestWith(order),
  state: filled > 0 ? 'filled' : 'cancelled',
  filled,
});

/** A long of one lot, stopped out with a loss of 100, with some fields changed. */
export const traded = (over: Partial<Trade> = {}): RiskEvent => ({
  type: 'trade',
  trade: {
    owner: OWNER,
    symbol: 'EURUSD',
    side: 'buy',
    quantity: 1,
    opened: MOMENT - 60_000,
    closed: MOMENT,
    profit: -100,
    exit: 'stop',
    ...over,
  },
});

/** A command as it comes out of its schema. */
export const commanded = (command: unknown): RiskEvent => ({
  type: 'command',
  command: commandSchema.parse(command),
});

/** The signal was refused, by whom does not matter. */
export const refusedSignal = (over: Partial<Signal> = {}): RiskEvent => ({
  type: 'decision',
  decision: {
    kind: 'decision',
    outcome: 'refused',
    signal: signalWith(over),
    time: MOMENT,
    verdicts: [],
    refusal: { stage: 'validate', rule: 'test', code: 'TEST', limit: 0, actual: 1 },
  },
});
