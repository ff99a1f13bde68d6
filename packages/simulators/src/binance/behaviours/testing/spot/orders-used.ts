import type { Params } from '../caller.js';

/** The order endpoint. */
export const ORDER = '/api/v3/order';
export const TEST = '/api/v3/order/test';
export const OCO = '/api/v3/orderList/oco';

/** A buy limit far below the market of 60000 / 60010. */
export const LIMIT: Params = {
  symbol: 'BTCUSDT',
  side: 'BUY',
  type: 'LIMIT',
  timeInForce: 'GTC',
  quantity: '0.01',
  price: '50000',
};

/** A buy at the market. */
export const MARKET: Params = { symbol: 'BTCUSDT', side: 'BUY', type: 'MARKET', quantity: '0.01' };

/** A sell stop below the market. */
export const STOP: Params = {
  symbol: 'BTCUSDT',
  side: 'SELL',
  type: 'STOP_LOSS',
  quantity: '0.01',
  stopPrice: '55000',
};

/** A sell pair around the market. */
export const SELL_OCO: Params = {
  symbol: 'BTCUSDT',
  side: 'SELL',
  quantity: '0.01',
  aboveType: 'LIMIT_MAKER',
  abovePrice: '65000',
  belowType: 'STOP_LOSS',
  belowStopPrice: '55000',
};

/** Parameters without some of them. */
export const without = (params: Params, ...names: readonly string[]): Params =>
  Object.fromEntries(Object.entries(params).filter(([name]) => !names.includes(name)));
