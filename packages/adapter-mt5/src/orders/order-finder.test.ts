import { describe, expect, it } from 'vitest';
import { orderRequest, RoomBench } from '../testing/room-bench.js';
import type { Answer } from '../testing/stand-in-terminal.js';
import { SERVER_NOW, type Wire, wireDeal, wireOrder, wirePosition } from '../testing/wire-records.js';
import { MAGIC_BASE, magicOf } from './names.js';

const id = 'j1-0abc-1-e';
const ref = { id, symbol: 'EURUSD' };

const found = (
  coid: unknown,
  order: readonly Wire[],
  deal: readonly Wire[] = [],
  state = 'accepted',
): Answer => ({
  t: 'found',
  d: { coid, state, retcode: 10_009 },
  parts: { order, deal },
});

const answering = async (answer: Answer): Promise<RoomBench> => {
  const bench = await RoomBench.up();
  bench.terminal.answer = () => answer;
  return bench;
};

describe('an order that is looked up', () => {
  it('is found with its trades, under the ids that their events have', async () => {
    const order = wireOrder({ coid: id, volume: 2, left: 0.5, state: 'canceled', done: SERVER_NOW });
    const deals = [
      wireDeal({ ticket: '40002', coid: id, volume: 0.5, price: 1.12 }),
      wireDeal({ ticket: '40001', coid: id, volume: 1, price: 1.09 }),
    ];
    const bench = await answering(found(id, [order], deals));
    expect(await bench.rooms.finder.query(ref)).toMatchObject({
      outcome: 'found',
      report: {
        id,
        venueId: '50001',
        side: 'buy',
        type: 'limit',
        state: 'cancelled',
        quantity: 2,
        filled: 1.5,
        averagePrice: 1.1,
        price: 1.09,
      },
      fills: [
        { tradeId: '40001', quantity: 1, remaining: 1 },
        { tradeId: '40002', quantity: 0.5, remaining: 0.5 },
      ],
    });
  });

  it('of an earlier life that closed positions has ended with what it traded: parts may never have been sent', async () => {
    const coid = 'j1-0abc-9-x';
    const order = wireOrder({ coid, volume: 0.5, left: 0, state: 'filled', done: SERVER_NOW });
    const deal = wireDeal({ coid, type: 'sell', entry: 'out', volume: 0.5 });
    const bench = await answering(found(coid, [order], [deal]));
    expect(await bench.rooms.finder.query({ id: coid, symbol: 'EURUSD' })).toMatchObject({
      outcome: 'found',
      report: { state: 'cancelled', quantity: 0.5, filled: 0.5 },
      fills: [{ quantity: 0.5 }],
    });
  });

  it.each([
    ['placed', 1, 'accepted'],
    ['filled', 0, 'filled'],
    ['expired', 1, 'expired'],
    ['rejected', 1, 'rejected'],
  ])('and is %s with %s left is %s', async (state, left, expected) => {
    const order = wireOrder({ coid: id, state, left });
    const bench = await answering(found(id, [order], left === 0 ? [wireDeal({ coid: id })] : []));
    expect(await bench.rooms.finder.query(ref)).toMatchObject({ report: { state: expected } });
  });

  it.each([
    ['no answer came', 'lost'],
    ['the expert advisor does not know', { t: 'unknown', d: { detail: 'it is being sent' } }],
    ['of its trades one is missing', found(id, [wireOrder({ coid: id, state: 'filled', left: 0 })])],
    ['the journal has it and the server not yet', found(id, [])],
  ] as const)('is unknown where %s', async (_, answer) => {
    const bench = await answering(answer as Answer);
    expect(await bench.rooms.finder.query(ref)).toMatchObject({ outcome: 'unknown' });
  });

  it('is absent only where the expert advisor says so, or it can never have been sent', async () => {
    const bench = await answering({ t: 'absent', d: {} });
    expect(await bench.rooms.finder.query(ref)).toEqual({ outcome: 'absent' });
    const asked = bench.asked('query').length;
    expect(await bench.rooms.finder.query({ ...ref, id: 'x'.repeat(200) })).toEqual({ outcome: 'absent' });
    expect(bench.asked('query')).toHaveLength(asked);
  });

  it('is unknown while the line is down', async () => {
    const bench = await answering({ t: 'absent', d: {} });
    bench.terminal.down();
    expect(await bench.rooms.finder.query(ref)).toMatchObject({ outcome: 'unknown' });
  });

  it('and is an exit from several positions is not taken for whole while parts may follow', async () => {
    const bench = await RoomBench.up();
    const magic = magicOf('breakout EURUSD', MAGIC_BASE);
    for (const n of [1, 2]) {
      const position = String(50_000 + n);
      bench.terminal.deal(wireDeal({ ticket: `4000${n}`, coid: `j1-0abc-${n}-e`, position, magic }));
    }
    const exit = { id: 'j1-0abc-9-x', symbol: 'EURUSD' };
    await bench.rooms.commands.submit(
      orderRequest({ id: exit.id, purpose: 'flatten', side: 'sell', quantity: 2 }),
    );
    const first = wireOrder({ ticket: '50009', coid: exit.id, type: 'sell', state: 'filled', left: 0 });
    const deal = wireDeal({ ticket: '40009', order: '50009', coid: exit.id, type: 'sell', entry: 'out' });
    bench.terminal.answer = () => found(exit.id, [first], [deal], 'pending');
    expect(await bench.rooms.finder.query(exit)).toMatchObject({ outcome: 'unknown' });
    bench.terminal.answer = () => found(exit.id, [first], [deal]);
    expect(await bench.rooms.finder.query(exit)).toMatchObject({
      report: { state: 'cancelled', quantity: 2, filled: 1 },
      fills: [{ remaining: 1 }],
    });
  });
});

