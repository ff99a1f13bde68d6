import { type ConnectionState, MikroBotError, seededRandom } from '@mikrobot/core';
import { EventName } from '@stoqey/ib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Line } from '../line/line.js';
import { fastClock } from '../testing/fast-clock.js';
import { FrameServer } from '../testing/frame-server.js';
import { until } from '../testing/until.js';
import { Session, type Up } from './session.js';

let server: FrameServer;
let session: Session;
let states: ConnectionState[];
let ups: Up[];
let downs: string[];
let beats: number;
const never = new AbortController().signal;

const make = (port = server.port, speed = 50, heartbeat = 60_000): Session => {
  states = [];
  ups = [];
  downs = [];
  beats = 0;
  session = new Session({
    options: { clientId: 7, port, heartbeat, silence: 2 * heartbeat, connectTimeout: 300_000 },
    clock: fastClock(speed),
    random: seededRandom(1),
    tell: (state) => states.push(state),
    heartbeat: () => {
      beats += 1;
    },
  });
  session.onUp((_, up) => {
    ups.push(up);
  });
  session.onDown((why) => downs.push(why));
  return session;
};

const isUp = (): boolean => session.reachesVenue;
const spoken = (): readonly string[] =>
  states.map(({ state, dataLost }) => `${state}${dataLost ? ' dataLost' : ''}`);
/** Says a notice to the client that came last. */
const say = (code: number, text: string): void => server.client.send(4, 2, -1, code, text, '');

beforeEach(async () => {
  server = await FrameServer.listen();
  make();
});

afterEach(async () => {
  session.close();
  await server.close();
});

describe('the start', () => {
  it('is done when all that listen have recovered, and not before', async () => {
    let finish = (): void => undefined;
    session.onUp(
      () =>
        new Promise((resolve) => {
          finish = resolve;
        }),
    );
    const started = session.start(never);
    await until('the recovery', () => ups.length === 1);
    expect(session.reachesVenue).toBe(false);
    expect(session.line?.accounts).toEqual(['DU1']);
    expect(states).toEqual([]);
    finish();
    await started;
    expect(isUp()).toBe(true);
    expect(ups).toEqual([{ first: true, dataLost: false, resubscribe: true }]);
    expect(spoken()).toEqual(['up']);
  });

  it('gives a listener that another one registers its turn in the same recovery', async () => {
    const turns: string[] = [];
    session.onUp(() => {
      turns.push('first');
      session.onUp(() => void turns.push('second'));
    });
    await session.start(never);
    expect(turns).toEqual(['first', 'second']);
  });

  it('fails where nobody listens, and says what to do', async () => {
    const { port } = server;
    await server.close();
    const error = await make(port)
      .start(never)
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(MikroBotError);
    expect(error).toMatchObject({
      code: 'PREFLIGHT_FAILED',
      hint: expect.stringContaining('Socket Clients'),
    });
    server = await FrameServer.listen();
  });

  it('fails with what a listener refuses, and closes', async () => {
    session.onUp(() => {
      throw new MikroBotError('BAD_CONFIG', 'which account?');
    });
    await expect(session.start(never)).rejects.toMatchObject({ code: 'BAD_CONFIG' });
    await until(
      'the socket closes',
      () => server.client.socket.readableEnded || server.client.socket.destroyed,
    );
    expect(session.line).toBeUndefined();
  });

  it('waits for a client id that is still held, with the same id, and says so', async () => {
    server.greeting = {
      start: [[4, 2, -1, 326, 'Unable to connect as the client id is already in use', '']],
    };
    const started = session.start(never);
    await server.clientAt(1);
    server.greeting = {};
    await started;
    expect(server.clients.map(({ received }) => received[0]?.[2])).toEqual(
      ['7', '7', '7'].slice(0, server.clients.length),
    );
    expect(states[0]).toMatchObject({
      state: 'down',
      detail: expect.stringContaining('client id is already in use'),
    });
    expect(spoken().at(-1)).toBe('up');
  });

  it('ends with its abort, also while it waits for the client id', async () => {
    server.greeting = { start: [[4, 2, -1, 326, 'in use', '']] };
    const abort = new AbortController();
    const started = session.start(abort.signal);
    await server.clientAt(1);
    const reason = new Error('enough');
    abort.abort(reason);
    await expect(started).rejects.toMatchObject({ code: 'PREFLIGHT_FAILED', cause: reason });
  });

  it('waits while TWS does not reach Interactive Brokers', async () => {
    server.greeting = {
      start: [
        [15, 1, 'DU1'],
        [9, 1, 100],
        [4, 2, -1, 2110, 'Connectivity between TWS and server is broken.', ''],
      ],
    };
    const started = session.start(never);
    await until('the line', () => session.line !== undefined);
    expect(ups).toEqual([]);
    say(1102, 'Connectivity restored');
    await started;
    expect(ups).toEqual([{ first: true, dataLost: false, resubscribe: true }]);
  });
});

