import { type Book, type Decision, type Fill, type OrderRequest, type RiskEvent, sign } from '@mikrobot/core';
import * as z from 'zod';
import type { Observation } from './process-state.js';

const openSchema = z.strictObject({
  id: z.string(),
  /** When it was sent, epoch ms. */
  at: z.number(),
  /** Whether the venue has taken it, so that its rejection is yet to be counted. */
  taken: z.boolean(),
  /** Whether it should fill at once and in full. */
  immediate: z.boolean(),
  quantity: z.number(),
  /** Lots of its trades so far, and of all its trades once it ended. */
  filled: z.number(),
  total: z.number().nullable(),
});

/** Checks what is kept between events. */
export const orderMemorySchema = z.strictObject({
  /** Orders that were sent and are not over. */
  open: z.array(openSchema).readonly(),
});

/** What is kept between events to measure from one to another. */
export type OrderMemory = z.output<typeof orderMemorySchema>;

/** Before the first event. */
export const freshOrders: OrderMemory = { open: [] };

/** What an event tells of the process. */
export interface Heard {
  readonly orders: OrderMemory;
  readonly observations: readonly Observation[];
}

/** Open orders beyond this are no longer measured, oldest first: a venue that never answers must not fill the memory. */
const MOST = 500;

const receptionCodes: ReadonlySet<string> = new Set([
  'DUPLICATE_SIGNAL',
  'INCOMPLETE',
  'INVALID',
  'STALE_SIGNAL',
  'STOP_WRONG_SIDE',
  'TARGET_WRONG_SIDE',
  'UNKNOWN_SYMBOL',
  'UNSUPPORTED_ORDER',
]);
const dataCodes: ReadonlySet<string> = new Set(['NO_QUOTE', 'STALE_QUOTE', 'UNPRICED', 'NO_RATE']);
const analysisCodes: ReadonlySet<string> = new Set([
  'RULE_THREW',
  'POLICY_THREW',
  'BAD_ACCOUNT',
  'QUEUE_FULL',
]);

/** The code of a refusal if it is a defect of that kind. What a limit of risk refuses is the process at work, not a defect. */
const codeIn = (codes: ReadonlySet<string>, decision: Decision): string | undefined =>
  decision.outcome === 'refused' && codes.has(decision.refusal.code) ? decision.refusal.code : undefined;

const fromDecision = (decision: Decision): readonly Observation[] => {
  const { signal } = decision;
  // What core itself closes is no signal that anybody detected.
  if (signal.origin === 'core' || signal.approval !== undefined) return [];
  const observations: Observation[] = [
    { metric: 'detection.gaps', defect: codeIn(dataCodes, decision) },
    { metric: 'reception.refusals', defect: codeIn(receptionCodes, decision) },
    { metric: 'analysis.failures', defect: codeIn(analysisCodes, decision) },
  ];
  const age = signal.time - signal.quote.time;
  if (signal.quote.time > 0 && age >= 0) observations.push({ metric: 'detection.quoteAge', value: age });
  return observations;
};

const FAILURES = 'execution.failures';

const execution = (decision: Decision): readonly Observation[] => {
  const metric = FAILURES;
  if (decision.outcome === 'executed') return [{ metric, defect: undefined }];
  if (decision.outcome === 'unknown') return [{ metric, defect: 'UNKNOWN' }];
  const failed = decision.outcome === 'refused' && decision.refusal.stage === 'execute';
  return failed && decision.refusal.code === 'VENUE_REJECTED' ? [{ metric, defect: 'VENUE_REJECTED' }] : [];
};

const taken = (orders: OrderMemory, decision: Decision): OrderMemory => {
  const id = decision.outcome === 'executed' ? decision.order.id : undefined;
  if (!orders.open.some((one) => one.id === id)) return orders;
  return { ...orders, open: orders.open.map((one) => (one.id === id ? { ...one, taken: true } : one)) };
};

const delay = ({ signal }: Extract<RiskEvent, { type: 'sent' }>, now: number): Observation => ({
  metric: 'analysis.latency',
  value: Math.max(0, now - signal.time),
});

const isImmediate = ({ type, timeInForce }: OrderRequest): boolean =>
  type === 'market' || timeInForce === 'IOC' || timeInForce === 'FOK';

