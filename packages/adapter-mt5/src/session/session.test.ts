import { describe, expect, it } from 'vitest';
import { RoomBench, settled } from '../testing/room-bench.js';
import { SERVER_NOW, wireDeal, wireOrder, wirePosition } from '../testing/wire-records.js';

describe('the start', () => {
  it('says what to look at when no terminal comes in time', async () => {
    const bench = new RoomBench({ terminalWithin: 30_000 });
    const started = bench.start();
    await settled();
    bench.clock.advance(bench.clock.now() + 30_000);
    await expect(started).rejects.toMatchObject({
      code: 'PREFLIGHT_FAILED',
      message: expect.stringMatching(/5000001.*30 seconds.*algo trading.*allowed URLs.*InpSecret/s),
    });
    expect(bench.terminal.isClosed).toBe(true);
    expect(bench.connections).toEqual([]);
  });

  it.each([
    ['hedging', 'netting', "mode: 'netting'"],
    ['netting', 'hedging', "mode: 'hedging'"],
    ['hedging', 'exchange', "mode: 'netting'"],
  ] as const)('refuses mode %s on a %s account', async (mode, marginMode, hint) => {
    const bench = new RoomBench({ mode });
    const started = bench.start();
    await settled();
    bench.terminal.up({ marginMode });
    await expect(started).rejects.toMatchObject({
      code: 'BAD_CONFIG',
      message: expect.stringContaining(hint),
    });
  });

  it('takes an exchange account for a netting one', async () => {
    const bench = await RoomBench.up({ mode: 'netting' }, { marginMode: 'exchange' });
    expect(bench.connections.map(({ state }) => state)).toEqual(['up']);
  });

  it('waits until the terminal knows the whole account', async () => {
    const bench = new RoomBench();
    bench.terminal.complete = false;
    let isUp = false;
    const started = bench.start().then(() => {
      isUp = true;
    });
    await settled();
    bench.terminal.up();
    await settled();
    expect(isUp).toBe(false);
    bench.terminal.complete = true;
    bench.clock.advance(bench.clock.now() + 250);
    await started;
    expect(bench.connections).toEqual([{ state: 'up', dataLost: false, detail: 'connected' }]);
  });

  it('ends when it is aborted, before or while it waits', async () => {
    const before = new RoomBench();
    await expect(before.start(AbortSignal.abort())).rejects.toMatchObject({ code: 'PREFLIGHT_FAILED' });
    const bench = new RoomBench();
    const abort = new AbortController();
    const started = bench.start(abort.signal);
    await settled();
    abort.abort();
    await expect(started).rejects.toMatchObject({ code: 'PREFLIGHT_FAILED' });
  });

  it('takes what was before for known: it tells none of it', async () => {
    const bench = new RoomBench();
    bench.terminal.held.deal.push(wireDeal({ coid: 'j1-0abc-1-e' }));
    bench.terminal.held.order.push(wireOrder({ ticket: '50002', coid: 'j1-0abc-2-e' }));
    const started = bench.start();
    await settled();
    bench.terminal.up();
    await started;
    bench.terminal.deal(wireDeal({ coid: 'j1-0abc-1-e' }));
    expect(bench.news()).toEqual([]);
    bench.terminal.order(
      wireOrder({ ticket: '50002', coid: 'j1-0abc-2-e', state: 'canceled', done: SERVER_NOW }),
    );
    expect(bench.news()).toEqual(['cancelled j1-0abc-2-e']);
  });
});

