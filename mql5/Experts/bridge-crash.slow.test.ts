import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { hasCompiler } from '../host/index.js';
import { type BridgeRoom, marketOrder, openBridgeRoom } from './testing/bridge-room.js';

let room: BridgeRoom;
afterEach(() => room.close());

describe.skipIf(!hasCompiler())('a terminal that is killed', () => {
  it('before it sends an order: unknown at first, absent after InpAbsentAfter, and never sent', async () => {
    room = await openBridgeRoom();
    const doomed = await room.start({ more: ['--die-at', 'OrderSend-before'] });
    const { line } = await room.node.greeted();
    const from = Date.now();
    line.send('order', marketOrder('a-1-e'), { id: 1 });
    await line.wait(({ t }) => t === 'ack');
    expect(await doomed.exited).toMatchObject({ signal: 'SIGKILL' });
    await room.start({ inputs: { InpAbsentAfter: 3 } });
    const again = (await room.node.greeted()).line;
    expect((await again.ask('order', marketOrder('a-1-e'))).d).toMatchObject({
      outcome: 'unknown',
      repeated: true,
    });
    expect(await again.ask('query', { coid: 'a-1-e' })).toMatchObject({ t: 'unknown' });
    expect(await again.askUntilKnown('a-1-e')).toMatchObject({ t: 'absent' });
    expect(Date.now() - from).toBeGreaterThan(2_900);
    expect(room.mt5.requests).toEqual([]);
  });

  it.each(['OrderSend-sent', 'OrderSend-after'])(
    'at %s: the order is found by its name, and sent once',
    async (point) => {
      room = await openBridgeRoom();
      const doomed = await room.start({ more: ['--die-at', point] });
      const { line } = await room.node.greeted();
      line.send('order', marketOrder('a-1-e'), { id: 1 });
      expect(await doomed.exited).toMatchObject({ signal: 'SIGKILL' });
      await room.start();
      const again = (await room.node.greeted()).line;
      const found = await again.ask('query', { coid: 'a-1-e' });
      expect(found).toMatchObject({ t: 'found', d: { state: 'accepted' } });
      expect(found.parts).toMatchObject([
        { kind: 'order', item: { coid: 'a-1-e', state: 'filled' } },
        { kind: 'deal', item: { coid: 'a-1-e', volume: 0.1 } },
      ]);
      const repeated = await again.ask('order', marketOrder('a-1-e'));
      expect(repeated.d).toMatchObject({
        outcome: 'accepted',
        repeated: true,
        order: found.parts[0]?.item.ticket,
      });
      expect(room.mt5.requests).toHaveLength(1);
      expect(room.mt5.controls.truth().positions).toHaveLength(1);
      const { parts } = await again.ask('snapshot', { since: 0 });
      expect(parts.filter(({ kind }) => kind === 'position').map(({ item }) => item.coid)).toEqual(['a-1-e']);
    },
  );

  it('at a broker that keeps no comments: an order that traded under no name is never called absent', async () => {
    room = await openBridgeRoom({ lossyComments: true });
    const send = async (coid: string, symbol: string, point: string): Promise<void> => {
      const doomed = await room.start({ more: ['--die-at', point] });
      const { line } = await room.node.greeted();
      line.send('order', marketOrder(coid, { symbol }), { id: 1 });
      await doomed.exited;
    };
    room.mt5.controls.quote('USDJPY', 150, 150.01);
    await send('a-1-e', 'EURUSD', 'OrderSend-sent');
    await send('a-2-e', 'USDJPY', 'OrderSend-before');
    await room.start({ inputs: { InpAbsentAfter: 1 } });
    const { line } = await room.node.greeted();
    // The one that was sent later has had its time, so the earlier one has, too.
    expect(await line.askUntilKnown('a-2-e')).toMatchObject({ t: 'absent' });
    expect(room.mt5.controls.truth().positions).toHaveLength(1);
    expect(await line.ask('query', { coid: 'a-1-e' })).toMatchObject({ t: 'unknown' });
  });

  it('between two parts of an exit: the first is found, and the exit is accepted', async () => {
    room = await openBridgeRoom();
    const tickets = [room.mt5.controls.byHand('EURUSD', 0.1), room.mt5.controls.byHand('EURUSD', 0.2)];
    const doomed = await room.start({ more: ['--die-at', 'OrderSend-before:2'] });
    const { line } = await room.node.greeted();
    const closes = [
      { position: String(tickets[0]), volume: 0.1 },
      { position: String(tickets[1]), volume: 0.2 },
    ];
    line.send('order', marketOrder('a-1-x', { side: 'sell', volume: 0.3, closes }), { id: 1 });
    await doomed.exited;
    await room.start();
    const again = (await room.node.greeted()).line;
    const found = await again.ask('query', { coid: 'a-1-x' });
    expect(found).toMatchObject({ t: 'found', d: { state: 'accepted' } });
    const mine = found.parts.filter(({ kind, item }) => kind === 'deal' && item.coid === 'a-1-x');
    expect(mine.map(({ item }) => item.volume)).toEqual([0.1]);
    expect(room.mt5.controls.truth().positions).toMatchObject([{ ticket: tickets[1] }]);
  });

  it('while it wrote a line: the rest of the line is left out, and the journal goes on', async () => {
    room = await openBridgeRoom();
    const first = await room.start();
    await (await room.node.greeted()).line.ask('order', marketOrder('a-1-e'));
    await first.kill();
    appendFileSync(join(room.files, 'MikroBot', '5000001.journal'), 'P\t17637696000');
    const second = await room.start();
    const { line } = await room.node.greeted();
    expect(second.lines.join('\n')).toContain('1 unreadable lines');
    expect((await line.ask('order', marketOrder('a-1-e'))).d).toMatchObject({ repeated: true });
    expect((await line.ask('order', marketOrder('a-2-e'))).d).toMatchObject({
      outcome: 'accepted',
      repeated: false,
    });
    expect(room.mt5.requests).toHaveLength(2);
  });
});

