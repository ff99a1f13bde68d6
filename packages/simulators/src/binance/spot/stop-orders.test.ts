import { describe, expect, it } from 'vitest';
import { SpotBench } from './testing/spot-bench.js';

const stop = (side: string, type: string, stopPrice: number, more: Record<string, string | number> = {}) => ({
  side,
  type,
  stopPrice,
  quantity: '0.5',
  newClientOrderId: 's',
  newOrderRespType: 'RESULT',
  ...more,
});

const status = (bench: SpotBench): unknown =>
  bench.call('GET /api/v3/order', { symbol: 'BTCUSDT', origClientOrderId: 's' }).status;

describe('Trigger order price rules (rest-api.md, "New order")', () => {
  // "Price above market price: STOP_LOSS BUY, TAKE_PROFIT SELL; price below market price: STOP_LOSS SELL, TAKE_PROFIT BUY"
  it.each([
    ['STOP_LOSS', 'BUY', 105, 95],
    ['TAKE_PROFIT', 'SELL', 105, 95],
    ['STOP_LOSS', 'SELL', 95, 105],
    ['TAKE_PROFIT', 'BUY', 95, 105],
  ])('let a %s %s wait at %d, and refuse it at %d', (type, side, right, wrong) => {
    const bench = new SpotBench().quote(99, 100);
    expect(bench.refusal(() => bench.place(stop(side, type, wrong)))).toBe(
      '-2010 Order would trigger immediately.',
    );
    expect(bench.place(stop(side, type, right))).toMatchObject({ status: 'NEW', workingTime: -1 });
    bench.trade(right);
    // It executes a MARKET order when the stop price is met, against the quote of before.
    expect(status(bench)).toBe('FILLED');
  });

  it.each([
    ['STOP_LOSS_LIMIT', 'BUY', 105, 106],
    ['TAKE_PROFIT_LIMIT', 'SELL', 105, 104],
    ['STOP_LOSS_LIMIT', 'SELL', 95, 94],
    ['TAKE_PROFIT_LIMIT', 'BUY', 95, 96],
  ])('hold for a %s %s, which becomes a limit order', (type, side, stopPrice, price) => {
    const bench = new SpotBench().quote(99, 100);
    bench.place(stop(side, type, stopPrice, { price, timeInForce: 'GTC' }));
    bench.quote(stopPrice, stopPrice);
    expect(bench.report).toMatchObject({ x: 'TRADE', X: 'FILLED', o: type, m: false });
  });

  it('compare with the last trade, and with what the side would trade at when a quote is newer', () => {
    const bench = new SpotBench().quote(99, 100);
    bench.place(stop('SELL', 'STOP_LOSS', 95));
    bench.trade(95.01);
    expect(status(bench)).toBe('NEW');
    bench.quote(95.01, 100);
    expect(status(bench)).toBe('NEW');
    bench.quote(95, 100);
    expect(status(bench)).toBe('FILLED');
  });
});

describe('A stop order', () => {
  it('locks from its placement on, is no working order until it triggers, and tells when it does', () => {
    const bench = new SpotBench().quote(99, 100);
    bench.place(stop('SELL', 'STOP_LOSS', 95));
    expect(bench.balance('BTC')).toEqual(['0.50000000', '0.50000000']);
    expect(bench.report).toMatchObject({ x: 'NEW', w: false, P: '95.00000000' });
    expect(bench.report).not.toHaveProperty('W');
    expect(bench.call('GET /api/v3/order', { symbol: 'BTCUSDT', origClientOrderId: 's' })).toMatchObject({
      isWorking: false,
      workingTime: -1,
    });
    bench.told();
    bench.quote(94, 95);
    expect(bench.told()).toEqual(['NEW/NEW s', 'TRADE/FILLED s', 'outboundAccountPosition']);
    expect(bench.call('GET /api/v3/order', { symbol: 'BTCUSDT', origClientOrderId: 's' })).toMatchObject({
      isWorking: true,
      workingTime: bench.now,
      executedQty: '0.50000000',
      cummulativeQuoteQty: '47.00000000',
    });
  });

  it('that cannot be paid for when it triggers expires as REJECTED (user-data-stream.md, "Order Expiry Reason")', () => {
    const bench = new SpotBench({ accounts: [{ name: 'me', balances: { USDT: '100' } }] }).quote(99, 100);
    bench.place(stop('BUY', 'STOP_LOSS', 110, { quantity: '0.9' }));
    bench.quote(119, 120);
    expect(bench.report).toMatchObject({ x: 'EXPIRED', X: 'EXPIRED', eR: 'REJECTED' });
    expect(bench.balance('USDT')).toEqual(['100.00000000', '0.00000000']);
  });

  it('counts as an algo order (filters.md, MAX_NUM_ALGO_ORDERS)', () => {
    const bench = new SpotBench().quote(99, 100);
    for (let i = 0; i < 5; i++)
      bench.place(stop('SELL', 'STOP_LOSS', 95, { quantity: '0.1', newClientOrderId: `s${i}` }));
    expect(bench.refusal(() => bench.place(stop('SELL', 'STOP_LOSS', 95, { quantity: '0.1' })))).toBe(
      '-1013 Filter failure: MAX_NUM_ALGO_ORDERS',
    );
  });
});

