import { systemClock } from '@mikrobot/core';
import { EventName, IBApi, OrderAction, OrderType, SecType } from '@stoqey/ib';
import { afterEach, describe, expect, it } from 'vitest';
import { LineEndedError, TwsError } from '../errors.js';
import { FrameServer, frame, type Greeting, type WireField } from '../testing/frame-server.js';
import { until } from '../testing/until.js';
import { openLibrary } from './library.js';
import type { Line, Notice } from './line.js';
import { openLine } from './open-line.js';

const servers: FrameServer[] = [];
const lines: Line[] = [];

afterEach(async () => {
  for (const line of lines.splice(0)) line.close('end of the test');
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const serve = async (greeting?: Greeting): Promise<FrameServer> => {
  const server = await FrameServer.listen(greeting);
  servers.push(server);
  return server;
};

const open = async (server: FrameServer, more: { readonly connectTimeout?: number } = {}): Promise<Line> => {
  const line = await openLine({
    host: '127.0.0.1',
    port: server.port,
    clientId: 7,
    clock: systemClock(),
    ...more,
  });
  lines.push(line);
  return line;
};

const pair = async (): Promise<{ server: FrameServer; line: Line }> => {
  const server = await serve();
  return { server, line: await open(server) };
};

const apple = { symbol: 'AAPL', secType: SecType.STK, exchange: 'SMART', currency: 'USD' };
const buy = { action: OrderAction.BUY, totalQuantity: 1, orderType: OrderType.MKT, orderRef: 'a' };

const ended = (line: Line): Promise<string> => new Promise((resolve) => line.onEnd(resolve));

describe('the handshake', () => {
  it.each([176, 193])('takes accounts and the next order id at version %i', async (serverVersion) => {
    const server = await serve({ serverVersion });
    const line = await open(server);
    expect(line).toMatchObject({ serverVersion, accounts: ['DU1'], nextOrderId: 100, isOpen: true });
    expect(server.client.received[0]).toEqual(['71', '2', '7', '']);
  });

  it('takes several accounts, and leaves the empty one out that TWS ends its list with', async () => {
    const line = await open(
      await serve({
        start: [
          [15, 1, 'DU1,DU2,'],
          [9, 1, 5],
        ],
      }),
    );
    expect(line.accounts).toEqual(['DU1', 'DU2']);
  });

  it('fails with 326 although the library says that it is connected', async () => {
    const server = await serve({ start: [[4, 2, -1, 326, 'client id is in use', '']] });
    const error = await open(server).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TwsError);
    expect(error).toMatchObject({ twsCode: 326, hint: expect.stringContaining('client id') });
  });

  it('fails with 502 where nobody listens', async () => {
    const server = await FrameServer.listen();
    const { port } = server;
    await server.close();
    const attempt = openLine({ host: '127.0.0.1', port, clientId: 1, clock: systemClock() });
    await expect(attempt).rejects.toMatchObject({ twsCode: 502 });
  });

  it('fails when TWS says nothing, and when it hangs up', async () => {
    const silent = await serve({ start: [] });
    await expect(open(silent, { connectTimeout: 50 })).rejects.toMatchObject({ code: 'TIMED_OUT' });
    const attempt = open(silent);
    (await silent.clientAt(1)).socket.destroy();
    await expect(attempt).rejects.toBeInstanceOf(LineEndedError);
  });

  it.each(['100', '175', '194', '-1', '176x', 'HTTP'])(
    'refuses to speak version %s',
    async (serverVersion) => {
      const attempt = open(await serve({ serverVersion }));
      await expect(attempt).rejects.toMatchObject({
        code: 'PREFLIGHT_FAILED',
        hint: expect.stringContaining('from 176 to 193'),
      });
    },
  );

  it('leaves no socket behind when it is aborted', async () => {
    const server = await serve({ start: [] });
    const abort = new AbortController();
    const options = { host: '127.0.0.1', port: server.port, clientId: 1, clock: systemClock() };
    const attempt = openLine(options, abort.signal);
    const { socket } = await server.clientAt(0);
    abort.abort(new Error('enough'));
    await expect(attempt).rejects.toThrow('enough');
    await until('the socket closes', () => socket.destroyed || socket.readableEnded);
  });
});

describe('commands', () => {
  it('reach TWS while the line stands', async () => {
    const { server, line } = await pair();
    expect(line.send((commands) => commands.placeOrder(100, apple, buy), 'order')).toBe(true);
    await until('the order', () => server.client.received.some(([kind]) => kind === '3'));
  });

  it('are refused when the line has ended, and never sent by a later line', async () => {
    const { server, line } = await pair();
    const why = ended(line);
    server.client.socket.destroy();
    expect(await why).toContain('closed');
    expect(line.send((commands) => commands.placeOrder(100, apple, buy), 'order')).toBe(false);
    const next = await open(server);
    next.send((commands) => commands.reqCurrentTime());
    await until('the question', () => server.client.received.some(([kind]) => kind === '49'));
    expect(server.client.received.filter(([kind]) => kind === '3')).toEqual([]);
  });

  it('would be sent after the reconnect by the bare library, which is why', async () => {
    const server = await serve();
    const api = new IBApi({ host: '127.0.0.1', port: server.port, clientId: 7, maxReqPerSec: 40 });
    api.placeOrder(100, apple, buy);
    api.connect();
    await until('the stale order', () => server.clients[0]?.received.some(([kind]) => kind === '3'));
    api.disconnect();
  });

  it('are not sent by commands that were kept from an ended line', async () => {
    const { server, line } = await pair();
    let kept: Parameters<Parameters<Line['send']>[0]>[0] | undefined;
    line.send((commands) => {
      kept = commands;
    });
    const { bytes } = server.client;
    line.close('test');
    const sent: unknown[] = [];
    line.events.on(EventName.sent, (tokens) => sent.push(tokens));
    kept?.placeOrder(100, apple, buy);
    expect(sent).toEqual([]);
    expect((await open(server)).isOpen).toBe(true);
    expect(server.clients[0]?.bytes).toBe(bytes);
  });

  it('go on after one that threw, which jams the bare library for good', async () => {
    const { server, line } = await pair();
    expect(() => line.send((commands) => commands.placeOrder(100, apple, null as never), 'order')).toThrow();
    line.send((commands) => commands.reqCurrentTime());
    await until('the question', () => server.client.received.some(([kind]) => kind === '49'));
  });

  it('are refused with a zero byte or a number that is none', async () => {
    const { server, line } = await pair();
    const bad = (orderRef: string, lmtPrice: number) => () =>
      line.send((commands) => commands.placeOrder(100, apple, { ...buy, orderRef, lmtPrice }), 'order');
    expect(bad('a\0b', 1)).toThrow('zero byte');
    expect(bad('a', Number.NaN)).toThrow('number');
    line.send((commands) => commands.reqCurrentTime());
    await until('the question', () => server.client.received.some(([kind]) => kind === '49'));
    expect(server.client.received.filter(([kind]) => kind === '3')).toEqual([]);
  });

  it('that this version of TWS does not know come back as a notice of the library', async () => {
    const server = await serve({ serverVersion: 176 });
    const line = await open(server);
    const notices: Notice[] = [];
    line.onNotice((notice) => notices.push(notice));
    line.send((commands) => commands.reqUserInfo(55));
    line.send(
      (commands) => commands.placeOrder(100, apple, { ...buy, manualOrderIndicator: 1 } as typeof buy),
      'order',
    );
    expect(notices.every(({ code }) => code === 503)).toBe(true);
  });

  it('of an order are refused while TWS does not read', async () => {
    const { server, line } = await pair();
    server.client.socket.pause();
    const order = () => line.send((commands) => commands.placeOrder(100, apple, buy), 'order');
    const text = 'x'.repeat(400_000);
    let filled = 0;
    while (order() && filled < 20) line.send((commands) => commands.reqMatchingSymbols(++filled, text));
    expect(filled).toBeLessThan(20);
    expect(order()).toBe(false);
    expect(line.send((commands) => commands.reqCurrentTime())).toBe(true);
  });
});

describe('bytes that are no messages', () => {
  const lengths: readonly [string, readonly number[], string][] = [
    ['0', [0, 0, 0, 0], 'empty'],
    ['-1', [255, 255, 255, 255], 'too long'],
    ['-4, on which the bare library loops for ever,', [255, 255, 255, 252], 'too long'],
    ['2 GB', [127, 255, 255, 255], 'too long'],
  ];
  it.each(lengths)('end the line: a length of %s', async (_, bytes, why) => {
    const { server, line } = await pair();
    const end = ended(line);
    server.client.socket.write(Buffer.from([...bytes, 49, 0, 49, 0]));
    expect(await end).toContain(why);
    expect(line.isOpen).toBe(false);
  });

  it('end the line: a message whose last field has no end, which the bare library puts before the next one', async () => {
    const { server, line } = await pair();
    const end = ended(line);
    server.client.socket.write(Buffer.from([0, 0, 0, 3, 49, 0, 49]));
    expect(await end).toContain('without an end');
  });

  it('end the handshake, as from a server of another kind', async () => {
    const attempt = open(await serve({ hello: 'HTTP/1.1 400 Bad Request\r\n\r\n' }));
    await expect(attempt).rejects.toThrow('too long');
  });

  it('are messages however they are cut', async () => {
    const { server, line } = await pair();
    const times: number[] = [];
    line.events.on(EventName.currentTime, (time) => times.push(time));
    const bytes = Buffer.concat([frame([49, 1, 11]), frame([49, 1, 22]), frame([49, 1, 33])]);
    for (const byte of bytes) {
      server.client.socket.write(Buffer.from([byte]));
      await new Promise(setImmediate);
    }
    await until('three times', () => times.length === 3);
    expect(times).toEqual([11, 22, 33]);
  });
});

describe('messages that cannot be read', () => {
  const status: readonly WireField[] = [3, 5, 'Filled', 1, 0, 10, 1, 0, 10, 7, '', 0];

  it('are told whole when they are whole', async () => {
    const { server, line } = await pair();
    const seen: unknown[] = [];
    line.events.on(EventName.orderStatus, (...args) => seen.push(args));
    server.client.send(...status);
    await until('the status', () => seen.length > 0);
    expect(seen).toEqual([[5, 'Filled', 1, 0, 10, 1, 0, 10, 7, '', 0]]);
  });

  it.each([
    ['is too short', status.slice(0, -1), '3 too short'],
    ['is too long', [...status, 1], '3 too long'],
    ['has a word for a number', status.with(3, '1x'), '3 no number'],
  ])('end the line when one of an order %s', async (_, fields, drop) => {
    const { server, line } = await pair();
    const seen: unknown[] = [];
    line.events.on(EventName.orderStatus, (...args) => seen.push(args));
    const end = ended(line);
    server.client.send(...fields);
    expect(await end).toContain(drop);
    expect(line.drops).toEqual({ [drop]: 1 });
    expect(seen).toEqual([]);
  });

  it('may have an empty field too many, as TWS has been seen to send', async () => {
    const { server, line } = await pair();
    const seen: unknown[] = [];
    line.events.on(EventName.orderStatus, (...args) => seen.push(args));
    server.client.send(...status, '');
    await until('the status', () => seen.length > 0);
  });

  it('are counted only, when they are of a kind that nobody knows, or ticks', async () => {
    const { server, line } = await pair();
    server.client.send(250, 'protobuf?');
    server.client.send(1, 6, 9);
    server.client.send(49, 1, 1);
    await new Promise<void>((resolve) => line.events.on(EventName.currentTime, () => resolve()));
    expect(line.drops).toEqual({ 'unknown kind': 1, '1 too short': 1 });
    expect(line.isOpen).toBe(true);
  });

  it('do not throw for an advanced reject that is no JSON, and the refusal is heard', async () => {
    const { server, line } = await pair();
    const notice = new Promise<Notice>((resolve) => line.onNotice(resolve));
    server.client.send(4, 2, 5, 201, 'Order rejected', '{not json');
    expect(await notice).toEqual({ id: 5, code: 201, text: 'Order rejected' });
  });

  it('are read in time, a text full of escapes among them, and kept short', async () => {
    const { server, line } = await pair();
    const notice = new Promise<Notice>((resolve) => line.onNotice(resolve));
    const begin = performance.now();
    server.client.send(4, 2, 5, 399, '\\u0041'.repeat(400_000), '');
    expect((await notice).text).toBe('A'.repeat(2_000));
    expect(performance.now() - begin).toBeLessThan(5_000);
  });

  it('do not hold up an answer of many fields', async () => {
    const { server, line } = await pair();
    let bars = 0;
    line.events.on(EventName.historicalData, () => bars++);
    const bar = ['20240102', 1, 2, 0.5, 1.5, 10, 1.2, 3];
    const begin = performance.now();
    const fields = Array.from({ length: 20_000 }, () => bar).flat();
    server.client.socket.write(frame([17, 9, '', '', 20_000, ...fields]));
    await until('all bars and the end', () => bars === 20_001);
    expect(performance.now() - begin).toBeLessThan(5_000);
  });
});

describe('listeners', () => {
  it('that throw on an order end the line, and no exception leaves the socket', async () => {
    const { server, line } = await pair();
    line.events.on(EventName.orderStatus, () => {
      throw new Error('a bug');
    });
    const end = ended(line);
    server.client.send(3, 5, 'Filled', 1, 0, 10, 1, 0, 10, 7, '', 0);
    expect(await end).toContain('a bug');
  });

  it('that throw on a tick are counted', async () => {
    const { server, line } = await pair();
    line.events.on(EventName.tickSize, () => {
      throw new Error('a bug');
    });
    server.client.send(2, 6, 9, 0, 5);
    server.client.send(49, 1, 1);
    await new Promise<void>((resolve) => line.events.on(EventName.currentTime, () => resolve()));
    expect(line.drops).toEqual({ '2 listener failed': 1 });
  });

  it('are all gone when the line has ended', async () => {
    const { line } = await pair();
    line.events.on(EventName.currentTime, () => undefined);
    const pending = line.request({
      what: 'time',
      ask: () => undefined,
      listen: (events, _, __, done) => {
        events.on(EventName.currentTime, done);
        return () => events.off(EventName.currentTime, done);
      },
    });
    line.close('test');
    await expect(pending).rejects.toBeInstanceOf(LineEndedError);
    expect((line.events as IBApi).eventNames()).toEqual([]);
  });
});

describe('another version of the library', () => {
  it('is refused by name of what it lacks', () => {
    const make = (options: ConstructorParameters<typeof IBApi>[0]) => {
      const api = new IBApi(options);
      const { controller } = api as unknown as {
        controller: { socket: { onData: unknown }; decoder: { dataQueue: unknown } };
      };
      controller.socket.onData = undefined;
      controller.decoder.dataQueue = undefined;
      return api;
    };
    const options = { host: '127.0.0.1', port: 1, clientId: 1 };
    expect(() => openLibrary(options, make)).toThrow('no socket.onData(), decoder.dataQueue');
    expect(openLibrary(options).socket.send).toBeTypeOf('function');
  });
});
