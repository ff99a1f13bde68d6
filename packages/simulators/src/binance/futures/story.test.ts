import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountOf } from './amounts.js';
import { algo, type Fields, type FuturesBench, futuresBench, limit, market } from './testing/bench.js';

type Sent = Readonly<Record<string, string>>;

/** One thing that a user or the market does. */
const step = fc.record({
  act: fc.constantFrom(
    'market',
    'limit',
    'ioc',
    'fok',
    'gtx',
    'stop',
    'target',
    'trail',
    'cancel',
    'amend',
    'depth',
  ),
  buy: fc.boolean(),
  lots: fc.integer({ min: 3, max: 300 }),
  ticks: fc.integer({ min: -400, max: 400 }),
  reduce: fc.boolean(),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const FINAL = ['FILLED', 'CANCELED', 'EXPIRED'];
const price = (tenths: number): string => (tenths / 10).toFixed(1);

const requestOf = (
  { act, buy, lots, ticks, reduce }: Step,
  bid: number,
  dual: boolean,
): readonly [string, Sent] => {
  const side = buy ? 'BUY' : 'SELL';
  const quantity = (lots / 1000).toFixed(3);
  const sideOf = (): Sent => ({ positionSide: buy === reduce ? 'SHORT' : 'LONG' });
  const more: Sent = { quantity, ...(dual ? sideOf() : reduce ? { reduceOnly: 'true' } : {}) };
  const at = price(bid + ticks);
  const tif = { limit: 'GTC', ioc: 'IOC', fok: 'FOK', gtx: 'GTX' } as const;
  if (act === 'market') return ['/fapi/v1/order', market(side, more)];
  if (act === 'stop') return ['/fapi/v1/algoOrder', algo(side, 'STOP_MARKET', { ...more, triggerPrice: at })];
  if (act === 'target')
    return ['/fapi/v1/algoOrder', algo(side, 'TAKE_PROFIT', { ...more, triggerPrice: at, price: at })];
  if (act === 'trail')
    return ['/fapi/v1/algoOrder', algo(side, 'TRAILING_STOP_MARKET', { ...more, callbackRate: '0.1' })];
  return ['/fapi/v1/order', limit(side, at, { ...more, timeInForce: tif[act as keyof typeof tif] })];
};

/** What the venue says no to is part of the game; anything else that is thrown is a fault. */
const tried = (bench: FuturesBench, path: string, params: Sent): void => {
  try {
    bench.get(path, params);
  } catch (error) {
    if ((error as Error).name !== 'VenueError') throw error;
  }
};

const play = (steps: readonly Step[], dual: boolean): FuturesBench => {
  const bench = futuresBench({ accounts: [{ name: 'amy', balances: { USDT: '100000' }, dual }] });
  let bid = 500_000;
  bench.quote(bid / 10);
  for (const one of steps) {
    const open = bench.list('GET /fapi/v1/openOrders');
    const [oldest] = open;
    const named = oldest === undefined ? undefined : { symbol: 'BTCUSDT', orderId: String(oldest.orderId) };
    if (one.act === 'depth') bench.exchange.depth('BTCUSDT', one.buy ? undefined : one.lots / 2000);
    else if (one.act === 'cancel') {
      if (named !== undefined) tried(bench, 'DELETE /fapi/v1/order', named);
    } else if (one.act === 'amend') {
      const to = {
        side: String(oldest?.side),
        price: price(bid + one.ticks),
        quantity: (one.lots / 1000).toFixed(3),
      };
      if (named !== undefined) tried(bench, 'PUT /fapi/v1/order', { ...named, ...to });
    } else {
      const [path, params] = requestOf(one, bid, dual);
      tried(bench, `POST ${path}`, params);
    }
    bid += one.ticks;
    bench.quote(bid / 10);
  }
  return bench;
};

const ofOrders = (told: readonly Fields[]): ReadonlyMap<unknown, readonly Fields[]> => {
  const stories = new Map<unknown, Fields[]>();
  for (const event of told) {
    if (event.e !== 'ORDER_TRADE_UPDATE') continue;
    const order = event.o as Fields;
    stories.set(order.i, [...(stories.get(order.i) ?? []), order]);
  }
  return stories;
};

describe('What the user stream of the futures exchange tells of any orders', () => {
  it.each([
    ['a one-way account', false],
    ['a hedge account', true],
  ])('of %s is a sound story, and agrees with what queries answer', (_, dual) => {
    let trades = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
        const bench = play(steps, dual);
        const told = bench.news();
        for (const [orderId, story] of ofOrders(told)) {
          // Page "Event: Order Update": an order begins as NEW, and nothing comes after its end.
          expect(story[0]).toMatchObject({ x: 'NEW', X: 'NEW', z: '0', l: '0' });
          const ends = story.map(({ X }) => FINAL.includes(String(X)));
          expect(ends.slice(0, -1)).not.toContain(true);
          let filled = 0n;
          for (const event of story) {
            filled += amountOf(String(event.l));
            expect(amountOf(String(event.z))).toBe(filled);
          }
          const found = bench.get('GET /fapi/v1/order', { symbol: 'BTCUSDT', orderId: String(orderId) });
          expect([found.status, amountOf(String(found.executedQty))]).toEqual([story.at(-1)?.X, filled]);
        }
        const rows = bench.list('GET /fapi/v1/userTrades', { symbol: 'BTCUSDT', limit: '1000' });
        trades += rows.length;
        for (const position of bench.list('GET /fapi/v2/positionRisk', { symbol: 'BTCUSDT' })) {
          const own = rows.filter(({ positionSide }) => positionSide === position.positionSide);
          const size = own.reduce(
            (sum, { qty, buyer }) => sum + (buyer === true ? 1n : -1n) * amountOf(String(qty)),
            0n,
          );
          expect(amountOf(String(position.positionAmt))).toBe(size);
          if (position.positionSide === 'LONG') expect(size >= 0n).toBe(true);
          if (position.positionSide === 'SHORT') expect(size <= 0n).toBe(true);
        }
        // The last told wallet is the one that a query answers.
        const last = told.filter(({ e }) => e === 'ACCOUNT_UPDATE').at(-1) as
          | { a: { B: Fields[] } }
          | undefined;
        const [wallet] = bench.list('GET /fapi/v3/balance');
        expect(wallet?.balance).toBe(last?.a.B[0]?.wb ?? '100000.00000000');
      }),
      { numRuns: 60 },
    );
    // The game is worth playing: without trades it would say nothing.
    expect(trades).toBeGreaterThan(100);
  });
});
