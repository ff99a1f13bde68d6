import type { OrderRequest } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { orderRequest, RoomBench, settled } from '../testing/room-bench.js';
import {
  NOW,
  SERVER_NOW,
  type Wire,
  wireDeal,
  wireOrder,
  wirePosition,
  wireResult,
} from '../testing/wire-records.js';
import { MAGIC_BASE, magicOf } from './names.js';

const owner = 'breakout EURUSD';
const magic = magicOf(owner, MAGIC_BASE);

const accepting = (bench: RoomBench, given: Wire = {}): void => {
  bench.terminal.answer = (_, { coid }) => ({ t: 'result', d: wireResult({ coid, ...given }) });
};

const up = async (): Promise<RoomBench> => {
  const bench = await RoomBench.up();
  accepting(bench);
  return bench;
};

/** An open position of an owner. @param n - its ticket, and how old it is */
const open = (bench: RoomBench, n: number, volume: number, given: Wire = {}): void => {
  const position = String(50_000 + n);
  const coid = `j1-0abc-${n}-e`;
  const time = SERVER_NOW + n;
  const record = { coid, position, order: position, magic, volume, time, ...given };
  bench.terminal.deal(wireDeal({ ticket: String(40_000 + n), ...record }));
  bench.terminal.position(
    wirePosition({
      ...record,
      ticket: position,
      id: position,
      side: given.type ?? 'buy',
      sl: 1.09,
      tp: 1.12,
    }),
  );
};

const exit = (given: Partial<OrderRequest> = {}): OrderRequest =>
  orderRequest({ id: 'j1-0abc-9-x', purpose: 'flatten', side: 'sell', ...given });

describe('an entry', () => {
  it('goes out whole, with the levels of its bracket, and may not be sent after a while', async () => {
    const bench = await up();
    const bracket = { stop: 1.09, target: 1.12, trail: undefined };
    const answer = await bench.rooms.commands.submit(orderRequest({ bracket }));
    expect(answer).toEqual({ outcome: 'accepted', venueId: '50001' });
    expect(bench.asked('order')).toEqual([
      {
        coid: 'j1-0abc-1-e',
        kind: 'market',
        symbol: 'EURUSD',
        side: 'buy',
        volume: 1,
        price: null,
        stopLimit: null,
        sl: 1.09,
        tp: 1.12,
        deviation: 10,
        tif: 'GTC',
        goodTill: null,
        magic,
        expiresAt: NOW + 5_000,
        closes: null,
      },
    ]);
  });

  it('that ends at a time says it by the server’s clock', async () => {
    const bench = await up();
    const pending = { type: 'stop', price: 1.2, timeInForce: 'GTD', goodTill: NOW + 60_000 } as const;
    await bench.rooms.commands.submit(orderRequest(pending));
    expect(bench.asked('order')).toMatchObject([
      { kind: 'stop', price: 1.2, tif: 'GTD', goodTill: SERVER_NOW + 60_000 },
    ]);
  });

  it('with a stop that trails is sent with the stop where it begins', async () => {
    const bench = await up();
    await bench.rooms.ticks.subscribe('EURUSD');
    bench.terminal.tick('EURUSD', 1.1, 1.1001);
    const bracket = { stop: undefined, target: undefined, trail: 0.00505 };
    await bench.rooms.commands.submit(orderRequest({ bracket }));
    expect(bench.asked('order')[0]).toMatchObject({ sl: 1.09505, tp: null });
  });

  it('goes out without levels on a netting account: core keeps them', async () => {
    const bench = await RoomBench.up({ mode: 'netting' }, { marginMode: 'netting' });
    accepting(bench);
    await bench.rooms.commands.submit(
      orderRequest({ bracket: { stop: 1.09, target: 1.12, trail: undefined } }),
    );
    expect(bench.asked('order')[0]).toMatchObject({ sl: null, tp: null });
  });

  it.each([
    ['BAD_ID', { id: 'J1' }],
    ['BAD_ID', { id: `j1-${'x'.repeat(24)}` }],
    ['BAD_ID', { id: 'jö-1-e' }],
    ['UNSUPPORTED', { type: 'stop-limit', price: 1.2, limitPrice: 1.21 }],
    ['UNSUPPORTED', { type: 'trailing-stop', trail: 0.01 }],
    ['UNSUPPORTED', { type: 'limit', price: 1.09, timeInForce: 'IOC' }],
    ['UNSUPPORTED', { timeInForce: 'CLS' }],
    ['UNKNOWN_SYMBOL', { symbol: 'GBPUSD' }],
  ] as const)('is refused for certain (%s) where it cannot be: %j', async (code, given) => {
    const bench = await up();
    expect(await bench.rooms.commands.submit(orderRequest(given))).toMatchObject({
      outcome: 'rejected',
      code,
    });
    expect(bench.asked('order')).toEqual([]);
  });

  it('is refused while algo trading is off, and an exit is not', async () => {
    const bench = await up();
    open(bench, 1, 1);
    bench.terminal.beat({ tradeAllowed: false });
    const refused = await bench.rooms.commands.submit(orderRequest({ id: 'j1-0abc-2-e' }));
    expect(refused).toMatchObject({ outcome: 'rejected', code: 'TRADING_OFF' });
    expect(await bench.rooms.commands.submit(exit())).toMatchObject({ outcome: 'accepted' });
  });
});

