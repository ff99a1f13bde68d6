import { describe, expect, it } from 'vitest';
import {
  algo,
  type Fields,
  type FuturesBench,
  futuresBench,
  limit,
  market,
  nameOf,
} from './testing/bench.js';

const POST = 'POST /fapi/v1/algoOrder';
const algoOf = (event: Fields | undefined): Fields => event?.o as Fields;
const quoted = (options?: Parameters<typeof futuresBench>[0]): FuturesBench => {
  const bench = futuresBench(options);
  bench.quote(50_000);
  return bench;
};
/** An account that is long 0.1 BTC. */
const long = (): FuturesBench => {
  const bench = quoted();
  bench.get('POST /fapi/v1/order', market('BUY'));
  bench.news();
  return bench;
};

describe('A conditional order of the futures exchange', () => {
  it('is answered with the fields of the page "New Algo Order", and waits outside the book', () => {
    const bench = quoted();
    const order = algo('SELL', 'STOP', { triggerPrice: '49000', price: '48990', clientAlgoId: 's-1' });
    const answer = bench.get(POST, order);
    expect(Object.keys(answer).sort()).toEqual(
      (
        'algoId clientAlgoId algoType orderType symbol side positionSide timeInForce quantity algoStatus triggerPrice price ' +
        'icebergQuantity selfTradePreventionMode workingType priceMatch closePosition priceProtect reduceOnly activatePrice ' +
        'callbackRate createTime updateTime triggerTime goodTillDate'
      )
        .split(' ')
        .sort(),
    );
    expect(answer).toMatchObject({
      algoStatus: 'NEW',
      timeInForce: 'GTC',
      workingType: 'CONTRACT_PRICE',
      icebergQuantity: null,
      selfTradePreventionMode: 'EXPIRE_MAKER',
      triggerTime: 0,
    });
    expect(bench.list('GET /fapi/v1/openOrders')).toEqual([]);
    expect(bench.list('GET /fapi/v1/openAlgoOrders')).toMatchObject([
      { clientAlgoId: 's-1', actualOrderId: '' },
    ]);
    expect(bench.news().map(nameOf)).toEqual(['ALGO_UPDATE NEW']);
  });

  it('goes the way NEW, TRIGGERING, TRIGGERED, FINISHED, and trades under its own id (page "Event: Algo Order Update")', () => {
    const bench = long();
    bench.get(
      POST,
      algo('SELL', 'STOP_MARKET', { triggerPrice: '49000', reduceOnly: 'true', clientAlgoId: 's' }),
    );
    bench.quote(49_000.1);
    expect(bench.news().map(nameOf)).toEqual(['ALGO_UPDATE NEW']);
    bench.quote(48_990);
    const news = bench.news();
    const ofAlgo = news.filter(({ e }) => e === 'ALGO_UPDATE');
    expect(ofAlgo.map((event) => algoOf(event).X)).toEqual(['TRIGGERING', 'TRIGGERED', 'FINISHED']);
    const fill = algoOf(news.find((event) => nameOf(event) === 'ORDER_TRADE_UPDATE TRADE FILLED'));
    expect(fill).toMatchObject({ c: 's', o: 'MARKET', ot: 'STOP_MARKET', sp: '49000', L: '48990', R: true });
    expect(algoOf(ofAlgo[2])).toMatchObject({ ai: String(fill.i), ap: '48990', aq: '0.1', act: 'MARKET' });
    const found = { algoStatus: 'FINISHED', actualOrderId: String(fill.i), actualPrice: '48990.00000' };
    expect(bench.get('GET /fapi/v1/algoOrder', { clientAlgoId: 's' })).toMatchObject(found);
    const order = bench.get('GET /fapi/v1/order', { symbol: 'BTCUSDT', origClientOrderId: 's' });
    expect(order).toMatchObject({
      status: 'FILLED',
      type: 'MARKET',
      origType: 'STOP_MARKET',
      stopPrice: '49000.00',
    });
    expect(bench.list('GET /fapi/v1/openAlgoOrders')).toEqual([]);
  });

  // Page "New Algo Order", condition orders: the side of the trigger for each type.
  it.each([
    ['STOP_MARKET', 'BUY', '51000', 51_000],
    ['STOP_MARKET', 'SELL', '49000', 49_000],
    ['TAKE_PROFIT_MARKET', 'BUY', '49000', 48_999.9],
    ['TAKE_PROFIT_MARKET', 'SELL', '51000', 51_000],
  ] as const)('%s %s triggers where the market reaches %s', (type, side, triggerPrice, bid) => {
    const bench = quoted();
    bench.get(POST, algo(side, type, { triggerPrice, clientAlgoId: 't' }));
    const step = bid > 50_000 ? -1 : 1;
    bench.quote(bid + step);
    expect(bench.get('GET /fapi/v1/algoOrder', { clientAlgoId: 't' }).algoStatus).toBe('NEW');
    bench.quote(bid);
    expect(bench.get('GET /fapi/v1/algoOrder', { clientAlgoId: 't' }).algoStatus).toBe('FINISHED');
  });

  it('with a limit becomes that limit order, and is TRIGGERED until it has traded', () => {
    const bench = quoted();
    bench.get(POST, algo('BUY', 'STOP', { triggerPrice: '51000', price: '50990', clientAlgoId: 'l' }));
    bench.quote(51_000);
    expect(bench.get('GET /fapi/v1/algoOrder', { clientAlgoId: 'l' })).toMatchObject({
      algoStatus: 'TRIGGERED',
    });
    const resting = { clientOrderId: 'l', type: 'LIMIT', origType: 'STOP', price: '50990.00' };
    expect(bench.list('GET /fapi/v1/openOrders')).toMatchObject([resting]);
    expect(bench.refusal('DELETE /fapi/v1/algoOrder', { clientAlgoId: 'l' })[0]).toBe(-2011);
    bench.get('DELETE /fapi/v1/order', { symbol: 'BTCUSDT', origClientOrderId: 'l' });
    // "the triggered conditional order has been filled or canceled in the matching engine"
    expect(bench.get('GET /fapi/v1/algoOrder', { clientAlgoId: 'l' })).toMatchObject({
      algoStatus: 'FINISHED',
    });
  });

  it('that watches the mark price is not triggered by the quote', () => {
    const bench = quoted();
    bench.exchange.mark('BTCUSDT', 50_000, bench.now());
    bench.get(POST, algo('SELL', 'STOP_MARKET', { triggerPrice: '49000', workingType: 'MARK_PRICE' }));
    bench.quote(48_000);
    expect(bench.list('GET /fapi/v1/openAlgoOrders')).toHaveLength(1);
    bench.exchange.mark('BTCUSDT', 48_999, bench.now());
    expect(bench.list('GET /fapi/v1/openAlgoOrders')).toHaveLength(0);
  });

  it('is rejected when it triggers and there is nothing to reduce, or no margin for it', () => {
    const bench = quoted();
    bench.get(
      POST,
      algo('SELL', 'STOP_MARKET', { triggerPrice: '49000', reduceOnly: 'true', clientAlgoId: 'r' }),
    );
    bench.get(
      POST,
      algo('SELL', 'STOP_MARKET', { triggerPrice: '49000', quantity: '50', clientAlgoId: 'm' }),
    );
    bench.news();
    bench.quote(48_990);
    const last = bench.news().filter((event) => algoOf(event).X === 'REJECTED');
    expect(last.map((event) => [algoOf(event).caid, algoOf(event).rm])).toEqual([
      ['r', 'Reduce Only reject'],
      ['m', 'Margin is insufficient.'],
    ]);
  });

  it('that closes the position takes all of it, is alone in its direction, and expires when the position is gone', () => {
    const bench = long();
    const close = (type: string, triggerPrice: string, clientAlgoId: string): unknown =>
      bench.get(POST, {
        ...algo('SELL', type, { triggerPrice, closePosition: 'true', clientAlgoId }),
        quantity: '',
      });
    close('STOP_MARKET', '49000', 'stop');
    expect(algoOf(bench.news()[0])).toMatchObject({ f: 'GTE_GTC', q: '0', cp: true, R: true });
    close('TAKE_PROFIT_MARKET', '51000', 'target');
    expect(() => close('STOP_MARKET', '48000', 'again')).toThrow(
      'An open stop or take profit order with GTE',
    );
    bench.get('POST /fapi/v1/order', market('BUY', { quantity: '0.05' }));
    bench.quote(51_000);
    expect(bench.list('GET /fapi/v3/positionRisk')).toEqual([]);
    expect(bench.get('GET /fapi/v1/algoOrder', { clientAlgoId: 'target' })).toMatchObject({
      algoStatus: 'FINISHED',
      actualQty: '0.150',
    });
    expect(bench.get('GET /fapi/v1/algoOrder', { clientAlgoId: 'stop' })).toMatchObject({
      algoStatus: 'EXPIRED',
    });
  });

  it('that trails follows the market from its activation on, and triggers when that comes back by its rate', () => {
    const bench = long();
    const trail = { callbackRate: '1', activatePrice: '50500', clientAlgoId: 'trail', reduceOnly: 'true' };
    bench.get(POST, algo('SELL', 'TRAILING_STOP_MARKET', trail));
    const status = (): unknown => bench.get('GET /fapi/v1/algoOrder', { clientAlgoId: 'trail' }).algoStatus;
    for (const bid of [49_000, 50_500, 52_000, 51_480.1]) bench.quote(bid);
    expect(status()).toBe('NEW');
    // 52000 x (1 - 1 %) = 51480
    bench.quote(51_480);
    expect(status()).toBe('FINISHED');
  });

  it('is cancelled by either id, and all of a contract at once', () => {
    const bench = quoted();
    const place = (clientAlgoId: string): Fields =>
      bench.get(POST, algo('SELL', 'STOP_MARKET', { triggerPrice: '49000', clientAlgoId }));
    const { algoId } = place('one');
    place('two');
    place('three');
    const done = { algoId, clientAlgoId: 'one', code: '200', msg: 'success' };
    expect(bench.get('DELETE /fapi/v1/algoOrder', { algoId: String(algoId) })).toEqual(done);
    bench.news();
    expect(bench.get('DELETE /fapi/v1/algoOpenOrders', { symbol: 'BTCUSDT' })).toMatchObject({ code: 200 });
    expect(bench.news().map(nameOf)).toEqual(['ALGO_UPDATE CANCELED', 'ALGO_UPDATE CANCELED']);
    const all = bench.list('GET /fapi/v1/allAlgoOrders', { symbol: 'BTCUSDT' });
    expect(all.map(({ algoStatus }) => algoStatus)).toEqual(['CANCELED', 'CANCELED', 'CANCELED']);
  });

  it('asks for no margin before it triggers: two that could not both be carried wait beside each other', () => {
    const bench = quoted();
    for (const clientAlgoId of ['a', 'b'])
      bench.get(POST, algo('BUY', 'STOP_MARKET', { triggerPrice: '51000', quantity: '3', clientAlgoId }));
    expect(bench.list('GET /fapi/v1/openAlgoOrders')).toHaveLength(2);
    expect(bench.get('GET /fapi/v3/account')).toMatchObject({ totalOpenOrderInitialMargin: '0.00000000' });
  });

  it('can be placed at a price that is no whole tick, as the test net allows; its limit cannot', () => {
    const bench = quoted();
    const stop = algo('SELL', 'STOP_MARKET', { triggerPrice: '49000.05' });
    expect(bench.get(POST, stop)).toMatchObject({ triggerPrice: '49000.05' });
    const limited = algo('SELL', 'STOP', { triggerPrice: '49000', price: '48990.05' });
    expect(bench.refusal(POST, limited)[0]).toBe(-4014);
  });

  it('measures its limit by its trigger price, not by the market (errors -4183, -4184)', () => {
    const bench = quoted();
    const stop = (side: 'BUY' | 'SELL', triggerPrice: string, price: string) =>
      algo(side, 'STOP', { triggerPrice, price });
    expect(bench.get(POST, stop('SELL', '40000', '39900'))).toMatchObject({ algoStatus: 'NEW' });
    expect(bench.get(POST, stop('BUY', '60000', '63000'))).toMatchObject({ algoStatus: 'NEW' });
    expect(bench.refusal(POST, stop('BUY', '60000', '63000.1'))[0]).toBe(-4183);
    expect(bench.refusal(POST, stop('SELL', '40000', '37999.9'))[0]).toBe(-4184);
  });

  it('leaves regular orders of the same client id alone', () => {
    const bench = quoted();
    bench.get('POST /fapi/v1/order', limit('BUY', '49000.0', { newClientOrderId: 'both' }));
    bench.get(POST, algo('SELL', 'STOP_MARKET', { triggerPrice: '49000', clientAlgoId: 'both' }));
    bench.get('DELETE /fapi/v1/algoOrder', { clientAlgoId: 'both' });
    expect(bench.list('GET /fapi/v1/openOrders')).toHaveLength(1);
  });

  it('on a hedge account closes its own side only, and never opens with closePosition (page "New Algo Order")', () => {
    const bench = quoted({ accounts: [{ name: 'amy', balances: { USDT: '10000' }, dual: true }] });
    bench.get('POST /fapi/v1/order', market('SELL', { positionSide: 'SHORT' }));
    const all = (side: 'BUY' | 'SELL', positionSide: string): Readonly<Record<string, string>> => ({
      ...algo(side, 'STOP_MARKET', {
        triggerPrice: side === 'BUY' ? '51000' : '49000',
        positionSide,
        closePosition: 'true',
      }),
      quantity: '',
    });
    expect(bench.refusal(POST, all('SELL', 'SHORT'))[0]).toBe(-1128);
    bench.get(POST, { ...all('BUY', 'SHORT'), clientAlgoId: 'up' });
    bench.quote(51_000);
    expect(bench.get('GET /fapi/v1/algoOrder', { clientAlgoId: 'up' })).toMatchObject({ actualQty: '0.100' });
    expect(bench.list('GET /fapi/v3/positionRisk')).toEqual([]);
  });

  it('that is good till a date expires then', () => {
    const bench = quoted();
    const goodTillDate = String(bench.now() + 700_000);
    const stop = {
      triggerPrice: '49000',
      price: '48990',
      timeInForce: 'GTD',
      goodTillDate,
      clientAlgoId: 'd',
    };
    bench.get(POST, algo('SELL', 'STOP', stop));
    bench.pass(700_000);
    expect(bench.get('GET /fapi/v1/algoOrder', { clientAlgoId: 'd' })).toMatchObject({
      algoStatus: 'EXPIRED',
    });
  });
});
