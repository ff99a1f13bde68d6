import { systemClock } from '@mikrobot/core';
import { EventName, IBApi, OrderAction, OrderType, SecType } from '@stoqey/ib';
import { describe, expect, it } from 'vitest';
import { LineEndedError, TwsError } from '../errors.js';
import { FrameServer } from '../testing/frame-server.js';
import { ended, lineBench } from '../testing/test-line.js';
import { until } from '../testing/until.js';
import { openLibrary } from './library.js';
import type { Line, Notice } from './line.js';
import { openLine } from './open-line.js';

const { serve, open, pair } = lineBench();

const apple = { symbol: 'AAPL', secType: SecType.STK, exchange: 'SMART', currency: 'USD' };
const buy = { action: OrderAction.BUY, totalQuantity: 1, orderType: OrderType.MKT, orderRef: 'a' };

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
