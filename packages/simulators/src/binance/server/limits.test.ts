import { afterEach, describe, expect, it } from 'vitest';
import { VenueError } from '../exchange.js';
import { type Bench, docTime, openBench } from './testing/bench.js';
import { WsClient } from './testing/ws-client.js';

/** 02:41:59.559 UTC: the minute ends 441 ms after the benches begin. */
const REST_OF_MINUTE = 441;

describe('Limits', () => {
  let bench: Bench;
  afterEach(async () => {
    await bench.simulator.close();
    expect(bench.simulator.failures).toEqual([]);
  });
  const limits = {
    weight: 5_000,
    orders: [{ interval: 'SECOND', intervalNum: 10, limit: 2 }],
    patience: 2,
  } as const;
  const heavy = () => bench.plain('GET', '/api/v3/heavy');

  it('tell the weight that was used in the minute, and forget it with the minute', async () => {
    bench = await openBench();
    const used = (response: Response) => response.headers.get('x-mbx-used-weight-1m');
    expect(used(await bench.plain('GET', '/api/v3/ping'))).toBe('1');
    expect(used(await heavy())).toBe('1001');
    expect(used(await bench.plain('GET', '/api/v3/depth?symbol=BTCUSDT&limit=5000'))).toBe('1251');
    bench.clock.advance(docTime + REST_OF_MINUTE);
    expect(used(await bench.plain('GET', '/api/v3/ping'))).toBe('1');
  });

  it('count orders of an account that were taken, by the ten seconds and by the day', async () => {
    bench = await openBench();
    const response = await bench.signed('POST', '/api/v3/order');
    expect([
      response.headers.get('x-mbx-order-count-10s'),
      response.headers.get('x-mbx-order-count-1d'),
    ]).toEqual(['1', '1']);
    expect(await (await bench.signed('GET', '/api/v3/rateLimit/order')).json()).toEqual([
      { rateLimitType: 'ORDERS', interval: 'SECOND', intervalNum: 10, limit: 50, count: 1 },
      { rateLimitType: 'ORDERS', interval: 'DAY', intervalNum: 1, limit: 160_000, count: 1 },
    ]);
  });

  it('answer 429 above the weight with the seconds to wait, then 418 to who goes on, for two minutes', async () => {
    bench = await openBench(limits);
    for (let i = 0; i < 5; i++) expect((await heavy()).status).toBe(200);
    const refused = await heavy();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
    expect(await refused.json()).toEqual({
      code: -1003,
      msg:
        'Too much request weight used; current limit is 5000 request weight per 1 MINUTE. ' +
        'Please use WebSocket Streams for live updates to avoid polling the API.',
    });
    expect((await heavy()).status).toBe(429);
    const banned = await heavy();
    expect([banned.status, banned.headers.get('retry-after')]).toEqual([418, '120']);
    expect(await banned.json()).toMatchObject({
      code: -1003,
      msg: expect.stringMatching(
        `^Way too much request weight used; IP banned until ${docTime + 120_000}\\.`,
      ),
    });
    bench.clock.advance(docTime + 119_999);
    expect((await bench.plain('GET', '/api/v3/ping')).status).toBe(418);
    bench.clock.advance(docTime + 120_000);
    expect((await bench.plain('GET', '/api/v3/ping')).status).toBe(200);
  });

  it('ban for longer each time, and close the WebSocket API', async () => {
    bench = await openBench();
    bench.simulator.faults.ban();
    bench.simulator.faults.forgive();
    const client = await WsClient.open(bench.simulator.spot.wsApi);
    bench.simulator.faults.ban();
    const answer = await client.ask({ id: 1, method: 'ping' });
    // web-socket-api.md, "IP limits": the failed response with serverTime and retryAfter.
    expect(answer).toMatchObject({
      status: 418,
      error: { code: -1003, data: { serverTime: docTime, retryAfter: docTime + 240_000 } },
    });
    expect(await client.closed).toBe(1008);
  });

  it('answer 429 with -1015 above the number of orders, and the exchange hears nothing of it', async () => {
    bench = await openBench(limits);
    const order = () => bench.signed('POST', '/api/v3/order');
    await order();
    await order();
    const refused = await order();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
    expect(await refused.json()).toEqual({
      code: -1015,
      msg: 'Too many new orders; current limit is 2 orders per 10 SECOND.',
    });
    expect(bench.spot.calls.length).toBe(2);
    bench.clock.advance(docTime + REST_OF_MINUTE);
    expect((await order()).status).toBe(200);
  });

  it('no longer count an order of spot once it trades (faqs/order_count_decrement.md)', async () => {
    bench = await openBench();
    await bench.signed('POST', '/api/v3/order');
    await bench.signed('POST', '/api/v3/order');
    const trade = { e: 'executionReport', x: 'TRADE', l: '1.0', z: '1.0' };
    bench.spot.emit('user', 'main', trade);
    bench.spot.emit('user', 'main', { ...trade, z: '2.0' });
    const [seconds] = (await (await bench.signed('GET', '/api/v3/rateLimit/order')).json()) as {
      count: number;
    }[];
    expect(seconds?.count).toBe(1);
  });

  it('count no order that the exchange refused', async () => {
    bench = await openBench(limits);
    bench.spot.refusal = new VenueError(-2010, 'Account has insufficient balance for requested action.');
    for (let i = 0; i < 3; i++) expect((await bench.signed('POST', '/api/v3/order')).status).toBe(400);
    bench.spot.refusal = undefined;
    expect((await bench.signed('POST', '/api/v3/order')).status).toBe(200);
  });

  it('are apart for the two venues', async () => {
    bench = await openBench();
    await heavy();
    const response = await bench.plain('GET', '/fapi/v1/ping');
    expect(response.headers.get('x-mbx-used-weight-1m')).toBe('1');
  });
});
