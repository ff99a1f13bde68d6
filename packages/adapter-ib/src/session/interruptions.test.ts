import { EventName } from '@stoqey/ib';
import { describe, expect, it } from 'vitest';
import type { Line } from '../line/line.js';
import { FrameServer } from '../testing/frame-server.js';
import { never, sessionBench } from '../testing/session-bench.js';
import { until } from '../testing/until.js';

const bench = sessionBench();

describe('a session whose line ends', () => {
  it('connects again with the same id, recovers, and says that events may be missing', async () => {
    await bench.session.start(never);
    const line = bench.session.line as Line;
    bench.server.client.socket.destroy();
    await until('down', () => bench.downs.length === 1);
    expect(bench.session.line).toBeUndefined();
    await until('up again', bench.isUp);
    expect(bench.session.line).not.toBe(line);
    expect(bench.server.client.received[0]).toEqual(['71', '2', '7', '']);
    expect(bench.ups[1]).toEqual({ first: false, dataLost: true, resubscribe: true });
    expect(bench.spoken()).toEqual(['up', 'down', 'up dataLost']);
  });

  it('waits for a Gateway that restarts, with growing pauses', async () => {
    await bench.session.start(never);
    const { port } = bench.server;
    await bench.server.close();
    await until('down', () => bench.downs.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(bench.session.line).toBeUndefined();
    bench.server = await FrameServer.listen(
      {
        start: [
          [15, 1, 'DU1'],
          [9, 1, 1],
        ],
      },
      port,
    );
    await until('up again', bench.isUp);
    expect(bench.session.line?.nextOrderId).toBe(1);
    expect(bench.spoken()).toEqual(['up', 'down', 'up dataLost']);
  });

  it('goes on when its own socket still holds the client id', async () => {
    await bench.session.start(never);
    bench.server.greeting = { start: [[4, 2, -1, 326, 'in use', '']] };
    bench.server.client.socket.destroy();
    await bench.server.clientAt(1);
    bench.server.greeting = {};
    await until('up again', bench.isUp);
    expect(new Set(bench.server.clients.map(({ received }) => received[0]?.[2]))).toEqual(new Set(['7']));
  });

  it('ends a line whose recovery fails, and begins anew', async () => {
    let fails = 1;
    await bench.session.start(never);
    bench.session.onUp((_, { first }) => {
      if (!first && fails-- > 0) throw new Error('executions did not come');
    });
    bench.server.client.socket.destroy();
    await until('up again', () => bench.ups.length === 3 && bench.isUp());
    expect(bench.downs[1]).toContain('executions did not come');
  });

  it('follows TWS to a new port', async () => {
    await bench.session.start(never);
    const next = await FrameServer.listen();
    bench.say(
      1300,
      `TWS socket port has been reset and this connection is being dropped. Please reconnect on the new port - ${next.port}`,
    );
    await until('the notice', () => true);
    bench.server.client.socket.end();
    await until('up at the new port', () => next.clients.length === 1 && bench.isUp());
    bench.session.close();
    await next.close();
  });

  it('leaves no listeners, sockets or timers behind after many lines', async () => {
    await bench.make(bench.server.port, 1_000, 60_000).start(never);
    bench.session.streams.keep((line) => {
      const listen = (): void => undefined;
      line.events.on(EventName.tickPrice, listen);
      return () => line.events.off(EventName.tickPrice, listen);
    });
    const lines: Line[] = [bench.session.line as Line];
    for (let i = 0; i < 12; i++) {
      bench.server.client.socket.destroy();
      await until('down', () => bench.downs.length === i + 1);
      await until('up again', bench.isUp);
      lines.push(bench.session.line as Line);
    }
    const counts = lines.map(
      (line) => (line.events as unknown as { eventNames(): unknown[] }).eventNames().length,
    );
    expect(counts.slice(0, -1)).toEqual(Array(12).fill(0));
    expect(bench.server.clients.filter(({ socket }) => !socket.destroyed)).toHaveLength(1);
  });
});

describe('a subscription', () => {
  it('ends with its line, before anybody else is told', async () => {
    await bench.session.start(never);
    const log: string[] = [];
    bench.session.streams.keep(() => () => log.push('stream ended'));
    bench.session.onDown(() => log.push('down'));
    bench.server.client.socket.destroy();
    await until('down', () => log.includes('down'));
    expect(log).toEqual(['stream ended', 'down']);
  });
});

describe('a line on which nothing is heard', () => {
  it('is ended, although its socket stands', async () => {
    await bench.make(bench.server.port, 50, 5_000).start(never);
    await until('a heartbeat', () => bench.beats > 0);
    bench.server.greeting = { pulse: false };
    const { socket } = bench.server.client;
    await until('down', () => bench.downs.length === 1);
    expect(bench.downs[0]).toMatch(/did not answer/);
    expect(socket.errored).toBeNull();
    bench.server.greeting = {};
    await until('up again', bench.isUp);
  });

  it('lives while other messages come, unless TWS answers nothing for long', async () => {
    await bench.make(bench.server.port, 50, 2_000).start(never);
    bench.server.greeting = { pulse: false };
    const { client } = bench.server;
    const begin = performance.now();
    const timer = setInterval(() => client.send(2, 6, 9, 0, 5), 10);
    await until('down', () => bench.downs.length === 1);
    clearInterval(timer);
    // Four silences of 4 s at 50 times the speed.
    expect(performance.now() - begin).toBeGreaterThan(4 * (4_000 / 50) - 20);
  });
});

describe('a TWS that does not reach Interactive Brokers', () => {
  it('takes no orders, though the line stands', async () => {
    await bench.make(bench.server.port, 50, 2_000).start(never);
    bench.say(1100, 'Connectivity between IBKR and Trader Workstation has been lost.');
    await until('degraded', () => bench.states.at(-1)?.state === 'degraded');
    expect(bench.session.reachesVenue).toBe(false);
    expect(bench.session.line?.isOpen).toBe(true);
    const before = bench.beats;
    await until(
      'two questions for the time',
      () => bench.server.client.received.filter(([kind]) => kind === '49').length >= 3,
    );
    expect(bench.beats).toBe(before);
  });

  it.each([
    [1101, true],
    [1102, false],
  ])('recovers after %i; subscriptions begin anew: %s', async (code, again) => {
    await bench.session.start(never);
    let begun = 0;
    bench.session.streams.keep(() => {
      begun += 1;
      return () => undefined;
    });
    bench.say(1100, 'lost');
    bench.say(code, 'restored');
    await until('up again', () => bench.ups.length === 2 && bench.isUp());
    expect(bench.ups[1]).toEqual({ first: false, dataLost: true, resubscribe: again });
    expect(begun).toBe(again ? 2 : 1);
    expect(bench.spoken()).toEqual(['up', 'degraded', 'up dataLost']);
  });

  it('is not up when it is lost again during the recovery', async () => {
    await bench.session.start(never);
    let finish = (): void => undefined;
    bench.session.onUp(
      () =>
        new Promise((resolve) => {
          finish = resolve;
        }),
    );
    bench.say(1100, 'lost');
    const later: boolean[] = [];
    bench.session.onUp((_, { dataLost }) => void later.push(dataLost));
    bench.say(1102, 'restored');
    await until('the recovery', () => bench.ups.length === 2);
    bench.say(1100, 'lost again');
    await until('the notice', () => bench.states.at(-1)?.detail === 'lost again');
    finish();
    await new Promise(setImmediate);
    expect(later).toEqual([]);
    expect(bench.session.reachesVenue).toBe(false);
    bench.say(1102, 'restored');
    await until('another recovery', () => bench.ups.length === 3);
    finish();
    await until('up again', bench.isUp);
    expect(bench.spoken()).toEqual(['up', 'degraded', 'degraded', 'up dataLost']);
  });
});

describe('conditions', () => {
  it('make up a degraded, while what was lost is still told', async () => {
    await bench.session.start(never);
    bench.session.condition('delayed', 'prices are 15 minutes old');
    expect(bench.states.at(-1)).toEqual({
      state: 'degraded',
      dataLost: false,
      detail: 'prices are 15 minutes old',
    });
    bench.server.client.socket.destroy();
    await until('up again', () => bench.downs.length === 1 && bench.isUp());
    expect(bench.spoken()).toEqual(['up', 'degraded', 'down', 'up dataLost', 'degraded']);
    bench.session.condition('delayed', undefined);
    expect(bench.spoken().at(-1)).toBe('up');
  });
});
