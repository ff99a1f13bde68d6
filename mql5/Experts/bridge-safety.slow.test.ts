import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { hasCompiler } from '../host/index.js';
import { type BridgeRoom, marketOrder, openBridgeRoom } from './testing/bridge-room.js';

let room: BridgeRoom;
afterEach(() => room.close());

const killed = { InpKillSwitch: true, InpMaxLots: 0.01, InpSymbols: 'GBPUSD' };

describe.skipIf(!hasCompiler())('an exit that names positions', () => {
  it('is none on a netting account, where a server may open by it what no guard has judged', async () => {
    room = await openBridgeRoom({ accounts: [{ login: 5_000_001, marginMode: 'netting' }] });
    const ticket = room.mt5.controls.byHand('EURUSD', 0.1);
    await room.start({ inputs: killed });
    const { line } = await room.node.greeted();
    const closes = [{ position: String(ticket), volume: 0.1 }];
    const exit = marketOrder('a-1-x', { side: 'sell', volume: 0.1, closes });
    expect((await line.ask('order', exit)).d).toMatchObject({ outcome: 'rejected', code: 'BAD_REQUEST' });
    expect(room.mt5.requests).toEqual([]);
  });

  it('is unknown while the fate of one part is, and known when that part must have come up', async () => {
    room = await openBridgeRoom();
    const tickets = [room.mt5.controls.byHand('EURUSD', 0.1), room.mt5.controls.byHand('EURUSD', 0.2)];
    await room.start({ inputs: { InpAbsentAfter: 2 } });
    const { line } = await room.node.greeted();
    room.mt5.controls.loseNextRequest({ answer: 10012 });
    const closes = tickets.map((ticket, i) => ({ position: String(ticket), volume: i === 0 ? 0.1 : 0.2 }));
    const { d } = await line.ask('order', marketOrder('a-1-x', { side: 'sell', volume: 0.3, closes }));
    expect(d).toMatchObject({ outcome: 'unknown', retcode: 10012, volume: 0.2 });
    expect(d.orders).toHaveLength(1);
    expect(await line.ask('query', { coid: 'a-1-x' })).toMatchObject({ t: 'found', d: { state: 'unknown' } });
    for (;;) {
      const { d } = await line.ask('query', { coid: 'a-1-x' });
      if (d.state === 'accepted') break;
      await line.next(({ t }) => t === 'beat');
    }
    expect(room.mt5.controls.truth().positions).toMatchObject([{ ticket: tickets[0], volume: 0.1 }]);
    expect(room.mt5.requests).toHaveLength(2);
  });
});

describe.skipIf(!hasCompiler())('a journal that was lost', () => {
  it('proves nothing until what was under way must have come up', async () => {
    room = await openBridgeRoom();
    const first = await room.start();
    await (await room.node.greeted()).line.ask('order', marketOrder('a-2-e'));
    await first.kill();
    rmSync(join(room.files, 'MikroBot', '5000001.journal'));
    const from = Date.now();
    await room.start({ inputs: { InpAbsentAfter: 2 } });
    const { line } = await room.node.greeted();
    expect(await line.ask('query', { coid: 'a-1-e' })).toMatchObject({ t: 'unknown' });
    expect(await line.askUntilKnown('a-1-e')).toMatchObject({ t: 'absent' });
    expect(Date.now() - from).toBeGreaterThan(1_900);
  });

  it('is another thing than one that begins: there was nothing to be lost', async () => {
    room = await openBridgeRoom();
    room.mt5.controls.byHand('EURUSD', 0.2);
    await room.start();
    const { line } = await room.node.greeted();
    expect(await line.ask('query', { coid: 'a-1-e' })).toMatchObject({ t: 'absent' });
  });

  it('is none after an order was written down: what it does not name was never sent', async () => {
    room = await openBridgeRoom();
    const first = await room.start();
    await (await room.node.greeted()).line.ask('order', marketOrder('a-1-e'));
    await first.kill();
    await room.start();
    const { line } = await room.node.greeted();
    expect(await line.ask('query', { coid: 'a-2-e' })).toMatchObject({ t: 'absent' });
  });
});
