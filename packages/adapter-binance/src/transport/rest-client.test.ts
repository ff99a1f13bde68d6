import { createHmac } from 'node:crypto';
import { inspect } from 'node:util';
import { seededRandom, VirtualClock } from '@mikrobot/core';
import { afterEach, describe, expect, it } from 'vitest';
import { BinanceError, BinanceLineError, isCertain } from '../errors.js';
import vectors from '../test-data/signing-vectors.json' with { type: 'json' };
import { documentedKeys } from '../testing/keys.js';
import { until } from '../testing/line-server.js';
import { type Answer, RestServer } from '../testing/rest-server.js';
import type { LimitNotice } from './budget.js';
import { RestClient, type RestRequest } from './rest-client.js';

const NOW = 1_700_000_050_000;
const account: RestRequest = { method: 'GET', path: '/api/v3/account', security: 'signed', weight: 20 };
const submit: RestRequest = {
  method: 'POST',
  path: '/api/v3/order',
  params: { symbol: 'BTCUSDT', quantity: '0.00000001', price: undefined, newClientOrderId: 'a b&c' },
  security: 'signed',
  weight: 1,
  command: 'submit',
};

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

const serve = async (answer: (n: number, url: URL) => Answer) => {
  const server = await RestServer.open(answer);
  const clock = new VirtualClock(NOW);
  const notices: LimitNotice[] = [];
  const client = new RestClient({
    endpoints: { rest: server.url },
    keys: await documentedKeys(),
    clock,
    random: seededRandom(1),
    recvWindow: 5_000,
    name: 'venue',
    onLimit: (notice) => notices.push(notice),
  });
  open.push(
    () => client.close(),
    () => server.close(),
  );
  return { server, client, clock, notices };
};

const failed = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    (value) => {
      throw new Error(`It gave ${inspect(value)}.`);
    },
    (error: unknown) => error,
  );

/** Lets virtual time pass in steps until the work is done: what waits for real sockets is not hurried. */
const pass = async <T>(clock: VirtualClock, work: Promise<T>, step = 100): Promise<T> => {
  let done = false;
  const end = (): void => {
    done = true;
  };
  work.then(end, end);
  await until(() => {
    clock.advance(clock.now() + step);
    return done;
  });
  return work;
};

const late = {
  status: 400,
  body: '{"code":-1021,"msg":"Timestamp for this request is outside of the recvWindow."}',
};

describe('requests', () => {
  it("are signed over exactly what is sent, with the venue's time, and carry the key in a header", async () => {
    const { server, client } = await serve((_n, { pathname }) =>
      pathname === '/api/v3/time'
        ? { body: `{"serverTime":${NOW + 2_500}}` }
        : { body: '{"orderId":9007199254740993}' },
    );
    await client.syncClock('/api/v3/time');
    expect(client.offset).toBe(2_500);
    expect(await client.request(submit)).toEqual({ orderId: '9007199254740993' });
    const { method, url, key } = server.asked[1] as (typeof server.asked)[0];
    const [payload, signature] = url.search.slice(1).split('&signature=') as [string, string];
    expect(method).toBe('POST');
    expect(key).toBe(vectors.apiKey);
    expect(payload).toBe(
      `symbol=BTCUSDT&quantity=0.00000001&newClientOrderId=a%20b%26c&recvWindow=5000&timestamp=${NOW + 2_500}`,
    );
    expect(signature).toBe(createHmac('sha256', vectors.secretKey).update(payload).digest('hex'));
  });

  it('need no key where the venue needs none, and say so where there is none', async () => {
    const { server, client } = await serve(() => ({ body: '[]' }));
    await client.request({ method: 'GET', path: '/api/v3/trades', security: 'none', weight: 25 });
    expect(server.asked[0]?.key).toBeUndefined();
    const without = new RestClient({
      endpoints: { rest: server.url },
      keys: undefined,
      clock: new VirtualClock(NOW),
      random: seededRandom(1),
      recvWindow: 5_000,
      name: 'venue',
    });
    const error = await failed(without.request(submit));
    expect(error).toMatchObject({ code: 'BAD_CONFIG' });
    expect(isCertain(error, 'futures')).toBe(true);
    expect(server.asked).toHaveLength(1);
  });

  it("fail with the venue's code, status and words", async () => {
    const { client } = await serve(() => ({
      status: 400,
      body: '{"code":-2010,"msg":"Duplicate order sent."}',
    }));
    expect(await failed(client.request(submit))).toMatchObject({
      name: 'BinanceError',
      code: -2010,
      status: 400,
      message: 'Duplicate order sent.',
    });
  });

  it('never show a key, whatever goes wrong', async () => {
    const { client } = await serve(
      (n) =>
        [late, (request: { socket: { destroy(): void } }) => request.socket.destroy(), { body: 'cut {' }][
          n % 3
        ] as Answer,
    );
    for (let n = 0; n < 6; n++) {
      const shown = inspect(await failed(client.request(submit)), { depth: 9, showHidden: true });
      expect(shown).not.toContain(vectors.apiKey);
      expect(shown).not.toContain(vectors.secretKey);
      expect(shown).not.toContain('signature=');
    }
    expect(inspect(client, { depth: 9, showHidden: true, getters: true })).not.toContain(vectors.apiKey);
    expect(JSON.stringify(client)).not.toContain(vectors.apiKey);
  });
});

