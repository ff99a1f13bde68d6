import { defineInstrument, type OrderRequest } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { orderRequest } from '../testing/order-request.js';
import {
  futuresAlgoOrder,
  futuresAmendment,
  futuresOrder,
  isConditional,
  positionSideOf,
} from './futures-params.js';
import { pairLegs, spotOrder, spotPair } from './spot-params.js';

const btc = defineInstrument({
  symbol: 'BTCUSDT',
  assetClass: 'crypto',
  currency: 'USDT',
  contractSize: 1,
  tickSize: 0.01,
  pipSize: 0.01,
  quantityStep: 0.00000001,
  minQuantity: 0.00000001,
  maxQuantity: 100,
});

const order = (change: Partial<OrderRequest> = {}): OrderRequest =>
  orderRequest({ purpose: 'enter', quantity: 0.0000001, ...change });
const common = { symbol: 'BTCUSDT', side: 'BUY', quantity: '0.00000010' };

// Which parameters a type needs is told by rest-api.md, "New order (TRADE)", and a stray one is refused with -1106.
describe('a spot order', () => {
  const id = { newClientOrderId: 'j1-0abc-1k-e' };

  it('is sent with exact decimals and the parameters of its type', () => {
    expect(spotOrder(order(), btc)).toEqual({ ...common, ...id, type: 'MARKET' });
    expect(spotOrder(order({ type: 'limit', price: 61837.6, timeInForce: 'IOC' }), btc)).toEqual({
      ...common,
      ...id,
      type: 'LIMIT',
      timeInForce: 'IOC',
      price: '61837.60',
    });
    expect(spotOrder(order({ type: 'stop', price: 62000 }), btc)).toEqual({
      ...common,
      ...id,
      type: 'STOP_LOSS',
      stopPrice: '62000.00',
    });
    expect(spotOrder(order({ type: 'stop-limit', price: 62000, limitPrice: 62010.5 }), btc)).toEqual({
      ...common,
      ...id,
      type: 'STOP_LOSS_LIMIT',
      timeInForce: 'GTC',
      price: '62010.50',
      stopPrice: '62000.00',
    });
  });

  it('is sent without the dust of binary fractions', () => {
    expect(spotOrder(order({ quantity: 0.1 + 0.2 }), btc)).toMatchObject({ quantity: '0.30000000' });
    expect(spotOrder(order({ quantity: 99.99999999 }), btc)).toMatchObject({ quantity: '99.99999999' });
  });

  it.each([
    [{ type: 'trailing-stop', trail: 10 }],
    [{ type: 'limit', price: 1, timeInForce: 'GTD', goodTill: 1 }],
    [{ type: 'limit', price: 1, timeInForce: 'DAY' }],
    [{ type: 'limit' }],
    [{ type: 'stop-limit', price: 1 }],
    // To round it up would be to send more than was approved.
    [{ quantity: 0.000000015 }],
    [{ type: 'limit', price: 61837.605 }],
    [{ quantity: Number.NaN }],
  ] as readonly [Partial<OrderRequest>][])('that spot cannot be told never leaves: %j', (change) => {
    expect(() => spotOrder(order(change), btc)).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }));
  });
});

describe('a stop and a target', () => {
  const leg = { purpose: 'protect', side: 'sell', quantity: 0.5 } as const;
  const stop = order({ ...leg, id: 'j1-0abc-1k-es', type: 'stop', price: 60000 });
  const target = order({ ...leg, id: 'j1-0abc-1k-et', type: 'limit', price: 65000 });
  const list = { symbol: 'BTCUSDT', quantity: '0.50000000', listClientOrderId: 'j1-0abc-1k-esl' };

  // rest-api.md, "New Order list - OCO": sells have the limit above the market and the stop below; buys the other way.
  it('that sell are a pair with the target above', () => {
    expect(spotPair(stop, target, btc)).toEqual({
      ...list,
      side: 'SELL',
      aboveType: 'LIMIT_MAKER',
      abovePrice: '65000.00',
      aboveClientOrderId: 'j1-0abc-1k-et',
      belowType: 'STOP_LOSS',
      belowStopPrice: '60000.00',
      belowClientOrderId: 'j1-0abc-1k-es',
    });
  });

  it('that buy are a pair with the target below', () => {
    const up = { ...stop, side: 'buy', type: 'stop-limit', price: 65000, limitPrice: 65100 } as const;
    expect(spotPair(up, { ...target, side: 'buy', price: 60000 }, btc)).toEqual({
      ...list,
      side: 'BUY',
      belowType: 'LIMIT_MAKER',
      belowPrice: '60000.00',
      belowClientOrderId: 'j1-0abc-1k-et',
      aboveType: 'STOP_LOSS_LIMIT',
      aboveStopPrice: '65000.00',
      abovePrice: '65100.00',
      aboveTimeInForce: 'GTC',
      aboveClientOrderId: 'j1-0abc-1k-es',
    });
  });

  it('are judged by filters as two orders', () => {
    const both = { symbol: 'BTCUSDT', side: 'SELL', quantity: '0.50000000' };
    expect(pairLegs(spotPair(stop, target, btc))).toEqual([
      { ...both, type: 'LIMIT_MAKER', price: '65000.00', clientOrderId: 'j1-0abc-1k-et' },
      { ...both, type: 'STOP_LOSS', stopPrice: '60000.00', clientOrderId: 'j1-0abc-1k-es' },
    ]);
  });

  it.each([
    ['of two sides', { ...target, side: 'buy' }],
    ['of two sizes', { ...target, quantity: 0.4 }],
    ['of two symbols', { ...target, symbol: 'ETHUSDT' }],
    ['of two stops', { ...target, type: 'stop' }],
  ] as const)('are no pair when they are %s', (_, other) => {
    expect(() => spotPair(stop, other, btc)).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }));
  });
});

