import { describe, expect, it } from 'vitest';
import { SpotBench } from './testing/spot-bench.js';

const oco = (more: Record<string, string | number> = {}) => ({
  symbol: 'BTCUSDT',
  listClientOrderId: 'list',
  side: 'SELL',
  quantity: '1',
  aboveType: 'LIMIT_MAKER',
  aboveClientOrderId: 'target',
  abovePrice: 110,
  belowType: 'STOP_LOSS',
  belowClientOrderId: 'stop',
  belowStopPrice: 90,
  ...more,
});

const placed = (more: Record<string, string | number> = {}): SpotBench => {
  const bench = new SpotBench().quote(99, 100);
  bench.call('POST /api/v3/orderList/oco', oco(more));
  bench.told();
  return bench;
};

const state = (bench: SpotBench, name: string): unknown =>
  bench.call('GET /api/v3/order', { symbol: 'BTCUSDT', origClientOrderId: name }).status;

describe('An OCO (rest-api.md, "New Order list - OCO")', () => {
  it('is answered as in the example: the stop first, not on the book; the limit on the book', () => {
    const bench = new SpotBench().quote(99, 100);
    const answer = bench.call(
      'POST /api/v3/orderList/oco',
      oco({
        belowType: 'STOP_LOSS_LIMIT',
        belowPrice: 89,
        belowTimeInForce: 'GTC',
        newOrderRespType: 'RESULT',
      }),
    );
    expect(answer).toEqual({
      orderListId: 0n,
      contingencyType: 'OCO',
      listStatusType: 'EXEC_STARTED',
      listOrderStatus: 'EXECUTING',
      listClientOrderId: 'list',
      transactionTime: bench.now,
      symbol: 'BTCUSDT',
      orders: [
        { symbol: 'BTCUSDT', orderId: 1n, clientOrderId: 'stop' },
        { symbol: 'BTCUSDT', orderId: 2n, clientOrderId: 'target' },
      ],
      orderReports: [
        expect.objectContaining({
          orderId: 1n,
          orderListId: 0n,
          status: 'NEW',
          type: 'STOP_LOSS_LIMIT',
          stopPrice: '90.00000000',
          workingTime: -1,
        }),
        expect.objectContaining({
          orderId: 2n,
          orderListId: 0n,
          status: 'NEW',
          type: 'LIMIT_MAKER',
          price: '110.00000000',
          workingTime: bench.now,
        }),
      ],
    });
    expect(bench.told()).toEqual([
      'NEW/NEW stop',
      'NEW/NEW target',
      'listStatus EXEC_STARTED',
      'outboundAccountPosition',
    ]);
  });

  it('locks the balance once', () => {
    expect(placed().balance('BTC')).toEqual(['0.00000000', '1.00000000']);
  });

  it('that buys locks what the dearer order may spend', () => {
    const bench = new SpotBench().quote(99, 100);
    bench.call('POST /api/v3/orderList/oco', {
      symbol: 'BTCUSDT',
      side: 'BUY',
      quantity: 1,
      aboveType: 'STOP_LOSS_LIMIT',
      aboveStopPrice: 110,
      abovePrice: 112,
      aboveTimeInForce: 'GTC',
      belowType: 'LIMIT_MAKER',
      belowPrice: 90,
    });
    expect(bench.balance('USDT')).toEqual(['9888.00000000', '112.00000000']);
  });

  it('whose target fills expires the stop first, then tells that all is done', () => {
    const bench = placed();
    bench.quote(110, 111);
    expect(bench.told()).toEqual([
      'EXPIRED/EXPIRED stop',
      'TRADE/FILLED target',
      'listStatus ALL_DONE',
      'outboundAccountPosition',
    ]);
    const stop = bench.call('GET /api/v3/order', { symbol: 'BTCUSDT', origClientOrderId: 'stop' });
    expect(stop).toMatchObject({ status: 'EXPIRED', expiryReason: 'OCO_TRIGGER', isWorking: false });
    expect(bench.balance('BTC')).toEqual(['0.00000000', '0.00000000']);
    expect(bench.balance('USDT')).toEqual(['10109.89000000', '0.00000000']);
  });

  it('whose stop triggers expires the target (eR OCO_TRIGGER) before it sells', () => {
    const bench = placed();
    bench.quote(90, 91);
    const expired = bench.events.find(({ x }) => x === 'EXPIRED');
    expect(expired).toMatchObject({ c: 'target', eR: 'OCO_TRIGGER', C: '' });
    expect(bench.told()).toEqual([
      'EXPIRED/EXPIRED target',
      'NEW/NEW stop',
      'TRADE/FILLED stop',
      'listStatus ALL_DONE',
      'outboundAccountPosition',
    ]);
  });

  it('whose target fills in part works on without the stop, with the rest locked', () => {
    const bench = placed();
    bench.exchange.depth('BTCUSDT', 0.25);
    bench.quote(110, 111);
    expect(bench.told()).toEqual([
      'EXPIRED/EXPIRED stop',
      'TRADE/PARTIALLY_FILLED target',
      'outboundAccountPosition',
    ]);
    expect(bench.balance('BTC')).toEqual(['0.00000000', '0.75000000']);
    expect(bench.call('GET /api/v3/orderList', { orderListId: 0 })).toMatchObject({
      listOrderStatus: 'EXECUTING',
    });
    bench.exchange.depth('BTCUSDT', undefined);
    bench.quote(110, 111);
    expect(bench.told()).toEqual(['TRADE/FILLED target', 'listStatus ALL_DONE', 'outboundAccountPosition']);
  });

  it.each(['target', 'stop'])('is cancelled as a whole by cancelling its %s', (name) => {
    const bench = placed();
    const answer = bench.call('DELETE /api/v3/order', {
      symbol: 'BTCUSDT',
      origClientOrderId: name,
      newClientOrderId: 'bye',
    });
    expect(answer).toMatchObject({
      orderListId: 0n,
      listStatusType: 'ALL_DONE',
      listOrderStatus: 'ALL_DONE',
      orders: [{ clientOrderId: 'stop' }, { clientOrderId: 'target' }],
      orderReports: [
        { origClientOrderId: 'stop', clientOrderId: 'bye', status: 'CANCELED' },
        { origClientOrderId: 'target', clientOrderId: 'bye', status: 'CANCELED' },
      ],
    });
    expect(bench.events.filter(({ x }) => x === 'CANCELED').map(({ C }) => C)).toEqual(['stop', 'target']);
    expect(bench.told()).toEqual([
      'CANCELED/CANCELED bye',
      'CANCELED/CANCELED bye',
      'listStatus ALL_DONE',
      'outboundAccountPosition',
    ]);
    expect(bench.balance('BTC')).toEqual(['1.00000000', '0.00000000']);
  });

  it('is cancelled by its list id or name, once', () => {
    const bench = placed();
    const cancel = () =>
      bench.call('DELETE /api/v3/orderList', { symbol: 'BTCUSDT', listClientOrderId: 'list' });
    expect(cancel()).toMatchObject({ listStatusType: 'ALL_DONE' });
    expect(bench.refusal(cancel)).toBe('-2011 Unknown order sent.');
    expect(bench.call('GET /api/v3/openOrderList')).toEqual([]);
  });

  it('may be named again only when it has ended', () => {
    const bench = placed({ quantity: '0.4' });
    const again = () =>
      bench.call(
        'POST /api/v3/orderList/oco',
        oco({ quantity: '0.4', aboveClientOrderId: 't2', belowClientOrderId: 's2' }),
      );
    expect(bench.refusal(again)).toBe('-2010 Duplicate order sent.');
    bench.call('DELETE /api/v3/orderList', { symbol: 'BTCUSDT', orderListId: 0 });
    expect(again()).toMatchObject({ orderListId: 1n });
  });

  // Codes and messages: errors.md.
  it.each([
    [{ belowType: 'LIMIT_MAKER', belowPrice: 90 }, '-1168 At least one OCO order must be contingent.'],
    [{ aboveType: 'LIMIT', aboveTimeInForce: 'GTC' }, '-1158 Order type not supported in OCO.'],
    [{ aboveType: 'STOP_LOSS', aboveStopPrice: 110 }, '-1197 A stop loss order in a sell OCO must be below.'],
    [{ belowType: 'TAKE_PROFIT' }, '-1199 A take profit order in a sell OCO must be above.'],
    [{ side: 'BUY' }, '-1165 A limit order in a buy OCO must be below.'],
    [
      { side: 'BUY', aboveType: 'STOP_LOSS', aboveStopPrice: 110 },
      '-1196 A stop loss order in a buy OCO must be above.',
    ],
    [
      { side: 'BUY', aboveType: 'TAKE_PROFIT', aboveStopPrice: 110, belowType: 'TAKE_PROFIT' },
      '-1198 A take profit order in a buy OCO must be below.',
    ],
    [{ abovePrice: 99 }, '-2010 The relationship of the prices for the orders is not correct.'],
    [{ belowStopPrice: 99 }, '-2010 The relationship of the prices for the orders is not correct.'],
    [{ quantity: 2 }, '-2010 Account has insufficient balance for requested action.'],
    [{ aboveClientOrderId: 'same', belowClientOrderId: 'same' }, '-2010 Duplicate order sent.'],
    [{ belowTimeInForce: 'GTC' }, "-1106 Parameter 'belowTimeInForce' sent when not required."],
    [
      { belowType: 'STOP_LOSS_LIMIT', belowPrice: 89 },
      "-1102 Mandatory parameter 'belowTimeInForce' was not sent, was empty/null, or malformed.",
    ],
  ])('with %j is refused: %s', (more, refusal) => {
    const bench = new SpotBench().quote(99, 100);
    const params: Record<string, string | number> = oco(more);
    for (const leg of ['above', 'below']) {
      const type = String(params[`${leg}Type`]);
      if (type === 'STOP_LOSS' || type === 'TAKE_PROFIT') delete params[`${leg}Price`];
      if (type === 'LIMIT_MAKER' || type === 'LIMIT') delete params[`${leg}StopPrice`];
    }
    expect(bench.refusal(() => bench.call('POST /api/v3/orderList/oco', params))).toBe(refusal);
    expect(bench.events).toEqual([]);
  });
});

