import { describe, expect, it } from 'vitest';
import { isLate, kindOf, namesIn, ordersIn, subjectOf } from './reading.js';
import type { TappedRequest } from './tap.js';

const request = (method: string, path: string, query: string): TappedRequest => ({
  method,
  path,
  params: new URLSearchParams(query),
});

/** As in rest-api.md, "New Order list - OCO (TRADE)". */
const pair = request(
  'POST',
  '/api/v3/orderList/oco',
  'symbol=BTCUSDT&listClientOrderId=asl&side=SELL&quantity=0.05&aboveType=LIMIT_MAKER&aboveClientOrderId=at&belowClientOrderId=as',
);

describe('a request that the tap sees', () => {
  it.each([
    ['POST', '/fapi/v1/order', 'submit'],
    ['POST', '/fapi/v1/algoOrder', 'submit'],
    ['PUT', '/fapi/v1/order', 'amend'],
    ['DELETE', '/api/v3/order', 'cancel'],
    ['GET', '/fapi/v1/algoOrder', 'query'],
    ['POST', '/fapi/v1/listenKey', 'other'],
    ['GET', '/fapi/v1/openOrders', 'other'],
    ['GET', '/api/v3/account', 'other'],
  ])('%s %s is of the kind %s', (method, path, kind) => {
    expect(kindOf(request(method, path, ''))).toBe(kind);
  });

  it('places one order, or the two of a pair, each under its own id', () => {
    const algo = request(
      'POST',
      '/fapi/v1/algoOrder',
      'symbol=ETHUSDT&side=BUY&quantity=0.10&clientAlgoId=a-es',
    );
    const order = { id: 'a-es', symbol: 'ETHUSDT', side: 'buy', quantity: 0.1, owner: 'cy' };
    expect(ordersIn(algo)).toEqual([order]);
    expect(ordersIn(pair)).toMatchObject([
      { id: 'at', side: 'sell', quantity: 0.05, owner: 'ada' },
      { id: 'as', side: 'sell', quantity: 0.05, owner: 'ada' },
    ]);
    expect(ordersIn({ ...algo, method: 'GET' })).toEqual([]);
  });

  it('is about the order that it names, not about the name that a cancel brings', () => {
    const cancel = 'symbol=BTCUSDT&origClientOrderId=a-e&newClientOrderId=a-ec';
    expect(subjectOf(request('DELETE', '/api/v3/order', cancel))).toBe('a-e');
  });

  it("is answered with the venue's own numbers", () => {
    const body = '{"orderReports":[{"orderId":11,"clientOrderId":"as"},{"orderId":10,"clientOrderId":"at"}]}';
    expect(namesIn(pair, { status: 200, body })).toEqual([
      { orderId: 11, clientOrderId: 'as' },
      { orderId: 10, clientOrderId: 'at' },
    ]);
  });

  it('may come again when the venue refused it by its timestamp, and for nothing else', () => {
    expect(
      isLate({
        status: 400,
        body: '{"code":-1021,"msg":"Timestamp for this request is outside of the recvWindow."}',
      }),
    ).toBe(true);
    expect(isLate({ status: 400, body: '{"code":-2010,"msg":"Duplicate order sent."}' })).toBe(false);
    expect(isLate({ status: 200, body: '{"code":-1021}' })).toBe(false);
  });
});
