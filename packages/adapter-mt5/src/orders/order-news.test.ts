import { describe, expect, it } from 'vitest';
import { orderRequest, RoomBench } from '../testing/room-bench.js';
import {
  SERVER_NOW,
  type Wire,
  wireDeal,
  wireOrder,
  wirePosition,
  wireResult,
} from '../testing/wire-records.js';

const entry = 'j1-0abc-1-e';

/** A bench on which an entry with stop and target was sent. */
const entered = async (given: Parameters<typeof orderRequest>[0] = {}): Promise<RoomBench> => {
  const bench = await RoomBench.up();
  bench.terminal.answer = (_, { coid }) => ({ t: 'result', d: wireResult({ coid }) });
  const bracket = { stop: 1.09, target: 1.12, trail: undefined };
  await bench.rooms.commands.submit(orderRequest({ bracket, ...given }));
  return bench;
};

const opened = wireDeal({ coid: entry });
const held = (given: Wire = {}): Wire => wirePosition({ coid: entry, sl: 1.09, tp: 1.12, ...given });
const closing = (given: Wire): Wire =>
  wireDeal({ ticket: '40002', order: '50002', type: 'sell', entry: 'out', price: 1.11, ...given });

describe('news of an order', () => {
  it('tells a deal once, with what is left, commission and fee as paid, and swap as profit', async () => {
    const bench = await RoomBench.up({ mode: 'netting' }, { marginMode: 'netting' });
    const deal = wireDeal({ coid: entry, commission: -3.5, fee: -0.5, profit: 20, swap: -1.25 });
    bench.terminal.deal(deal);
    bench.terminal.deal(deal);
    expect(bench.orders).toEqual([
      {
        type: 'fill',
        id: entry,
        symbol: 'EURUSD',
        time: SERVER_NOW - 7_200_000,
        venueId: '50001',
        tradeId: '40001',
        side: 'buy',
        quantity: 1,
        price: 1.1,
        remaining: 0,
        commission: 4,
        profit: 18.75,
      },
    ]);
  });

  it('tells that it works, is changed, fills in part and is cancelled, each once', async () => {
    const bench = await entered({ type: 'limit', price: 1.09, quantity: 2, bracket: undefined });
    const order = wireOrder({ coid: entry, volume: 2, left: 2 });
    for (const _ of [1, 2]) bench.terminal.order(order);
    for (const _ of [1, 2]) bench.terminal.order({ ...order, price: 1.08 });
    bench.terminal.deal(wireDeal({ coid: entry, volume: 0.5, price: 1.08 }));
    for (const _ of [1, 2])
      bench.terminal.order({ ...order, price: 1.08, left: 1.5, state: 'canceled', done: SERVER_NOW });
    expect(bench.news()).toEqual([
      `accepted ${entry}`,
      `replaced ${entry} 2 at 1.08`,
      `fill ${entry} buy 0.5 at 1.08, 1.5 left, 40001`,
      `cancelled ${entry}`,
    ]);
  });

  it('tells no end before the trades that belong to it', async () => {
    const bench = await entered({ type: 'limit', price: 1.09, quantity: 2, bracket: undefined });
    bench.terminal.order(
      wireOrder({ coid: entry, volume: 2, left: 0.5, state: 'expired', done: SERVER_NOW }),
    );
    expect(bench.news()).toEqual([]);
    bench.terminal.deal(wireDeal({ coid: entry, volume: 1.5 }));
    expect(bench.news()).toEqual([`fill ${entry} buy 1.5 at 1.1, 0.5 left, 40001`, `expired ${entry}`]);
  });

  it('says nothing of orders, deals and positions of others, nor of money that came', async () => {
    const bench = await RoomBench.up();
    bench.terminal.order(wireOrder({}));
    bench.terminal.deal(wireDeal({}));
    bench.terminal.position(wirePosition({ sl: 1.09 }));
    bench.terminal.deal(closing({ reason: 'sl' }));
    bench.terminal.deal(
      wireDeal({ ticket: '40009', type: 'balance', order: null, position: null, symbol: '' }),
    );
    expect(bench.news()).toEqual([]);
  });
});