const oto = (more: Record<string, string | number> = {}) => ({
  symbol: 'BTCUSDT',
  workingType: 'LIMIT',
  workingSide: 'BUY',
  workingPrice: 95,
  workingQuantity: 1,
  workingTimeInForce: 'GTC',
  workingClientOrderId: 'entry',
  pendingSide: 'SELL',
  pendingQuantity: '0.999',
  ...more,
});

const simple = {
  pendingType: 'LIMIT',
  pendingPrice: 120,
  pendingTimeInForce: 'GTC',
  pendingClientOrderId: 'exit',
};

const pair = {
  pendingAboveType: 'LIMIT_MAKER',
  pendingAbovePrice: 120,
  pendingAboveClientOrderId: 'target',
  pendingBelowType: 'STOP_LOSS',
  pendingBelowStopPrice: 80,
  pendingBelowClientOrderId: 'stop',
};

describe('An OTO (rest-api.md, "New Order list - OTO")', () => {
  it('places the pending order when the working order is fully filled', () => {
    const bench = new SpotBench({ accounts: [{ name: 'me', balances: { USDT: '1000' } }] }).quote(99, 100);
    const answer = bench.call('POST /api/v3/orderList/oto', oto({ ...simple }));
    expect(answer).toMatchObject({
      contingencyType: 'OTO',
      orderReports: [
        { clientOrderId: 'entry', status: 'NEW' },
        { clientOrderId: 'exit', status: 'PENDING_NEW', workingTime: -1 },
      ],
    });
    expect(bench.told()).toEqual([
      'NEW/NEW entry',
      'NEW/PENDING_NEW exit',
      'listStatus EXEC_STARTED',
      'outboundAccountPosition',
    ]);
    bench.exchange.depth('BTCUSDT', 0.5);
    bench.quote(94, 95);
    expect(state(bench, 'exit')).toBe('PENDING_NEW');
    bench.quote(94, 95);
    expect(state(bench, 'exit')).toBe('NEW');
    expect(bench.balance('BTC')).toEqual(['0.00000000', '0.99900000']);
    bench.exchange.depth('BTCUSDT', undefined);
    bench.quote(120, 121);
    expect(state(bench, 'exit')).toBe('FILLED');
    expect(bench.events.at(-2)).toMatchObject({ e: 'listStatus', l: 'ALL_DONE', L: 'ALL_DONE', c: 'OTO' });
  });

  it('whose working order fills at once is answered with the pending one still PENDING_NEW', () => {
    const bench = new SpotBench().quote(94, 95);
    const answer = bench.call('POST /api/v3/orderList/oto', oto({ ...simple }));
    expect(answer.orderReports).toMatchObject([{ status: 'FILLED' }, { status: 'PENDING_NEW' }]);
    expect(state(bench, 'exit')).toBe('NEW');
  });

  it('whose working order expires takes the pending one along (eR OTO_PHASE_ONE_EXPIRED)', () => {
    const bench = new SpotBench().quote(99, 100);
    bench.call('POST /api/v3/orderList/oto', oto({ ...simple, workingTimeInForce: 'IOC' }));
    expect(bench.events.filter(({ x }) => x === 'EXPIRED')).toMatchObject([
      { c: 'entry', eR: 'UNFILLED_IOC_QUANTITY_EXPIRED' },
      { c: 'exit', eR: 'OTO_PHASE_ONE_EXPIRED' },
    ]);
  });

  it('whose pending order cannot be paid for expires it as REJECTED', () => {
    const bench = new SpotBench({ accounts: [{ name: 'me', balances: { USDT: '1000' } }] }).quote(94, 95);
    bench.call('POST /api/v3/orderList/oto', oto({ ...simple, pendingQuantity: 1 }));
    expect(bench.report).toMatchObject({ c: 'exit', x: 'EXPIRED', eR: 'REJECTED' });
  });

  it('may have a MARKET order pending, which trades when the working order is filled', () => {
    const bench = new SpotBench({ accounts: [{ name: 'me', balances: { USDT: '1000' } }] }).quote(99, 100);
    bench.call('POST /api/v3/orderList/oto', oto({ pendingType: 'MARKET', pendingClientOrderId: 'exit' }));
    bench.quote(94, 95);
    expect(bench.report).toMatchObject({ c: 'exit', X: 'FILLED', l: '0.99900000', L: '94.00000000' });
    expect(bench.events.at(-2)).toMatchObject({ e: 'listStatus', l: 'ALL_DONE' });
    expect(bench.balance('BTC')).toEqual(['0.00000000', '0.00000000']);
  });

  it.each(['entry', 'exit'])('is cancelled as a whole by cancelling its %s', (name) => {
    const bench = new SpotBench().quote(99, 100);
    bench.call('POST /api/v3/orderList/oto', oto({ ...simple }));
    bench.call('DELETE /api/v3/order', { symbol: 'BTCUSDT', origClientOrderId: name });
    expect([state(bench, 'entry'), state(bench, 'exit')]).toEqual(['CANCELED', 'CANCELED']);
    expect(bench.balance('USDT')).toEqual(['10000.00000000', '0.00000000']);
  });

  it('takes only LIMIT and LIMIT_MAKER as the working type', () => {
    const bench = new SpotBench().quote(99, 100);
    const params: Record<string, string | number> = oto({ ...simple, workingType: 'MARKET' });
    delete params.workingPrice;
    delete params.workingTimeInForce;
    expect(bench.refusal(() => bench.call('POST /api/v3/orderList/oto', params))).toBe(
      '-1116 Invalid orderType.',
    );
  });
});