/** A trailing order with the prices of a scenario of trailing-stop-faq.md, and the trades that follow. */
const scenario = (order: Record<string, string | number>, before: readonly number[], last: number) => {
  const bench = new SpotBench({ accounts: [{ name: 'me', balances: { USDT: '100000', BTC: '1' } }] });
  bench.trade(40_000);
  bench.place({ quantity: '0.5', timeInForce: 'GTC', newClientOrderId: 's', ...order });
  const working = (): unknown =>
    bench.call('GET /api/v3/order', { symbol: 'BTCUSDT', origClientOrderId: 's' }).isWorking;
  for (const price of before) {
    bench.trade(price);
    expect(working(), `after a trade at ${price}`).toBe(false);
  }
  bench.trade(last);
  return working();
};

describe('A trailing stop (trailing-stop-faq.md)', () => {
  it('of scenario A, a stop-loss buy, is triggered by 44100, not by 44099.99', () => {
    const order = {
      side: 'BUY',
      type: 'STOP_LOSS_LIMIT',
      stopPrice: 44_000,
      trailingDelta: 500,
      price: 45_000,
    };
    const trades = [37_000, 44_000, 45_000, 46_000, 42_000, 44_099.99];
    expect(scenario(order, trades, 44_100)).toBe(true);
  });

  it('of scenario B, a stop-loss sell, is triggered by 36900', () => {
    const order = {
      side: 'SELL',
      type: 'STOP_LOSS_LIMIT',
      stopPrice: 39_000,
      trailingDelta: 1000,
      price: 38_000,
    };
    const trades = [41_500, 39_000, 37_000, 41_000, 36_900.01];
    expect(scenario(order, trades, 36_900)).toBe(true);
  });

  it('of scenario C, a take-profit buy, is triggered by 40145', () => {
    const order = {
      side: 'BUY',
      type: 'TAKE_PROFIT_LIMIT',
      stopPrice: 38_000,
      trailingDelta: 850,
      price: 38_500,
    };
    const trades = [42_000, 38_000, 37_000, 39_000, 38_000, 40_144.99];
    expect(scenario(order, trades, 40_145)).toBe(true);
  });

  it('of scenario D, a take-profit sell, is triggered by 43012.5', () => {
    const order = {
      side: 'SELL',
      type: 'TAKE_PROFIT_LIMIT',
      stopPrice: 42_000,
      trailingDelta: 750,
      price: 41_000,
    };
    const trades = [41_500, 39_000, 42_000, 45_000, 44_000, 46_500, 43_012.51];
    expect(scenario(order, trades, 43_012.5)).toBe(true);
  });

  it('of scenario E, without a stop price, follows from its placement on and is triggered by 42315', () => {
    const order = { side: 'SELL', type: 'STOP_LOSS_LIMIT', trailingDelta: 700, price: 39_000 };
    const trades = [42_000, 39_500, 45_500, 42_315.01];
    expect(scenario(order, trades, 42_315)).toBe(true);
  });

  it('must be within TRAILING_DELTA (filters.md)', () => {
    const bench = new SpotBench().quote(99, 100);
    const trail = (trailingDelta: number) =>
      bench.refusal(() => bench.place({ side: 'SELL', type: 'STOP_LOSS', quantity: '0.1', trailingDelta }));
    expect(trail(9)).toBe('-1013 Filter failure: TRAILING_DELTA');
    expect(trail(10)).toMatch(/^taken/);
    expect(trail(2000)).toMatch(/^taken/);
    expect(trail(2001)).toBe('-1013 Filter failure: TRAILING_DELTA');
  });
});