describe('an order command', () => {
  it('is sent once when the line breaks after it went out, and its outcome is open', async () => {
    const { server, client, clock } = await serve(() => (request) => request.socket.destroy());
    const error = await pass(clock, failed(client.request(submit)));
    expect(error).toBeInstanceOf(BinanceLineError);
    expect(isCertain(error, 'futures')).toBe(false);
    expect(server.asked).toHaveLength(1);
  });

  it.each([
    ['408', 408, ''],
    ['-1007', 400, '{"code":-1007,"msg":"Timeout waiting for response from backend server."}'],
    ['503', 503, '{"code":-1000,"msg":"Unknown error, please check your request or try again later."}'],
  ])('is sent once when the venue answers %s, and its outcome is open', async (_what, status, body) => {
    const { server, client, clock } = await serve(() => ({ status, body }));
    const error = await pass(clock, failed(client.request(submit)));
    expect(error).toBeInstanceOf(BinanceError);
    expect(isCertain(error, 'futures')).toBe(false);
    expect(server.asked).toHaveLength(1);
  });

  it('is sent once when there is no answer in time, and its outcome is open', async () => {
    const { server, client, clock } = await serve(() => () => undefined);
    const work = failed(client.request({ ...submit, timeout: 3_000 }));
    await until(() => server.asked.length === 1);
    clock.advance(NOW + 3_000);
    const error = await work;
    expect(error).toMatchObject({ code: 'TIMED_OUT' });
    expect(isCertain(error, 'futures')).toBe(false);
    expect(server.asked).toHaveLength(1);
  });

  it('whose answer was cut off has an open outcome', async () => {
    const { server, client } = await serve(() => ({ body: '{"orderId":12' }));
    expect(isCertain(await failed(client.request(submit)), 'futures')).toBe(false);
    expect(server.asked).toHaveLength(1);
  });

  it('was surely not taken when nobody listens', async () => {
    const { server, client } = await serve(() => ({ body: '{}' }));
    server.close();
    const error = await failed(client.request(submit));
    expect(error).toMatchObject({ name: 'BinanceLineError', sent: false });
    expect(isCertain(error, 'futures')).toBe(true);
  });

  it('with a timestamp that the venue does not take is rejected for certain, not resent; the clocks are compared once', async () => {
    const { server, client, venue } = await serveClock();
    await client.syncClock('/api/v3/time');
    venue.skew = -9_000;
    const error = await failed(client.request(submit));
    expect(error).toMatchObject({ code: -1021 });
    expect(isCertain(error, 'futures')).toBe(true);
    expect(server.count('/api/v3/order')).toBe(1);
    expect(server.count('/api/v3/time')).toBe(2);
    expect(client.offset).toBe(-9_000);
    expect(await client.request(submit)).toEqual({ ok: 1 });
  });

  it('given as a command is made once more after that, and not when it took long to compare the clocks', async () => {
    const command = { ...submit, command: 'submit' } as const;
    const { server, client, venue, clock } = await serveClock();
    await client.syncClock('/api/v3/time');
    venue.skew = -9_000;
    expect(await client.command(command)).toEqual({ ok: 1 });
    expect(server.count('/api/v3/order')).toBe(2);
    venue.skew = 9_000;
    venue.onTime = () => clock.advance(clock.now() + 2_100);
    expect(await failed(client.command(command))).toMatchObject({ code: -1021 });
    expect(server.count('/api/v3/order')).toBe(3);
  });

  it('is refused before it is sent when it would pass the limit, for certain', async () => {
    const { server, client } = await serve(() => ({
      headers: { 'X-MBX-USED-WEIGHT-1M': '12', 'x-mbx-order-count-10s': '50', 'x-mbx-order-count-1d': '900' },
      body: '{}',
    }));
    await client.request(submit);
    expect(client.usedWeight).toBe(12);
    const error = await failed(client.request(submit));
    expect(error).toMatchObject({ code: 'CIRCUIT_OPEN' });
    expect(isCertain(error, 'futures')).toBe(true);
    await client.request({ ...submit, command: 'cancel' });
    await client.request({ ...submit, priority: 'critical' });
    expect(server.asked).toHaveLength(3);
  });

  it('does not wait its turn behind reads that a slow venue does not answer', async () => {
    const { server, client } = await serve((_n, url) =>
      url.pathname === account.path ? () => undefined : { body: '{"orderId":1}' },
    );
    for (let i = 0; i < 20; i++) void client.request(account).catch(() => undefined);
    await until(() => server.count(account.path) === 16);
    expect(await client.request(submit)).toEqual({ orderId: 1 });
  });

  it('is not repeated after a 429, and the next is refused until the pause is over', async () => {
    const { server, client, clock, notices } = await serve((n) =>
      n === 0
        ? {
            status: 429,
            headers: { 'Retry-After': '8' },
            body: '{"code":-1015,"msg":"Too many new orders."}',
          }
        : { body: '{}' },
    );
    expect(await failed(client.request(submit))).toMatchObject({
      code: -1015,
      status: 429,
      retryAfter: 8_000,
    });
    expect(notices).toEqual([{ status: 429, until: NOW + 8_000, of: 'orders' }]);
    expect(await failed(client.request(submit))).toMatchObject({ code: 'CIRCUIT_OPEN' });
    clock.advance(NOW + 8_000);
    await client.request(submit);
    expect(server.asked).toHaveLength(2);
  });
});

