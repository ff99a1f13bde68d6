import { seededRandom, VirtualClock } from '@mikrobot/core';
import { afterEach, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { LineServer, until } from '../testing/line-server.js';
import { StreamHub, type StreamHubParts } from './stream-hub.js';

const NOW = 1_700_000_000_000;

interface Control {
  readonly method: 'SUBSCRIBE' | 'UNSUBSCRIBE';
  readonly params: readonly string[];
  readonly id: number;
}

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

/** A venue of combined streams that keeps what each connection is subscribed to, and answers as web-socket-streams.md says. */
const serve = async (
  parts: Partial<StreamHubParts> = {},
  answer: (control: Control) => 'yes' | 'no' | 'later' = () => 'yes',
) => {
  const controls: (Control & { readonly at: number; readonly socket: WebSocket })[] = [];
  const late: (() => void)[] = [];
  const subscribed = new Map<WebSocket, string[]>();
  const clock = new VirtualClock(NOW);
  const server = await LineServer.open((text, socket) => {
    const control = JSON.parse(text) as Control;
    controls.push({ ...control, at: clock.now(), socket });
    const { method, params, id } = control;
    const say = answer(control);
    if (say === 'no') {
      socket.send(JSON.stringify({ error: { code: 2, msg: 'Invalid request' }, id }));
      return;
    }
    const had = subscribed.get(socket) ?? [];
    // A list, not a set: what is subscribed twice would show.
    subscribed.set(
      socket,
      method === 'SUBSCRIBE' ? [...had, ...params] : had.filter((stream) => !params.includes(stream)),
    );
    const yes = (): void => socket.send(JSON.stringify({ result: null, id }));
    if (say === 'yes') yes();
    else late.push(yes);
  });
  const hub = new StreamHub({
    url: `${server.url}/stream`,
    clock,
    random: seededRandom(1),
    name: 'hub',
    ...parts,
  });
  const told: string[] = [];
  hub
    .on('up', (reconnected, streams) => told.push(`${reconnected ? 'up again' : 'up'} ${streams.join()}`))
    .on('down', (_reason, streams) => told.push(`down ${streams.join()}`))
    .on('silent', (stream) => told.push(`silent ${stream}`))
    .on('trouble', (error) => told.push(`trouble ${(error as Error).message}`));
  open.push(
    () => hub.close(),
    () => server.close(),
  );
  const pass = (ms: number): void => clock.advance(clock.now() + ms);
  const passUntil = (is: () => boolean): Promise<void> =>
    until(() => {
      if (!is()) pass(10);
      return is();
    });
  const streams = (): string[] =>
    [...server.sockets].flatMap((socket) => (socket.readyState === 1 ? (subscribed.get(socket) ?? []) : []));
  const say = (stream: string, data: string, socket = server.last): void =>
    socket.send(`{"stream":"${stream}","data":${data}}`);
  return { server, hub, clock, controls, late, told, pass, passUntil, streams, say };
};

describe('a stream hub', () => {
  it('opens no connection until somebody listens, and closes it when nobody does', async () => {
    const { server, hub, told } = await serve();
    expect(hub.connections).toBe(0);
    const end = hub.subscribe('btcusdt@trade', () => undefined);
    await until(() => told.length === 1);
    expect(told).toEqual(['up btcusdt@trade']);
    end();
    end();
    expect(hub.connections).toBe(0);
    await until(() => server.open === 0);
  });

  it('gives each listener the payload, parsed with ids whole, and as it came', async () => {
    const { hub, told, say } = await serve();
    const heard: unknown[] = [];
    hub.subscribe('btcusdt@trade', (data, text) => heard.push(data, text));
    hub.subscribe('btcusdt@trade', (data) => heard.push(data));
    hub.subscribe('ethusdt@trade', () => heard.push('other'));
    await until(() => told.length === 1);
    say('btcusdt@trade', '{"e":"trade","t":9007199254740993,"p":"0.00000001"}');
    await until(() => heard.length === 3);
    const data = { e: 'trade', t: '9007199254740993', p: '0.00000001' };
    expect(heard).toEqual([data, '{"e":"trade","t":9007199254740993,"p":"0.00000001"}', data]);
  });

  it('reads a message in another order and with blanks, and tells nonsense as trouble', async () => {
    const { server, hub, told, say } = await serve();
    const heard: unknown[] = [];
    hub.subscribe('a@b', (data) => heard.push(data));
    await until(() => told.length === 1);
    server.last.send('{ "data" : {"n":1}, "stream" : "a@b" }');
    for (const text of ['{', '{"stream":"a@b","data":{"n":', '{"stream":"a@b"}', '[]'])
      server.last.send(text);
    say('a@b', '{"n":2}');
    await until(() => heard.length === 2);
    expect(heard).toEqual([{ n: 1 }, { n: 2 }]);
    expect(told.filter((entry) => entry.startsWith('trouble'))).toHaveLength(4);
  });

  it('asks for many wishes in one message, and for no more than four messages a second', async () => {
    const { server, hub, controls, told, passUntil, streams } = await serve();
    const ends = Array.from({ length: 50 }, (_, n) => hub.subscribe(`s${n}@trade`, () => undefined));
    await until(() => told.length === 1);
    expect(controls).toHaveLength(1);
    for (let n = 0; n < 50; n++) {
      if (n % 2 === 0) ends[n]?.();
      hub.subscribe(`t${n}@trade`, () => undefined);
      const at = controls.length;
      await passUntil(() => controls.length > at);
    }
    await passUntil(() => streams().length === 75);
    for (let n = 4; n < controls.length; n++)
      expect((controls[n]?.at ?? 0) - (controls[n - 4]?.at ?? 0)).toBeGreaterThanOrEqual(1_000);
    expect(new Set(streams()).size).toBe(75);
    expect(server.sockets).toHaveLength(1);
  });

  it('subscribes nothing twice, however often wishes change and the line breaks', async () => {
    const { server, hub, told, pass, passUntil, streams } = await serve();
    const random = seededRandom(7);
    const wanted = new Map<string, () => void>();
    hub.subscribe('always@trade', () => undefined);
    for (let n = 0; n < 300; n++) {
      const stream = `s${Math.floor(random() * 12)}@trade`;
      const end = wanted.get(stream);
      if (end === undefined)
        wanted.set(
          stream,
          hub.subscribe(stream, () => undefined),
        );
      else {
        end();
        wanted.delete(stream);
      }
      if (random() < 0.05) server.sockets.at(-1)?.terminate();
      pass(random() * 200);
      await new Promise((turn) => setImmediate(turn));
    }
    await passUntil(() => streams().length === wanted.size + 1);
    expect(new Set(streams())).toEqual(new Set(['always@trade', ...wanted.keys()]));
    await until(() => server.open === 1);
    expect(told.some((entry) => entry.startsWith('up again'))).toBe(true);
  });

  it('subscribes everything again after a break, before it says that it is up', async () => {
    const { server, hub, told, controls, passUntil, say } = await serve();
    const heard: unknown[] = [];
    hub.subscribe('a@trade', (data) => heard.push(data));
    hub.subscribe('b@trade', (data) => heard.push(data));
    await until(() => told.length === 1);
    server.last.terminate();
    await passUntil(() => told.length === 3);
    expect(told).toEqual(['up a@trade,b@trade', 'down a@trade,b@trade', 'up again a@trade,b@trade']);
    expect(controls.map(({ method, params }) => [method, ...params])).toEqual(
      Array(2).fill(['SUBSCRIBE', 'a@trade', 'b@trade']),
    );
    say('b@trade', '1');
    await until(() => heard.length === 1);
    expect(server.most).toBe(1);
  });

  it('takes a second connection only for what the first cannot hold', async () => {
    const { server, hub, told, streams, passUntil } = await serve({ streamsPerLine: 3 });
    const ends = Array.from({ length: 7 }, (_, n) => hub.subscribe(`s${n}@trade`, () => undefined));
    await until(() => told.length === 3 && streams().length === 7);
    expect(server.sockets).toHaveLength(3);
    ends[6]?.();
    await until(() => server.open === 2);
    ends[0]?.();
    // The first connection has room now; what the second carries already is not subscribed on both.
    hub.subscribe('s5@trade', () => undefined);
    hub.subscribe('new@trade', () => undefined);
    await passUntil(() => streams().includes('new@trade') && !streams().includes('s0@trade'));
    expect(streams().sort()).toEqual([
      'new@trade',
      's1@trade',
      's2@trade',
      's3@trade',
      's4@trade',
      's5@trade',
    ]);
    expect(hub.connections).toBe(2);
  });

  it('asks nothing more before the venue has answered, and gives up a connection that never does', async () => {
    const { hub, controls, late, pass, passUntil, told, server } = await serve(
      { silence: 600_000 },
      () => 'later',
    );
    hub.subscribe('a@trade', () => undefined);
    await until(() => controls.length === 1);
    for (let n = 0; n < 5; n++) {
      hub.subscribe(`b${n}@trade`, () => undefined);
      pass(1_000);
    }
    late.shift()?.();
    await until(() => controls.length === 2);
    expect(controls.map(({ params }) => params.length)).toEqual([1, 5]);
    pass(10_000);
    await passUntil(() => server.sockets.length === 2);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('trouble');
  });

  it('replaces an old connection without a gap or a double message', async () => {
    const { server, hub, told, pass, passUntil, say, controls } = await serve({
      lifetime: 100_000,
      silence: 600_000,
    });
    const heard: unknown[] = [];
    hub.subscribe('a@trade', (data) => heard.push(data));
    await until(() => told.length === 1);
    const [old] = server.sockets as [WebSocket];
    pass(95_000);
    await passUntil(() => controls.length === 2);
    const young = server.last;
    for (const n of [1, 2, 3]) say('a@trade', String(n), young);
    for (const n of [1, 2]) say('a@trade', String(n), old);
    await until(() => heard.length === 2);
    await passUntil(() => server.open === 1);
    say('a@trade', '4', young);
    await until(() => heard.length === 4);
    expect(heard).toEqual([1, 2, 3, 4]);
    expect(told).toEqual(['up a@trade']);
    expect([server.sockets.length, server.most]).toEqual([2, 2]);
  });

  it('tells which stream is silent while its line lives, and is silent about lines that are down', async () => {
    const { server, hub, told, pass, say } = await serve({ silence: 600_000 });
    let heard = 0;
    hub.subscribe('quiet@trade', () => undefined, { maxSilence: 20_000 });
    hub.subscribe('busy@trade', () => heard++, { maxSilence: 20_000 });
    await until(() => told.length === 1);
    for (let n = 1; n <= 4; n++) {
      pass(5_000);
      say('busy@trade', String(n));
      await until(() => heard === n);
    }
    expect(told.slice(1)).toEqual(['silent quiet@trade']);
    server.close();
    await until(() => told.length === 3);
    pass(60_000);
    expect(told.filter((entry) => entry === 'silent busy@trade')).toEqual([]);
  });

  it('tells a refused subscription as trouble, asks no second time on that connection, and keeps the others', async () => {
    const { hub, told, controls, say, passUntil } = await serve({}, ({ params }) =>
      params.includes('bad') ? 'no' : 'yes',
    );
    const heard: unknown[] = [];
    hub.subscribe('good@trade', (data) => heard.push(data));
    await until(() => told.length === 1);
    hub.subscribe('bad', () => undefined);
    await passUntil(() => told.length === 2);
    hub.subscribe('more@trade', () => undefined);
    await passUntil(() => controls.length === 3);
    expect(told[1]).toBe('trouble SUBSCRIBE bad: Invalid request');
    expect(controls.map(({ params }) => params)).toEqual([['good@trade'], ['bad'], ['more@trade']]);
    say('good@trade', '1');
    await until(() => heard.length === 1);
  });
});
