import { startTws, type TwsSimulator } from '@mikrobot/simulators';
import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../testing/until.js';
import { orderRequest } from './testing/order-bench.js';
import { marketOrder, Trader } from './testing/trader.js';

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

const bench = async (serverVersion: 176 | 193): Promise<{ tws: TwsSimulator; trader: Trader }> => {
  const tws = await startTws({
    serverVersion,
    accounts: [{ id: 'DU1', currency: 'USD', balance: '1000000' }],
  });
  open.push(() => tws.close());
  tws.controls.quote('ES', 4_750, 4_750.25);
  tws.controls.quote('AAPL', 180, 180.01);
  const trader = await new Trader(tws).start();
  open.push(() => trader.close());
  return { tws, trader };
};
const id = 'j1-0abc-1-e';
const ref = { id, symbol: 'ES' };
const bracket = { stop: 4_740, target: 4_760, trail: undefined };

describe.each([176, 193] as const)('orders over the wire at server version %i', (version) => {
  it('a market order is accepted, trades, and is found with commission and price', async () => {
    const { trader } = await bench(version);
    expect(await trader.orders.submit(marketOrder())).toMatchObject({ outcome: 'accepted' });
    await until('it has filled', () => trader.filled(id) === 2);
    const [fill] = trader.events.filter(({ type }) => type === 'fill');
    expect(fill).toMatchObject({ price: 4_750.25, side: 'buy', remaining: 0, profit: 0 });
    expect(fill?.type === 'fill' && fill.commission).toBeGreaterThan(0);
    expect(await trader.orders.query(ref)).toMatchObject({
      outcome: 'found',
      report: { state: 'filled', filled: 2 },
    });
  });

  it('a bracket wakes when all of the entry has filled; its target ends the stop', async () => {
    const { tws, trader } = await bench(version);
    await trader.orders.submit(marketOrder({ bracket }));
    await until('both legs work', async () => (await trader.orders.openOrders()).length === 2);
    expect(
      (await trader.orders.openOrders()).map(({ id, type, price, quantity }) => [id, type, price, quantity]),
    ).toEqual([
      [`${id}t`, 'limit', 4_760, 2],
      [`${id}s`, 'stop', 4_740, 2],
    ]);
    tws.controls.quote('ES', 4_761, 4_761.25);
    await until('the stop has ended', () => trader.told(`${id}s`).includes('cancelled'));
    expect(trader.told(`${id}t`).at(-1)).toBe('fill');
    expect(trader.filled(`${id}t`)).toBe(2);
    const exit = trader.events.find((event) => event.type === 'fill' && event.id === `${id}t`);
    // 2 contracts of 50 USD a point, from 4750.25 to 4760 or better; commissions of neither end are in it.
    if (exit?.type === 'fill') expect(exit.profit).toBeCloseTo(2 * 50 * (exit.price - 4_750.25), 2);
    expect(tws.controls.truth().working).toEqual([]);
  });

  it('legs can be moved after the entry has filled, and stay one pair', async () => {
    const { tws, trader } = await bench(version);
    await trader.orders.submit(marketOrder({ bracket }));
    await until('both legs work', async () => (await trader.orders.openOrders()).length === 2);
    const moved = marketOrder({ side: 'sell', type: 'stop', price: 4_745, purpose: 'protect' });
    expect(await trader.orders.amend(moved, { id: `${id}s`, symbol: 'ES' })).toMatchObject({
      outcome: 'accepted',
    });
    tws.controls.quote('ES', 4_744, 4_744.25);
    await until('the target has ended', () => trader.told(`${id}t`).includes('cancelled'));
    expect(trader.filled(`${id}s`)).toBe(2);
  });

  it('what trades while TWS does not reach IB is told once it does, each trade once', async () => {
    const { tws, trader } = await bench(version);
    await trader.orders.submit(orderRequest({ price: 4_745 }));
    tws.faults.connectivityLost();
    await until('the loss is known', () => trader.states.at(-1) === 'degraded');
    expect(await trader.orders.submit(marketOrder({ id: 'j1-0abc-2-e' }))).toMatchObject({
      code: 'LINE_DOWN',
    });
    tws.controls.quote('ES', 4_744, 4_744.25);
    tws.faults.connectivityRestored({ dataLost: false });
    await until('it is told', () => trader.filled(id) === 2);
    expect(tws.controls.truth().sent).toEqual([id]);
  });

  it('a Gateway restart in mid-trade that rolls ids back: orders agree afterwards, and no id is used again', async () => {
    const { tws, trader } = await bench(version);
    await trader.orders.submit(marketOrder({ bracket }));
    await until('it has filled', () => trader.filled(id) === 2);
    tws.faults.restart({ rollBack: 3 });
    await until('the line is down', () => trader.states.at(-1) === 'down');
    tws.controls.quote('ES', 4_739, 4_739.25);
    tws.faults.comeBack();
    await until('the stop is told', () => trader.filled(`${id}s`) === 2);
    await until('the line is up', () => trader.states.at(-1) === 'up');
    const next = await trader.orders.submit(orderRequest({ id: 'j1-0abc-2-e', price: 4_700 }));
    expect(next).toMatchObject({ outcome: 'accepted' });
    const ids = tws.controls.truth().orders.map(({ orderId }) => orderId);
    expect(new Set(ids).size).toBe(ids.length);
    expect((await trader.orders.openOrders()).map((order) => order.id)).toEqual(['j1-0abc-2-e']);
  });

  it('orders of an earlier process are found, changed and cancelled by another of the same client id', async () => {
    const { tws, trader } = await bench(version);
    const { venueId } = (await trader.orders.submit(orderRequest({ price: 4_700 }))) as { venueId?: string };
    trader.close();
    const heir = await new Trader(tws).start();
    open.push(() => heir.close());
    expect(await heir.orders.query({ ...ref, venueId })).toMatchObject({
      outcome: 'found',
      report: { price: 4_700 },
    });
    expect(await heir.orders.amend(orderRequest({ price: 4_701 }), { ...ref, venueId })).toMatchObject({
      outcome: 'accepted',
    });
    expect(await heir.orders.cancel({ ...ref, venueId })).toMatchObject({ outcome: 'accepted' });
    await until('its end is told', () => heir.told(id).includes('cancelled'));
  });

  it('orders of others and by hand are seen, and can be neither changed nor cancelled', async () => {
    const { tws, trader } = await bench(version);
    const other = await new Trader(tws, { clientId: 8 }).start();
    open.push(() => other.close());
    await other.orders.submit(orderRequest({ id: 'other-1', price: 4_690 }));
    const permId = tws.controls.byHand('ES', { action: 'BUY', quantity: 1, type: 'LMT', limitPrice: 4_680 });
    const seen = await trader.orders.openOrders();
    expect(seen.map(({ price }) => price).sort()).toEqual([4_680, 4_690]);
    expect(seen.map((order) => order.id)).toContain(`tws-${permId}`);
    for (const { id, venueId } of seen)
      expect((await trader.orders.cancel({ id, symbol: 'ES', venueId })).outcome).toBe('rejected');
    expect(trader.events).toEqual([]);
    expect(tws.controls.truth().working).toHaveLength(2);
  });

  it('orders at the close trade in the auction', async () => {
    const { tws, trader } = await bench(version);
    expect(await trader.orders.submit(marketOrder({ symbol: 'AAPL', timeInForce: 'CLS' }))).toMatchObject({
      outcome: 'accepted',
    });
    expect(trader.filled(id)).toBe(0);
    tws.controls.close('AAPL');
    await until('it has filled', () => trader.filled(id) === 2);
  });

  it('a margin check tells figures and places nothing', async () => {
    const { tws, trader } = await bench(version);
    const answer = await trader.orders.whatIf({ symbol: 'ES', side: 'buy', quantity: 1 });
    expect(answer).toMatchObject({ outcome: 'known' });
    if (answer.outcome === 'known') expect(answer.initialMargin).toBeGreaterThan(0);
    expect(tws.controls.truth().orders).toEqual([]);
  });

  it('a preset that changes the time in force warns, and the order lives', async () => {
    const { tws, trader } = await bench(version);
    tws.controls.presetNext('DAY');
    expect(await trader.orders.submit(orderRequest({ price: 4_700 }))).toMatchObject({ outcome: 'accepted' });
    expect(trader.notes.join()).toContain('10349');
    expect(await trader.orders.openOrders()).toHaveLength(1);
    expect(trader.told(id)).toEqual(['accepted']);
  });

  it('an execution that is told twice and corrected is booked once', async () => {
    const { tws, trader } = await bench(version);
    tws.controls.duplicateExecutions();
    await trader.orders.submit(marketOrder());
    await until('it has filled', () => trader.filled(id) === 2);
    const [execution] = tws.controls.truth().executions;
    tws.controls.correctExecution(execution!.execId, { price: 4_750.5 });
    await until('the correction is noted', () => trader.notes.join().includes('corrected'));
    expect(trader.filled(id)).toBe(2);
  });

  it('of an order that goes on in the next process, the trades of before are told ahead of all that is told of it', async () => {
    const { tws, trader } = await bench(version);
    tws.controls.depth(1);
    await trader.orders.submit(orderRequest({ price: 4_750 }));
    tws.controls.quote('ES', 4_749, 4_749.75);
    await until('a part has filled', () => trader.filled(id) === 1);
    trader.close();
    const next = await new Trader(tws).start();
    open.push(() => next.close());
    expect(next.events).toEqual([]);
    tws.controls.quote('ES', 4_749, 4_749.75);
    await until('the rest has filled', () => next.filled(id) === 2);
    const rest = next.events.map((event) => (event.type === 'fill' ? event.remaining : event.type));
    expect(rest).toEqual([1, 0]);
    const [first] = trader.events.filter(({ type }) => type === 'fill');
    expect(next.events[0]).toMatchObject({ tradeId: first?.type === 'fill' && first.tradeId });
  });

  it('what happens while a new process reads its lists is told after the trades of before, those of the entry included', async () => {
    const { tws, trader } = await bench(version);
    await trader.orders.submit(marketOrder({ bracket }));
    await until('it has filled', () => trader.filled(id) === 2);
    trader.close();
    const next = new Trader(tws);
    open.push(() => next.close());
    tws.faults.delayAnswers(20);
    const started = next.start();
    await until('lists are asked for', () => tws.received.get('reqExecutions') === 2);
    tws.controls.quote('ES', 4_739, 4_739.25);
    expect(next.events).toEqual([]);
    await started;
    await until('the stop has traded', () => next.filled(`${id}s`) === 2);
    const trades = next.events.filter(({ type }) => type === 'fill');
    expect(trades.map((event) => event.id)).toEqual([id, `${id}s`]);
  });
});
