import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { VenueError } from '../exchange.js';
import type { FaultName } from './faults.js';
import { type Bench, docTime, openBench } from './testing/bench.js';
import { WsClient } from './testing/ws-client.js';

describe('Faults on command', () => {
  let bench: Bench;
  const clients: WsClient[] = [];
  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.close();
    await bench.simulator.close();
    expect(bench.simulator.failures).toEqual([]);
  });

  const faults = () => bench.simulator.faults;
  const open = async (url: string): Promise<WsClient> => {
    const client = await WsClient.open(url);
    clients.push(client);
    return client;
  };
  const order = () => bench.signed('POST', '/api/v3/order');
  const code = async (response: Response) => ((await response.json()) as { code: number }).code;
  /** The client of the user data of `main`. */
  const listen = async (): Promise<WsClient> => {
    const client = await open(bench.simulator.spot.wsApi);
    await client.ask({ id: 0, method: 'userDataStream.subscribe.signature', params: bench.wsParams() });
    return client;
  };
  const tell = (...names: string[]) => {
    for (const x of names) bench.spot.emit('user', 'main', { e: 'executionReport', x });
  };
  const told = (client: WsClient) =>
    client.messages.map((text) => JSON.parse(text).event?.x).filter((name) => name !== undefined);
  /** Waits until the fault struck, and then for one more answer, which would have come after the one that is missing. */
  const outcome = async (request: Promise<Response>, fault: FaultName): Promise<string> => {
    const answered = request.then(
      () => 'answered',
      () => 'broken',
    );
    while (faults().counts.get(fault) === undefined) await bench.plain('GET', '/api/v3/time');
    await bench.plain('GET', '/api/v3/time');
    return Promise.race([answered, Promise.resolve().then(() => 'silent')]);
  };

  it('drop breaks every connection, and the next one is served', async () => {
    const [stream, api] = [await open(`${bench.simulator.spot.streams}/ws`), await listen()];
    faults().drop();
    expect(await Promise.all([stream.closed, api.closed])).toEqual([1006, 1006]);
    expect((await bench.plain('GET', '/api/v3/ping')).status).toBe(200);
    expect(faults().counts.get('drop')).toBe(1);
  });

  it('refuses connections until they are restored', async () => {
    faults().refuseConnections();
    await expect(bench.plain('GET', '/api/v3/ping')).rejects.toThrow();
    await expect(WsClient.open(`${bench.simulator.spot.streams}/ws`)).rejects.toThrow();
    faults().restore();
    expect((await bench.plain('GET', '/api/v3/ping')).status).toBe(200);
    expect(faults().counts.get('refused-connection')).toBe(2);
  });

  it('half-open lines stay open and are silent, also to pings; new ones are not', async () => {
    const stream = `${bench.simulator.spot.streams}/ws/btcusdt@bookTicker`;
    const [old, api] = [await open(stream), await listen()];
    faults().halfOpen('market');
    const fresh = await open(stream);
    let pongs = 0;
    old.socket.on('pong', () => pongs++);
    old.socket.ping();
    old.send({ method: 'LIST_SUBSCRIPTIONS', id: 1 });
    bench.simulator.controls.spot.quote('BTCUSDT', 1, 2);
    await fresh.next(() => true);
    await fresh.settle();
    expect([old.messages, pongs, old.socket.readyState]).toEqual([[], 0, WebSocket.OPEN]);
    expect(await api.ask({ id: 1, method: 'ping' })).toMatchObject({ status: 200 });
    faults().halfOpen('user');
    tell('NEW');
    api.send({ id: 2, method: 'order.place', params: bench.wsParams() });
    await fresh.settle();
    await bench.plain('GET', '/api/v3/ping');
    expect([told(api), bench.spot.calls]).toEqual([[], []]);
  });

  it('delays the next answer', async () => {
    faults().delayNext(3_000);
    const answer = bench.plain('GET', '/api/v3/ping');
    expect(await outcome(answer, 'delayed-answer')).toBe('silent');
    bench.clock.advance(docTime + 3_000);
    expect((await answer).status).toBe(200);
  });

  it('takes an order and answers 503 with -1007', async () => {
    faults().loseNextAnswer('timeout');
    await bench.plain('GET', '/api/v3/ping');
    const response = await order();
    expect([response.status, await code(response)]).toEqual([503, -1007]);
    expect(bench.spot.calls.map(({ name }) => name)).toEqual(['POST /api/v3/order']);
    expect((await order()).status).toBe(200);
  });

  it('takes an order and never answers; or never hears of it', async () => {
    const api = await open(bench.simulator.spot.wsApi);
    faults().loseNextAnswer('silence');
    expect(await outcome(order(), 'lost-answer')).toBe('silent');
    expect(bench.spot.calls.length).toBe(1);
    faults().loseNextRequest();
    api.send({ id: 'lost', method: 'order.place', params: bench.wsParams() });
    await api.ask({ id: 'ping', method: 'ping' });
    expect(api.messages.some((text) => text.includes('lost'))).toBe(false);
    expect(bench.spot.calls.length).toBe(1);
    expect([faults().counts.get('lost-answer'), faults().counts.get('lost-request')]).toEqual([1, 1]);
  });

  it('refuses or throttles the next command, of those that fit', async () => {
    faults().refuseNext(
      new VenueError(-2010, 'Account has insufficient balance for requested action.'),
      'DELETE',
    );
    expect((await order()).status).toBe(200);
    const refused = await bench.signed('DELETE', '/api/v3/order');
    expect([refused.status, await code(refused)]).toEqual([400, -2010]);
    faults().throttleNext(2_500);
    const throttled = await order();
    expect([throttled.status, await code(throttled), throttled.headers.get('retry-after')]).toEqual([
      429,
      -1003,
      '3',
    ]);
    expect((await order()).status).toBe(200);
  });

  it('puts the clock of the venue ahead, so that requests of now come too late', async () => {
    faults().skew(6_000);
    expect(await (await bench.plain('GET', '/api/v3/time')).json()).toEqual({ serverTime: docTime + 6_000 });
    const response = await order();
    expect([response.status, await code(response)]).toEqual([400, -1021]);
    faults().clear();
    expect((await order()).status).toBe(200);
  });

  it('is blind to questions about accounts, and to no others', async () => {
    faults().blind(true);
    expect(await outcome(bench.signed('GET', '/api/v3/account'), 'blind')).toBe('silent');
    expect((await order()).status).toBe(200);
    faults().blind(false);
    expect((await bench.signed('GET', '/api/v3/account')).status).toBe(200);
  });

  it('is in maintenance: 503 for everything, system status 1, lines ended', async () => {
    const stream = await open(`${bench.simulator.spot.streams}/ws`);
    faults().maintenance(true);
    expect(await stream.closed).toBe(1001);
    expect((await bench.plain('GET', '/api/v3/ping')).status).toBe(503);
    expect(await (await bench.plain('GET', '/sapi/v1/system/status')).json()).toMatchObject({ status: 1 });
    await expect(WsClient.open(`${bench.simulator.spot.streams}/ws`)).rejects.toThrow('503');
    faults().maintenance(false);
    expect((await bench.plain('GET', '/api/v3/ping')).status).toBe(200);
  });

  it('tells an event twice, of those that fit', async () => {
    const client = await listen();
    faults().duplicateNext('executionReport TRADE');
    tell('NEW', 'TRADE', 'TRADE');
    await client.settle();
    expect(told(client)).toEqual(['NEW', 'TRADE', 'TRADE', 'TRADE']);
    expect(faults().counts.get('duplicated-event')).toBe(1);
  });

  it('tells two events in the other order, and the rest as they come', async () => {
    const client = await listen();
    faults().reorderNext();
    tell('NEW', 'TRADE', 'CANCELED');
    await client.settle();
    expect(told(client)).toEqual(['TRADE', 'NEW', 'CANCELED']);
  });

  it('mutes user data on lines that stay alive', async () => {
    const client = await listen();
    faults().mute(true);
    tell('NEW');
    expect(await client.ask({ id: 1, method: 'ping' })).toMatchObject({ status: 200 });
    expect(told(client)).toEqual([]);
    faults().mute(false);
    tell('TRADE');
    await client.settle();
    expect(told(client)).toEqual(['TRADE']);
  });

  it('says that the server shuts down, and does', async () => {
    const [raw, api] = [await open(`${bench.simulator.spot.streams}/ws`), await listen()];
    const futures = await open(`${bench.simulator.futures.streams}/public/ws`);
    faults().serverShutdown(5_000);
    const event = { e: 'serverShutdown', E: docTime };
    expect(await raw.next(() => true)).toEqual(event);
    expect(await api.next((message) => 'event' in message)).toEqual({ event });
    bench.clock.advance(docTime + 5_000);
    expect(await Promise.all([raw.closed, api.closed, futures.closed])).toEqual([1001, 1001, 1001]);
  });

  it('terminates user data', async () => {
    const client = await listen();
    faults().terminateStreams('watcher');
    tell('NEW');
    faults().terminateStreams('main');
    tell('TRADE');
    await client.settle();
    const events = client.messages
      .map((text) => JSON.parse(text).event)
      .filter((event) => event !== undefined);
    expect(events).toEqual([
      { e: 'executionReport', x: 'NEW' },
      { e: 'eventStreamTerminated', E: docTime },
    ]);
  });

  describe('listen keys', () => {
    const keyed = async (method: string) => {
      const response = await bench.plain(method, '/fapi/v1/listenKey');
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    };
    const path = (key: unknown) => `${bench.simulator.futures.streams}/private/ws/${key}`;

    it('are the same until they expire, and tell their events', async () => {
      const { body } = await keyed('POST');
      expect((await keyed('POST')).body).toEqual(body);
      expect((await keyed('PUT')).body).toEqual(body);
      const client = await open(path(body.listenKey));
      const byQuery = await open(
        `${bench.simulator.futures.streams}/private/stream?listenKey=${body.listenKey}`,
      );
      const event = { e: 'ORDER_TRADE_UPDATE', o: { x: 'NEW', i: 1 } };
      bench.futures.emit('user', 'main', event);
      expect(await client.next(() => true)).toEqual(event);
      expect(await byQuery.next(() => true)).toEqual({ stream: body.listenKey, data: event });
    });

    it('live for 60 minutes after they were last kept alive, say that they expired, and tell no more', async () => {
      const { body } = await keyed('POST');
      const client = await open(path(body.listenKey));
      bench.clock.advance(docTime + 3_599_999);
      expect((await keyed('PUT')).status).toBe(200);
      await client.settle();
      bench.clock.advance(docTime + 3_599_999 + 3_599_999);
      await client.settle();
      expect(client.messages).toEqual([]);
      bench.clock.advance(docTime + 3_599_999 + 3_600_000);
      bench.futures.emit('user', 'main', { e: 'ACCOUNT_UPDATE' });
      await client.settle();
      expect(client.messages.map((text) => JSON.parse(text))).toEqual([
        { e: 'listenKeyExpired', E: String(docTime + 7_199_999), listenKey: body.listenKey },
      ]);
      expect(await keyed('PUT')).toEqual({
        status: 400,
        body: { code: -1125, msg: 'This listenKey does not exist.' },
      });
      expect((await keyed('POST')).body.listenKey).not.toBe(body.listenKey);
    });

    it('expire on command, and are closed by DELETE', async () => {
      const first = await keyed('POST');
      const client = await open(path(first.body.listenKey));
      faults().expireListenKeys('main');
      expect(await client.next(() => true)).toMatchObject({ e: 'listenKeyExpired' });
      await keyed('POST');
      expect(await keyed('DELETE')).toEqual({ status: 200, body: {} });
      expect((await keyed('PUT')).status).toBe(400);
    });

    it('need a key, and no signature', async () => {
      const response = await fetch(`${bench.simulator.url}/fapi/v1/listenKey`, { method: 'POST' });
      expect([response.status, await code(response)]).toEqual([401, -2014]);
    });
  });

  it('leaves no connection behind', async () => {
    const client = await open(`${bench.simulator.spot.streams}/ws`);
    expect(bench.simulator.connections).toBe(1);
    client.close();
    await client.closed;
    while (bench.simulator.connections > 0) await new Promise((resolve) => setImmediate(resolve));
  });
});
