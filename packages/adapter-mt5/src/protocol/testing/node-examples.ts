import type { NodeNotice, NodeNotices } from '../from-node.js';
import type { Requests, RequestType } from '../requests.js';

/** A message of Node. */
export type NodeExample =
  | {
      readonly [T in RequestType]: {
        readonly name: string;
        readonly t: T;
        readonly id: number;
        readonly d: Requests[T];
      };
    }[RequestType]
  | {
      readonly [T in NodeNotice]: { readonly name: string; readonly t: T; readonly d: NodeNotices[T] };
    }[NodeNotice];

const order = {
  coid: 'k7-1-e',
  kind: 'market',
  symbol: 'EURUSD',
  side: 'buy',
  volume: 0.25,
  price: null,
  stopLimit: null,
  sl: 1.08,
  tp: 1.12,
  deviation: 20,
  tif: 'GTC',
  goodTill: null,
  magic: '770000000001',
  expiresAt: 1_704_898_800_000,
  closes: null,
} as const;

/** Every message of Node, and its variants that an EA has to tell apart. */
export const nodeExamples: readonly NodeExample[] = [
  {
    name: 'challenge',
    t: 'challenge',
    d: { nonce: '000102030405060708090a0b0c0d0e0f', protoMin: 1, protoMax: 1 },
  },
  {
    name: 'welcome that resumes',
    t: 'welcome',
    d: {
      proto: 1,
      mac: '84f1fdb82963cc770c956b7ecda2a41b9b56813c4f42b097322011dc20c02e09',
      resumeFrom: 42,
      now: 1_704_895_200_000,
    },
  },
  {
    name: 'welcome that knows nothing of the epoch',
    t: 'welcome',
    d: {
      proto: 1,
      mac: '84f1fdb82963cc770c956b7ecda2a41b9b56813c4f42b097322011dc20c02e09',
      resumeFrom: null,
      now: 1_704_895_200_000,
    },
  },
  { name: 'bye', t: 'bye', d: { code: 'BAD_MAC', detail: '' } },
  { name: 'beat', t: 'beat', d: { now: 1_704_895_202_000 } },
  { name: 'ping', t: 'ping', id: 1, d: {} },
  { name: 'symbols by name', t: 'symbols', id: 2, d: { names: ['EURUSD', 'GER40.cash', 'Öl "spot"'] } },
  { name: 'symbols of the Market Watch', t: 'symbols', id: 3, d: { names: null } },
  { name: 'subscribe', t: 'subscribe', id: 4, d: { symbol: 'EURUSD' } },
  { name: 'unsubscribe', t: 'unsubscribe', id: 5, d: { symbol: 'EURUSD' } },
  { name: 'snapshot without deals', t: 'snapshot', id: 6, d: { since: null } },
  { name: 'snapshot with deals', t: 'snapshot', id: 7, d: { since: 1_704_895_200_000 } },
  {
    name: 'bars',
    t: 'bars',
    id: 8,
    d: { symbol: 'EURUSD', timeframe: 'M15', from: 1_704_844_800_000, to: 1_704_895_200_000, limit: 1_000 },
  },
  { name: 'market order', t: 'order', id: 9, d: order },
  {
    name: 'limit order until a date',
    t: 'order',
    id: 10,
    d: {
      ...order,
      coid: 'k7-2-e',
      kind: 'limit',
      price: 1.0905,
      deviation: null,
      tif: 'GTD',
      goodTill: 1_704_938_400_000,
    },
  },
  {
    name: 'stop-limit order of a tiny size',
    t: 'order',
    id: 11,
    d: {
      ...order,
      coid: 'k7-3-e',
      kind: 'stop-limit',
      side: 'sell',
      volume: 0.0000001,
      price: 1.085,
      stopLimit: 1.0855,
    },
  },
  {
    name: 'exit that names its positions',
    t: 'order',
    id: 12,
    d: {
      ...order,
      coid: 'k7-4-x',
      side: 'sell',
      sl: null,
      tp: null,
      closes: [
        { position: '1001', volume: 0.2 },
        { position: '18446744073709551615', volume: 0.05 },
      ],
    },
  },
  {
    name: 'protect',
    t: 'protect',
    id: 13,
    d: { coid: 'k7-1-s', position: '1001', which: 'sl', price: 1.0825, magic: '770000000001' },
  },
  {
    name: 'protect that takes a level away',
    t: 'protect',
    id: 14,
    d: { coid: 'k7-1-t', position: '1001', which: 'tp', price: 0, magic: '770000000001' },
  },
  {
    name: 'modify',
    t: 'modify',
    id: 15,
    d: {
      coid: 'k7-2-e',
      order: '2002',
      price: 1.09,
      stopLimit: null,
      sl: 1.08,
      tp: null,
      tif: 'GTC',
      goodTill: null,
    },
  },
  { name: 'cancel', t: 'cancel', id: 16, d: { coid: 'k7-2-e', order: '2002' } },
  { name: 'query by name', t: 'query', id: 17, d: { coid: 'k7-2-e', order: null } },
  { name: 'query with a ticket', t: 'query', id: 18, d: { coid: 'k7-2-e', order: '2002' } },
];