describe('the answer to a command', () => {
  it.each([
    ['what was not sent is rejected', 'down', { outcome: 'rejected', code: 'LINE_DOWN' }],
    ['what has no answer is unknown', 'lost', { outcome: 'unknown' }],
    [
      'the server’s no is rejected',
      {
        t: 'result',
        d: wireResult({ coid: 'j1-0abc-1-e', outcome: 'rejected', code: 'NO_MONEY', order: null }),
      },
      { outcome: 'rejected', code: 'NO_MONEY' },
    ],
    [
      'what the server did not say is unknown',
      {
        t: 'result',
        d: wireResult({ coid: 'j1-0abc-1-e', outcome: 'unknown', code: 'TIMEOUT', order: null }),
      },
      { outcome: 'unknown', detail: 'TIMEOUT' },
    ],
    [
      'what the expert advisor does not understand is rejected',
      { t: 'error', code: 'UNKNOWN_REQUEST' },
      { outcome: 'rejected', code: 'UNKNOWN_REQUEST' },
    ],
  ] as const)('%s', async (_, answer, expected) => {
    const bench = await RoomBench.up();
    bench.terminal.answer = () => answer;
    expect(await bench.rooms.commands.submit(orderRequest())).toMatchObject(expected);
    expect(bench.asked('order')).toHaveLength(1);
  });

  it('is a certain no while the line is down, or what was missed is not known yet', async () => {
    const bench = await up();
    bench.terminal.down();
    const { commands } = bench.rooms;
    const ref = { id: 'j1-0abc-1-e', symbol: 'EURUSD' };
    const down = { outcome: 'rejected', code: 'LINE_DOWN' };
    expect(await commands.submit(orderRequest())).toMatchObject(down);
    expect(await commands.amend(orderRequest(), ref)).toMatchObject(down);
    expect(await commands.cancel(ref)).toMatchObject(down);
    bench.terminal.up({ epoch: 'e2' });
    expect(await commands.submit(orderRequest())).toMatchObject(down);
    await settled();
    expect(await commands.submit(orderRequest())).toMatchObject({ outcome: 'accepted' });
  });
});

describe('an exit', () => {
  it('names its owner’s positions on the other side, the oldest first, and no more than it is to close', async () => {
    const bench = await up();
    open(bench, 3, 1);
    open(bench, 1, 0.5);
    open(bench, 2, 1, { type: 'sell' });
    open(bench, 4, 1, { magic: '770000000009' });
    open(bench, 5, 1);
    accepting(bench, { order: '50009', orders: ['50009', '50010'], volume: 1.2 });
    expect(await bench.rooms.commands.submit(exit({ quantity: 1.2 }))).toMatchObject({ outcome: 'accepted' });
    expect(bench.asked('order')[0]).toMatchObject({
      side: 'sell',
      closes: [
        { position: '50001', volume: 0.5 },
        { position: '50003', volume: 0.7 },
      ],
    });
  });

  it('leaves what another exit is closing already', async () => {
    const bench = await up();
    open(bench, 1, 1);
    bench.terminal.answer = () => 'lost';
    await bench.rooms.commands.submit(exit({ quantity: 0.4 }));
    await bench.rooms.commands.submit(exit({ id: 'j1-0abc-10-x', quantity: 1 }));
    expect(bench.asked('order')[1]).toMatchObject({ closes: [{ position: '50001', volume: 0.6 }] });
  });

  it('of which a part was refused is cancelled for the rest, after what it closed is told', async () => {
    const bench = await up();
    open(bench, 1, 0.5);
    open(bench, 2, 0.5);
    accepting(bench, { order: '50009', orders: ['50009'], volume: 0.5 });
    bench.news();
    await bench.rooms.commands.submit(exit());
    expect(bench.news()).toEqual([]);
    const id = 'j1-0abc-9-x';
    const deal = { coid: id, order: '50009', type: 'sell', entry: 'out', volume: 0.5, magic };
    bench.terminal.deal(wireDeal({ ticket: '40009', position: '50001', ...deal }));
    expect(bench.news()).toEqual([
      `fill ${id} sell 0.5 at 1.1, 0.5 left, 40009`,
      `cancelled ${id}`,
      'cancelled j1-0abc-1-es',
      'cancelled j1-0abc-1-et',
    ]);
  });

  it('with nothing to close is refused for certain', async () => {
    const bench = await up();
    open(bench, 1, 1, { type: 'sell' });
    expect(await bench.rooms.commands.submit(exit())).toMatchObject({
      outcome: 'rejected',
      code: 'NOTHING_TO_CLOSE',
    });
    expect(bench.asked('order')).toEqual([]);
  });

  it('is an order like any other on a netting account', async () => {
    const bench = await RoomBench.up({ mode: 'netting' }, { marginMode: 'netting' });
    accepting(bench);
    expect(await bench.rooms.commands.submit(exit())).toMatchObject({ outcome: 'accepted' });
    expect(bench.asked('order')[0]).toMatchObject({ closes: null });
  });
});

