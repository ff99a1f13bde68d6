import type { OrderRequest } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { BinanceError } from '../errors.js';
import type { RestClient, RestRequest } from '../transport/rest-client.js';
import { Bookings } from './bookings.js';
import { type Desk, KnownOrders } from './known-orders.js';
import { FuturesQueries } from './queries.js';

const T0 = 1_700_000_000_000;
const DAY = 86_400_000;

/** "Order does not exist." Source: USD-M futures error codes. */
const absent = new BinanceError(-2013, 400, 'Order does not exist.');

type Answer = (params: Readonly<Record<string, unknown>>) => unknown;

/** A venue that answers as a script says: what the simulator's venue never does, such as knowing an order at one desk only. */
const scripted = (script: Readonly<Record<string, Answer>>, startedAt = T0 - 60_000) => {
  const asked: string[] = [];
  let now = T0;
  const rest = {
    now: () => now,
    request: async ({ path, params = {} }: RestRequest) => {
      const name = path.slice('/fapi/v1/'.length);
      asked.push(
        `${name} ${Object.entries(params)
          .map(([key, value]) => `${key}=${value}`)
          .join(' ')}`,
      );
      const answer = script[name]?.(params) ?? absent;
      if (answer instanceof Error) throw answer;
      return answer;
    },
  } as unknown as RestClient;
  const known = new KnownOrders();
  const bookings = new Bookings('USDT', () => undefined);
  const queries = new FuturesQueries({
    rest,
    known,
    bookings,
    instrument: () => undefined,
    recvWindow: 5_000,
    absentAfter: 1_000,
    startedAt,
  });
  return {
    asked,
    known,
    pass: (ms: number) => {
      now += ms;
    },
    query: (id = 'run-1') => queries.query({ id, symbol: 'BTCUSDT' }),
    sent: (id: string, desk: Desk) =>
      known.sending({ id, symbol: 'BTCUSDT' } as unknown as OrderRequest, desk),
  };
};

/** As on the page "Query Order". */
const order = (more: Readonly<Record<string, unknown>> = {}) => ({
  avgPrice: '0.00000',
  clientOrderId: 'run-1',
  cumQuote: '0',
  executedQty: '0',
  orderId: 1_917_641,
  origQty: '0.40',
  origType: 'MARKET',
  price: '0',
  reduceOnly: false,
  side: 'BUY',
  positionSide: 'BOTH',
  status: 'NEW',
  stopPrice: '0',
  symbol: 'BTCUSDT',
  time: T0 - 1_000,
  timeInForce: 'GTC',
  type: 'MARKET',
  updateTime: T0,
  ...more,
});

/** As on the page "Query Algo Order". */
const algo = (more: Readonly<Record<string, unknown>> = {}) => ({
  algoId: 2_146_760,
  clientAlgoId: 'run-1',
  algoType: 'CONDITIONAL',
  orderType: 'STOP_MARKET',
  symbol: 'BTCUSDT',
  side: 'BUY',
  positionSide: 'BOTH',
  timeInForce: 'GTC',
  quantity: '0.40',
  algoStatus: 'NEW',
  actualOrderId: '',
  actualPrice: '0.00000',
  triggerPrice: '750.000',
  price: '0',
  reduceOnly: false,
  createTime: T0 - 5_000,
  updateTime: T0 - 5_000,
  ...more,
});

/** As on the page "Account Trade List". */
const trade = (id: number | string, qty: string, more: Readonly<Record<string, unknown>> = {}) => ({
  buyer: true,
  commission: '0.01',
  commissionAsset: 'USDT',
  id,
  maker: false,
  orderId: 1_917_641,
  price: '751.5',
  qty,
  quoteQty: '1',
  realizedPnl: '0',
  side: 'BUY',
  positionSide: 'BOTH',
  symbol: 'BTCUSDT',
  time: T0,
  ...more,
});

