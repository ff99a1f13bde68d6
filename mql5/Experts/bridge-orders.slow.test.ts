import { afterEach, describe, expect, it } from 'vitest';
import { hasCompiler } from '../host/index.js';
import { type BridgeRoom, marketOrder, openBridgeRoom } from './testing/bridge-room.js';

let room: BridgeRoom;
afterEach(() => room.close());

const netting = { accounts: [{ login: 5_000_001, marginMode: 'netting' }] } as const;

describe.skipIf(!hasCompiler())('an order', () => {
  it('is acknowledged before it is sent, answered, and told as a deal and then as a position', async () => {
    room = await openBridgeRoom();
    await room.start();
    const { line } = await room.node.greeted();
    const { t, d, acked } = await line.ask('order', marketOrder('a-1-e', { sl: 1.09, tp: 1.12 }));
    expect(t).toBe('result');
    expect(acked).toBe(true);
    const [position] = room.mt5.controls.truth().positions;
    expect(position).toMatchObject({ volume: 0.1, priceOpen: 1.1001, sl: 1.09, tp: 1.12, comment: 'a-1-e' });
    expect(d).toMatchObject({
      coid: 'a-1-e',
      outcome: 'accepted',
      retcode: 10009,
      order: String(position?.ticket),
      orders: [String(position?.ticket)],
      volume: 0.1,
      price: 1.1001,
      repeated: false,
    });
    const told = await line.wait(({ t }) => t === 'position');
    expect(told.d).toMatchObject({
      ticket: String(position?.ticket),
      coid: 'a-1-e',
      side: 'buy',
      volume: 0.1,
      sl: 1.09,
      slCoid: null,
      magic: '770000000001',
    });
    const deal = line.events.find(({ t }) => t === 'deal');
    expect(deal?.d).toMatchObject({
      coid: 'a-1-e',
      ticket: d.deal,
      entry: 'in',
      type: 'buy',
      reason: 'expert',
      price: 1.1001,
    });
    expect(deal?.seq).toBeLessThan(told.seq ?? 0);
    await line.wait(({ t, d }) => t === 'order' && d.state === 'filled' && d.coid === 'a-1-e');
    expect(line.events.map(({ seq }) => seq)).toEqual(line.events.map((_, i) => i + 1));
  });

  it('is never sent twice: its id gives the stored answer, also with other figures', async () => {
    room = await openBridgeRoom();
    const terminal = await room.start();
    const { line } = await room.node.greeted();
    const first = await line.ask('order', marketOrder('a-1-e'));
    const second = await line.ask('order', marketOrder('a-1-e', { volume: 0.5 }));
    expect(second).toMatchObject({ acked: false, d: { ...first.d, repeated: true } });
    await terminal.stop();
    await room.start();
    const again = await room.node.greeted();
    expect((await again.line.ask('order', marketOrder('a-1-e'))).d).toEqual(second.d);
    expect(room.mt5.requests).toHaveLength(1);
  });

  it('that is refused by the server is rejected, and absent when asked for', async () => {
    room = await openBridgeRoom();
    await room.start();
    const { line } = await room.node.greeted();
    room.mt5.controls.refuseNext(10019);
    expect((await line.ask('order', marketOrder('a-1-e'))).d).toMatchObject({
      outcome: 'rejected',
      retcode: 10019,
      code: 'NO_MONEY',
      order: null,
    });
    expect(await line.ask('query', { coid: 'a-1-e' })).toMatchObject({
      t: 'absent',
      d: { state: 'rejected', code: 'NO_MONEY' },
    });
  });

  it('whose answer is lost is unknown, is found when asked for, and keeps its name', async () => {
    room = await openBridgeRoom();
    await room.start();
    const { line } = await room.node.greeted();
    room.mt5.controls.loseNextResult({ answer: 10012 });
    const { d } = await line.ask('order', marketOrder('a-1-e'));
    expect(d).toMatchObject({ outcome: 'unknown', retcode: 10012 });
    const deal = await line.wait(({ t }) => t === 'deal');
    expect(deal.d.coid).toBe('a-1-e');
    const found = await line.ask('query', { coid: 'a-1-e' });
    expect(found).toMatchObject({ t: 'found', d: { state: 'accepted' } });
    expect(found.parts.map(({ kind }) => kind)).toEqual(['order', 'deal']);
    expect((await line.ask('order', marketOrder('a-1-e'))).d).toMatchObject({
      outcome: 'accepted',
      repeated: true,
      order: deal.d.order,
    });
    expect(room.mt5.requests).toHaveLength(1);
  });

  it('that never reached the server is unknown, and absent only after InpAbsentAfter', async () => {
    room = await openBridgeRoom();
    await room.start({ inputs: { InpAbsentAfter: 2 } });
    const { line } = await room.node.greeted();
    room.mt5.controls.loseNextRequest({ answer: 10012 });
    const from = Date.now();
    expect((await line.ask('order', marketOrder('a-1-e'))).d).toMatchObject({ outcome: 'unknown' });
    expect(await line.ask('query', { coid: 'a-1-e' })).toMatchObject({ t: 'unknown' });
    expect(await line.askUntilKnown('a-1-e')).toMatchObject({ t: 'absent' });
    expect(Date.now() - from).toBeGreaterThan(1_900);
    expect((await line.ask('order', marketOrder('a-1-e'))).d).toMatchObject({
      outcome: 'unknown',
      repeated: true,
    });
    expect(room.mt5.requests).toHaveLength(1);
  });

  it('that comes too late by the clock of Node is refused', async () => {
    room = await openBridgeRoom();
    await room.start();
    // Node's clock is a day off: what counts is Node's, not the computer's.
    const now = Date.now() - 86_400_000;
    const { line } = await room.node.greeted({ now });
    expect((await line.ask('order', marketOrder('a-1-e', { expiresAt: now - 1 }))).d).toMatchObject({
      outcome: 'rejected',
      code: 'EXPIRED',
      retcode: 0,
    });
    expect((await line.ask('order', marketOrder('a-2-e', { expiresAt: now + 60_000 }))).d).toMatchObject({
      outcome: 'accepted',
    });
    expect(room.mt5.requests).toHaveLength(1);
    expect((await line.ask('order', marketOrder('a-1-e', { expiresAt: now + 60_000 }))).d).toMatchObject({
      code: 'EXPIRED',
      repeated: true,
    });
  });

  it.each([
    ['coid', { coid: 'Not An Id' }],
    ['kind', { kind: 'iceberg' }],
    ['side', { side: 'long' }],
    ['volume', { volume: 0 }],
    ['price', { kind: 'limit' }],
    ['stop below 0', { sl: -1 }],
    ['stop that is a text', { sl: '1.09' }],
    ['magic', { magic: 'mine' }],
    ['stopLimit', { kind: 'stop-limit', price: 1.2 }],
    ['tif', { kind: 'limit', price: 1.09, tif: 'GTD' }],
    ['symbol', { symbol: 'NOSUCH' }],
    ['closes', { closes: [{ position: '1', volume: 0.05 }] }],
  ])('with a wrong %s is a bad request, and nothing is sent', async (_, wrong) => {
    room = await openBridgeRoom();
    await room.start();
    const { line } = await room.node.greeted();
    const { d, acked } = await line.ask('order', marketOrder('a-1-e', wrong));
    expect(d).toMatchObject({ outcome: 'rejected', code: 'BAD_REQUEST', retcode: 0 });
    expect(d.detail).not.toBe('');
    expect(acked).toBe(false);
    expect(room.mt5.requests).toEqual([]);
  });

  it('that works can be changed and cancelled, by ticket or by name', async () => {
    room = await openBridgeRoom();
    await room.start();
    const { line } = await room.node.greeted();
    const goodTill = room.mt5.controls.truth().account.login && Date.now() + 7_200_000 + 3_600_000;
    const placed = await line.ask(
      'order',
      marketOrder('a-1-e', { kind: 'limit', price: 1.090004, tif: 'GTD', goodTill }),
    );
    expect(placed.d).toMatchObject({ outcome: 'accepted' });
    const order = await line.wait(({ t, d }) => t === 'order' && d.state === 'placed');
    expect(order.d).toMatchObject({ coid: 'a-1-e', type: 'buy-limit', price: 1.09, left: 0.1, tif: 'GTD' });
    expect(order.d.goodTill).toBe(Math.floor(goodTill / 1000) * 1000);
    expect(
      (await line.ask('modify', { coid: 'a-1-e', order: placed.d.order, price: 1.08, sl: 1.07 })).d,
    ).toMatchObject({
      outcome: 'accepted',
      order: placed.d.order,
    });
    const changed = await line.wait(({ t, d }) => t === 'order' && d.price === 1.08);
    expect(changed.d).toMatchObject({ sl: 1.07, tif: 'GTD', goodTill: order.d.goodTill });
    expect((await line.ask('cancel', { coid: 'a-1-e' })).d).toMatchObject({ outcome: 'accepted' });
    await line.wait(({ t, d }) => t === 'order' && d.state === 'canceled');
    expect((await line.ask('cancel', { coid: 'a-1-e' })).d).toMatchObject({
      outcome: 'rejected',
      code: 'INVALID_ORDER',
    });
    expect(room.mt5.controls.truth().orders).toEqual([]);
  });
});

