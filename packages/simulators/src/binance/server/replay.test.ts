import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, docTime, openBench } from './testing/bench.js';
import { WsClient } from './testing/ws-client.js';

const FILE = new URL(
  '../../../../../../shared/data/btcusdt_l2_raw_ws_binance_spot_2024-08-08_2354_6min.jsonl.gz',
  import.meta.url,
);
const missing = existsSync(FILE) ? undefined : 'the recorded streams beside the repository are not there';
if (missing !== undefined) process.stdout.write(`replay.test.ts skips a recording: ${missing}\n`);

/** Hand-made lines in the form of a recording; prices of no meaning. */
const ticker = (u: number, bid: string, ask: string): string =>
  `{"u":${u},"s":"BTCUSDT","b":"${bid}","B":"1.5","a":"${ask}","A":"2.5"}`;
const line = (ms: number, stream: string, data: string): string =>
  `${BigInt(ms) * 1_000_000n} {"stream":"${stream}","data":${data}}`;

describe('A recording that is told again', () => {
  let bench: Bench;
  const clients: WsClient[] = [];
  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.close();
    await bench.simulator.close();
    expect(bench.simulator.failures).toEqual([]);
  });
  const open = async (path: string): Promise<WsClient> => {
    const client = await WsClient.open(bench.simulator.spot.streams + path);
    clients.push(client);
    return client;
  };

  it('says every message as it was, raw or combined, and moves the quotes of the exchange', async () => {
    const [raw, combined] = [
      await open('/ws/btcusdt@bookTicker'),
      await open('/stream?streams=btcusdt@bookTicker'),
    ];
    const data = ticker(9, '100.10', '100.20');
    const lines = [
      line(1, 'btcusdt@bookTicker', data),
      'noise',
      '{"stream":"btcusdt@bookTicker","data":{"s":"BTCUSDT","b":"1e3","B":"1","a":"x","A":"1"}}',
      line(2, 'notlisted@bookTicker', '{"s":"NOTLISTED"}'),
    ];
    expect(await bench.simulator.controls.spot.replay(lines)).toEqual({ lines: 2, skipped: 2 });
    await Promise.all([raw.next(() => true), combined.next(() => true)]);
    expect(raw.messages).toEqual([data]);
    expect(combined.messages).toEqual([`{"stream":"btcusdt@bookTicker","data":${data}}`]);
    expect(bench.spot.quotes[0]).toEqual(['BTCUSDT', docTime, 100.1, 100.2]);
  });

  it('keeps the time between messages, on the clock of the simulator', async () => {
    const client = await open('/ws/btcusdt@bookTicker');
    const lines = [1_000, 1_500, 3_000].map((ms, i) => line(ms, 'btcusdt@bookTicker', ticker(i, '1', '2')));
    const done = bench.simulator.controls.spot.replay(lines, { speed: 2 });
    await client.next((message) => message.u === 0);
    await client.settle();
    expect(client.messages.length).toBe(1);
    bench.clock.advance(docTime + 250);
    await client.next((message) => message.u === 1);
    bench.clock.advance(docTime + 999);
    await client.settle();
    expect(client.messages.length).toBe(2);
    bench.clock.advance(docTime + 1_000);
    expect(await done).toEqual({ lines: 3, skipped: 0 });
  });

  it.skipIf(missing !== undefined)(
    'of a real book: depth and book tickers arrive whole, and REST fits',
    async () => {
      const lines = gunzipSync(readFileSync(FILE)).toString('utf8').split('\n').filter(Boolean);
      // Line 8 is the snapshot of the book; a client would have asked for it then.
      const streams = 'btcusdt@depth@100ms/btcusdt@bookTicker/btcusdt@trade';
      const client = await open(`/stream?streams=${streams}`);
      const some = lines.slice(0, 6_000);
      const { skipped } = await bench.simulator.controls.spot.replay(some);
      const told = some.filter((text) => text.includes('"stream"'));
      expect([skipped, told.length]).toEqual([0, 5_999]);
      await client.until(() => (client.messages.length === told.length ? true : undefined));
      expect(client.messages).toEqual(told.map((text) => text.slice(text.indexOf('{'))));
      // What is told again is not made up as well.
      bench.clock.advance(docTime + 1_000);
      await client.settle();
      expect(client.messages.length).toBe(told.length);
      const depth = await bench.plain('GET', '/api/v3/depth?symbol=BTCUSDT&limit=1000');
      const book = (await depth.json()) as { lastUpdateId: number; bids: [string][]; asks: [string][] };
      const last = JSON.parse(
        told.findLast((text) => text.includes('depthUpdate'))?.split(/ (.*)/s)[1] ?? '',
      );
      expect(book.lastUpdateId).toBe(last.data.u);
      // The book ticker that was told last before that update says what its best prices are.
      const best = told
        .map((text) => JSON.parse(text.slice(text.indexOf('{'))).data)
        .findLast((data) => data.e === undefined && data.u <= last.data.u);
      expect([book.bids[0]?.[0], book.asks[0]?.[0]]).toEqual([best.b, best.a]);
      // A position of the exchange is moved by the tickers alone.
      expect(bench.spot.quotes.length).toBe(told.filter((text) => text.includes('@bookTicker')).length);
    },
  );
});
