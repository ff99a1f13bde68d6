import { seededRandom, VirtualClock } from '@mikrobot/core';
import { afterEach, describe, expect, it } from 'vitest';
import { LineServer, until } from '../testing/line-server.js';
import { Line, type LineParts } from './line.js';

const NOW = 1_700_000_000_000;
const HOUR = 3_600_000;

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

const serve = async (options: { readonly autoPong?: boolean } = {}) => {
  const server = await LineServer.open(undefined, options);
  open.push(() => server.close());
  return server;
};

const lineTo = (server: LineServer, parts: Partial<LineParts> = {}) => {
  const clock = new VirtualClock(NOW);
  /** Attempts to connect that began, and sockets that were prepared. */
  const made = { attempts: 0, prepared: 0 };
  const { url = server.url, prepare } = parts;
  const line = new Line({
    clock,
    random: seededRandom(1),
    name: 'line',
    ...parts,
    url: () => {
      made.attempts++;
      return typeof url === 'string' ? url : url();
    },
    prepare: async (wire) => {
      await prepare?.(wire);
      made.prepared++;
    },
  });
  const told: string[] = [];
  line
    .on('open', (reconnected) => told.push(reconnected ? 'reopen' : 'open'))
    .on('down', () => told.push('down'))
    .on('message', (text) => told.push(text))
    .on('trouble', () => told.push('trouble'));
  open.push(() => line.close());
  const pass = (ms: number): void => clock.advance(clock.now() + ms);
  return {
    line,
    clock,
    told,
    made,
    pass,
    /** Lets the pause before the next attempt pass, and no more: then it is the sockets' turn. */
    passPause: (): void => {
      for (const before = made.attempts; made.attempts === before; ) pass(10);
    },
    /** Lets the overlap pass once the second socket is prepared. @param ms - so much of it */
    passOverlap: async (ms = 1_000): Promise<void> => {
      await until(() => made.prepared === made.attempts);
      await new Promise((turn) => setImmediate(turn));
      pass(ms);
    },
  };
};

/** Five quiet seconds and the pong that ends them. */
const alive = async (line: Line, clock: VirtualClock): Promise<void> => {
  let heard = false;
  line.once('alive', () => {
    heard = true;
  });
  clock.advance(clock.now() + 5_000);
  await until(() => heard);
};

describe('a line', () => {
  it('opens, carries messages both ways, and closes', async () => {
    const server = await serve();
    const { line, told } = lineTo(server);
    await line.connect();
    line.send('hello');
    await until(() => server.heard.length === 1);
    server.last.send('welcome');
    await until(() => told.length === 2);
    expect(told).toEqual(['open', 'welcome']);
    line.close();
    await until(() => server.open === 0);
    expect(() => line.send('more')).toThrow('down');
  });

  it('connects again after the venue closed it, with one socket, and says that events may be missing', async () => {
    const server = await serve();
    const { line, told, passPause } = lineTo(server);
    await line.connect();
    for (let n = 1; n <= 5; n++) {
      server.last.close();
      await until(() => !line.up);
      passPause();
      await until(() => line.up);
    }
    expect(told).toEqual(['open', ...Array(5).fill(['down', 'reopen']).flat()]);
    expect(server.sockets).toHaveLength(6);
    await until(() => server.open === 1);
    expect(server.most).toBe(1);
  });

  it('finds a half-open socket by pings that nobody answers, and leaves it', async () => {
    const server = await serve({ autoPong: false });
    const { line, told, pass, passPause } = lineTo(server, { silence: 15_000 });
    const pings: Buffer[] = [];
    await line.connect();
    server.last.on('ping', (data) => pings.push(data));
    pass(5_000);
    await until(() => pings.length === 1);
    pass(9_999);
    expect(told).toEqual(['open']);
    pass(1);
    expect(told).toEqual(['open', 'down']);
    passPause();
    await until(() => line.up);
    expect(server.sockets).toHaveLength(2);
    await until(() => server.open === 1);
  });

  it('takes a pong for a sign of life: a quiet market is no dead line', async () => {
    const server = await serve();
    const { line, told, clock } = lineTo(server, { silence: 15_000 });
    await line.connect();
    for (let n = 0; n < 20; n++) await alive(line, clock);
    expect(told).toEqual(['open']);
    expect(server.sockets).toHaveLength(1);
  });

  it('rejects and closes when the first attempt fails, and stays closed', async () => {
    const server = await serve();
    server.close();
    const { line, pass, made } = lineTo(server);
    await expect(line.connect()).rejects.toMatchObject({ name: 'BinanceLineError' });
    pass(600_000);
    expect(made.attempts).toBe(1);
  });

  it('waits longer after each failure, up to half a minute, and is patient again once a connection held', async () => {
    const server = await serve();
    const { line, clock, passPause } = lineTo(server);
    await line.connect();
    const pauses: number[] = [];
    const fall = async (): Promise<number> => {
      server.last.close();
      await until(() => !line.up);
      const since = clock.now();
      passPause();
      await until(() => line.up);
      return clock.now() - since;
    };
    for (let n = 0; n < 10; n++) pauses.push(await fall());
    // Full jitter above a fifth, from 250 ms, doubled each time, at most 30 s; time passes in steps of 10 ms.
    pauses.forEach((pause, n) => {
      const most = Math.min(30_000, 250 * 2 ** n);
      expect(pause).toBeGreaterThanOrEqual(0.2 * most);
      expect(pause).toBeLessThanOrEqual(most + 10);
    });
    for (let n = 0; n < 12; n++) await alive(line, clock);
    expect(await fall()).toBeLessThanOrEqual(260);
  });

  it('is given up by an abort, without a socket left', async () => {
    const server = await serve();
    const { line } = lineTo(server, { prepare: () => new Promise(() => undefined) });
    const abort = new AbortController();
    const work = line.connect(abort.signal);
    await until(() => server.open === 1);
    abort.abort(new Error('enough'));
    await expect(work).rejects.toThrow('enough');
    await until(() => server.open === 0);
  });

  it('counts as open only when it is prepared, and a preparation that hangs is a failed attempt', async () => {
    const server = await serve();
    let hang = true;
    let begun = 0;
    const { line, told, pass, passPause } = lineTo(server, {
      prepare: () => {
        begun++;
        return hang ? new Promise(() => undefined) : Promise.resolve();
      },
    });
    line.start();
    await until(() => begun === 1);
    expect(line.up).toBe(false);
    hang = false;
    pass(10_000);
    passPause();
    await until(() => line.up);
    expect(told).toEqual(['trouble', 'open']);
    await until(() => server.open === 1);
  });

  it('asks for its URL at each attempt', async () => {
    const server = await serve();
    let asked = 0;
    const { line, passPause, told } = lineTo(server, {
      url: async () => {
        if (++asked === 2) throw new Error('no key now');
        return `${server.url}/ws/key${asked}`;
      },
    });
    await line.connect();
    line.reconnect('The key expired.');
    expect(told).toEqual(['open', 'down']);
    passPause();
    await until(() => told.includes('trouble'));
    passPause();
    await until(() => line.up);
    expect(told).toEqual(['open', 'down', 'trouble', 'reopen']);
    expect(asked).toBe(3);
    expect(server.sockets).toHaveLength(2);
  });
});

