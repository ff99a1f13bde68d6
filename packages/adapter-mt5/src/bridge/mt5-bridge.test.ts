import { afterEach, describe, expect, it } from 'vitest';
import { ScriptedTerminal } from '../testing/scripted-terminal.js';
import { TestBridge } from '../testing/test-bridge.js';
import { until } from '../testing/until.js';

const open: TestBridge[] = [];
const start = async (...options: Parameters<typeof TestBridge.open>): Promise<TestBridge> => {
  const world = await TestBridge.open(...options);
  open.push(world);
  return world;
};
afterEach(async () => {
  for (const world of open.splice(0)) await world.close();
});

const deal = (ticket: number, more: object = {}) => ({
  ticket: String(ticket),
  order: '7',
  coid: 'a-1-e',
  position: '7',
  symbol: 'EURUSD',
  type: 'buy',
  entry: 'in',
  volume: 0.1,
  price: 1.1,
  commission: -0.35,
  fee: 0,
  swap: 0,
  profit: 0,
  magic: '770000000001',
  reason: 'expert',
  comment: 'a-1-e',
  time: 1_704_895_200_000,
  ...more,
});

describe('a terminal on the bridge', () => {
  it('comes up with what its EA says of itself, and answers', async () => {
    const world = await start();
    const ea = await world.up();
    expect(world.terminal.state).toBe('up');
    expect(world.terminal.hello).toMatchObject({
      server: 'Scripted-Demo',
      marginMode: 'hedging',
      leverage: 30,
    });
    const asked = world.terminal.ask('ping', {});
    const { id } = await ea.next('ping');
    ea.say('pong', {}, { re: id as number });
    expect(await asked).toMatchObject({ outcome: 'answer', answer: { type: 'pong' } });
  });

  it('tells events in order, each once, over two connections', async () => {
    const world = await start();
    const ea = await world.up();
    ea.say('deal', deal(1), { seq: 1 });
    ea.say('deal', deal(2), { seq: 2 });
    await until('two deals', () => world.values('deal').length === 2);
    ea.close();
    await world.down();
    await world.up({ lastSeq: 4 }, function (seq) {
      this.say('deal', deal(seq), { seq });
    });
    expect(world.values('deal').map((one) => (one as { ticket: string }).ticket)).toEqual([
      '1',
      '2',
      '3',
      '4',
    ]);
    expect(world.names).toEqual(['up', 'deal', 'deal', 'down', 'deal', 'deal', 'up']);
    expect(world.values('up')).toMatchObject([{ resumed: false }, { resumed: true }]);
  });

  it('refuses a wrong secret', async () => {
    const world = await start();
    const ea = await ScriptedTerminal.connect(world.port, { secret: 'another-secret-0123456789' });
    void ea.hello().catch(() => undefined);
    expect(await ea.refused()).toBe('BAD_MAC');
    expect(world.refused).toMatchObject([{ reason: 'BAD_MAC', account: '5000001' }]);
  });
});