describe('A query of a futures order', () => {
  it('is absent when neither desk has it', async () => {
    const { query, asked } = scripted({});
    expect(await query()).toEqual({ outcome: 'absent' });
    expect(asked).toEqual(['algoOrder clientAlgoId=run-1', 'order symbol=BTCUSDT origClientOrderId=run-1']);
  });

  it('gives an end the name that the user stream gave it', async () => {
    const { query, known } = scripted({ order: () => order({ status: 'EXPIRED' }) });
    expect(await query()).toMatchObject({ report: { state: 'expired' } });
    known.knockOut('run-1');
    expect(await query()).toMatchObject({ report: { state: 'cancelled' } });
  });

  it.each(['order', 'algoOrder'])(
    'is unknown while %s gives no answer, whatever the other desk says',
    async (name) => {
      const timeout = new BinanceError(-1007, 408, 'Timeout waiting for response from backend server.');
      expect(await scripted({ [name]: () => timeout }).query()).toMatchObject({ outcome: 'unknown' });
    },
  );

  it('is unknown as long as the venue would still take the order, and absent afterwards', async () => {
    const { query, sent, pass } = scripted({});
    const order = sent('run-1', 'regular');
    // It is still under way: nobody knows when it will be stamped.
    pass(60_000);
    expect(await query()).toMatchObject({ outcome: 'unknown' });
    order.left = T0 + 60_000;
    pass(5_000);
    expect(await query()).toMatchObject({ outcome: 'unknown' });
    pass(1_001);
    expect(await query()).toEqual({ outcome: 'absent' });
  });

  it('is unknown as long as an earlier process may have sent it', async () => {
    const { query, pass } = scripted({}, T0);
    pass(6_000);
    expect(await query()).toMatchObject({ outcome: 'unknown' });
    pass(1);
    expect(await query()).toEqual({ outcome: 'absent' });
  });

  it('is absent where the venue could not have taken such an id', async () => {
    const { query, asked } = scripted({}, T0);
    for (const id of ['', 'x'.repeat(37), 'a b', 'a&symbol=ETHUSDT'])
      expect(await query(id)).toEqual({ outcome: 'absent' });
    expect(asked).toEqual([]);
  });

  it('is absent at once where the venue refused the order', async () => {
    const { query, sent } = scripted({});
    sent('run-1', 'regular').refused = true;
    expect(await query()).toEqual({ outcome: 'absent' });
  });

  it('finds a stop that waits, with its trigger as its price', async () => {
    const answer = await scripted({ algoOrder: () => algo() }).query();
    const report = {
      id: 'run-1',
      type: 'stop',
      state: 'accepted',
      price: 750,
      quantity: 0.4,
      venueId: '2146760',
    };
    expect(answer).toMatchObject({ outcome: 'found', report, fills: [] });
  });

  it('finds the order that a stop became under our id, with its trades', async () => {
    const { query, asked } = scripted({
      algoOrder: () => algo({ algoStatus: 'FINISHED', actualOrderId: '1917641' }),
      order: ({ orderId }) =>
        orderId === '1917641'
          ? order({ clientOrderId: 'x-venue', status: 'FILLED', executedQty: '0.40', avgPrice: '751.5' })
          : absent,
      userTrades: () => [trade(8, '0.1'), trade(7, '0.3')],
    });
    const answer = await query();
    const report = {
      id: 'run-1',
      type: 'stop',
      price: 750,
      state: 'filled',
      filled: 0.4,
      averagePrice: 751.5,
      venueId: '1917641',
    };
    expect(answer).toMatchObject({ outcome: 'found', report });
    if (answer.outcome !== 'found') return;
    expect(answer.fills.map(({ id, tradeId, quantity }) => [id, tradeId, quantity])).toEqual([
      ['run-1', 'BTCUSDT-7', 0.3],
      ['run-1', 'BTCUSDT-8', 0.1],
    ]);
    expect(answer.fills.map(({ remaining }) => Math.round(remaining * 1e8) / 1e8)).toEqual([0.1, 0]);
    expect(asked.at(-1)).toBe('userTrades symbol=BTCUSDT limit=1000 orderId=1917641');
  });

  it('is unknown where a stop has become an order that nobody finds', async () => {
    const { query } = scripted({
      algoOrder: () => algo({ algoStatus: 'TRIGGERED', actualOrderId: '1917641' }),
    });
    expect(await query()).toMatchObject({ outcome: 'unknown' });
  });

  it('is unknown while the trades do not add up to what has filled', async () => {
    const { query } = scripted({
      order: () => order({ status: 'FILLED', executedQty: '0.40' }),
      userTrades: ({ orderId }) => (orderId === undefined ? [] : [trade(7, '0.3')]),
    });
    expect(await query()).toMatchObject({ outcome: 'unknown', detail: expect.stringContaining('add up') });
  });

  it('finds trades that are older than the week which the venue looks back', async () => {
    const created = T0 - 20 * DAY;
    const spans: (readonly [number, number])[] = [];
    const { query } = scripted({
      order: () => order({ status: 'FILLED', executedQty: '0.40', time: created, updateTime: T0 - 9 * DAY }),
      userTrades: ({ startTime, endTime }) => {
        if (startTime === undefined) return [];
        const span = [Number(startTime), Number(endTime)] as const;
        spans.push(span);
        const all = [
          trade(1, '0.1', { time: created + DAY }),
          trade(2, '0.3', { time: T0 - 9 * DAY }),
          trade(3, '9', { orderId: 5, time: created }),
        ];
        return all.filter(({ time }) => time >= span[0] && time <= span[1]);
      },
    });
    const answer = await query();
    expect(answer.outcome === 'found' && answer.fills.map(({ tradeId }) => tradeId)).toEqual([
      'BTCUSDT-1',
      'BTCUSDT-2',
    ]);
    // "The time between startTime and endTime cannot be longer than 7 days."
    for (const [from, to] of spans) expect(to - from).toBeLessThanOrEqual(7 * DAY);
  });

  it('finds an order of more trades than a page holds, with ids beyond 2^53', async () => {
    const first = 9_007_199_254_740_990n;
    const all = Array.from({ length: 2_500 }, (_, i) =>
      trade(String(first + BigInt(i)), '0.001', { orderId: '9223372036854775806' }),
    );
    const from = (id: bigint) => all.filter((one) => BigInt(one.id) >= id).slice(0, 1_000);
    const { query } = scripted({
      order: () =>
        order({ orderId: '9223372036854775806', status: 'FILLED', origQty: '2.5', executedQty: '2.500' }),
      userTrades: ({ fromId, orderId }) => {
        if (orderId !== undefined && orderId !== '9223372036854775806') return [];
        return from(fromId === undefined ? first : BigInt(String(fromId)));
      },
    });
    const answer = await query();
    if (answer.outcome !== 'found') throw new Error(JSON.stringify(answer));
    expect(new Set(answer.fills.map(({ tradeId }) => tradeId)).size).toBe(2_500);
    expect(answer.fills.at(-1)?.tradeId).toBe(`BTCUSDT-${first + 2_499n}`);
  });
});
