import type * as z from 'zod';
import type { hello, notices } from '../from-ea.js';
import type { dealRecord, orderRecord, positionEvent } from '../records.js';
import type { part, replies } from '../replies.js';
import type { tickRow } from '../tick.js';
import { deal, figures, order, position, symbol } from './record-examples.js';

type Unasked = { readonly hello: typeof hello; readonly tick: typeof tickRow } & typeof notices;
type Events = {
  readonly deal: typeof dealRecord;
  readonly order: typeof orderRecord;
  readonly position: typeof positionEvent;
};
type Replies = { readonly part: typeof part } & typeof replies;
type Example<M extends Readonly<Record<string, z.ZodType>>, More> = {
  readonly [T in keyof M & string]: {
    readonly name: string;
    readonly t: T;
    readonly d: z.input<M[T]>;
  } & More;
}[keyof M & string];

/** A message of an EA. */
export type EaExample =
  | Example<Unasked, unknown>
  | Example<Events, { readonly seq: number }>
  | Example<Replies, { readonly re: number }>;

const result = {
  coid: 'k7-1-e',
  outcome: 'accepted',
  code: 'DONE',
  retcode: 10_009,
  order: '1001',
  orders: null,
  deal: '3003',
  volume: 0.25,
  price: 1.09503,
  detail: '',
  repeated: false,
} as const;

