import type { OrderRequest } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { orderRequest, RoomBench, settled } from '../testing/room-bench.js';
import {
  SERVER_NOW,
  type Wire,
  wireDeal,
  wireOrder,
  wirePosition,
  wireResult,
} from '../testing/wire-records.js';
import { MAGIC_BASE, magicOf } from './names.js';

const magic = magicOf('breakout EURUSD', MAGIC_BASE);
const entry = 'j1-0abc-1-e';
const exitId = 'j1-0abc-9-x';

const accepting = (bench: RoomBench, given: Wire = {}): void => {
  bench.terminal.answer = (_, { coid }) => ({ t: 'result', d: wireResult({ coid, ...given }) });
};

/** Open positions of an owner, with levels, of so many lots. */
const holding = async (...lots: readonly number[]): Promise<RoomBench> => {
  const bench = await RoomBench.up();
  lots.forEach((volume, i) => {
    const position = String(50_001 + i);
    const record = { coid: `j1-0abc-${i + 1}-e`, position, order: position, magic, volume };
    bench.terminal.deal(wireDeal({ ...record, ticket: String(40_001 + i) }));
    bench.terminal.position(wirePosition({ ...record, ticket: position, id: position, sl: 1.09, tp: 1.12 }));
  });
  bench.news();
  return bench;
};

const exit = (given: Partial<OrderRequest> = {}): OrderRequest =>
  orderRequest({ id: exitId, purpose: 'flatten', side: 'sell', ...given });

/** The trade of an exit that closes half a lot of the first position. */
const half = wireDeal({
  ticket: '40009',
  coid: exitId,
  order: '50009',
  position: '50001',
  type: 'sell',
  entry: 'out',
  volume: 0.5,
  magic,
});

/** The end of the order that made it. */
const halfOrder = (given: Wire): Wire =>
  wireOrder({ ticket: '50009', coid: exitId, type: 'sell', price: null, done: SERVER_NOW, ...given });

describe('an order of ours that a snapshot did not have', () => {
  it('may still come up: it is told, cancelled and told as ended', async () => {
    const bench = await RoomBench.up();
    const { commands } = bench.rooms;
    const ref = { id: entry, symbol: 'EURUSD' };
    expect(await commands.submit(orderRequest({ type: 'limit', price: 1.09 }))).toMatchObject({
      outcome: 'unknown',
    });
    bench.terminal.reset();
    await settled();
    bench.terminal.order(wireOrder({ coid: entry }));
    expect(bench.news()).toEqual([`accepted ${entry}`]);
    accepting(bench);
    expect(await commands.cancel(ref)).toMatchObject({ outcome: 'accepted' });
    bench.terminal.order(wireOrder({ coid: entry, state: 'canceled', done: SERVER_NOW }));
    expect(bench.news()).toEqual([`cancelled ${entry}`]);
    expect(await commands.cancel(ref)).toMatchObject({ outcome: 'rejected', code: 'ORDER_ENDED' });
  });

  it('is looked up before it is cancelled: nobody knows that it has ended', async () => {
    const bench = await RoomBench.up();
    await bench.rooms.commands.submit(orderRequest({ type: 'limit', price: 1.09 }));
    bench.terminal.reset();
    await settled();
    bench.terminal.answer = (type, { coid }) =>
      type === 'query'
        ? { t: 'found', d: { coid, state: 'accepted' }, parts: { order: [wireOrder({ coid })] } }
        : { t: 'result', d: wireResult({ coid }) };
    expect(await bench.rooms.commands.cancel({ id: entry, symbol: 'EURUSD' })).toMatchObject({
      outcome: 'accepted',
    });
    expect(bench.asked('cancel')).toEqual([{ coid: entry, order: '50001' }]);
  });
});

