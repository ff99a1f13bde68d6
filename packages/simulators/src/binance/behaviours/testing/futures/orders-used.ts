import type { Params } from '../caller.js';

/** The regular order endpoint. */
export const ORDER = '/fapi/v1/order';
/** The endpoint of conditional orders. */
export const ALGO = '/fapi/v1/algoOrder';
/** Keys of the user stream. */
export const LISTEN_KEY = '/fapi/v1/listenKey';

/** A buy limit below the market of 60000 / 60010. */
export const LIMIT: Params = {
  symbol: 'BTCUSDT',
  side: 'BUY',
  type: 'LIMIT',
  timeInForce: 'GTC',
  quantity: '0.01',
  price: '58000',
};

/** A buy at the market. */
export const MARKET: Params = { symbol: 'BTCUSDT', side: 'BUY', type: 'MARKET', quantity: '0.01' };

/** A conditional sell below the market. */
export const STOP: Params = {
  algoType: 'CONDITIONAL',
  symbol: 'BTCUSDT',
  side: 'SELL',
  type: 'STOP_MARKET',
  quantity: '0.01',
  triggerPrice: '55000',
};

/** Parameters without some of them. */
export const without = (params: Params, ...names: readonly string[]): Params =>
  Object.fromEntries(Object.entries(params).filter(([name]) => !names.includes(name)));
