import { describe, expect, it } from 'vitest';
import { RoomBench, settled } from '../testing/room-bench.js';
import { NOW, wireOrder, wirePosition } from '../testing/wire-records.js';

const entry = 'j1-0abc-1-e';

describe('a snapshot', () => {
  it('has every order and position, whoever made it, and the levels of ours as orders', async () => {
    const bench = await RoomBench.up();
    bench.terminal.held = {
      deal: [],
      order: [
        wireOrder({ ticket: '50007', coid: 'j1-0abc-7-e', volume: 2, left: 1.5, state: 'partial' }),
        wireOrder({ ticket: '50008', type: 'sell-stop-limit', price: 1.05, stopLimit: 1.06 }),
      ],
      position: [
        wirePosition({ coid: entry, sl: 1.09, tp: 1.12, slCoid: `${entry}s2` }),
        wirePosition({ ticket: '50002', id: '50002', side: 'sell', volume: 0.3, sl: 1.2 }),
      ],
    };
    const snapshot = await bench.rooms.snapshot();
    expect(snapshot).toMatchObject({
      complete: true,
      asOf: NOW,
      positions: [
        { symbol: 'EURUSD', quantity: 1, averagePrice: 1.1, venueId: '50001' },
        { symbol: 'EURUSD', quantity: -0.3, venueId: '50002' },
      ],
    });
    expect(
      snapshot.orders.map((o) => [o.id, o.side, o.type, o.state, o.quantity, o.filled, o.price]),
    ).toEqual([
      ['j1-0abc-7-e', 'buy', 'limit', 'partially-filled', 2, 0.5, 1.09],
      ['mt5-50008', 'sell', 'stop-limit', 'accepted', 1, 0, 1.05],
      [`${entry}s2`, 'sell', 'stop', 'accepted', 1, 0, 1.09],
      [`${entry}t`, 'sell', 'limit', 'accepted', 1, 0, 1.12],
    ]);
  });

  it('on a netting account has no levels: core’s own orders are all there is', async () => {
    const bench = await RoomBench.up({ mode: 'netting' }, { marginMode: 'netting' });
    bench.terminal.held.position.push(wirePosition({ coid: entry, sl: 1.09 }));
    expect((await bench.rooms.snapshot()).orders).toEqual([]);
  });

  it.each([
    ['demo', false],
    ['contest', false],
    ['real', true],
  ])('of a %s account says live: %s', async (tradeMode, live) => {
    const bench = await RoomBench.up({}, { tradeMode, leverage: 0 });
    expect((await bench.rooms.snapshot()).account).toEqual({
      id: '5000001',
      currency: 'USD',
      mode: 'hedging',
      live,
      balance: 10_000,
      equity: 10_000,
      margin: 0,
      leverage: 1,
    });
  });

  it('is as complete as the terminal says', async () => {
    const bench = await RoomBench.up();
    bench.terminal.complete = false;
    expect((await bench.rooms.snapshot()).complete).toBe(false);
  });

  it('is none while the line is down', async () => {
    const bench = await RoomBench.up();
    await bench.rooms.snapshot();
    bench.terminal.down();
    await expect(bench.rooms.snapshot()).rejects.toMatchObject({ code: 'PREFLIGHT_FAILED' });
  });

  it('waits the first time for a line that breaks before it was told, as long as three answers may take', async () => {
    const bench = await RoomBench.up({ answerTimeout: 400 });
    bench.terminal.down();
    const first = bench.rooms.snapshot();
    await settled();
    bench.terminal.up();
    await settled();
    bench.clock.advance(bench.clock.now() + 250);
    expect((await first).complete).toBe(true);

    const another = await RoomBench.up({ answerTimeout: 400 });
    another.terminal.down();
    let failed = false;
    const never = another.rooms.snapshot().catch(() => {
      failed = true;
    });
    for (let ms = 0; ms < 1_250; ms += 250) {
      await settled();
      expect(failed).toBe(false);
      another.clock.advance(another.clock.now() + 250);
    }
    await never;
    expect(failed).toBe(true);
  });

  it('is none for an adapter that is closed, at once', async () => {
    const bench = await RoomBench.up();
    await bench.rooms.session.close();
    await expect(bench.rooms.snapshot()).rejects.toMatchObject({ code: 'PREFLIGHT_FAILED' });
  });
});

describe('the account', () => {
  it('is told when the terminal tells of it', async () => {
    const bench = await RoomBench.up();
    bench.terminal.figures({ balance: 9_990, equity: 9_950, margin: 40 });
    expect(bench.accounts).toMatchObject([{ id: '5000001', balance: 9_990, equity: 9_950, margin: 40 }]);
  });
});