/** A venue with a clock of its own that takes timestamps as rest-api.md, "Timing security", says. */
const serveClock = async () => {
  const venue = { skew: 0, onTime: (): void => undefined };
  const parts = await serve((_n, { pathname, searchParams }) => {
    if (pathname === '/api/v3/time') venue.onTime();
    const now = parts.clock.now() + venue.skew;
    if (pathname === '/api/v3/time') return { body: `{"serverTime":${now}}` };
    const timestamp = Number(searchParams.get('timestamp'));
    const taken = timestamp < now + 1_000 && now - timestamp <= Number(searchParams.get('recvWindow'));
    return taken ? { body: '{"ok":1}' } : late;
  });
  return { ...parts, venue };
};

describe('a read', () => {
  it('is repeated once with a fresh timestamp after the clocks were compared', async () => {
    const { server, client, venue } = await serveClock();
    await client.syncClock('/api/v3/time');
    for (const skew of [-9_000, 6_000]) {
      venue.skew = skew;
      expect(await client.request(account)).toEqual({ ok: 1 });
    }
    expect(server.count('/api/v3/account')).toBe(4);
    expect(server.count('/api/v3/time')).toBe(3);
  });

  it('has the clocks compared once for many that came too late together', async () => {
    const { server, client, venue } = await serveClock();
    await client.syncClock('/api/v3/time');
    venue.skew = -9_000;
    await Promise.all(Array.from({ length: 8 }, () => client.request({ ...account, weight: 1 })));
    expect(server.count('/api/v3/time')).toBeLessThanOrEqual(3);
  });

  it('gives up when the venue takes no timestamp at all', async () => {
    const { server, client } = await serve((_n, { pathname }) =>
      pathname === '/api/v3/time' ? { body: `{"serverTime":${NOW}}` } : late,
    );
    await client.syncClock('/api/v3/time');
    expect(await failed(client.request(account))).toMatchObject({ code: -1021 });
    expect(server.count('/api/v3/account')).toBe(2);
  });

  it('is tried again after a broken line and after 5xx', async () => {
    const { server, client, clock } = await serve(
      (n) =>
        [
          (request: { socket: { destroy(): void } }) => request.socket.destroy(),
          { status: 502, body: '<html>' },
          { body: '[1]' },
        ][n] as Answer,
    );
    expect(await pass(clock, client.request(account))).toEqual([1]);
    expect(server.asked).toHaveLength(3);
  });

  it('waits after a 429 as long as the venue says, and is then made once more', async () => {
    const { server, client, clock, notices } = await serve((n) =>
      n === 0
        ? {
            status: 429,
            headers: { 'Retry-After': '20' },
            body: '{"code":-1003,"msg":"Too much request weight used"}',
          }
        : { body: '[1]' },
    );
    const work = client.request(account);
    await until(() => notices.length === 1);
    expect(notices).toEqual([{ status: 429, until: NOW + 20_000, of: 'requests' }]);
    clock.advance(NOW + 19_999);
    expect(server.asked).toHaveLength(1);
    expect(await pass(clock, work)).toEqual([1]);
    expect(server.asked).toHaveLength(2);
  });

  it('is not repeated into a ban, nor is anything else until the ban ends', async () => {
    const { server, client, clock, notices } = await serve((n) =>
      n === 0
        ? {
            status: 418,
            body: `{"code":-1003,"msg":"Way too much request weight used; IP banned until ${NOW + 600_000}."}`,
          }
        : { body: '[1]' },
    );
    expect(await failed(client.request(account))).toMatchObject({ status: 418, retryAfter: 600_000 });
    expect(notices).toEqual([{ status: 418, until: NOW + 600_000, of: 'requests' }]);
    expect(await failed(client.request(account))).toMatchObject({ code: 'CIRCUIT_OPEN' });
    expect(await failed(client.request({ ...submit, priority: 'critical' }))).toMatchObject({
      code: 'CIRCUIT_OPEN',
    });
    expect(server.asked).toHaveLength(1);
    clock.advance(NOW + 600_000);
    expect(await client.request(account)).toEqual([1]);
  });

  it('ends when its caller loses interest, and when the client is closed', async () => {
    const { server, client } = await serve(() => () => undefined);
    const abort = new AbortController();
    const first = failed(client.request({ ...account, abort: abort.signal }));
    const second = failed(client.request(account));
    await until(() => server.asked.length === 2);
    abort.abort(new Error('no longer wanted'));
    expect(await first).toMatchObject({ message: 'no longer wanted' });
    client.close();
    expect(await second).toBeInstanceOf(BinanceLineError);
  });
});