describe('An OTOCO (rest-api.md, "New Order list - OTOCO")', () => {
  it('places a pair when the working order is filled, and the pair cancels itself', () => {
    const bench = new SpotBench({ accounts: [{ name: 'me', balances: { USDT: '1000' } }] }).quote(99, 100);
    const answer = bench.call('POST /api/v3/orderList/otoco', oto(pair));
    expect(answer).toMatchObject({
      contingencyType: 'OTO',
      orders: [{ clientOrderId: 'entry' }, { clientOrderId: 'stop' }, { clientOrderId: 'target' }],
      orderReports: [{ status: 'NEW' }, { status: 'PENDING_NEW' }, { status: 'PENDING_NEW' }],
    });
    bench.told();
    bench.quote(94, 95);
    expect(bench.told()).toEqual([
      'TRADE/FILLED entry',
      'outboundAccountPosition',
      'NEW/NEW stop',
      'NEW/NEW target',
      'outboundAccountPosition',
    ]);
    expect(bench.balance('BTC')).toEqual(['0.00000000', '0.99900000']);
    bench.quote(80, 81);
    expect(bench.told()).toEqual([
      'EXPIRED/EXPIRED target',
      'NEW/NEW stop',
      'TRADE/FILLED stop',
      'listStatus ALL_DONE',
      'outboundAccountPosition',
    ]);
  });
});