describe('a leg that is looked up', () => {
  const leg = { id: `${id}s`, symbol: 'EURUSD' };
  const order = wireOrder({ coid: id, type: 'buy', state: 'filled', left: 0, volume: 1 });
  const opened = wireDeal({ coid: id });
  const stopped = wireDeal({
    ticket: '40002',
    order: '50002',
    type: 'sell',
    entry: 'out',
    reason: 'sl',
    price: 1.09,
    volume: 0.4,
  });

  it('works while its position has the level, for what is left of it', async () => {
    const bench = await answering(found(id, [order], [opened, stopped]));
    bench.terminal.deal(opened);
    bench.terminal.deal(stopped);
    bench.terminal.position(wirePosition({ coid: id, sl: 1.09, volume: 0.6 }));
    expect(await bench.rooms.finder.query(leg)).toMatchObject({
      outcome: 'found',
      report: {
        id: `${id}s`,
        type: 'stop',
        side: 'sell',
        state: 'partially-filled',
        quantity: 1,
        filled: 0.4,
        price: 1.09,
      },
      fills: [{ tradeId: '40002', quantity: 0.4, remaining: 0.6 }],
    });
    expect(await bench.rooms.finder.query({ ...leg, id: `${id}t` })).toMatchObject({
      report: { state: 'cancelled', filled: 0 },
    });
  });

  it('has filled where its level closed the position, also in an earlier life; the other one has not', async () => {
    const bench = await answering(found(id, [order], [opened, { ...stopped, volume: 1 }]));
    expect(await bench.rooms.finder.query(leg)).toMatchObject({
      report: { state: 'filled', quantity: 1, filled: 1, averagePrice: 1.09 },
      fills: [{ tradeId: '40002', remaining: 0 }],
    });
    expect(await bench.rooms.finder.query({ ...leg, id: `${id}t` })).toMatchObject({
      report: { state: 'cancelled' },
      fills: [],
    });
  });

  it('has no trade that was told of the leg that stood there before', async () => {
    const bench = await answering(found(id, [order], [opened, stopped]));
    bench.terminal.deal(opened);
    bench.terminal.position(wirePosition({ coid: id, sl: 1.09 }));
    bench.terminal.deal(stopped);
    bench.terminal.position(wirePosition({ coid: id, sl: 1.095, slCoid: `${id}s1`, volume: 0.6 }));
    expect(await bench.rooms.finder.query({ ...leg, id: `${id}s1` })).toMatchObject({
      report: { state: 'accepted', quantity: 0.6, filled: 0 },
      fills: [],
    });
    expect(await bench.rooms.finder.query(leg)).toMatchObject({
      report: { state: 'cancelled', filled: 0.4 },
    });
  });

  it('was never there before its entry filled', async () => {
    const bench = await answering(found(id, [wireOrder({ coid: id })]));
    expect(await bench.rooms.finder.query(leg)).toEqual({ outcome: 'absent' });
  });

  it('is unknown until the levels of its position were seen', async () => {
    const bench = await answering(found(id, [order], [opened]));
    bench.terminal.deal(opened);
    expect(await bench.rooms.finder.query(leg)).toMatchObject({ outcome: 'unknown' });
  });
});
