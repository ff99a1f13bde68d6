import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, docTime, openBench } from './testing/bench.js';
import { WsClient } from './testing/ws-client.js';

describe('Market streams', () => {
  let bench: Bench;
  const clients: WsClient[] = [];
  const open = async (path: string): Promise<WsClient> => {
    const client = await WsClient.open(bench.simulator.spot.streams + path);
    clients.push(client);
    return client;
  };
  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.close();
    await bench.simulator.close();
    expect(bench.simulator.failures).toEqual([]);
  });
  const spot = () => bench.simulator.controls.spot;
  const futures = () => bench.simulator.controls.futures;

  it('come raw by /ws/<name>, with the fields of "Individual Symbol Book Ticker Streams"', async () => {
    const client = await open('/ws/btcusdt@bookTicker');
    spot().depth('BTCUSDT', 2);
    spot().quote('BTCUSDT', 60_000, 60_000.01);
    expect(await client.next(() => true)).toEqual({
      u: expect.any(Number),
      s: 'BTCUSDT',
      b: '60000.00000000',
      B: '2.00000000',
      a: '60000.01000000',
      A: '2.00000000',
    });
  });

  it('come wrapped by /stream?streams=, several on one line', async () => {
    const client = await open('/stream?streams=btcusdt@trade/btcusdt@aggTrade');
    spot().trade('BTCUSDT', 60_000, 0.5, true, docTime - 1);
    const trade = await client.next((message) => message.stream === 'btcusdt@trade');
    const id = (trade.data as { t: number }).t;
    expect(trade.data).toEqual({
      e: 'trade',
      E: docTime,
      s: 'BTCUSDT',
      t: id,
      p: '60000.00000000',
      q: '0.50000000',
      T: docTime - 1,
      m: true,
      M: true,
    });
    const whole = await client.next((message) => message.stream === 'btcusdt@aggTrade');
    expect(whole.data).toMatchObject({ e: 'aggTrade', p: '60000.00000000', f: id, l: id, m: true });
  });

  it('are subscribed, listed and unsubscribed on an open line', async () => {
    const client = await open('/ws');
    const params = ['btcusdt@aggTrade', 'btcusdt@depth'];
    expect(await client.ask({ method: 'SUBSCRIBE', params, id: 1 })).toEqual({ result: null, id: 1 });
    expect(await client.ask({ method: 'UNSUBSCRIBE', params: ['btcusdt@depth'], id: 312 })).toEqual({
      result: null,
      id: 312,
    });
    expect(await client.ask({ method: 'LIST_SUBSCRIPTIONS', id: 3 })).toEqual({
      result: ['btcusdt@aggTrade'],
      id: 3,
    });
  });

  it('go on for one when another leaves', async () => {
    const [stays, leaves] = [await open('/ws/btcusdt@bookTicker'), await open('/ws/btcusdt@bookTicker')];
    await leaves.ask({ method: 'UNSUBSCRIBE', params: ['btcusdt@bookTicker'], id: 1 });
    spot().quote('BTCUSDT', 60_000, 60_001);
    await stays.next(() => true);
    await leaves.settle();
    expect(leaves.messages.length).toBe(1);
  });

  it('are combined or raw as a property says', async () => {
    const client = await open('/ws/btcusdt@bookTicker');
    expect(await client.ask({ method: 'GET_PROPERTY', params: ['combined'], id: 1 })).toEqual({
      result: false,
      id: 1,
    });
    expect(await client.ask({ method: 'SET_PROPERTY', params: ['combined', true], id: 2 })).toEqual({
      result: null,
      id: 2,
    });
    spot().quote('BTCUSDT', 60_000, 60_001);
    expect(await client.next((message) => 'stream' in message)).toMatchObject({
      stream: 'btcusdt@bookTicker',
    });
  });

  /** web-socket-streams.md, "Error Messages". */
  it.each([
    [
      { method: 'GET_PROPERTY', params: ['colour'], id: 1 },
      { code: 0, msg: 'Unknown property', id: 1 },
    ],
    [
      { method: 'SET_PROPERTY', params: ['combined', 1], id: 1 },
      { code: 1, msg: 'Invalid value type: expected Boolean', id: 1 },
    ],
    [
      { method: 'SET_PROPERTY', params: [7, true], id: 1 },
      { code: 2, msg: 'Invalid request: property name must be a string', id: 1 },
    ],
    [
      { method: 'SUBSCRIBE', params: [] },
      { code: 2, msg: 'Invalid request: request ID must be an unsigned integer' },
    ],
    [
      { method: 'JOIN', params: [], id: 1 },
      { code: 2, msg: expect.stringContaining('unknown variant `JOIN`, expected one of `SUBSCRIBE`'), id: 1 },
    ],
    [
      { params: [], id: 1 },
      { code: 2, msg: 'Invalid request: missing field `method` at line 1 column 73', id: 1 },
    ],
  ])('answer %j with %j', async (request, answer) => {
    const client = await open('/ws');
    client.send(request);
    expect(await client.next(() => true)).toEqual(answer);
  });

  it('cut a client that sends more than five messages in a second', async () => {
    const client = await open('/ws');
    for (let id = 1; id <= 6; id++) client.send({ method: 'LIST_SUBSCRIPTIONS', id });
    expect(await client.closed).toBe(1008);
  });

  it('of futures reach only the path that they belong to: others stay silent', async () => {
    const path = (way: string) => `/${way}/stream?streams=btcusdt@bookTicker/btcusdt@aggTrade`;
    const [publicWay, marketWay] = [await open(path('public')), await open(path('market'))];
    futures().quote('BTCUSDT', 60_000, 60_000.1);
    futures().trade('BTCUSDT', 60_000, 1, false, docTime);
    expect(await publicWay.next(() => true)).toMatchObject({
      stream: 'btcusdt@bookTicker',
      data: { e: 'bookTicker', E: docTime, T: docTime, b: '60000.00', a: '60000.10' },
    });
    expect(await marketWay.next(() => true)).toMatchObject({
      stream: 'btcusdt@aggTrade',
      data: { e: 'aggTrade', p: '60000.00', nq: '1.00000' },
    });
    await Promise.all([publicWay.settle(), marketWay.settle()]);
    expect([publicWay.messages.length, marketWay.messages.length]).toEqual([1, 1]);
  });

  it('tell klines of trades, and the last of a kline once it is over', async () => {
    const client = await open('/ws/btcusdt@kline_1m');
    const minute = Math.floor(docTime / 60_000) * 60_000;
    spot().trade('BTCUSDT', 100, 1, false, minute);
    spot().trade('BTCUSDT', 104, 2, true, minute + 59_999);
    bench.clock.advance(docTime + 2_000);
    const open1 = await client.next(() => true);
    expect(open1).toMatchObject({ e: 'kline', s: 'BTCUSDT' });
    expect(open1.k).toMatchObject({ t: minute, T: minute + 59_999, i: '1m', x: false, n: 2 });
    spot().trade('BTCUSDT', 103, 1, false, minute + 60_000);
    bench.clock.advance(docTime + 4_000);
    const closed = await client.next((message) => (message.k as { x: boolean }).x);
    // Hand-reckoned: two trades of 1 at 100 (by a buyer) and 2 at 104 (by a seller).
    expect(closed.k).toMatchObject({
      t: minute,
      o: '100.00000000',
      h: '104.00000000',
      l: '100.00000000',
      c: '104.00000000',
      v: '3.00000000',
      q: '308.00000000',
      V: '1.00000000',
      Q: '100.00000000',
      n: 2,
    });
    expect((await client.next((message) => (message.k as { t: number }).t > minute)).k).toMatchObject({
      x: false,
    });
  });

  it('close a kline when its time is over, also when nobody trades any more', async () => {
    const client = await open('/market/ws/btcusdt@kline_1m');
    const minute = Math.floor(docTime / 60_000) * 60_000;
    futures().trade('BTCUSDT', 100, 1);
    bench.clock.advance(docTime + 250);
    expect((await client.next(() => true)).k).toMatchObject({ t: minute, x: false });
    bench.clock.advance(docTime + 1_000);
    expect((await client.next((message) => (message.k as { x: boolean }).x)).k).toMatchObject({
      t: minute,
      c: '100.00',
    });
    bench.clock.advance(docTime + 5_000);
    await client.settle();
    expect(client.messages.filter((text) => text.includes('"x":true')).length).toBe(1);
  });

  it('tell the mark price every second where it is asked for', async () => {
    const client = await open('/market/ws/btcusdt@markPrice@1s');
    futures().mark('BTCUSDT', 11_794.15);
    futures().fundingRate('BTCUSDT', 0.00038167);
    bench.clock.advance(docTime + 1_000);
    // 2017-07-12 02:41:59 UTC: funding comes at 08:00.
    expect(await client.next(() => true)).toEqual({
      e: 'markPriceUpdate',
      E: docTime + 1_000,
      s: 'BTCUSDT',
      p: '11794.15000000',
      i: '11794.15000000',
      P: '11794.15000000',
      r: '0.00038167',
      T: Date.UTC(2017, 6, 12, 8),
    });
  });

  it('ping every 20 seconds on spot, and cut who does not answer within a minute', async () => {
    const client = await open('/ws');
    bench.clock.advance(docTime + 20_000);
    await client.until(() => client.pings[0]);
    await client.settle();
    bench.clock.advance(docTime + 40_000);
    await client.until(() => client.pings[1]);
    await client.settle();
    // Now the client stands still. Another one shows that time passes for both.
    const other = await open('/ws');
    client.socket.pause();
    let cut = false;
    void client.closed.then(() => {
      cut = true;
    });
    const before = other.pings.length;
    for (let n = 1; n <= 50 && !cut; n++) {
      bench.clock.advance(docTime + 40_000 + n * 20_000);
      await other.until(() => other.pings[before + n - 1]);
      await other.settle();
      // A socket that is paused does not hear that it was cut: the server knows.
      cut ||= bench.simulator.connections === 1;
      if (n <= 3) expect(cut).toBe(false);
    }
    client.socket.resume();
    expect(await client.closed).toBe(1006);
    expect(other.socket.readyState).toBe(other.socket.OPEN);
  });

  it('survive that a virtual clock jumps over hours', async () => {
    const client = await open('/ws');
    bench.clock.advance(docTime + 7_200_000);
    await client.until(() => client.pings[0]);
    await client.settle();
    expect(await client.ask({ method: 'LIST_SUBSCRIPTIONS', id: 1 })).toEqual({ result: [], id: 1 });
  });

  it('end after 24 hours, and say so ten minutes before (CHANGELOG.md, serverShutdown)', async () => {
    const client = await open('/stream?streams=btcusdt@trade');
    // Step by step, so that pongs arrive.
    for (let t = 10_000; t < 86_400_000; t += 10_000_000) {
      bench.clock.advance(docTime + t);
      await client.settle();
    }
    bench.clock.advance(docTime + 85_799_999);
    await client.settle();
    expect(client.messages).toEqual([]);
    bench.clock.advance(docTime + 85_800_000);
    await client.next(() => true);
    bench.clock.advance(docTime + 86_400_000);
    expect(client.messages.map((text) => JSON.parse(text).stream)).toEqual(['!serverShutdown']);
    expect(await client.closed).toBe(1008);
  });
});