describe('a socket that grows old', () => {
  it('is replaced before the venue closes it, and no event is missed or told twice', async () => {
    const server = await serve();
    const { line, told, pass, passOverlap } = lineTo(server, { silence: 48 * HOUR });
    await line.connect();
    const [old] = server.sockets;
    pass(22 * HOUR);
    expect(server.sockets).toHaveLength(1);
    pass(1.5 * HOUR);
    await until(() => server.open === 2);
    const young = server.last;
    // Both carry the same events; the young one runs ahead, then behind.
    old?.send('1');
    young.send('2');
    young.send('3');
    await until(() => told.length === 2);
    old?.send('2');
    await until(() => told.length === 3);
    expect(told).toEqual(['open', '1', '2']);
    await passOverlap(999);
    old?.send('3');
    old?.send('4');
    await until(() => told.length === 5);
    pass(1);
    await until(() => server.open === 1);
    young.send('4');
    young.send('5');
    await until(() => told.includes('5'));
    expect(told).toEqual(['open', '1', '2', '3', '4', '5']);
    expect(server.most).toBe(2);
    expect(line.up).toBe(true);
  });

  it('is kept when its successor cannot be opened, and nothing of it is lost then', async () => {
    const server = await serve();
    let refuse: (() => void) | undefined;
    let attempts = 0;
    const { line, told, made, pass, passPause } = lineTo(server, {
      prepare: () =>
        ++attempts === 2
          ? new Promise((_resolve, reject) => {
              refuse = () => reject(new Error('refused'));
            })
          : Promise.resolve(),
    });
    await line.connect();
    const [old] = server.sockets;
    line.replace();
    await until(() => refuse !== undefined);
    old?.send('a');
    await until(() => told.includes('a'));
    refuse?.();
    await until(() => told.includes('trouble'));
    old?.send('a');
    await until(() => told.filter((text) => text === 'a').length === 2);
    passPause();
    await until(() => made.prepared === 2);
    await new Promise((turn) => setImmediate(turn));
    pass(1_000);
    await until(() => server.open === 1);
    expect(told).toEqual(['open', 'a', 'trouble', 'a']);
    server.last.send('b');
    await until(() => told.includes('b'));
  });

  it('hands over at once when it dies while its successor waits, and says that events may be missing', async () => {
    const server = await serve();
    const { line, told, made } = lineTo(server);
    await line.connect();
    const [old] = server.sockets;
    line.replace();
    await until(() => made.prepared === 2);
    server.last.send('held');
    old?.send('seen');
    await until(() => told.includes('seen'));
    server.last.send('seen');
    old?.terminate();
    await until(() => told.includes('held'));
    expect(told).toEqual(['open', 'seen', 'down', 'reopen', 'held']);
    expect(server.sockets).toHaveLength(2);
  });

  it('is left for another when the venue says that it shuts down, before it does', async () => {
    const server = await serve();
    const { line, told, made, pass, passOverlap } = lineTo(server);
    await line.connect();
    const shutdown = '{"stream":"!serverShutdown","data":{"e":"serverShutdown","E":1770123456789}}';
    pass(5_000);
    server.last.send(shutdown);
    await until(() => server.open === 2);
    await passOverlap();
    await until(() => server.open === 1);
    expect(told).toEqual(['open', shutdown]);
    expect(server.last.readyState).toBe(1);
    // Its successor hears the same at once: one after the other would be a storm.
    server.last.send(shutdown);
    server.last.send('calm');
    await until(() => told.includes('calm'));
    expect(made.attempts).toBe(2);
    expect(line.up).toBe(true);
  });
});
