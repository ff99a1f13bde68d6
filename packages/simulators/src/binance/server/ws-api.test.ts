import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, docKey, docTime, edKey, openBench, readKey, signers } from './testing/bench.js';
import { WsClient } from './testing/ws-client.js';

describe('The WebSocket API', () => {
  let bench: Bench;
  let client: WsClient;
  beforeEach(async () => {
    bench = await openBench();
    client = await WsClient.open(bench.simulator.spot.wsApi);
  });
  afterEach(async () => {
    client.close();
    await bench.simulator.close();
    expect(bench.simulator.failures).toEqual([]);
  });

  const logon = () => {
    const params = { apiKey: edKey, timestamp: bench.clock.now() };
    const signature = signers.ed25519(`apiKey=${edKey}&timestamp=${params.timestamp}`);
    return client.ask({ id: 'logon', method: 'session.logon', params: { ...params, signature } });
  };
  const event = { e: 'executionReport', x: 'NEW', E: docTime };

  it('frames answers as web-socket-api.md, "Response format", with the weight of connecting (2) and of the request', async () => {
    expect(await client.ask({ id: 'e2a85d9f', method: 'time' })).toEqual({
      id: 'e2a85d9f',
      status: 200,
      result: { serverTime: docTime },
      rateLimits: [
        { rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit: 6_000, count: 3 },
      ],
    });
  });

  it('echoes ids of any kind: text, null, and integers beyond 2^53', async () => {
    client.send('{"id":9007199254740993,"method":"ping"}');
    await client.until(() => client.messages.find((text) => text.startsWith('{"id":9007199254740993,')));
    client.send('{"id":null,"method":"ping"}');
    expect(await client.next((message) => message.id === null)).toMatchObject({ status: 200, result: {} });
  });

  it('takes a method with its version, and hides rate limits where it is asked to', async () => {
    const params = { returnRateLimits: false };
    expect(await client.ask({ id: 1, method: 'v3/ping', params })).toEqual({
      id: 1,
      status: 200,
      result: {},
    });
    const quiet = await WsClient.open(`${bench.simulator.spot.wsApi}?returnRateLimits=false`);
    expect(await quiet.ask({ id: 1, method: 'ping' })).not.toHaveProperty('rateLimits');
    const shown = { id: 2, method: 'ping', params: { returnRateLimits: true } };
    expect(await quiet.ask(shown)).toHaveProperty('rateLimits');
    quiet.close();
  });

  /** At the time of the examples of "SIGNED request example (HMAC)". */
  const atExample = async () => {
    client.close();
    await bench.simulator.close();
    bench = await openBench(undefined, 1_645_423_376_532);
    client = await WsClient.open(bench.simulator.spot.wsApi);
  };

  it('takes the signed order that the documentation prints, numbers as they were written', async () => {
    // web-socket-api.md, "SIGNED request example (HMAC)": the request and its signature.
    const params = {
      symbol: 'BTCUSDT',
      side: 'SELL',
      type: 'LIMIT',
      timeInForce: 'GTC',
      quantity: '0.01000000',
      price: '52000.00',
      recvWindow: 100,
      timestamp: 1_645_423_376_532,
      apiKey: docKey,
      signature: 'aa1b5712c094bc4e57c05a1a5c1fd8d88dcd628338ea863fec7b88e59fe2db24',
    };
    await atExample();
    const answer = await client.ask({ id: '4885f793', method: 'order.place', params });
    expect(answer).toMatchObject({ status: 200, result: { account: 'main' } });
    expect(bench.spot.calls[0]).toMatchObject({
      name: 'POST /api/v3/order',
      call: { params: { symbol: 'BTCUSDT', quantity: '0.01000000', price: '52000.00' } },
    });
    // "rateLimits" of an order names orders first.
    expect(answer.rateLimits).toMatchObject([
      { rateLimitType: 'ORDERS', interval: 'SECOND', intervalNum: 10, limit: 50, count: 1 },
      { rateLimitType: 'ORDERS', interval: 'DAY', intervalNum: 1, limit: 160_000, count: 1 },
      { rateLimitType: 'REQUEST_WEIGHT' },
    ]);
  });

  it('signs text of non-ASCII characters as it is, not percent-encoded', async () => {
    // The same page: the second example and its signature.
    const params = {
      symbol: '１２３４５６',
      side: 'BUY',
      type: 'LIMIT',
      timeInForce: 'GTC',
      quantity: '1.00000000',
      price: '0.10000000',
      recvWindow: 5_000,
      timestamp: 1_645_423_376_532,
      apiKey: docKey,
      signature: 'b33892ae8e687c939f4468c6268ddd4c40ac1af18ad19a064864c47bae0752cd',
    };
    await atExample();
    expect(await client.ask({ id: 1, method: 'order.place', params })).toMatchObject({ status: 200 });
  });

  it.each([
    ['-1022', 'order.place', { apiKey: docKey, timestamp: docTime, signature: 'no' }, 400, -1022],
    [
      '-2015 for a key without the permission',
      'order.place',
      { apiKey: readKey, timestamp: docTime },
      401,
      -2015,
    ],
    ['-2014 without a key', 'order.place', { timestamp: docTime }, 401, -2014],
    ['-1020 for a method that it does not have', 'order.conjure', {}, 400, -1020],
  ])('answers %s', async (_, method, params, status, code) => {
    const { signature: given, ...rest } = params as Record<string, string | number>;
    const payload = Object.keys(rest)
      .sort()
      .map((name) => `${name}=${rest[name]}`)
      .join('&');
    const signature = given ?? signers.hmac(payload);
    expect(await client.ask({ id: 1, method, params: { ...rest, signature } })).toMatchObject({
      status,
      error: { code },
    });
  });

  it('answers -1135 to what is no JSON', async () => {
    client.send('{"id":');
    expect(await client.next((message) => message.id === null)).toMatchObject({
      status: 400,
      error: { code: -1135, msg: 'Invalid JSON Request' },
    });
  });

  describe('sessions', () => {
    it('log on with Ed25519, tell their status, and log out', async () => {
      const since = {
        connectedSince: docTime,
        serverTime: docTime,
        returnRateLimits: true,
        userDataStream: false,
      };
      const known = { apiKey: edKey, authorizedSince: docTime, ...since };
      expect(await logon()).toMatchObject({ status: 200, result: known });
      expect((await client.ask({ id: 1, method: 'session.status' })).result).toEqual(known);
      const nobody = { apiKey: null, authorizedSince: null, ...since };
      expect((await client.ask({ id: 2, method: 'session.logout' })).result).toEqual(nobody);
    });

    it('need no key and no signature afterwards, but a timestamp', async () => {
      await logon();
      const bare = await client.ask({ id: 1, method: 'order.place', params: { symbol: 'A' } });
      expect(bare).toMatchObject({ status: 400, error: { code: -1102 } });
      const timed = { id: 2, method: 'order.place', params: { symbol: 'A', timestamp: docTime } };
      expect(await client.ask(timed)).toMatchObject({ status: 200 });
    });

    it('refuse keys that are not Ed25519', async () => {
      const answer = await client.ask({ id: 1, method: 'session.logon', params: bench.wsParams() });
      expect(answer).toMatchObject({ status: 400, error: { code: -4056 } });
    });
  });

  describe('user data', () => {
    it('comes wrapped with the number of its subscription', async () => {
      const asked = { id: 1, method: 'userDataStream.subscribe.signature', params: bench.wsParams() };
      expect((await client.ask(asked)).result).toEqual({ subscriptionId: 0 });
      bench.spot.emit('user', 'main', event);
      bench.spot.emit('user', 'watcher', { e: 'of another account' });
      expect(await client.next((message) => message.event !== undefined)).toEqual({
        subscriptionId: 0,
        event,
      });
      await client.settle();
      expect(client.messages.filter((text) => text.includes('another'))).toEqual([]);
      expect((await client.ask({ id: 2, method: 'session.subscriptions' })).result).toEqual([
        { subscriptionId: 0 },
      ]);
    });

    it('is subscribed once an account: -2035', async () => {
      const asked = { method: 'userDataStream.subscribe.signature', params: bench.wsParams() };
      await client.ask({ id: 1, ...asked });
      expect(await client.ask({ id: 2, ...asked })).toMatchObject({ status: 400, error: { code: -2035 } });
    });

    it('needs a session to subscribe without a signature, and ends with it', async () => {
      const asked = { method: 'userDataStream.subscribe' };
      expect(await client.ask({ id: 1, ...asked })).toMatchObject({ status: 401, error: { code: -2015 } });
      await logon();
      expect((await client.ask({ id: 2, ...asked })).result).toEqual({ subscriptionId: 0 });
      await client.ask({ id: 3, method: 'session.logout' });
      const ended = { e: 'eventStreamTerminated', E: docTime };
      expect(await client.next((message) => 'event' in message)).toEqual({ subscriptionId: 0, event: ended });
      bench.spot.emit('user', 'main', event);
      await client.settle();
      expect(client.messages.filter((text) => text.includes('executionReport'))).toEqual([]);
    });

    it('is unsubscribed by its number, or all of it, with a last word', async () => {
      await client.ask({ id: 1, method: 'userDataStream.subscribe.signature', params: bench.wsParams() });
      const wrong = { id: 2, method: 'userDataStream.unsubscribe', params: { subscriptionId: 7 } };
      expect(await client.ask(wrong)).toMatchObject({ status: 400, error: { code: -2036 } });
      expect((await client.ask({ id: 3, method: 'userDataStream.unsubscribe' })).result).toEqual({});
      expect(client.messages.some((text) => text.includes('eventStreamTerminated'))).toBe(true);
    });
  });

  it('serves futures without user data, but with listen keys ("Start User Data Stream" by WebSocket)', async () => {
    const futures = await WsClient.open(bench.simulator.futures.wsApi);
    const start = { id: 1, method: 'userDataStream.start', params: { apiKey: docKey } };
    const answer = await futures.ask(start);
    expect(answer).toMatchObject({
      status: 200,
      result: { listenKey: expect.stringMatching(/^[A-Za-z0-9]{64}$/) },
    });
    expect(answer.rateLimits).toMatchObject([{ limit: 2_400, count: 6 }]);
    expect(
      await futures.ask({ id: 2, method: 'userDataStream.ping', params: { apiKey: docKey } }),
    ).toMatchObject({
      result: answer.result,
    });
    const status = await futures.ask({ id: 3, method: 'session.status' });
    expect(status.result).not.toHaveProperty('userDataStream');
    futures.close();
  });
});
