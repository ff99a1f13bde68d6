import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, docTime, openBench } from '../testing/bench.js';
import { WsClient } from '../testing/ws-client.js';

type Level = [string, string];
interface Depth {
  readonly U: number;
  readonly u: number;
  readonly pu?: number;
  readonly b: Level[];
  readonly a: Level[];
}
interface Snapshot {
  readonly lastUpdateId: number;
  readonly bids: Level[];
  readonly asks: Level[];
}

/** Sorted as the venue lists them. */
const sorted = (levels: ReadonlyMap<string, string>, sign: 1 | -1): Level[] =>
  [...levels].sort(([a], [b]) => sign * (Number(a) - Number(b)));

describe('The public market', () => {
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
  const get = async (path: string): Promise<unknown> => (await bench.plain('GET', path)).json();
  const code = async (path: string): Promise<unknown> => ((await get(path)) as { code: number }).code;

  /** A market that moves up, down and by jumps: by hand, so that nothing is random. */
  const moves = [100, 100.01, 100.03, 99.98, 99.98, 100.5, 100.49, 98, 98.01, 101];

  /** The book of a client that does what "How to manage a local order book correctly" says, from `events` and a snapshot. */
  const localBook = (snapshot: Snapshot, events: readonly Depth[], futures: boolean) => {
    const bids = new Map(snapshot.bids);
    const asks = new Map(snapshot.asks);
    let id = snapshot.lastUpdateId;
    const gaps: Depth[] = [];
    let previous: number | undefined;
    for (const event of events) {
      if (futures ? event.u < snapshot.lastUpdateId : event.u <= id) continue;
      if (futures && previous !== undefined && event.pu !== previous) gaps.push(event);
      if (!futures && event.U > id + 1) gaps.push(event);
      for (const [side, levels] of [
        [bids, event.b],
        [asks, event.a],
      ] as const)
        for (const [price, quantity] of levels)
          if (Number(quantity) === 0) side.delete(price);
          else side.set(price, quantity);
      id = event.u;
      previous = event.u;
    }
    return { gaps, id, bids: sorted(bids, -1), asks: sorted(asks, 1) };
  };

  it.each([
    ['spot', '/ws/btcusdt@depth@100ms', '/api/v3/depth?symbol=BTCUSDT&limit=100'],
    ['futures', '/public/ws/btcusdt@depth@100ms', '/fapi/v1/depth?symbol=BTCUSDT&limit=100'],
  ] as const)(
    'of %s tells depth that a local book follows without a gap',
    async (venue, path, snapshotPath) => {
      const client = await open(path);
      const move = (price: number) => bench.simulator.controls[venue].quote('BTCUSDT', price, price + 0.02);
      let at = docTime;
      const pass = () => {
        at += 100;
        bench.clock.advance(at);
      };
      move(moves[0] as number);
      pass();
      let snapshot: Snapshot | undefined;
      for (const [i, price] of moves.entries()) {
        move(price);
        if (i % 3 === 0) pass();
        if (i === 4) snapshot = (await get(snapshotPath)) as Snapshot;
      }
      pass();
      const last = (await get(snapshotPath)) as Snapshot;
      await client.next((event) => event.u === last.lastUpdateId);
      const events = client.messages.map((text) => JSON.parse(text) as Depth);
      const book = localBook(snapshot as Snapshot, events, venue === 'futures');
      expect(book.gaps).toEqual([]);
      expect(book).toMatchObject({ id: last.lastUpdateId, bids: last.bids, asks: last.asks });
      expect(last.bids[0]?.[0]).toBe(venue === 'spot' ? '101.00000000' : '101.00');
      for (const [i, event] of events.entries()) {
        expect(event.U).toBeLessThanOrEqual(event.u);
        if (i > 0) expect(event.U).toBe((events[i - 1] as Depth).u + 1);
      }
    },
  );

  it('tells the best levels at their pace', async () => {
    const client = await open('/stream?streams=btcusdt@depth5@100ms');
    bench.simulator.controls.spot.quote('BTCUSDT', 100, 100.02);
    bench.clock.advance(docTime + 100);
    const { data } = (await client.next(() => true)) as unknown as { data: Snapshot };
    const whole = (await get('/api/v3/depth?symbol=BTCUSDT&limit=5')) as Snapshot;
    expect(data).toEqual(whole);
    expect(data.bids.map(([price]) => price)).toEqual([
      '100.00000000',
      '99.99000000',
      '99.98000000',
      '99.97000000',
      '99.96000000',
    ]);
  });

  it('answers trades, aggregate trades and prices with the fields of rest-api.md', async () => {
    const spot = bench.simulator.controls.spot;
    spot.trade('BTCUSDT', 4.000001, 12, true, docTime - 2);
    spot.trade('BTCUSDT', 4.000002, 1, false, docTime - 1);
    const [first, second] = (await get('/api/v3/trades?symbol=BTCUSDT')) as { id: number }[];
    expect(first).toEqual({
      id: expect.any(Number),
      price: '4.00000100',
      qty: '12.00000000',
      quoteQty: '48.00001200',
      time: docTime - 2,
      isBuyerMaker: true,
      isBestMatch: true,
    });
    expect(second?.id).toBe((first as { id: number }).id + 1);
    expect(await get('/api/v3/aggTrades?symbol=BTCUSDT&limit=1')).toEqual([
      {
        a: second?.id,
        p: '4.00000200',
        q: '1.00000000',
        f: second?.id,
        l: second?.id,
        T: docTime - 1,
        m: false,
        M: true,
      },
    ]);
    expect(await get('/api/v3/ticker/price?symbol=BTCUSDT')).toEqual({
      symbol: 'BTCUSDT',
      price: '4.00000200',
    });
    expect(await get('/api/v3/ticker/price?symbols=["BTCUSDT"]')).toEqual([
      { symbol: 'BTCUSDT', price: '4.00000200' },
    ]);
    expect(await get('/api/v3/ticker/bookTicker')).toMatchObject([
      { symbol: 'BTCUSDT' },
      { symbol: 'ETHUSDT' },
    ]);
    // Hand-reckoned: (4.000001 * 12 + 4.000002 + 4.000006 * 3) / 16.
    spot.trade('BTCUSDT', 4.000006, 3, false, docTime - 1);
    expect(await get('/api/v3/avgPrice?symbol=BTCUSDT')).toEqual({
      mins: 5,
      price: '4.00000200',
      closeTime: docTime - 1,
    });
  });

  it('refuses symbols, intervals and limits that are none', async () => {
    expect(await code('/api/v3/depth')).toBe(-1102);
    expect(await code('/api/v3/depth?symbol=NOTHING')).toBe(-1121);
    expect(await code('/api/v3/depth?symbol=BTCUSDT&limit=x')).toBe(-1102);
    expect(await code('/api/v3/klines?symbol=BTCUSDT&interval=7m')).toBe(-1120);
    expect(await code('/fapi/v1/klines?symbol=BTCUSDT&interval=1s')).toBe(-1120);
    expect(await code('/fapi/v1/depth?symbol=BTCUSDT&limit=51')).toBe(-4021);
  });

  describe('klines', () => {
    const HOUR = 3_600_000;
    const from = Date.UTC(2024, 0, 1);
    const rows = Array.from({ length: 60 }, (_, i) => [
      from + i * 60_000,
      String(100 + i),
      String(101 + i),
      String(99 + i),
      String(100.5 + i),
      '2',
    ]);

    it('from before are put together to longer ones', async () => {
      bench.simulator.controls.spot.history('BTCUSDT', '1m', rows);
      const hours = (await get('/api/v3/klines?symbol=BTCUSDT&interval=1h')) as unknown[][];
      expect(hours.map((row) => row.slice(0, 9))).toEqual([
        [
          from,
          '100.00000000',
          '160.00000000',
          '99.00000000',
          '159.50000000',
          '120.00000000',
          from + HOUR - 1,
          '0.00000000',
          0,
        ],
      ]);
    });

    it('are listed from the start that is asked for, or the last ones', async () => {
      bench.simulator.controls.spot.history('BTCUSDT', '1m', rows);
      const times = async (query: string) =>
        ((await get(`/api/v3/klines?symbol=BTCUSDT&interval=1m${query}`)) as number[][]).map(
          ([time]) => ((time as number) - from) / 60_000,
        );
      expect(await times('&limit=2')).toEqual([58, 59]);
      expect(await times(`&startTime=${from + 60_000}&limit=2`)).toEqual([1, 2]);
      expect(await times(`&endTime=${from + 120_000}&limit=2`)).toEqual([1, 2]);
      expect(await times(`&startTime=${from + 60_000}&endTime=${from + 179_999}`)).toEqual([1, 2]);
    });

    it('of a week begin on Monday, those of a month on its first day', async () => {
      // 2024-01-01 was a Monday.
      bench.simulator.controls.spot.history('BTCUSDT', '1m', [
        [Date.UTC(2024, 0, 7, 23, 59), '1', '2', '1', '2', '1'],
        [Date.UTC(2024, 0, 8), '3', '3', '3', '3', '1'],
        [Date.UTC(2024, 1, 1), '4', '4', '4', '4', '1'],
      ]);
      const times = async (interval: string) =>
        ((await get(`/api/v3/klines?symbol=BTCUSDT&interval=${interval}`)) as [number, ...unknown[]][]).map(
          ([open, , , , , , close]) => [open, close],
        );
      expect(await times('1w')).toEqual([
        [Date.UTC(2024, 0, 1), Date.UTC(2024, 0, 8) - 1],
        [Date.UTC(2024, 0, 8), Date.UTC(2024, 0, 15) - 1],
        [Date.UTC(2024, 0, 29), Date.UTC(2024, 1, 5) - 1],
      ]);
      expect(await times('1M')).toEqual([
        [Date.UTC(2024, 0, 1), Date.UTC(2024, 1, 1) - 1],
        [Date.UTC(2024, 1, 1), Date.UTC(2024, 2, 1) - 1],
      ]);
    });

    it('of a market of quotes alone are of its bids, without volume', async () => {
      const { spot } = bench.simulator.controls;
      for (const [i, bid] of [100, 102, 99, 101].entries()) spot.quote('BTCUSDT', bid, bid + 1, from + i);
      const [row] = (await get('/api/v3/klines?symbol=BTCUSDT&interval=1m')) as unknown[][];
      expect(row?.slice(1, 6)).toEqual([
        '100.00000000',
        '102.00000000',
        '99.00000000',
        '101.00000000',
        '0.00000000',
      ]);
    });
  });

  it('tells what orders of accounts trade as any other trade', async () => {
    const client = await open('/ws/ethusdt@trade');
    bench.spot.emit('print', 'ETHUSDT', docTime, 2_000, 0.5, false);
    expect(await client.next(() => true)).toMatchObject({
      e: 'trade',
      s: 'ETHUSDT',
      p: '2000.00000000',
      m: false,
    });
  });
});