describe('an interruption', () => {
  it('that was resumed has lost nothing', async () => {
    const bench = await RoomBench.up();
    bench.terminal.down();
    bench.terminal.deal(wireDeal({ coid: 'j1-0abc-1-e' }));
    bench.terminal.up({}, true);
    expect(bench.news()).toHaveLength(1);
    expect(bench.connections.map(({ state, dataLost }) => [state, dataLost])).toEqual([
      ['up', false],
      ['down', false],
      ['up', false],
    ]);
  });

  it('that was not is made up for by a snapshot: missed deals are told, once, before the line is up', async () => {
    const bench = await RoomBench.up();
    const { terminal } = bench;
    terminal.deal(wireDeal({ ticket: '40001', coid: 'j1-0abc-1-e' }));
    bench.news();
    terminal.down();
    terminal.held.deal.push(
      wireDeal({ ticket: '40001', coid: 'j1-0abc-1-e' }),
      wireDeal({ ticket: '40002', coid: 'j1-0abc-2-e', position: '50002', price: 1.2 }),
    );
    terminal.up({ epoch: 'e2' });
    terminal.deal(wireDeal({ ticket: '40003', coid: 'j1-0abc-3-e', position: '50003' }));
    expect(bench.connections.at(-1)?.state).toBe('down');
    await settled();
    expect(bench.news()).toEqual([
      'fill j1-0abc-2-e buy 1 at 1.2, 0 left, 40002',
      'fill j1-0abc-3-e buy 1 at 1.1, 0 left, 40003',
    ]);
    expect(bench.connections.at(-1)).toMatchObject({ state: 'up', dataLost: true });
  });

  it('is over with news that the snapshot holds already: they are older than it', async () => {
    const bench = await RoomBench.up();
    const { terminal } = bench;
    terminal.deal(wireDeal({ coid: 'j1-0abc-1-e' }));
    terminal.down();
    terminal.held.position.push(wirePosition({ coid: 'j1-0abc-1-e', sl: 1.095 }));
    terminal.asOfSeq = terminal.seq + 1;
    terminal.up({ epoch: 'e2' });
    terminal.position(wirePosition({ coid: 'j1-0abc-1-e', sl: 1.09 }));
    terminal.position(wirePosition({ coid: 'j1-0abc-1-e', sl: 1.096 }));
    await settled();
    expect(bench.orders.map((event) => ('price' in event ? event.price : event.type))).toEqual([
      1.1,
      'accepted',
      1.095,
      1.096,
    ]);
  });

  it('looks at the deals of an hour before the last news again', async () => {
    const bench = await RoomBench.up();
    bench.terminal.down();
    bench.terminal.up({ epoch: 'e2' });
    await settled();
    expect(bench.asked('snapshot').at(-1)).toEqual({ since: SERVER_NOW - 3_600_000 });
  });

  it('in the middle of a connection is degraded until a snapshot is there', async () => {
    const bench = await RoomBench.up();
    bench.terminal.reset('a gap of events');
    expect(bench.connections.at(-1)).toMatchObject({ state: 'degraded', detail: 'a gap of events' });
    expect(await bench.rooms.finder.query({ id: 'j1-0abc-1-e', symbol: 'EURUSD' })).toMatchObject({
      outcome: 'unknown',
    });
    await settled();
    expect(bench.connections.at(-1)).toMatchObject({ state: 'up', dataLost: true });
  });

  it('by a line that breaks while the snapshot is taken concludes nothing from it', async () => {
    const bench = await RoomBench.up();
    bench.terminal.down();
    bench.terminal.up({ epoch: 'e2' });
    bench.terminal.down();
    await settled();
    expect(bench.connections.at(-1)?.state).toBe('down');
    expect(bench.rooms.session.ready()).toBe('the terminal is not connected');
  });

  it('by a line that breaks while the snapshot is taken still owes it, even when the next one is resumed', async () => {
    const bench = await RoomBench.up();
    const { terminal } = bench;
    const lost = wireDeal({ ticket: '40001', coid: 'j1-0abc-1-e' });
    terminal.reset();
    terminal.deal(lost);
    terminal.down();
    await settled();
    terminal.held.deal.push(lost);
    terminal.deal(wireDeal({ ticket: '40002', coid: 'j1-0abc-1-x', type: 'sell', entry: 'out' }));
    terminal.held.deal.push(wireDeal({ ticket: '40002', coid: 'j1-0abc-1-x', type: 'sell', entry: 'out' }));
    terminal.up({}, true);
    await settled();
    expect(bench.news()).toEqual([
      'fill j1-0abc-1-e buy 1 at 1.1, 0 left, 40001',
      'fill j1-0abc-1-x sell 1 at 1.1, 0 left, 40002',
    ]);
    expect(bench.connections.at(-1)).toMatchObject({ state: 'up', dataLost: true });
  });

  it('of hours asks for all of its deals, however often it has to ask and whatever quotes came meanwhile', async () => {
    const bench = await RoomBench.up();
    const { terminal } = bench;
    terminal.down();
    terminal.complete = false;
    terminal.up({ epoch: 'e2' });
    await settled();
    terminal.tick('EURUSD', 1.1, 1.1001, SERVER_NOW + 3 * 3_600_000);
    terminal.complete = true;
    bench.clock.advance(bench.clock.now() + 250);
    await settled();
    const since = SERVER_NOW - 3_600_000;
    expect(bench.asked('snapshot').slice(1)).toEqual([{ since }, { since }]);
  });

  it('between the terminal and its trade server is one, too', async () => {
    const bench = await RoomBench.up();
    bench.terminal.beat({ connected: false });
    expect(bench.connections.at(-1)).toMatchObject({ state: 'down' });
    bench.terminal.beat();
    await settled();
    expect(bench.connections.at(-1)).toMatchObject({ state: 'up', dataLost: true });
  });
});

describe('a session', () => {
  it('is degraded while algo trading is off, and says that no entry passes', async () => {
    const bench = await RoomBench.up();
    bench.terminal.beat({ tradeAllowed: false });
    bench.terminal.beat({ tradeAllowed: false });
    expect(bench.connections.slice(1)).toMatchObject([{ state: 'degraded' }]);
    expect(bench.rooms.session.entriesStopped()).toContain('algo trading is off');
    bench.terminal.beat();
    expect(bench.connections.at(-1)).toMatchObject({ state: 'up', dataLost: false });
    expect(bench.beats).toBe(3);
  });

  it('is silent when it is closed, and closes twice', async () => {
    const bench = await RoomBench.up();
    await bench.rooms.session.close();
    await bench.rooms.session.close();
    bench.terminal.up();
    bench.terminal.deal(wireDeal({ coid: 'j1-0abc-1-e' }));
    await settled();
    expect(bench.news()).toEqual([]);
    expect(bench.connections.map(({ state }) => state)).toEqual(['up', 'down']);
    expect(bench.terminal.isClosed).toBe(true);
  });
});
