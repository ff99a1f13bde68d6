import type { ApprovedOrder } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { paper } from './adapter.js';
import { handBot } from './testing/hand-bot.js';
import { feedOf } from './testing/rows.js';

const stories = (events: readonly { readonly id: string; readonly type: string }[]): readonly string[] =>
  events.map((e) => `${/[st]$/.exec(e.id)?.[0] ?? 'e'} ${e.type}`);

describe('An order on the paper venue', () => {
  it('is filled, protected, and closed at its target', async () => {
    const { say, tick, events, accounts, adapter, stop } = await handBot();
    say();
    tick(1.12, 1.1201);
    const entry = events[0]!.id;
    expect(events.map((e) => `${e.id.replace(entry, 'e')} ${e.type}`)).toEqual([
      'e accepted',
      'e fill',
      'es accepted',
      'et accepted',
      'et fill',
      'es cancelled',
    ]);
    // 1 lot from 1.1001 to 1.12
    expect(accounts.at(-1)).toMatchObject({ balance: 11_990, equity: 11_990, margin: 0 });
    expect(adapter.venue).toEqual({ orders: 1, refused: 0, fills: 2, cancels: 1, volume: 2, fees: 0 });
    await stop();
  });

  it('has its bracket kept by the bot where the venue does not', async () => {
    const { say, tick, approved, accounts, adapter, stop } = await handBot({ brackets: 'none' });
    say();
    expect(approved.map((o) => o.request.type)).toEqual(['market', 'stop', 'limit']);
    tick(1.09, 1.0901);
    expect(accounts.at(-1)).toMatchObject({ balance: 8_990, margin: 0 });
    expect(adapter.venue).toMatchObject({ orders: 3, fills: 2, cancels: 1 });
    await stop();
  });

  it('is taken once: the same id is rejected the second time', async () => {
    const { say, approved, adapter, stop } = await handBot();
    say();
    expect(await adapter.submit(approved[0]!)).toMatchObject({
      outcome: 'rejected',
      code: 'DUPLICATE_ORDER',
    });
    expect(adapter.venue).toMatchObject({ orders: 1, refused: 1 });
    await stop();
  });

  it('must come from assess()', async () => {
    const { say, approved, adapter, stop } = await handBot();
    say();
    const forged = { ...approved[0]! } as unknown as ApprovedOrder;
    expect(() => adapter.submit(forged)).toThrowError(/ApprovedOrder/);
    expect(() => adapter.amend(forged, { id: 'x', symbol: 'EURUSD' })).toThrowError(/ApprovedOrder/);
    expect(adapter.venue.orders).toBe(1);
    await stop();
  });

  it('whose answer is lost has the outcome unknown, and a query finds it', async () => {
    const { say, tick, approved, adapter, events, decisions, stop } = await handBot({ lostAnswers: [1] });
    say({ order: { type: 'limit', price: 1.095 } });
    const { id, symbol } = approved[0]!.request;
    expect(events).toEqual([]); // its acceptance was the answer
    expect(await adapter.query({ id, symbol })).toMatchObject({
      outcome: 'found',
      report: { id, state: 'accepted', quantity: 1, price: 1.095 },
    });
    expect(await adapter.query({ id: 'other', symbol })).toEqual({ outcome: 'absent' });
    expect(adapter.venue.orders).toBe(1);
    for (let second = 0; second < 10; second++) tick(1.1, 1.1001); // the bot asks by and by
    expect(decisions.map((d) => d.outcome)).toEqual(['unknown']);
    tick(1.0949, 1.095);
    expect(stories(events)).toEqual(['e fill', 's accepted', 't accepted']);
    await stop();
  });

  it('is cancelled and refused after that', async () => {
    const { say, approved, adapter, events, stop } = await handBot();
    say({ order: { type: 'limit', price: 1.095 } });
    const { id, symbol } = approved[0]!.request;
    expect(await adapter.cancel({ id, symbol })).toMatchObject({ outcome: 'accepted' });
    expect(stories(events)).toEqual(['e accepted', 'e cancelled']);
    expect(await adapter.cancel({ id, symbol })).toMatchObject({
      outcome: 'rejected',
      code: 'ORDER_FINISHED',
    });
    await stop();
    expect(await adapter.cancel({ id, symbol })).toMatchObject({ code: 'VENUE_CLOSED' });
  });

  it('does not trade on a row that is out of time', async () => {
    const { say, adapter, events, stop } = await handBot();
    say({ order: { type: 'limit', price: 1.095 } });
    const low = { symbol: 'EURUSD', bid: 1.0949, ask: 1.095, volume: 0 };
    const { NaN: nan, POSITIVE_INFINITY: infinite } = Number;
    for (const time of [0, adapter.clock.now() - 1, nan, infinite]) adapter.feedTick({ ...low, time });
    expect(stories(events)).toEqual(['e accepted']);
    adapter.feedTick({ ...low, time: adapter.clock.now() });
    expect(stories(events)).toEqual(['e accepted', 'e fill', 's accepted', 't accepted']);
    await stop();
  });

  it('moves by an amendment of its leg when the strategy adjusts', async () => {
    const { say, tick, adapter, stop } = await handBot();
    say();
    tick(1.11, 1.1101);
    say({ intent: 'adjust', side: undefined, quantity: undefined, target: undefined, stop: 1.105 });
    const { orders } = await adapter.snapshot();
    expect(orders.map((o) => [o.type, o.price, o.quantity])).toEqual([
      ['stop', 1.105, 1],
      ['limit', 1.12, 1],
    ]);
    await stop();
  });

  it.each(['native', 'none'] as const)('ends the same with late answers (brackets: %s)', async (brackets) => {
    const runs = [];
    for (const replies of ['sync', 'async'] as const) {
      const { say, tick, events, accounts, adapter, stop } = await handBot({ replies, brackets });
      say();
      await adapter.clock.settled();
      tick(1.12, 1.1201);
      await adapter.clock.settled();
      await stop();
      runs.push({
        events: [...events].map((e) => e.type).sort(),
        account: accounts.at(-1),
        venue: adapter.venue,
      });
    }
    expect(runs[1]).toEqual(runs[0]);
  });

  it('answers by promises when told to, the same as at once', async () => {
    const { say, approved, adapter, stop } = await handBot({ replies: 'async' });
    say();
    await adapter.clock.settled();
    const answer = adapter.submit(approved[0]!);
    expect(answer).toBeInstanceOf(Promise);
    expect(await answer).toMatchObject({ outcome: 'rejected', code: 'DUPLICATE_ORDER' });
    expect(adapter.snapshot()).toBeInstanceOf(Promise);
    expect(adapter.query({ id: 'x', symbol: 'EURUSD' })).toBeInstanceOf(Promise);
    await stop();
  });
});

