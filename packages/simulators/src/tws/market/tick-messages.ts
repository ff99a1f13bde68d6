import type { Field } from '../wire/field.js';

/** Ids of ticks, and of the same ticks of delayed data. */
export const tickIds = {
  bidSize: { live: 0, delayed: 69 },
  bid: { live: 1, delayed: 66 },
  ask: { live: 2, delayed: 67 },
  askSize: { live: 3, delayed: 70 },
  last: { live: 4, delayed: 68 },
  lastSize: { live: 5, delayed: 71 },
  high: { live: 6, delayed: 72 },
  low: { live: 7, delayed: 73 },
  volume: { live: 8, delayed: 74 },
  close: { live: 9, delayed: 75 },
  open: { live: 14, delayed: 76 },
  lastTimestamp: { live: 45, delayed: 88 },
  halted: { live: 49, delayed: 90 },
  rtVolume: { live: 48, delayed: 48 },
} as const;

/** What a tick tells. */
export type TickName = keyof typeof tickIds;

/** Bits of what a price can be beside a price. */
const CAN_AUTO_EXECUTE = 1;

/** Message 1. A price that is not known is told as -1 of size 0. */
export const tickPrice = (
  requestId: number,
  tickId: number,
  price: number | undefined,
  size: number | undefined,
  canAutoExecute: boolean,
): readonly Field[] => [
  1,
  6,
  requestId,
  tickId,
  price ?? -1,
  size ?? 0,
  canAutoExecute && price !== undefined ? CAN_AUTO_EXECUTE : 0,
];

/** Message 2. */
export const tickSize = (requestId: number, tickId: number, size: number): readonly Field[] => [
  2,
  6,
  requestId,
  tickId,
  size,
];

/** Message 45. */
export const tickGeneric = (requestId: number, tickId: number, value: number): readonly Field[] => [
  45,
  6,
  requestId,
  tickId,
  value,
];

/** Message 46. */
export const tickString = (requestId: number, tickId: number, value: string): readonly Field[] => [
  46,
  6,
  requestId,
  tickId,
  value,
];

/** Message 57. */
export const tickSnapshotEnd = (requestId: number): readonly Field[] => [57, 1, requestId];

/** Message 58: 1 live, 2 frozen, 3 delayed, 4 delayed and frozen. */
export const marketDataType = (requestId: number, type: number): readonly Field[] => [58, 1, requestId, type];

/** Message 81: comes before the first tick. */
export const tickReqParams = (
  requestId: number,
  minTick: number,
  bboExchange: string,
  snapshotPermissions: number,
): readonly Field[] => [81, requestId, minTick, bboExchange, snapshotPermissions];

/** Message 99 of a trade. `time` in epoch seconds. */
export const tickByTickTrade = (
  requestId: number,
  kind: 'Last' | 'AllLast',
  time: number,
  price: number,
  size: number,
  exchange: string,
): readonly Field[] => [99, requestId, kind === 'Last' ? 1 : 2, time, price, size, 0, exchange, ''];

/** Message 99 of a quote. `time` in epoch seconds. */
export const tickByTickQuote = (
  requestId: number,
  time: number,
  bid: number,
  ask: number,
  bidSize: number,
  askSize: number,
): readonly Field[] => [99, requestId, 3, time, bid, ask, bidSize, askSize, 0];

/** Message 99 of the middle between bid and ask. `time` in epoch seconds. */
export const tickByTickMiddle = (requestId: number, time: number, middle: number): readonly Field[] => [
  99,
  requestId,
  4,
  time,
  middle,
];

/** What is told of a bar. Figures of trades are -1 where it is none of trades. */
export interface BarFigures {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly average: number;
  readonly count: number;
}

/** Message 50. `time` is the begin of the five seconds in epoch seconds. */
export const realTimeBar = (requestId: number, time: number, bar: BarFigures): readonly Field[] => [
  50,
  3,
  requestId,
  time,
  bar.open,
  bar.high,
  bar.low,
  bar.close,
  bar.volume,
  bar.average,
  bar.count,
];
