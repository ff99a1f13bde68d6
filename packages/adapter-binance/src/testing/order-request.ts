import type { OrderRequest } from '@mikrobot/core';

/** A market order of 1 BTCUSDT that buys to enter or sells to leave, or as given. */
export const orderRequest = (given: Partial<OrderRequest> = {}): OrderRequest => ({
  id: 'j1-0abc-1k-e',
  symbol: 'BTCUSDT',
  owner: 'test',
  purpose: given.side === 'sell' ? 'flatten' : 'enter',
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
  ...given,
});
