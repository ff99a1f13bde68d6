import { VirtualClock } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { BinanceError } from '../errors.js';
import { Budget, countKey, type LimitNotice, type Spending } from './budget.js';

// Ten seconds into a minute of the venue's clock.
const START = 1_700_000_050_000;
const MINUTE_END = START + 50_000;

const limits = [
  { rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit: 100 },
  { rateLimitType: 'ORDERS', interval: 'SECOND', intervalNum: 10, limit: 10 },
  { rateLimitType: 'RAW_REQUESTS', interval: 'MINUTE', intervalNum: 5, limit: 1 },
];

const open = (offset = 0) => {
  const clock = new VirtualClock(START);
  const notices: LimitNotice[] = [];
  const budget = new Budget({
    clock,
    name: 'venue',
    limits,
    venueNow: () => clock.now() + offset,
    onLimit: (notice) => notices.push(notice),
  });
  return { clock, budget, notices };
};

const read = (weight: number): Spending => ({
  what: 'GET /x',
  weight,
  orders: 0,
  command: undefined,
  priority: 'normal',
});
const order = (weight: number, orders = 1): Spending => ({
  what: 'submit',
  weight,
  orders,
  command: 'submit',
  priority: 'normal',
});
const weightIs = (count: number) => new Map([[countKey('weight', 60_000), count]]);

/** Whether a promise is settled after everything that is due now has run. */
const settled = async (work: Promise<unknown>): Promise<boolean> => {
  let is = false;
  work.then(
    () => (is = true),
    () => (is = true),
  );
  await new Promise((turn) => setImmediate(turn));
  return is;
};

describe('the budget', () => {
  it('has a read wait before the limit would be passed, until the venue counts a new minute', async () => {
    const { clock, budget } = open();
    (await budget.enter(read(70))).end();
    const next = budget.enter(read(11));
    expect(await settled(next)).toBe(false);
    clock.advance(MINUTE_END - 1);
    expect(await settled(next)).toBe(false);
    clock.advance(MINUTE_END + 100);
    await next;
    expect(budget.usedWeight).toBe(11);
  });

  it("knows the minute by the venue's clock, not by ours", async () => {
    const { clock, budget } = open(7_000);
    (await budget.enter(read(80))).end();
    const next = budget.enter(read(1));
    clock.advance(MINUTE_END - 7_000 + 100);
    await next;
    expect(clock.now()).toBe(MINUTE_END - 6_900);
  });

  it('leaves room for orders that reads may not use, and refuses an order before the limit: nothing was sent', async () => {
    const { budget } = open();
    (await budget.enter(read(80))).end();
    (await budget.enter(order(15))).end();
    await expect(budget.enter(order(1))).rejects.toMatchObject({ code: 'CIRCUIT_OPEN' });
    const critical = { ...order(1), priority: 'critical' } as const;
    (await budget.enter(critical)).end();
    expect(budget.usedWeight).toBe(96);
  });

  it('counts what is under way, since the venue may have', async () => {
    const { budget } = open();
    const first = await budget.enter(order(1, 5));
    const second = await budget.enter(order(1, 4));
    await expect(budget.enter(order(1, 1))).rejects.toMatchObject({ code: 'CIRCUIT_OPEN' });
    second.withdraw();
    (await budget.enter(order(1, 1))).end();
    first.end();
    expect(budget.usedOrders(10_000)).toBe(6);
  });

  it('counts orders by the window of 10 s that the venue begins at 0, 10, 20… s', async () => {
    const { clock, budget } = open();
    for (let n = 0; n < 9; n++) (await budget.enter(order(1))).end();
    await expect(budget.enter(order(1))).rejects.toMatchObject({ code: 'CIRCUIT_OPEN' });
    clock.advance(START + 10_000);
    (await budget.enter(order(1))).end();
  });

  it('believes the venue, which also counts what others spend from this address, and the youngest answer most', async () => {
    const { budget } = open();
    const [old, young] = [await budget.enter(read(1)), await budget.enter(read(1))];
    young.end(weightIs(60));
    old.end(weightIs(40));
    expect(budget.usedWeight).toBe(60);
    budget.learn([{ ...limits[0], limit: 6_000 } as (typeof limits)[0]]);
    (await budget.enter(read(1_000))).end(weightIs(1_061));
    expect(budget.usedWeight).toBe(1_061);
  });

  it('lets a request through that is dearer than its share when it is alone', async () => {
    const { budget } = open();
    (await budget.enter(read(99))).end();
    expect(budget.usedWeight).toBe(99);
  });

  it('pauses as long as a 429 says: reads wait, orders are refused, even critical ones, and it is told', async () => {
    const { clock, budget, notices } = open();
    budget.heed(new BinanceError(-1003, 429, 'Too much request weight used', { retryAfter: 30_000 }));
    expect(notices).toEqual([{ status: 429, until: START + 30_000, of: 'requests' }]);
    const waiting = budget.enter(read(1));
    await expect(budget.enter({ ...order(1), priority: 'critical' })).rejects.toMatchObject({
      code: 'CIRCUIT_OPEN',
    });
    clock.advance(START + 29_999);
    expect(await settled(waiting)).toBe(false);
    clock.advance(START + 30_000);
    await waiting;
  });

  it('pauses orders alone when there were too many orders', async () => {
    const { clock, budget } = open();
    budget.heed(
      new BinanceError(-1015, 429, 'Too many new orders; current limit is 10 orders per TEN_SECONDS.', {
        retryAfter: 8_000,
      }),
    );
    (await budget.enter(read(1))).end();
    (await budget.enter({ ...order(1, 0), what: 'cancel', command: 'cancel' })).end();
    await expect(budget.enter(order(1))).rejects.toMatchObject({ code: 'CIRCUIT_OPEN' });
    clock.advance(START + 8_000);
    (await budget.enter(order(1))).end();
  });

  it('sends nothing while the address is banned, and has no read wait for days', async () => {
    const { clock, budget, notices } = open();
    budget.heed(
      new BinanceError(-1003, 418, 'Way too much request weight used', { retryAfter: 259_200_000 }),
    );
    expect(notices).toEqual([{ status: 418, until: START + 259_200_000, of: 'requests' }]);
    await expect(budget.enter(read(1))).rejects.toMatchObject({ code: 'CIRCUIT_OPEN' });
    clock.advance(START + 259_200_000);
    (await budget.enter(read(1))).end();
  });

  it('waits out the minute after a 429 that says nothing, and two minutes after such a 418', () => {
    const { budget, notices } = open();
    budget.heed(new BinanceError(0, 429, ''));
    budget.heed(new BinanceError(0, 418, ''));
    expect(notices.map(({ until }) => until)).toEqual([MINUTE_END + 100, START + 120_000]);
  });

  it('lets a waiting read be called off', async () => {
    const { budget } = open();
    (await budget.enter(read(80))).end();
    const abort = new AbortController();
    const waiting = budget.enter(read(1), abort.signal);
    abort.abort(new Error('no longer wanted'));
    await expect(waiting).rejects.toThrow('no longer wanted');
  });

  it('lets through as many waiting reads as there is room for, and no more', async () => {
    const { clock, budget } = open();
    (await budget.enter(read(80))).end();
    const reads = Array.from({ length: 5 }, () => budget.enter(read(30)));
    clock.advance(MINUTE_END + 100);
    expect(await Promise.all(reads.map(settled))).toEqual([true, true, false, false, false]);
    expect(budget.usedWeight).toBe(60);
  });
});