const submitted = (orders: OrderMemory, order: OrderRequest, now: number): OrderMemory => {
  const { id, quantity } = order;
  const opened = {
    id,
    at: now,
    taken: false,
    immediate: isImmediate(order),
    quantity,
    filled: 0,
    total: null,
  };
  return { ...orders, open: [...orders.open, opened].slice(-MOST) };
};

/** Whether nothing is to come of an order any more; a sum of partial fills is off by the dust of binary fractions. */
const isOver = ({ filled: sum, total }: OrderMemory['open'][number]): boolean =>
  total !== null && !(sum < total * (1 - 1e-9));

/** What became of an order that was to close or to guard a position. */
const wayOut = ({ order, state, filled }: Extract<RiskEvent, { type: 'ended' }>): string | undefined => {
  if (state === 'rejected') return 'REJECTED';
  return isImmediate(order) && filled === 0 ? 'UNFILLED' : undefined;
};

const ended = (orders: OrderMemory, event: Extract<RiskEvent, { type: 'ended' }>): Heard => {
  const { order, state, filled } = event;
  const observations: Observation[] = [];
  if (isImmediate(order) && state !== 'rejected' && order.quantity > 0)
    observations.push({ metric: 'execution.fillRatio', value: Math.min(1, filled / order.quantity) });
  if (order.purpose !== 'enter') observations.push({ metric: 'control.waysOut', defect: wayOut(event) });
  if (state === 'rejected' && orders.open.some((one) => one.id === order.id && one.taken))
    observations.push({ metric: FAILURES, defect: 'REJECTED_LATER' });
  // Its last trade may be told after its end.
  const open = orders.open
    .map((one) => (one.id === order.id ? { ...one, total: filled } : one))
    .filter((one) => !isOver(one));
  return { orders: { ...orders, open }, observations };
};

const prices = (fill: Fill, expected: number | undefined, book: Book): readonly Observation[] => {
  const pip = book.instrument(fill.symbol)?.pipSize;
  const quote = book.quote(fill.symbol);
  if (pip === undefined) return [];
  const tidy = (value: number): number => Math.round(value * 1e6) / 1e6;
  const observations: Observation[] = [];
  if (quote !== undefined && quote.ask >= quote.bid)
    observations.push({ metric: 'execution.spread', value: tidy((quote.ask - quote.bid) / pip) });
  if (expected !== undefined)
    observations.push({
      metric: 'execution.slippage',
      value: tidy((sign(fill.side) * (fill.price - expected)) / pip),
    });
  return observations;
};

const filled = (orders: OrderMemory, event: Extract<RiskEvent, { type: 'fill' }>, book: Book): Heard => {
  const { fill, expected } = event;
  const known = orders.open.find(({ id }) => id === fill.id);
  const observations: Observation[] = [...prices(fill, expected, book)];
  if (known?.immediate && known.filled === 0) {
    // Where the venue does not tell when the order arrived, it is as late as its first trade.
    const latency = (fill.arrived ?? book.now()) - known.at;
    if (latency >= 0) observations.push({ metric: 'execution.latency', value: latency });
  }
  const total = (known?.filled ?? 0) + fill.quantity;
  const open = orders.open
    .map((one) => (one.id === fill.id ? { ...one, filled: total } : one))
    .filter((one) => !isOver(one));
  return { orders: { open }, observations };
};

/** What an event of a bot tells of the five steps of the default plan. Pure. */
export const heard = (orders: OrderMemory, event: RiskEvent, book: Book): Heard => {
  switch (event.type) {
    case 'sent':
      return { orders, observations: [delay(event, book.now())] };
    case 'submitted':
      return { orders: submitted(orders, event.order, book.now()), observations: [] };
    case 'decision': {
      const { decision } = event;
      return {
        orders: taken(orders, decision),
        observations: [...fromDecision(decision), ...execution(decision)],
      };
    }
    case 'ended':
      return ended(orders, event);
    case 'fill':
      return filled(orders, event, book);
    case 'protected':
      return { orders, observations: [{ metric: 'control.protection', value: event.naked }] };
    default:
      return { orders, observations: [] };
  }
};
