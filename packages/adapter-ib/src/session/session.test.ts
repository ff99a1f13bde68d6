import { MikroBotError } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { FrameServer } from '../testing/frame-server.js';
import { never, sessionBench } from '../testing/session-bench.js';
import { until } from '../testing/until.js';

const bench = sessionBench();

describe('the start', () => {
  it('is done when all that listen have recovered, and not before', async () => {
    let finish = (): void => undefined;
    bench.session.onUp(
      () =>
        new Promise((resolve) => {
          finish = resolve;
        }),
    );
    const started = bench.session.start(never);
    await until('the recovery', () => bench.ups.length === 1);
    expect(bench.session.reachesVenue).toBe(false);
    expect(bench.session.line?.accounts).toEqual(['DU1']);
    expect(bench.states).toEqual([]);
    finish();
    await started;
    expect(bench.isUp()).toBe(true);
    expect(bench.ups).toEqual([{ first: true, dataLost: false, resubscribe: true }]);
    expect(bench.spoken()).toEqual(['up']);
  });

  it('gives a listener that another one registers its turn in the same recovery', async () => {
    const turns: string[] = [];
    bench.session.onUp(() => {
      turns.push('first');
      bench.session.onUp(() => void turns.push('second'));
    });
    await bench.session.start(never);
    expect(turns).toEqual(['first', 'second']);
  });

  it('fails where nobody listens, and says what to do', async () => {
    const { port } = bench.server;
    await bench.server.close();
    const error = await bench
      .make(port)
      .start(never)
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(MikroBotError);
    expect(error).toMatchObject({
      code: 'PREFLIGHT_FAILED',
      hint: expect.stringContaining('Socket Clients'),
    });
    bench.server = await FrameServer.listen();
  });

  it('fails with what a listener refuses, and closes', async () => {
    bench.session.onUp(() => {
      throw new MikroBotError('BAD_CONFIG', 'which account?');
    });
    await expect(bench.session.start(never)).rejects.toMatchObject({ code: 'BAD_CONFIG' });
    await until(
      'the socket closes',
      () => bench.server.client.socket.readableEnded || bench.server.client.socket.destroyed,
    );
    expect(bench.session.line).toBeUndefined();
  });

  it('waits for a client id that is still held, with the same id, and says so', async () => {
    bench.server.greeting = {
      start: [[4, 2, -1, 326, 'Unable to connect as the client id is already in use', '']],
    };
    const started = bench.session.start(never);
    await bench.server.clientAt(1);
    bench.server.greeting = {};
    await started;
    expect(bench.server.clients.map(({ received }) => received[0]?.[2])).toEqual(
      ['7', '7', '7'].slice(0, bench.server.clients.length),
    );
    expect(bench.states[0]).toMatchObject({
      state: 'down',
      detail: expect.stringContaining('client id is already in use'),
    });
    expect(bench.spoken().at(-1)).toBe('up');
  });

  it('ends with its abort, also while it waits for the client id', async () => {
    bench.server.greeting = { start: [[4, 2, -1, 326, 'in use', '']] };
    const abort = new AbortController();
    const started = bench.session.start(abort.signal);
    await bench.server.clientAt(1);
    const reason = new Error('enough');
    abort.abort(reason);
    await expect(started).rejects.toMatchObject({ code: 'PREFLIGHT_FAILED', cause: reason });
  });

  it('waits while TWS does not reach Interactive Brokers', async () => {
    bench.server.greeting = {
      start: [
        [15, 1, 'DU1'],
        [9, 1, 100],
        [4, 2, -1, 2110, 'Connectivity between TWS and server is broken.', ''],
      ],
    };
    const started = bench.session.start(never);
    await until('the line', () => bench.session.line !== undefined);
    expect(bench.ups).toEqual([]);
    bench.say(1102, 'Connectivity restored');
    await started;
    expect(bench.ups).toEqual([{ first: true, dataLost: false, resubscribe: true }]);
  });
});

describe('closing', () => {
  it('ends everything, and nothing is told but down', async () => {
    await bench.session.start(never);
    bench.session.close();
    expect(bench.spoken()).toEqual(['up', 'down']);
    await until(
      'the socket closes',
      () => bench.server.client.socket.destroyed || bench.server.client.socket.readableEnded,
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(bench.server.clients).toHaveLength(1);
    expect(bench.states).toHaveLength(2);
  });
});
