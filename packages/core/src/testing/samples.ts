import type { Book } from '../model/book.js';
import { defineInstrument, type Instrument, type InstrumentInput } from '../model/instrument.js';
import type { OrderReport, OrderRequest } from '../model/order.js';
import type { Signal } from '../model/signal.js';
import { eurusd } from './scripted-venue.js';

/** EURUSD with some fields changed. */
export const instrumentWith = (over: Partial<InstrumentInput>): Instrument => {
  const { priceDecimals: _price, quantityDecimals: _quantity, base: _base, ...input } = eurusd;
  return defineInstrument({ ...input, ...over });
};

/** A yen pair as most brokers specify it. */
export const usdjpy = instrumentWith({ symbol: 'USDJPY', currency: 'JPY', tickSize: 0.001, pipSize: 0.01 });

/** A pair without the dollar. */
export const gbpjpy = instrumentWith({ symbol: 'GBPJPY', currency: 'JPY', tickSize: 0.001, pipSize: 0.01 });

/** Bitcoin in satoshi steps. */
export const btcusdt = instrumentWith({
  symbol: 'BTCUSDT',
  assetClass: 'crypto',
  currency: 'USDT',
  contractSize: 1,
  tickSize: 0.01,
  pipSize: 1,
  quantityStep: 1e-8,
  minQuantity: 1e-5,
  maxQuantity: 9_000,
});

/** The E-mini S&P 500 future: quarter points, 50 dollars a point. */
export const es = instrumentWith({
  symbol: 'ES',
  assetClass: 'future',
  contractSize: 50,
  tickSize: 0.25,
  pipSize: 1,
  quantityStep: 1,
  minQuantity: 1,
  maxQuantity: 100,
});

/** When samples happen: a Tuesday, 2023-11-14 22:13:20 UTC. */
export const MOMENT = 1_700_000_000_000;

/** A well-formed long entry on a quote of 1.1 / 1.1001, with some fields changed. */
export const signalWith = (over: Partial<Signal> = {}): Signal => ({
  kind: 'signal',
  id: 'mem0-0abc-1',
  source: 'test:EURUSD',
  origin: 'strategy',
  time: MOMENT,
  symbol: 'EURUSD',
  intent: 'enter',
  side: 'buy',
  quantity: 1,
  order: undefined,
  stop: 1.09,
  target: 1.12,
  trail: undefined,
  confidence: 0.9,
  reason: '',
  priority: 'normal',
  tags: undefined,
  quote: { time: MOMENT, bid: 1.1, ask: 1.1001 },
  rate: 1,
  account: { currency: 'USD', balance: 10_000, equity: 10_000 },
  approval: undefined,
  ...over,
});

/** A market entry of one lot, with some fields changed. */
export const requestWith = (over: Partial<OrderRequest> = {}): OrderRequest => ({
  id: 'mem0-0abc-1-e',
  symbol: 'EURUSD',
  owner: 'test:EURUSD',
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
  ...over,
});

/** A book that knows EURUSD and the time, and nothing else. */
export const plainBook = (over: Partial<Book> = {}): Book => ({
  now: () => MOMENT,
  instrument: (symbol) => (symbol === 'EURUSD' ? eurusd : undefined),
  quote: () => ({ time: MOMENT, bid: 1.1, ask: 1.1001 }),
  position: (symbol) => ({ symbol, quantity: 0, averagePrice: 0, since: 0 }),
  owners: () => [],
  pending: () => 0,
  entries: () => [],
  stops: () => [],
  exposed: () => [],
  rate: () => 1,
  account: () => ({
    id: 'T1',
    currency: 'USD',
    mode: 'netting',
    live: false,
    balance: 10_000,
    equity: 10_000,
    margin: 0,
    leverage: 30,
  }),
  unpriced: () => [],
  halted: undefined,
  haltOf: () => undefined,
  ...over,
});

/** What a venue says of an order that works. */
export const reportOf = (request: OrderRequest, over: Partial<OrderReport> = {}): OrderReport => ({
  id: request.id,
  venueId: `v-${request.id}`,
  symbol: request.symbol,
  side: request.side,
  type: request.type,
  state: 'accepted',
  quantity: request.quantity,
  filled: 0,
  averagePrice: 0,
  price: request.price,
  ...over,
});