describe('A bracket on a played market', () => {
  const T0 = Date.UTC(2024, 0, 10, 12);

  /** Buys at 1.1 with a stop at 1.09 and a target at 1.12, and meets one more row. */
  const exitAt = async (bid: number, path: number | undefined): Promise<number | undefined> => {
    const { say, approved, stop } = await handBot();
    say();
    await stop();
    const kind = path === undefined ? {} : { path };
    const rows = [
      { time: T0, bid: 1.1, ask: 1.1, ...kind },
      { time: T0 + 1_000, bid, ask: bid, ...kind },
    ];
    const adapter = paper({ feed: feedOf(rows), costs: 'none', balance: { USD: '10000' } });
    let exit: number | undefined;
    adapter.on('order', (e) => {
      if (e.type === 'fill' && e.side === 'sell') exit = e.price;
    });
    adapter.on('tick', (tick) => {
      if (tick.time === T0) void adapter.submit(approved[0]!);
    });
    await adapter.subscribe({ symbol: 'EURUSD' });
    await adapter.play(new AbortController().signal);
    return exit;
  };

  it('ends at its own prices where the row is a step on a path', async () => {
    expect(await exitAt(1.08, 1)).toBe(1.09);
    expect(await exitAt(1.13, 1)).toBe(1.12);
  });

  it('ends at the gap where the row is a quote', async () => {
    expect(await exitAt(1.08, 0)).toBe(1.08);
    expect(await exitAt(1.13, 0)).toBe(1.13);
  });

  it('ends at the worse of the two where the feed does not say', async () => {
    expect(await exitAt(1.08, undefined)).toBe(1.08);
    expect(await exitAt(1.13, undefined)).toBe(1.12);
  });
});