describe.skipIf(!hasCompiler())('positions of a hedging account', () => {
  it('are closed part by part, and a part that is gone does not stop the others', async () => {
    room = await openBridgeRoom();
    await room.start();
    const { line } = await room.node.greeted();
    const one = (await line.ask('order', marketOrder('a-1-e'))).d.order;
    const two = (await line.ask('order', marketOrder('a-2-e', { volume: 0.3 }))).d.order;
    const closes = [
      { position: one, volume: 0.1 },
      { position: '99', volume: 0.1 },
      { position: two, volume: 0.2 },
    ];
    const exit = await line.ask('order', marketOrder('a-3-x', { side: 'sell', volume: 0.4, closes }));
    expect(exit.d).toMatchObject({ outcome: 'accepted', volume: 0.3, price: 1.1 });
    expect(exit.d.orders).toHaveLength(2);
    expect(room.mt5.controls.truth().positions).toMatchObject([{ ticket: Number(two), volume: 0.1 }]);
    const gone = await line.wait(({ t, d }) => t === 'position' && d.gone === true);
    expect(gone.d).toMatchObject({ ticket: one, coid: 'a-1-e', volume: 0 });
    const out = line.events.filter(({ t, d }) => t === 'deal' && d.entry === 'out');
    expect(out.map(({ d }) => d.coid)).toContain('a-3-x');
    const asked = await line.ask('query', { coid: 'a-1-e' });
    expect(asked.parts.filter(({ kind }) => kind === 'deal').map(({ item }) => item.coid)).toEqual([
      'a-1-e',
      'a-3-x',
    ]);
  });

  it('get their levels by name, and a level that is hit is told with its reason and its position', async () => {
    room = await openBridgeRoom();
    await room.start();
    const { line } = await room.node.greeted();
    const position = (await line.ask('order', marketOrder('a-1-e', { sl: 1.09, tp: 1.12 }))).d.order;
    const protect = (more: object) => line.ask('protect', { coid: 'a-1-s', position, which: 'sl', ...more });
    expect((await protect({ price: 1.095 })).d).toMatchObject({ outcome: 'accepted' });
    expect(room.mt5.controls.truth().positions).toMatchObject([{ sl: 1.095, tp: 1.12 }]);
    const told = await line.wait(({ t, d }) => t === 'position' && d.sl === 1.095);
    expect(told.d).toMatchObject({ slCoid: 'a-1-s', tpCoid: null, coid: 'a-1-e' });
    const sent = room.mt5.requests.length;
    expect((await protect({ price: 1.095 })).d).toMatchObject({ outcome: 'accepted', code: 'NO_CHANGES' });
    expect(room.mt5.requests).toHaveLength(sent);
    expect((await protect({ price: 1.2 })).d).toMatchObject({ outcome: 'rejected', code: 'INVALID_STOPS' });
    expect(await line.ask('query', { coid: 'a-1-s' })).toMatchObject({ t: 'found', d: { coid: 'a-1-s' } });
    room.mt5.controls.quote('EURUSD', 1.0949, 1.095);
    const gone = await line.wait(({ t, d }) => t === 'position' && d.gone === true);
    const deal = line.events.find(({ t, d }) => t === 'deal' && d.reason === 'sl');
    expect(deal?.d).toMatchObject({ coid: null, position, entry: 'out', volume: 0.1 });
    expect(deal?.seq).toBeLessThan(gone.seq ?? 0);
    const asked = await line.ask('query', { coid: 'a-1-s' });
    expect(asked).toMatchObject({ t: 'found' });
    expect(asked.parts.map(({ item }) => item.reason)).toContain('sl');
    expect((await protect({ price: 1.09 })).d).toMatchObject({
      outcome: 'rejected',
      code: 'POSITION_CLOSED',
    });
  });
});