describe('a futures order', () => {
  const oneWay = { hedge: false };
  const hedge = { hedge: true };

  it('is sent to the order endpoint when it waits for nothing', () => {
    const id = { newClientOrderId: 'j1-0abc-1k-e' };
    expect(futuresOrder(order(), btc, oneWay)).toEqual({ ...common, ...id, type: 'MARKET' });
    expect(
      futuresOrder(
        order({ type: 'limit', price: 61837.6, timeInForce: 'GTD', goodTill: 1700000600000.5 }),
        btc,
        oneWay,
      ),
    ).toEqual({
      ...common,
      ...id,
      type: 'LIMIT',
      price: '61837.60',
      timeInForce: 'GTD',
      goodTillDate: '1700000600000',
    });
  });

  it('is sent to the algo endpoint when it waits for a trigger: the other one answers -4120', () => {
    const algo = {
      ...common,
      algoType: 'CONDITIONAL',
      clientAlgoId: 'j1-0abc-1k-e',
      workingType: 'CONTRACT_PRICE',
    };
    const stop = order({ type: 'stop', price: 62000 });
    expect(isConditional(stop)).toBe(true);
    expect(futuresAlgoOrder(stop, btc, oneWay)).toEqual({
      ...algo,
      type: 'STOP_MARKET',
      triggerPrice: '62000.00',
    });
    const limit = order({ type: 'stop-limit', price: 62000, limitPrice: 62010 });
    expect(futuresAlgoOrder(limit, btc, oneWay)).toEqual({
      ...algo,
      type: 'STOP',
      triggerPrice: '62000.00',
      price: '62010.00',
      timeInForce: 'GTC',
    });
    expect(() => futuresOrder(stop, btc, oneWay)).toThrow('algo endpoint');
    expect(() => futuresAlgoOrder(order(), btc, oneWay)).toThrow(
      expect.objectContaining({ code: 'BAD_CONFIG' }),
    );
  });

  it('says that it reduces by a flag, or in hedge mode by the side of the position', () => {
    const exit = order({ purpose: 'reduce', side: 'sell', reduceOnly: true });
    expect(futuresOrder(exit, btc, oneWay)).toMatchObject({ side: 'SELL', reduceOnly: 'true' });
    expect(futuresOrder(exit, btc, oneWay)).not.toHaveProperty('positionSide');
    // Documented: reduceOnly cannot be sent in hedge mode.
    expect(futuresOrder(exit, btc, hedge)).toMatchObject({ side: 'SELL', positionSide: 'LONG' });
    expect(futuresOrder(exit, btc, hedge)).not.toHaveProperty('reduceOnly');
  });

  it.each([
    ['enter', 'buy', 'LONG'],
    ['enter', 'sell', 'SHORT'],
    ['reduce', 'sell', 'LONG'],
    ['protect', 'sell', 'LONG'],
    ['flatten', 'buy', 'SHORT'],
  ] as const)('of a hedging account that is to %s by a %s is about the %s', (purpose, side, expected) => {
    expect(positionSideOf({ purpose, side })).toBe(expected);
  });

  it('is changed whole: side, price and quantity', () => {
    expect(futuresAmendment(order({ type: 'limit', price: 60000.01, quantity: 2 }), btc)).toEqual({
      ...common,
      quantity: '2.00000000',
      price: '60000.01',
      origClientOrderId: 'j1-0abc-1k-e',
    });
  });
});
