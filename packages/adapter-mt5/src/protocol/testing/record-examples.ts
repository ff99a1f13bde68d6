import type * as z from 'zod';
import type { accountFigures } from '../account-figures.js';
import type { dealRecord, orderRecord, positionRecord } from '../records.js';
import type { symbolRecord } from '../symbol-record.js';

/** Figures of an account, as an EA writes them. */
export const figures: z.input<typeof accountFigures> = {
  balance: 10_000,
  credit: 0,
  equity: 9_991.25,
  margin: 912.5,
  freeMargin: 9_078.75,
  profit: -8.75,
  tradeAllowed: true,
};

/** A working order, as an EA writes it. */
export const order: z.input<typeof orderRecord> = {
  ticket: '2002',
  coid: 'k7-2-e',
  symbol: 'EURUSD',
  type: 'buy-limit',
  state: 'placed',
  volume: 0.25,
  left: 0.25,
  price: 1.0905,
  stopLimit: null,
  sl: 1.08,
  tp: 1.12,
  magic: '770000000001',
  position: null,
  comment: 'k7-2-e',
  reason: 'expert',
  setup: 1_704_902_400_250,
  done: null,
  tif: 'GTD',
  goodTill: 1_704_938_400_000,
};

/** A deal that opened a position, as an EA writes it. */
export const deal: z.input<typeof dealRecord> = {
  ticket: '3003',
  order: '1001',
  coid: 'k7-1-e',
  position: '1001',
  symbol: 'EURUSD',
  type: 'buy',
  entry: 'in',
  volume: 0.25,
  price: 1.09503,
  commission: -0.88,
  fee: 0,
  swap: 0,
  profit: 0,
  magic: '770000000001',
  reason: 'expert',
  comment: 'k7-1-e',
  time: 1_704_902_400_250,
};

/** A position with a stop loss that was named, as an EA writes it. */
export const position: z.input<typeof positionRecord> = {
  ticket: '1001',
  id: '1001',
  coid: 'k7-1-e',
  slCoid: 'k7-1-s',
  tpCoid: null,
  symbol: 'EURUSD',
  side: 'buy',
  volume: 0.25,
  price: 1.09503,
  sl: 1.0825,
  tp: 1.12,
  swap: -0.12,
  profit: -8.75,
  magic: '770000000001',
  comment: 'k7-1-e',
  time: 1_704_902_400_250,
};

/** A symbol, as an EA writes it. */
export const symbol: z.input<typeof symbolRecord> = {
  symbol: 'EURUSD',
  digits: 5,
  point: 0.00001,
  tickSize: 0.00001,
  tickValue: 1,
  contractSize: 100_000,
  volumeMin: 0.01,
  volumeMax: 50,
  volumeStep: 0.01,
  volumeLimit: 0,
  stopsLevel: 10,
  freezeLevel: 0,
  execution: 'market',
  filling: ['fok', 'ioc'],
  expiration: ['gtc', 'day', 'specified', 'specified-day'],
  orderModes: ['market', 'limit', 'stop', 'stop-limit', 'sl', 'tp', 'close-by'],
  tradeMode: 'full',
  calc: 'forex',
  base: 'EUR',
  profit: 'USD',
  margin: 'EUR',
  description: 'Euro vs US Dollar',
  path: 'Forex\\EURUSD',
  swapMode: 'points',
  swapLong: -6.5,
  swapShort: 1.2,
  swapRollover: 3,
  marginInitial: 0,
  marginMaintenance: 0,
  marginHedged: 100_000,
  bid: 1.09501,
  ask: 1.09503,
};