describe('a session whose line ends', () => {
  it('connects again with the same id, recovers, and says that events may be missing', async () => {
    await session.start(never);
    const line = session.line as Line;
    server.client.socket.destroy();
    await until('down', () => downs.length === 1);
    expect(session.line).toBeUndefined();
    await until('up again', isUp);
    expect(session.line).not.toBe(line);
    expect(server.client.received[0]).toEqual(['71', '2', '7', '']);
    expect(ups[1]).toEqual({ first: false, dataLost: true, resubscribe: true });
    expect(spoken()).toEqual(['up', 'down', 'up dataLost']);
  });

  it('waits for a Gateway that restarts, with growing pauses', async () => {
    await session.start(never);
    const { port } = server;
    await server.close();
    await until('down', () => downs.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(session.line).toBeUndefined();
    server = await FrameServer.listen(
      {
        start: [
          [15, 1, 'DU1'],
          [9, 1, 1],
        ],
      },
      port,
    );
    await until('up again', isUp);
    expect(session.line?.nextOrderId).toBe(1);
    expect(spoken()).toEqual(['up', 'down', 'up dataLost']);
  });

  it('goes on when its own socket still holds the client id', async () => {
    await session.start(never);
    server.greeting = { start: [[4, 2, -1, 326, 'in use', '']] };
    server.client.socket.destroy();
    await server.clientAt(1);
    server.greeting = {};
    await until('up again', isUp);
    expect(new Set(server.clients.map(({ received }) => received[0]?.[2]))).toEqual(new Set(['7']));
  });

  it('ends a line whose recovery fails, and begins anew', async () => {
    let fails = 1;
    await session.start(never);
    session.onUp((_, { first }) => {
      if (!first && fails-- > 0) throw new Error('executions did not come');
    });
    server.client.socket.destroy();
    await until('up again', () => ups.length === 3 && isUp());
    expect(downs[1]).toContain('executions did not come');
  });

  it('follows TWS to a new port', async () => {
    await session.start(never);
    const next = await FrameServer.listen();
    say(
      1300,
      `TWS socket port has been reset and this connection is being dropped. Please reconnect on the new port - ${next.port}`,
    );
    await until('the notice', () => true);
    server.client.socket.end();
    await until('up at the new port', () => next.clients.length === 1 && isUp());
    session.close();
    await next.close();
  });

  it('leaves no listeners, sockets or timers behind after many lines', async () => {
    await make(server.port, 1_000, 60_000).start(never);
    session.streams.keep((line) => {
      const listen = (): void => undefined;
      line.events.on(EventName.tickPrice, listen);
      return () => line.events.off(EventName.tickPrice, listen);
    });
    const lines: Line[] = [session.line as Line];
    for (let i = 0; i < 12; i++) {
      server.client.socket.destroy();
      await until('down', () => downs.length === i + 1);
      await until('up again', isUp);
      lines.push(session.line as Line);
    }
    const counts = lines.map(
      (line) => (line.events as unknown as { eventNames(): unknown[] }).eventNames().length,
    );
    expect(counts.slice(0, -1)).toEqual(Array(12).fill(0));
    expect(server.clients.filter(({ socket }) => !socket.destroyed)).toHaveLength(1);
  });
});

describe('a line on which nothing is heard', () => {
  it('is ended, although its socket stands', async () => {
    await make(server.port, 50, 5_000).start(never);
    await until('a heartbeat', () => beats > 0);
    server.greeting = { pulse: false };
    const { socket } = server.client;
    await until('down', () => downs.length === 1);
    expect(downs[0]).toMatch(/did not answer/);
    expect(socket.errored).toBeNull();
    server.greeting = {};
    await until('up again', isUp);
  });

  it('lives while other messages come, unless TWS answers nothing for long', async () => {
    await make(server.port, 50, 2_000).start(never);
    server.greeting = { pulse: false };
    const { client } = server;
    const begin = performance.now();
    const timer = setInterval(() => client.send(2, 6, 9, 0, 5), 10);
    await until('down', () => downs.length === 1);
    clearInterval(timer);
    // Four silences of 4 s at 50 times the speed.
    expect(performance.now() - begin).toBeGreaterThan(4 * (4_000 / 50) - 20);
  });
});

describe('a TWS that does not reach Interactive Brokers', () => {
  it('takes no orders, though the line stands', async () => {
    await make(server.port, 50, 2_000).start(never);
    say(1100, 'Connectivity between IBKR and Trader Workstation has been lost.');
    await until('degraded', () => states.at(-1)?.state === 'degraded');
    expect(session.reachesVenue).toBe(false);
    expect(session.line?.isOpen).toBe(true);
    const before = beats;
    await until(
      'two questions for the time',
      () => server.client.received.filter(([kind]) => kind === '49').length >= 3,
    );
    expect(beats).toBe(before);
  });

  it.each([
    [1101, true],
    [1102, false],
  ])('recovers after %i; subscriptions begin anew: %s', async (code, again) => {
    await session.start(never);
    let begun = 0;
    session.streams.keep(() => {
      begun += 1;
      return () => undefined;
    });
    say(1100, 'lost');
    say(code, 'restored');
    await until('up again', () => ups.length === 2 && isUp());
    expect(ups[1]).toEqual({ first: false, dataLost: true, resubscribe: again });
    expect(begun).toBe(again ? 2 : 1);
    expect(spoken()).toEqual(['up', 'degraded', 'up dataLost']);
  });

  it('is not up when it is lost again during the recovery', async () => {
    await session.start(never);
    let finish = (): void => undefined;
    session.onUp(
      () =>
        new Promise((resolve) => {
          finish = resolve;
        }),
    );
    say(1100, 'lost');
    say(1102, 'restored');
    await until('the recovery', () => ups.length === 2);
    say(1100, 'lost again');
    await until('the notice', () => states.at(-1)?.detail === 'lost again');
    finish();
    await new Promise(setImmediate);
    expect(session.reachesVenue).toBe(false);
    say(1102, 'restored');
    await until('another recovery', () => ups.length === 3);
    finish();
    await until('up again', isUp);
    expect(spoken()).toEqual(['up', 'degraded', 'degraded', 'up dataLost']);
  });
});

describe('conditions', () => {
  it('make up a degraded, while what was lost is still told', async () => {
    await session.start(never);
    session.condition('delayed', 'prices are 15 minutes old');
    expect(states.at(-1)).toEqual({
      state: 'degraded',
      dataLost: false,
      detail: 'prices are 15 minutes old',
    });
    server.client.socket.destroy();
    await until('up again', () => downs.length === 1 && isUp());
    expect(spoken()).toEqual(['up', 'degraded', 'down', 'up dataLost', 'degraded']);
    session.condition('delayed', undefined);
    expect(spoken().at(-1)).toBe('up');
  });
});

describe('closing', () => {
  it('ends everything, and nothing is told but down', async () => {
    await session.start(never);
    session.close();
    expect(spoken()).toEqual(['up', 'down']);
    await until(
      'the socket closes',
      () => server.client.socket.destroyed || server.client.socket.readableEnded,
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(server.clients).toHaveLength(1);
    expect(states).toHaveLength(2);
  });
});