describe.skipIf(!hasCompiler())('the guards', () => {
  it.each([
    ['InpMaxLots', { InpMaxLots: 0.05 }, 'GUARD_LOTS'],
    ['InpSymbols', { InpSymbols: 'GBPUSD,USDJPY' }, 'GUARD_SYMBOL'],
    ['InpKillSwitch', { InpKillSwitch: true }, 'GUARD_KILLED'],
    ['InpReadOnly', { InpReadOnly: true }, 'GUARD_READ_ONLY'],
  ])('%s refuses what opens, whatever Node says', async (_, inputs, code) => {
    room = await openBridgeRoom();
    await room.start({ inputs });
    const { line } = await room.node.greeted();
    expect((await line.ask('order', marketOrder('a-1-e'))).d).toMatchObject({
      outcome: 'rejected',
      code,
      retcode: 0,
    });
    expect(room.mt5.requests).toEqual([]);
  });

  it('count positions and working orders together', async () => {
    room = await openBridgeRoom();
    await room.start({ inputs: { InpMaxOrders: 2 } });
    const { line } = await room.node.greeted();
    await line.ask('order', marketOrder('a-1-e'));
    await line.ask('order', marketOrder('a-2-e', { kind: 'limit', price: 1.09 }));
    expect((await line.ask('order', marketOrder('a-3-e'))).d).toMatchObject({ code: 'GUARD_ORDERS' });
  });

  it.each([
    ['hedging', {}],
    ['netting', netting],
  ])('let a closing order pass on a %s account when the kill switch is on', async (mode, options) => {
    room = await openBridgeRoom(options);
    const ticket = room.mt5.controls.byHand('EURUSD', 0.2);
    await room.start({
      inputs: { InpKillSwitch: true, InpMaxLots: 0.01, InpSymbols: 'GBPUSD', InpMaxOrders: 1 },
    });
    const { line } = await room.node.greeted();
    const closes = mode === 'hedging' ? [{ position: String(ticket), volume: 0.2 }] : null;
    const exit = { side: 'sell', volume: 0.2, closes };
    expect((await line.ask('order', marketOrder('a-1-e', { side: 'sell', volume: 0.3 }))).d).toMatchObject({
      code: 'GUARD_KILLED',
    });
    expect((await line.ask('order', marketOrder('a-2-x', exit))).d).toMatchObject({ outcome: 'accepted' });
    expect(room.mt5.controls.truth().positions).toEqual([]);
  });

  it('refuse for certain while algo trading is off', async () => {
    room = await openBridgeRoom();
    const terminal = await room.start({ more: ['--allow-trading', '0'] });
    const { line } = await room.node.greeted();
    expect((await line.ask('order', marketOrder('a-1-e'))).d).toMatchObject({
      outcome: 'rejected',
      code: 'TRADING_OFF',
    });
    expect(terminal.lines.join('\n')).toContain("press the button 'Algo Trading'");
    expect(room.mt5.requests).toEqual([]);
  });

  it('refuse for certain while the terminal is not connected', async () => {
    room = await openBridgeRoom();
    await room.start();
    const { line } = await room.node.greeted();
    room.mt5.controls.refuseTerminals(true);
    room.mt5.controls.disconnectTerminals();
    await line.wait(({ t, d }) => t === 'beat' && !d.connected);
    expect((await line.ask('order', marketOrder('a-1-e'))).d).toMatchObject({
      outcome: 'rejected',
      code: 'NOT_CONNECTED',
    });
    expect(await line.ask('query', { coid: 'a-2-e' })).toMatchObject({ t: 'unknown' });
    expect((await line.ask('snapshot', { since: null })).d).toMatchObject({ complete: false });
  });
});