describe('an exit', () => {
  it('of more than is open is sent as large as what it closes: the parts must add up', async () => {
    const bench = await holding(0.6);
    accepting(bench, { volume: 0.6 });
    await bench.rooms.commands.submit(exit({ quantity: 1 }));
    expect(bench.asked('order')).toMatchObject([
      { volume: 0.6, closes: [{ position: '50001', volume: 0.6 }] },
    ]);
  });

  it('whose answer was lost holds its positions until a query finds that it has ended', async () => {
    const bench = await holding(0.5, 0.5);
    const { commands, finder } = bench.rooms;
    await commands.submit(exit());
    bench.terminal.deal(half);
    expect(await commands.submit(exit({ id: 'j1-0abc-10-x' }))).toMatchObject({ code: 'NOTHING_TO_CLOSE' });
    bench.terminal.answer = (type, { coid }) =>
      type === 'query'
        ? {
            t: 'found',
            d: { coid, state: 'accepted' },
            parts: { order: [halfOrder({ volume: 0.5, left: 0, state: 'filled' })], deal: [half] },
          }
        : { t: 'result', d: wireResult({ coid, volume: 0.5 }) };
    expect(await finder.query({ id: exitId, symbol: 'EURUSD' })).toMatchObject({
      outcome: 'found',
      report: { state: 'cancelled', quantity: 1, filled: 0.5 },
    });
    expect(await commands.submit(exit({ id: 'j1-0abc-11-x', quantity: 0.5 }))).toMatchObject({
      outcome: 'accepted',
    });
    expect(bench.asked('order').at(-1)).toMatchObject({ closes: [{ position: '50002', volume: 0.5 }] });
  });

  it.each(['pending', 'unknown'])(
    'of which a part may still come up (%s) is unknown as a whole',
    async (state) => {
      const bench = await holding(0.5, 0.5);
      await bench.rooms.commands.submit(exit());
      const order = halfOrder({ volume: 0.5, left: 0, state: 'filled' });
      bench.terminal.answer = (_, { coid }) => ({
        t: 'found',
        d: { coid, state },
        parts: { order: [order], deal: [half] },
      });
      const ref = { id: exitId, symbol: 'EURUSD' };
      expect(await bench.rooms.finder.query(ref)).toMatchObject({ outcome: 'unknown' });
    },
  );

  it.each([
    ['filled in part', { retcode: 10_010, volume: 0.5 }],
    ['placed, which says nothing of its trades', { retcode: 10_008, volume: 0 }],
  ])('that was %s ends after its trades, although its order’s end is told first', async (_, given) => {
    const bench = await holding(1);
    accepting(bench, { order: '50009', orders: ['50009'], ...given });
    await bench.rooms.commands.submit(exit());
    bench.terminal.order(halfOrder({ left: 0.5, state: 'canceled' }));
    expect(bench.news()).toEqual([]);
    bench.terminal.deal(half);
    expect(bench.news().filter((one) => one.includes(exitId))).toEqual([
      `fill ${exitId} sell 0.5 at 1.1, 0.5 left, 40009`,
      `cancelled ${exitId}`,
    ]);
  });
});

describe('a leg', () => {
  const leg = { id: `${entry}s1`, symbol: 'EURUSD' };
  const protect = (price: number | undefined): OrderRequest =>
    orderRequest({ id: leg.id, purpose: 'protect', side: 'sell', type: 'stop', price });

  it('is not absent while the deals of its entry are not there yet', async () => {
    const bench = await RoomBench.up();
    bench.terminal.answer = (_, { coid }) => ({
      t: 'found',
      d: { coid, state: 'accepted' },
      parts: { order: [wireOrder({ coid, state: 'filled', left: 0, done: SERVER_NOW })], deal: [] },
    });
    const ref = { id: `${entry}s`, symbol: 'EURUSD' };
    expect(await bench.rooms.finder.query(ref)).toMatchObject({ outcome: 'unknown' });
  });

  it('that takes over a level as it stands is known by its name: no event will tell it', async () => {
    const bench = await holding(1);
    accepting(bench, { code: 'NO_CHANGES', retcode: 10_025 });
    const { commands } = bench.rooms;
    expect(await commands.submit(protect(1.09))).toMatchObject({ outcome: 'accepted' });
    expect(bench.news()).toEqual([`cancelled ${entry}s`, `accepted ${leg.id}`]);
    expect(await commands.amend(protect(1.095), leg)).toMatchObject({ outcome: 'accepted' });
    expect(bench.asked('protect').at(-1)).toMatchObject({ coid: leg.id, which: 'sl', price: 1.095 });
  });

  it('without a price is refused: it would take the level away', async () => {
    const bench = await holding(1);
    accepting(bench);
    const ref = { id: `${entry}s`, symbol: 'EURUSD' };
    expect(await bench.rooms.commands.amend(protect(undefined), ref)).toMatchObject({ outcome: 'rejected' });
    expect(bench.asked('protect')).toEqual([]);
  });
});
