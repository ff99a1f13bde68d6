import { seededRandom, systemClock, VirtualClock } from '@mikrobot/core';
import { afterEach, describe, expect, it } from 'vitest';
import { BinanceError } from '../errors.js';
import { LineServer, until } from '../testing/line-server.js';
import type { RestClient, RestRequest } from '../transport/rest-client.js';
import { UserStream } from './user-stream.js';

const open: { server?: LineServer; stream?: UserStream } = {};

afterEach(() => {
  open.stream?.close();
  open.server?.close();
});

const start = async (put: () => unknown = () => ({}), clock = systemClock()) => {
  const server = await LineServer.open();
  open.server = server;
  let keys = 0;
  const rest = {
    request: async ({ method }: RestRequest) => {
      if (method === 'POST') return { listenKey: `key${++keys}` };
      return put();
    },
  } as unknown as RestClient;
  const stream = new UserStream({ rest, streams: server.url, clock, random: seededRandom(1) });
  open.stream = stream;
  const told: string[] = [];
  stream.on('up', (reconnected) => told.push(`up ${reconnected}`));
  stream.on('down', (reason) => told.push(`down: ${reason}`));
  stream.on('event', (payload) => told.push(`event ${String(payload.e)}`));
  stream.on('trouble', () => told.push('trouble'));
  stream.on('garbled', () => told.push('garbled'));
  await stream.connect(new AbortController().signal);
  return { server, stream, told };
};

/** As on the page "Event: User Data Stream Expired". */
const expired = (listenKey: string): string =>
  JSON.stringify({ e: 'listenKeyExpired', E: '1736996475556', listenKey });

describe('The user stream of futures', () => {
  it('gets one new key when an expiry is told twice, even by the new line', async () => {
    const { server, told } = await start();
    server.last.send(expired('key1'));
    server.last.send(expired('key1'));
    await until(() => told.includes('up true'));
    server.last.send(expired('key1'));
    server.last.send(JSON.stringify({ e: 'TRADE_LITE' }));
    await until(() => told.includes('event TRADE_LITE'));
    expect(told).toEqual(['up false', 'down: the listen key expired', 'up true', 'event TRADE_LITE']);
    expect(server.sockets).toHaveLength(2);
  });

  it('takes events bare and wrapped as a combined stream has them, and tells what it cannot read', async () => {
    const { server, told } = await start();
    server.last.send(JSON.stringify({ stream: 'key1', data: { e: 'MARGIN_CALL' } }));
    server.last.send('{"e":"ORDER_TRADE');
    server.last.send('17');
    server.last.send(JSON.stringify({ e: 'ACCOUNT_UPDATE' }));
    await until(() => told.includes('event ACCOUNT_UPDATE'));
    expect(told).toEqual([
      'up false',
      'event MARGIN_CALL',
      ...['trouble', 'garbled', 'trouble', 'garbled'],
      'event ACCOUNT_UPDATE',
    ]);
  });

  it('opens another line when the venue no longer knows its key', async () => {
    // "if response -1125 error 'This listenKey does not exist.' please use POST": "User Data Streams".
    const clock = new VirtualClock(1_000_000);
    const { told } = await start(() => {
      throw new BinanceError(-1125, 400, 'This listenKey does not exist.');
    }, clock);
    // In steps, so that the line hears its pongs in between.
    while (!told.includes('down: the listen key is dead')) {
      clock.advance(clock.now() + 10_000);
      for (let i = 0; i < 20; i++) await new Promise((turn) => setImmediate(turn));
    }
    expect(clock.now()).toBeLessThanOrEqual(1_000_000 + 31 * 60_000);
    while (!told.includes('up true')) {
      clock.advance(clock.now() + 100);
      await new Promise((turn) => setImmediate(turn));
    }
    expect(told).toEqual(['up false', 'trouble', 'down: the listen key is dead', 'up true']);
  });
});
