import type { Bar, Decision, Fill, OrderRequest, Refusal, Signal } from '@mikrobot/core';

/** A signal to buy EURUSD at the market, with what a test wants otherwise. */
export const aSignal = (other: Partial<Signal> = {}): Signal => ({
  kind: 'signal',
  id: 's-1',
  source: 'breakout:EURUSD',
  origin: 'strategy',
  time: Date.UTC(2024, 2, 5, 14),
  symbol: 'EURUSD',
  intent: 'enter',
  side: 'buy',
  quantity: undefined,
  order: undefined,
  stop: undefined,
  target: undefined,
  trail: undefined,
  confidence: undefined,
  reason: '',
  priority: 'normal',
  tags: undefined,
  quote: { time: other.time ?? Date.UTC(2024, 2, 5, 14), bid: 1.085, ask: 1.0851 },
  rate: 1,
  account: { currency: 'USD', balance: 10_000, equity: 10_000 },
  approval: undefined,
  ...other,
});

/** A market order that enters one lot. */
export const anOrder = (other: Partial<OrderRequest> = {}): OrderRequest => ({
  id: 's-1-e',
  symbol: 'EURUSD',
  owner: 'breakout:EURUSD',
  purpose: 'enter',
  side: 'buy',
  quantity: 1,
  type: 'market',
  price: undefined,
  limitPrice: undefined,
  trail: undefined,
  timeInForce: 'GTC',
  goodTill: undefined,
  bracket: undefined,
  reduceOnly: false,
  ...other,
});

/** The venue took the order. */
export const anExecution = (signal: Signal, order: OrderRequest): Decision => ({
  kind: 'decision',
  outcome: 'executed',
  signal,
  time: signal.time,
  verdicts: [],
  order,
});

/** A rule said no. */
export const aRefusal = (signal: Signal, refusal: Partial<Refusal> = {}): Decision => ({
  kind: 'decision',
  outcome: 'refused',
  signal,
  time: signal.time,
  verdicts: [],
  refusal: { stage: 'assess', rule: 'max-positions', code: 'TOO_MANY', limit: 2, actual: 3, ...refusal },
});

/** One lot of EURUSD bought at 1.1. */
export const aFill = (other: Partial<Fill> = {}): Fill => ({
  type: 'fill',
  id: 's-1-e',
  symbol: 'EURUSD',
  time: Date.UTC(2024, 2, 5, 14),
  tradeId: `${other.id ?? 's-1-e'}/${other.time ?? 0}`,
  side: 'buy',
  quantity: 1,
  price: 1.1,
  remaining: 0,
  commission: 0,
  profit: 0,
  owner: 'breakout:EURUSD',
  purpose: 'enter',
  signal: 's-1',
  ...other,
});

/** A five-minute bar without a spread. */
export const aBar = (
  time: number,
  [open, high, low, close]: readonly [number, number, number, number],
): Bar => ({
  symbol: 'EURUSD',
  timeframe: 'M5',
  time,
  closeTime: time + 300_000,
  open,
  high,
  low,
  close,
  askOpen: open,
  askHigh: high,
  askLow: low,
  askClose: close,
  volume: 0,
  ticks: 4,
});
