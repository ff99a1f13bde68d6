import { systemClock } from '@mikrobot/core';
import { startTws } from '@mikrobot/simulators';
import { EventName, type IBApi, type Order, type OrderState } from '@stoqey/ib';
import { describe, expect, it } from 'vitest';
import { LineEndedError } from '../errors.js';
import { frame, type WireField } from '../testing/frame-server.js';
import { ended, lineBench } from '../testing/test-line.js';
import { until } from '../testing/until.js';
import type { Notice } from './line.js';
import { openLine } from './open-line.js';

const { serve, open, pair } = lineBench();

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
  const contract: readonly WireField[] = [1, 'ES', 'FUT', '20240315', 0, '', 50, 'CME', 'USD', 'ESH4', 'ES'];
  const execution: readonly WireField[] = [
    ...[11, -1, 100, ...contract, '0001.01.01.01', '20240110 10:00:02 US/Eastern', 'DU1', 'CME'],
    ...['BOT', 2, 4_750.25, 77, 7, 0, 2, 4_750.25, 'a', '', '', '', 1, 0],
  ];
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

  it.each([
    ['status without what has filled', status.with(3, ''), '3 no number'],
    ['execution without a price', [...execution.slice(0, 20), '', ...execution.slice(21)], '11 no number'],
    ['commission without an amount', [59, 1, '0001.01.01.01', '', 'USD', 0, 0, ''], '59 no number'],
    [
      'position without a quantity',
      [61, 3, 'DU1', 1, 'ES', 'FUT', '', 0, '', 50, 'CME', 'USD', 'ESH4', 'ES', '', 1],
      '61 no number',
    ],
  ])('end the line: a %s, which the bare library takes for 0', async (_, fields, drop) => {
    const { server, line } = await pair();
    const end = ended(line);
    server.client.send(...fields);
    expect(await end).toContain(drop);
  });

  it('are told as they are: an execution', async () => {
    const { server, line } = await pair();
    const seen: unknown[] = [];
    line.events.on(EventName.execDetails, (...args) => seen.push(args));
    server.client.send(...execution);
    await until('the execution', () => seen.length > 0);
    expect(seen[0]).toMatchObject([
      -1,
      { conId: 1 },
      { execId: '0001.01.01.01', shares: 2, price: 4_750.25, cumQty: 2 },
    ]);
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

  it('fail what is being asked, as they may have been a part of the answer', async () => {
    const { server, line } = await pair();
    const orders: unknown[] = [];
    const answer = line.request<unknown>({
      what: 'open orders',
      alone: 'open orders',
      ask: (commands) => commands.reqAllOpenOrders(),
      listen: (events, _, add, done) => {
        events.on(EventName.openOrder, add);
        events.on(EventName.openOrderEnd, done);
        return () => void events.off(EventName.openOrder, add).off(EventName.openOrderEnd, done);
      },
    });
    line.events.on(EventName.openOrder, (...args) => orders.push(args));
    server.client.send(5, 1, 265_598, 'AAPL');
    server.client.send(53, 1);
    await expect(answer).rejects.toMatchObject({ code: 'TIMED_OUT', where: 'open orders' });
    expect(orders).toEqual([]);
    expect(line.isOpen).toBe(true);
  });

  it.each([176, 193] as const)(
    'are not those of completed orders, of which the bare library shifts the fields at 176: %i',
    async (serverVersion) => {
      const tws = await startTws({ serverVersion });
      tws.controls.quote('ES', 4_750, 4_750.25);
      tws.controls.byHand('ES', { action: 'BUY', quantity: 3 });
      const line = await openLine({ host: tws.host, port: tws.port, clientId: 7, clock: systemClock() });
      const [completed] = await line.request<readonly [Order, OrderState]>({
        what: 'completed orders',
        ask: (commands) => commands.reqCompletedOrders(false),
        listen: (events, _, add, done) => {
          const part = (__: unknown, order: Order, state: OrderState): void => add([order, state]);
          events.on(EventName.completedOrder, part).on(EventName.completedOrdersEnd, done);
          return () =>
            void events.off(EventName.completedOrder, part).off(EventName.completedOrdersEnd, done);
        },
      });
      expect(completed?.[0]).toMatchObject({ action: 'BUY', orderType: 'MKT', filledQuantity: 3 });
      expect(completed?.[1]).toMatchObject({ status: 'Filled' });
      expect(line.drops).toEqual({});
      line.close('test');
      await tws.close();
    },
  );

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