describe.skipIf(!hasCompiler())('a line that breaks', () => {
  it('is taken up where Node left off: the missed events come again, then resumed', async () => {
    room = await openBridgeRoom();
    await room.start();
    const { line, hello } = await room.node.greeted();
    await line.ask('order', marketOrder('a-1-e'));
    await line.wait(({ t, d }) => t === 'order' && d.state === 'filled');
    const seen = Math.max(...line.events.map(({ seq }) => seq ?? 0));
    line.cut();
    room.mt5.controls.byHand('EURUSD', 0.2);
    const again = await room.node.line();
    const second = await again.greet({ resumeFrom: seen + 1 });
    expect(second.d).toMatchObject({ epoch: hello.d.epoch, firstSeq: 1 });
    expect(second.d.nonce).not.toBe(hello.d.nonce);
    const resumed = await again.wait(({ t }) => t === 'resumed');
    expect(resumed.d).toMatchObject({ from: seen + 1 });
    await again.wait(({ t, d }) => t === 'position' && d.volume === 0.2);
    const deal = again.events.find(({ t }) => t === 'deal');
    expect(deal?.d).toMatchObject({ coid: null, volume: 0.2, reason: 'client' });
    expect(again.events.map(({ seq }) => seq)).toEqual(again.events.map((_, i) => seen + 1 + i));
  });

  it('begins anew when Node asks for what the ring does not have', async () => {
    room = await openBridgeRoom();
    await room.start();
    const { line } = await room.node.greeted({ resumeFrom: 5 });
    expect((await line.wait(({ t }) => t === 'reset')).d).toEqual({ lastSeq: 0 });
    line.cut();
    const again = await room.node.line();
    await again.greet({ resumeFrom: 1 });
    expect((await again.wait(({ t }) => t === 'resumed')).d).toEqual({ from: 1, to: 0 });
  });

  it('has another epoch after a restart, and a snapshot that shows what happened meanwhile', async () => {
    room = await openBridgeRoom();
    const first = await room.start();
    const { hello } = await room.node.greeted();
    await first.kill();
    room.mt5.controls.byHand('EURUSD', 0.2);
    await room.start();
    const { line, hello: second } = await room.node.greeted();
    expect(second.d.epoch).not.toBe(hello.d.epoch);
    const { d, parts } = await line.ask('snapshot', { since: 0 });
    expect(d).toMatchObject({ complete: true, asOfSeq: 0, account: { balance: 10_000, tradeAllowed: true } });
    expect(parts.map(({ kind }) => kind)).toEqual(['position', 'deal', 'deal']);
    expect(line.events).toEqual([]);
  });

  it('between terminal and server is told by beats, and what was missed is told as events', async () => {
    room = await openBridgeRoom();
    await room.start();
    const { line } = await room.node.greeted();
    room.mt5.controls.refuseTerminals(true);
    room.mt5.controls.disconnectTerminals();
    await line.wait(({ t, d }) => t === 'beat' && !d.connected);
    room.mt5.controls.byHand('EURUSD', 0.2);
    room.mt5.controls.refuseTerminals(false);
    const deal = await line.wait(({ t }) => t === 'deal');
    expect(deal.d).toMatchObject({ volume: 0.2 });
    await line.wait(({ t, d }) => t === 'position' && d.volume === 0.2);
    expect(line.events.filter(({ t }) => t === 'deal')).toHaveLength(1);
  });
});
