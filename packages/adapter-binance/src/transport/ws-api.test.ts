import { createHmac } from 'node:crypto';
import { inspect } from 'node:util';
import { seededRandom, VirtualClock } from '@mikrobot/core';
import { afterEach, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import vectors from '../test-data/signing-vectors.json' with { type: 'json' };
import { documentedKeys } from '../testing/keys.js';
import { LineServer, until } from '../testing/line-server.js';
import { Budget, type LimitNotice } from './budget.js';
import { defaultLimits } from './limits.js';
import { VenueTime } from './venue-time.js';
import { WsApi, type WsApiParts } from './ws-api.js';

const NOW = 1_700_000_050_000;

interface Asked {
  readonly id: number;
  readonly method: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

/** A venue that subscribes user data, lists subscriptions, and answers the rest as the test says. */
const serve = async (
  answer: (asked: Asked, socket: WebSocket) => object | undefined = () => ({ status: 200, result: {} }),
  parts: Partial<WsApiParts> = {},
) => {
  const asked: Asked[] = [];
  const listed = new Map<WebSocket, number[]>();
  let subscriptions = 0;
  const server = await LineServer.open((text, socket) => {
    const request = JSON.parse(text) as Asked;
    asked.push(request);
    const own = listing(request, socket) ?? answer(request, socket);
    if (own !== undefined) socket.send(JSON.stringify({ id: request.id, ...own }));
  });
  const listing = ({ method }: Asked, socket: WebSocket): object | undefined => {
    if (method === 'userDataStream.subscribe.signature' && answersSubscribe.on) {
      const id = subscriptions++;
      listed.set(socket, [...(listed.get(socket) ?? []), id]);
      return { status: 200, result: { subscriptionId: id } };
    }
    if (method === 'session.subscriptions' && answersSubscribe.on)
      return { status: 200, result: (listed.get(socket) ?? []).map((id) => ({ subscriptionId: id })) };
    return undefined;
  };
  const answersSubscribe = { on: true };
  const clock = new VirtualClock(NOW);
  let syncs = 0;
  const time = new VenueTime(clock, async () => {
    syncs++;
    return { sent: clock.now(), venue: clock.now() - 9_000, answered: clock.now() };
  });
  const notices: LimitNotice[] = [];
  const budget = new Budget({
    clock,
    name: 'venue',
    limits: defaultLimits,
    venueNow: () => time.now(),
    onLimit: (notice) => notices.push(notice),
  });
  const api = new WsApi({
    url: server.url,
    keys: await documentedKeys(),
    clock,
    random: seededRandom(1),
    recvWindow: 5_000,
    name: 'venue ws',
    budget,
    time,
    ...parts,
  });
  const told: unknown[] = [];
  api
    .on('up', (reconnected) => told.push(reconnected ? 'up again' : 'up'))
    .on('down', () => told.push('down'))
    .on('event', (payload) => told.push(payload));
  open.push(
    () => api.close(),
    () => server.close(),
  );
  const of = (method: string) => asked.filter((request) => request.method === method);
  const pass = (ms: number): void => clock.advance(clock.now() + ms);
  /** Lets time pass until it is so, slowly enough for sockets: each step is a turn in which they may speak. */
  const passUntil = (is: () => boolean): Promise<void> =>
    until(() => {
      if (!is()) pass(10);
      return is();
    });
  const again = (): Promise<void> => passUntil(() => api.up);
  return {
    server,
    api,
    clock,
    budget,
    notices,
    told,
    asked,
    of,
    pass,
    passUntil,
    again,
    listed,
    answersSubscribe,
    syncs: () => syncs,
  };
};

const failed = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    (value) => {
      throw new Error(`It gave ${inspect(value)}.`);
    },
    (error: unknown) => error,
  );

describe('the WebSocket API', () => {
  it('subscribes user data by a signature before it counts as up', async () => {
    const { api, asked, told, budget } = await serve();
    await api.connect();
    expect(told).toEqual(['up']);
    expect(asked).toHaveLength(1);
    const { method, params } = asked[0] as Asked;
    expect(method).toBe('userDataStream.subscribe.signature');
    const payload = `apiKey=${vectors.apiKey}&recvWindow=5000&timestamp=${NOW}`;
    expect(params).toEqual({
      apiKey: vectors.apiKey,
      recvWindow: 5_000,
      timestamp: NOW,
      signature: createHmac('sha256', vectors.secretKey).update(payload).digest('hex'),
    });
    // A connection costs 2, the subscription 2. Source: web-socket-api.md.
    expect(budget.usedWeight).toBe(4);
  });

  it('counts what the venue has counted', async () => {
    const { api, budget, answersSubscribe } = await serve(() => ({
      status: 200,
      result: { subscriptionId: 0 },
      rateLimits: [
        { rateLimitType: 'ORDERS', interval: 'SECOND', intervalNum: 10, limit: 50, count: 13 },
        { rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit: 6000, count: 322 },
      ],
    }));
    answersSubscribe.on = false;
    await api.connect();
    expect(budget.usedWeight).toBe(322);
    expect(budget.usedOrders(10_000)).toBe(13);
  });

  it('compares the clocks when the venue does not take its timestamp', async () => {
    const { api, answersSubscribe, syncs } = await serve(() => ({
      status: 400,
      error: { code: -1021, msg: "Timestamp for this request was 1000ms ahead of the server's time." },
    }));
    answersSubscribe.on = false;
    expect(await failed(api.connect())).toMatchObject({ code: -1021 });
    expect(syncs()).toBe(1);
  });

  it('heeds a ban that ends at the time the venue names', async () => {
    const { api, answersSubscribe, notices, clock } = await serve(() => ({
      status: 418,
      error: {
        code: -1003,
        msg: 'Way too much request weight used; IP banned until 1659146400000.',
        data: { serverTime: 1_659_142_907_531, retryAfter: 1_659_146_400_000 },
      },
    }));
    answersSubscribe.on = false;
    expect(await failed(api.connect())).toMatchObject({ status: 418, retryAfter: 3_492_469 });
    expect(notices).toEqual([{ status: 418, until: clock.now() + 3_492_469, of: 'requests' }]);
  });

  it('unwraps events, and takes an end announced without a subscription', async () => {
    const { api, server, told } = await serve();
    await api.connect();
    server.last.send(
      '{"subscriptionId":0,"event":{"e":"balanceUpdate","E":1,"a":"BTC","i":9007199254740993}}',
    );
    server.last.send('{"event":{"e":"serverShutdown","E":1770123456789}}');
    await until(() => told.length === 3);
    expect(told).toEqual([
      'up',
      { e: 'balanceUpdate', E: 1, a: 'BTC', i: '9007199254740993' },
      { e: 'serverShutdown', E: 1_770_123_456_789 },
    ]);
  });

  it('tells nonsense as trouble and lives on', async () => {
    const { api, server, told } = await serve();
    const troubles: unknown[] = [];
    let garbled = 0;
    api.on('trouble', (error) => troubles.push(error));
    api.on('garbled', () => {
      garbled += 1;
    });
    await api.connect();
    for (const text of [
      '{',
      '[]',
      '17',
      '{"event":7}',
      '{"id":null,"status":401,"error":{"code":-2015,"msg":"x"}}',
    ])
      server.last.send(text);
    await until(() => troubles.length === 5);
    // Each may have been an event.
    expect(garbled).toBe(5);
    server.last.send('{"event":{"e":"x"}}');
    await until(() => told.length === 2);
    expect(api.up).toBe(true);
  });

  it('rejects when the venue refuses the keys, and leaves no socket behind', async () => {
    const refuse = { on: true };
    const { api, server, answersSubscribe } = await serve(() =>
      refuse.on
        ? { status: 401, error: { code: -2015, msg: 'Invalid API-key, IP, or permissions for action.' } }
        : undefined,
    );
    answersSubscribe.on = false;
    const error = await failed(api.connect());
    expect(error).toMatchObject({ code: -2015 });
    expect(inspect(error, { depth: 9 })).not.toContain(vectors.apiKey);
    await until(() => server.open === 0);
  });

  it('never shows a key', async () => {
    const { api } = await serve();
    await api.connect();
    const shown =
      inspect(api, { depth: 12, showHidden: true, getters: true }) + JSON.stringify({ api: String(api) });
    expect(shown).not.toContain(vectors.apiKey);
    expect(shown).not.toContain(vectors.secretKey);
  });
});

describe('the user stream', () => {
  it('is subscribed again on each new socket before it counts as up', async () => {
    const { api, server, of, told, again } = await serve();
    await api.connect();
    for (let n = 0; n < 3; n++) {
      server.last.terminate();
      await until(() => !api.up);
      await again();
    }
    expect(told).toEqual(['up', ...Array(3).fill(['down', 'up again']).flat()]);
    expect(of('userDataStream.subscribe.signature')).toHaveLength(4);
    expect(server.most).toBe(1);
  });

  it('that went silent with its socket open is found by asking which subscriptions there are, and taken up again as a gap', async () => {
    const { api, server, of, told, pass, passUntil, listed } = await serve(undefined, { silence: 600_000 });
    await api.connect();
    pass(30_000);
    await until(() => of('session.subscriptions').length === 1);
    await new Promise((turn) => setImmediate(turn));
    listed.clear();
    pass(30_000);
    await passUntil(() => told.length === 3);
    expect(told).toEqual(['up', 'down', 'up again']);
    expect(of('userDataStream.subscribe.signature')).toHaveLength(2);
    expect(server.sockets).toHaveLength(1);
  });

  it('is taken up again when the venue says that it ended it', async () => {
    const { api, server, of, told } = await serve();
    await api.connect();
    server.last.send('{"subscriptionId":7,"event":{"e":"eventStreamTerminated","E":1}}');
    server.last.send('{"subscriptionId":0,"event":{"e":"eventStreamTerminated","E":2}}');
    await until(() => told.length === 5);
    expect(told.map((entry) => (typeof entry === 'string' ? entry : (entry as { E: number }).E))).toEqual([
      'up',
      1,
      2,
      'down',
      'up again',
    ]);
    expect(of('userDataStream.subscribe.signature')).toHaveLength(2);
  });

  it('gets a new socket when the old one answers pings and no requests', async () => {
    const { api, server, told, pass, passUntil, answersSubscribe, of } = await serve(() => undefined, {
      silence: 600_000,
    });
    await api.connect();
    answersSubscribe.on = false;
    pass(30_000);
    await until(() => of('session.subscriptions').length === 1);
    answersSubscribe.on = true;
    pass(10_000);
    await until(() => told.includes('down'));
    await passUntil(() => told.length === 3);
    expect(told).toEqual(['up', 'down', 'up again']);
    expect(server.sockets).toHaveLength(2);
  });

  it('is thrown away and taken up anew when its owner finds it silent', async () => {
    const { api, server, told, again } = await serve();
    await api.connect();
    api.renew('The report of an order did not come.');
    expect(told).toEqual(['up', 'down']);
    await again();
    expect(told).toEqual(['up', 'down', 'up again']);
    expect(server.sockets).toHaveLength(2);
    await until(() => server.open === 1);
  });

  it('tells an event once while one socket takes over from another, though each numbers its own subscription', async () => {
    const { api, server, told, pass, passUntil, of } = await serve(undefined, {
      silence: 600_000,
      lookEvery: 600_000,
      lifetime: 100_000,
    });
    await api.connect();
    const [old] = server.sockets;
    pass(95_000);
    await passUntil(() => of('userDataStream.subscribe.signature').length === 2);
    const young = server.last;
    const event = (subscription: number, n: number) =>
      `{"subscriptionId":${subscription},"event":{"e":"executionReport","I":${n}}}`;
    old?.send(event(0, 1));
    young.send(event(1, 1));
    young.send(event(1, 2));
    await until(() => told.length === 2);
    await passUntil(() => told.length === 3);
    young.send(event(1, 3));
    await until(() => told.length === 4);
    expect(told.slice(1)).toEqual([1, 2, 3].map((n) => ({ e: 'executionReport', I: n })));
    // An answer that is under way still comes by the old socket.
    expect(server.open).toBe(2);
    pass(10_000);
    await until(() => server.open === 1);
    expect(told[0]).toBe('up');
    expect(told).not.toContain('down');
  });
});