/** Every message of an EA, and its variants that Node has to tell apart. */
export const eaExamples: readonly EaExample[] = [
  {
    name: 'hello',
    t: 'hello',
    d: {
      protoMin: 1,
      protoMax: 1,
      ea: 'MikroBot_Bridge 1.00',
      build: 4_755,
      account: '5000001',
      server: 'MetaQuotes-Demo',
      company: 'MetaQuotes Ltd.',
      currency: 'USD',
      currencyDigits: 2,
      leverage: 30,
      tradeMode: 'demo',
      marginMode: 'hedging',
      epoch: '1704895199-4711',
      firstSeq: 1,
      lastSeq: 45,
      offset: 7_200_000,
      nonce: 'f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff',
      mac: 'e56009ce3114edc00f1377394336144964d376ce0ed6414891629fa82a0ec21d',
    },
  },
  { name: 'resumed', t: 'resumed', d: { from: 42, to: 45 } },
  { name: 'resumed without an event', t: 'resumed', d: { from: 46, to: 45 } },
  { name: 'reset', t: 'reset', d: { lastSeq: 45 } },
  { name: 'beat', t: 'beat', d: { connected: true, tradeAllowed: true, offset: 7_200_000, lag: 0 } },
  { name: 'account', t: 'account', d: figures },
  { name: 'log', t: 'log', d: { level: 'warn', text: 'no line to the trade server: „EURUSD“' } },
  { name: 'bye', t: 'bye', d: { code: 'EA_STOPPED', detail: '' } },
  {
    name: 'tick',
    t: 'tick',
    d: { s: 'EURUSD', t: 1_704_902_400_123, b: 1.09501, a: 1.09503, l: null, v: null },
  },
  {
    name: 'tick of an exchange',
    t: 'tick',
    d: { s: 'GAZP', t: 1_704_902_400_123, b: 161.2, a: 161.21, l: 161.2, v: 30 },
  },
  {
    name: 'tick in its shortest form',
    t: 'tick',
    d: { s: 'EURUSD', t: 1_704_902_400_123, b: 1.09501, a: 1.09501 },
  },
  { name: 'deal that opens', t: 'deal', seq: 42, d: deal },
  {
    name: 'deal of a stop loss',
    t: 'deal',
    seq: 43,
    d: {
      ...deal,
      ticket: '3004',
      order: '1002',
      coid: null,
      type: 'sell',
      entry: 'out',
      price: 1.0825,
      profit: -313.25,
      reason: 'sl',
      comment: '[sl 1.08250]',
    },
  },
  {
    name: 'deposit',
    t: 'deal',
    seq: 44,
    d: {
      ...deal,
      ticket: '3005',
      order: '0',
      coid: null,
      position: '0',
      symbol: '',
      type: 'balance',
      volume: 0,
      price: 0,
      commission: 0,
      profit: 500,
      magic: '0',
      reason: 'client',
      comment: 'Deposit',
    },
  },
  { name: 'order that was placed', t: 'order', seq: 45, d: order },
  {
    name: 'order that ended',
    t: 'order',
    seq: 46,
    d: { ...order, state: 'canceled', done: 1_704_902_460_000, reason: 'some-day' },
  },
  { name: 'position', t: 'position', seq: 47, d: position },
  { name: 'position that is closed', t: 'position', seq: 48, d: { ...position, volume: 0, gone: true } },
  { name: 'pong', t: 'pong', re: 1, d: {} },
  { name: 'symbols in a part', t: 'part', re: 2, d: { kind: 'symbol', items: [symbol] } },
  {
    name: 'bars in a part',
    t: 'part',
    re: 8,
    d: { kind: 'bar', items: [[1_704_902_400_000, 1.095, 1.0952, 1.0949, 1.0951, 312, 2]] },
  },
  { name: 'positions in a part', t: 'part', re: 6, d: { kind: 'position', items: [position] } },
  { name: 'orders in a part', t: 'part', re: 6, d: { kind: 'order', items: [order] } },
  {
    name: 'deals in a part',
    t: 'part',
    re: 7,
    d: { kind: 'deal', items: [deal, { ...deal, ticket: '3006' }] },
  },
  { name: 'done', t: 'done', re: 2, d: {} },
  { name: 'done with more to ask for', t: 'done', re: 8, d: { next: 1_704_903_300_000 } },
  { name: 'error', t: 'error', re: 4, d: { code: 'UNKNOWN_SYMBOL', detail: 'EURUSDx' } },
  {
    name: 'snapshot',
    t: 'snapshot',
    re: 6,
    d: { asOfSeq: 48, complete: true, account: figures, serverTime: 1_704_902_461_000 },
  },
  { name: 'ack', t: 'ack', re: 9, d: { coid: 'k7-1-e' } },
  { name: 'result that is accepted', t: 'result', re: 9, d: result },
  {
    name: 'result that is rejected by the server',
    t: 'result',
    re: 10,
    d: {
      ...result,
      coid: 'k7-2-e',
      outcome: 'rejected',
      code: 'INVALID_STOPS',
      retcode: 10_016,
      order: null,
      deal: null,
      volume: 0,
      price: 0,
    },
  },
  {
    name: 'result that is rejected by a guard of the EA',
    t: 'result',
    re: 10,
    d: {
      ...result,
      coid: 'k7-2-e',
      outcome: 'rejected',
      code: 'GUARD_LOTS',
      retcode: 0,
      order: null,
      deal: null,
      volume: 0,
      price: null,
    },
  },
  {
    name: 'result that is unknown',
    t: 'result',
    re: 11,
    d: {
      ...result,
      coid: 'k7-3-e',
      outcome: 'unknown',
      code: 'TIMEOUT',
      retcode: 10_012,
      order: null,
      deal: null,
      volume: 0,
      price: null,
    },
  },
  {
    name: 'result of an exit in two parts, repeated',
    t: 'result',
    re: 12,
    d: { ...result, coid: 'k7-4-x', order: '2003', orders: ['2003', '2004'], deal: '3007', repeated: true },
  },
  { name: 'found', t: 'found', re: 17, d: { coid: 'k7-2-e', state: 'accepted', retcode: 10_009 } },
  {
    name: 'found, though not in the journal',
    t: 'found',
    re: 17,
    d: { coid: 'k7-2-e', state: null, retcode: null },
  },
  { name: 'absent', t: 'absent', re: 17, d: { state: 'rejected', code: 'NO_MONEY', retcode: 10_019 } },
  { name: 'absent, and never heard of', t: 'absent', re: 17, d: {} },
  { name: 'unknown', t: 'unknown', re: 17, d: { detail: 'pending for 12 s' } },
];