describe('a leg', () => {
  const leg = { id: 'j1-0abc-1-es', symbol: 'EURUSD' };

  it('is moved and removed as a level of its position', async () => {
    const bench = await up();
    open(bench, 1, 1);
    const moved = orderRequest({ id: leg.id, purpose: 'protect', side: 'sell', type: 'stop', price: 1.095 });
    expect(await bench.rooms.commands.amend(moved, leg)).toMatchObject({ outcome: 'accepted' });
    expect(await bench.rooms.commands.cancel({ ...leg, id: 'j1-0abc-1-et' })).toMatchObject({
      outcome: 'accepted',
    });
    expect(bench.asked('protect')).toEqual([
      { coid: 'j1-0abc-1-es', position: '50001', which: 'sl', price: 1.095, magic },
      { coid: 'j1-0abc-1-et', position: '50001', which: 'tp', price: 0, magic },
    ]);
  });

  it('of a position that is closed is refused for certain', async () => {
    const bench = await up();
    open(bench, 1, 1);
    bench.terminal.deal(
      wireDeal({
        ticket: '40009',
        order: '50009',
        position: '50001',
        type: 'sell',
        entry: 'out',
        reason: 'tp',
      }),
    );
    const protect = orderRequest({
      id: `${leg.id}1`,
      purpose: 'protect',
      side: 'sell',
      type: 'stop',
      price: 1.095,
    });
    expect(await bench.rooms.commands.submit(protect)).toMatchObject({ code: 'NO_POSITION' });
    expect(await bench.rooms.commands.cancel(leg)).toMatchObject({ code: 'NO_SUCH_ORDER' });
    expect(bench.asked('protect')).toEqual([]);
  });
});

describe('a pending order', () => {
  const pending = { type: 'limit', price: 1.09 } as const;
  const ref = { id: 'j1-0abc-1-e', symbol: 'EURUSD' };

  it('is changed in its price, with its levels kept, before anything was told of it', async () => {
    const bench = await up();
    const bracket = { stop: 1.08, target: 1.12, trail: undefined };
    await bench.rooms.commands.submit(orderRequest({ ...pending, bracket }));
    const changed = orderRequest({ id: 'j1-0abc-2-e', type: 'limit', price: 1.085 });
    expect(await bench.rooms.commands.amend(changed, ref)).toMatchObject({ outcome: 'accepted' });
    expect(bench.asked('modify')).toEqual([
      {
        coid: ref.id,
        order: '50001',
        price: 1.085,
        stopLimit: null,
        sl: 1.08,
        tp: 1.12,
        tif: 'GTC',
        goodTill: null,
      },
    ]);
  });

  it('is not changed in its quantity', async () => {
    const bench = await up();
    await bench.rooms.commands.submit(orderRequest(pending));
    const changed = orderRequest({ ...pending, quantity: 0.5 });
    expect(await bench.rooms.commands.amend(changed, ref)).toMatchObject({ code: 'QUANTITY_FIXED' });
  });

  it('that has ended, or never was, is neither changed nor cancelled', async () => {
    const bench = await up();
    await bench.rooms.commands.submit(orderRequest(pending));
    bench.terminal.order(wireOrder({ coid: ref.id, state: 'canceled', done: SERVER_NOW }));
    const { commands } = bench.rooms;
    expect(await commands.amend(orderRequest(pending), ref)).toMatchObject({ code: 'NO_SUCH_ORDER' });
    expect(await commands.cancel(ref)).toMatchObject({ code: 'ORDER_ENDED' });
    bench.terminal.answer = () => ({ t: 'absent', d: {} });
    expect(await commands.cancel({ ...ref, id: 'j1-0abc-7-e' })).toMatchObject({ code: 'NO_SUCH_ORDER' });
    expect(bench.asked('cancel')).toEqual([]);
  });

  it('whose answer was lost is looked up before it is cancelled', async () => {
    const bench = await RoomBench.up();
    await bench.rooms.commands.submit(orderRequest(pending));
    bench.terminal.answer = (type, { coid }) =>
      type === 'query'
        ? {
            t: 'found',
            d: { coid, state: 'accepted' },
            parts: { order: [wireOrder({ ticket: '50007', coid })] },
          }
        : { t: 'result', d: wireResult({ coid }) };
    expect(await bench.rooms.commands.cancel(ref)).toMatchObject({ outcome: 'accepted' });
    expect(bench.asked('cancel')).toEqual([{ coid: ref.id, order: '50007' }]);
  });
});