describe('the levels of a position', () => {
  it('appear as legs with the first fill, grow with the next, and end with the position', async () => {
    const bench = await entered({ quantity: 1.5 });
    bench.terminal.deal(opened);
    expect(bench.news()).toEqual([`fill ${entry} buy 1 at 1.1, 0.5 left, 40001`]);
    bench.terminal.position(held());
    expect(bench.news()).toEqual([`accepted ${entry}s`, `accepted ${entry}t`]);
    bench.terminal.deal({ ...opened, ticket: '40003', volume: 0.5 });
    expect(bench.news()).toEqual([
      `replaced ${entry}s 1.5 at 1.09`,
      `replaced ${entry}t 1.5 at 1.12`,
      `fill ${entry} buy 0.5 at 1.1, 0 left, 40003`,
    ]);
    bench.terminal.position(held({ volume: 1.5 }));
    bench.terminal.deal(closing({ coid: 'j1-0abc-2-x', volume: 1.5 }));
    bench.terminal.position(held({ volume: 0, gone: true }));
    expect(bench.news()).toEqual([
      'fill j1-0abc-2-x sell 1.5 at 1.11, 0 left, 40002',
      `cancelled ${entry}s`,
      `cancelled ${entry}t`,
    ]);
  });

  it('shrink before a part of the position is closed: no leg is ever larger than what is left', async () => {
    const bench = await entered();
    bench.terminal.deal(opened);
    bench.terminal.position(held());
    bench.news();
    bench.terminal.deal(closing({ coid: 'j1-0abc-2-x', volume: 0.4 }));
    expect(bench.news()).toEqual([
      `replaced ${entry}s 0.6 at 1.09`,
      `replaced ${entry}t 0.6 at 1.12`,
      'fill j1-0abc-2-x sell 0.4 at 1.11, 0 left, 40002',
    ]);
  });

  it.each([
    ['sl', 's', 't'],
    ['tp', 't', 's'],
  ])('that trade (%s) are fills of their leg, and end the other one', async (reason, own, other) => {
    const bench = await entered();
    bench.terminal.deal(opened);
    bench.terminal.position(held());
    bench.news();
    bench.terminal.deal(closing({ reason, volume: 0.4 }));
    bench.terminal.deal(closing({ ticket: '40003', reason, volume: 0.6 }));
    expect(bench.news()).toEqual([
      `replaced ${entry}${other} 0.6 at ${other === 's' ? 1.09 : 1.12}`,
      `fill ${entry}${own} sell 0.4 at 1.11, 0.6 left, 40002`,
      `fill ${entry}${own} sell 0.6 at 1.11, 0 left, 40003`,
      `cancelled ${entry}${other}`,
    ]);
  });

  it('that a person moves or removes are told as that', async () => {
    const bench = await entered();
    bench.terminal.deal(opened);
    bench.terminal.position(held());
    bench.news();
    bench.terminal.position(held({ sl: 1.095, tp: null }));
    expect(bench.news()).toEqual([`replaced ${entry}s 1 at 1.095`, `cancelled ${entry}t`]);
  });

  it('that the server did not keep are told as cancelled: core counts on them', async () => {
    const bench = await entered();
    bench.terminal.deal(opened);
    for (const _ of [1, 2]) bench.terminal.position(held({ sl: null }));
    expect(bench.news().slice(1)).toEqual([`cancelled ${entry}s`, `accepted ${entry}t`]);
  });

  it('that a person set on a position without any are none of ours', async () => {
    const bench = await entered({ bracket: undefined });
    bench.terminal.deal(opened);
    bench.terminal.position(held());
    expect(bench.news()).toHaveLength(1);
    bench.terminal.deal(closing({ reason: 'sl' }));
    expect(bench.news()).toEqual(['fill mt5-50002 sell 1 at 1.11, 0 left, 40002']);
  });

  it('take the name that core placed them under', async () => {
    const bench = await entered();
    bench.terminal.deal(opened);
    bench.terminal.position(held({ sl: null }));
    bench.news();
    await bench.rooms.commands.submit(
      orderRequest({ id: `${entry}s1`, purpose: 'protect', side: 'sell', type: 'stop', price: 1.091 }),
    );
    expect(bench.asked('protect')).toEqual([
      { coid: `${entry}s1`, position: '50001', which: 'sl', price: 1.091, magic: '770000000001' },
    ]);
    bench.terminal.position(held({ sl: 1.091, slCoid: `${entry}s1` }));
    expect(bench.news()).toEqual([`accepted ${entry}s1`]);
    bench.terminal.deal(closing({ reason: 'sl' }));
    expect(bench.news()).toEqual([`fill ${entry}s1 sell 1 at 1.11, 0 left, 40002`, `cancelled ${entry}t`]);
  });

  it('may be seen before the deal that opened their position', async () => {
    const bench = await entered();
    bench.terminal.position(held());
    expect(bench.news()).toEqual([]);
    bench.terminal.deal(opened);
    expect(bench.news()).toEqual([
      `fill ${entry} buy 1 at 1.1, 0 left, 40001`,
      `accepted ${entry}s`,
      `accepted ${entry}t`,
    ]);
  });
});

describe('what others do to a position of ours', () => {
  it.each(['client', 'so'])('is told as a trade that is not ours (%s), and ends its legs', async (reason) => {
    const bench = await entered();
    bench.terminal.deal(opened);
    bench.terminal.position(held());
    bench.news();
    bench.terminal.deal(closing({ reason }));
    expect(bench.news()).toEqual([
      'fill mt5-50002 sell 1 at 1.11, 0 left, 40002',
      `cancelled ${entry}s`,
      `cancelled ${entry}t`,
    ]);
  });

  it.each(['client', 'sl', 'so'])(
    'is told on a netting account, too (%s): all share one position',
    async (reason) => {
      const bench = await RoomBench.up({ mode: 'netting' }, { marginMode: 'netting' });
      bench.terminal.deal(opened);
      bench.news();
      bench.terminal.deal(closing({ reason, magic: '0' }));
      expect(bench.news()).toEqual(['fill mt5-50002 sell 1 at 1.11, 0 left, 40002']);
    },
  );

  it('is never taken for a trade of the entry, whose name a server may have written on it', async () => {
    const bench = await entered();
    bench.terminal.deal(opened);
    bench.terminal.position(held());
    bench.news();
    bench.terminal.deal(closing({ reason: 'sl', coid: entry }));
    expect(bench.news()[0]).toBe(`fill ${entry}s sell 1 at 1.11, 0 left, 40002`);
  });
});