describe("the venue's time", () => {
  it('is compared again every quarter of an hour, until the client is closed', async () => {
    const { server, client, clock, venue } = await serveClock();
    await client.syncClock('/api/v3/time');
    venue.skew = 300;
    clock.advance(NOW + 900_000);
    await until(() => client.offset === 300);
    client.close();
    clock.advance(NOW + 1_900_000);
    expect(server.count('/api/v3/time')).toBe(2);
  });

  it('is taken in the middle of the round trip', async () => {
    const { client, clock } = await serve(() => {
      // The answer takes 400 ms in all.
      clock.advance(clock.now() + 400);
      return { body: `{"serverTime":${NOW + 1_200}}` };
    });
    await client.syncClock('/api/v3/time');
    expect(client.offset).toBe(1_000);
  });
});

describe('many calls at once', () => {
  it('leave no listener behind on the signal that closes the client', async () => {
    const { client } = await serve(() => ({ body: '[]' }));
    const warnings: Error[] = [];
    const warn = (warning: Error): void => void warnings.push(warning);
    process.on('warning', warn);
    for (let round = 0; round < 3; round++)
      await Promise.all(Array.from({ length: 60 }, () => client.request({ ...account, weight: 1 })));
    await new Promise((turn) => setImmediate(turn));
    process.off('warning', warn);
    expect(warnings).toEqual([]);
  });
});
