import { afterEach, describe, expect, it } from 'vitest';
import { wireAccount, wireDeal, wireOrder, wirePosition } from '../testing/records.js';
import type { ScriptedTerminal } from '../testing/scripted-terminal.js';
import { StepClock } from '../testing/step-clock.js';
import { TestBridge } from '../testing/test-bridge.js';
import type { Terminal } from './terminal.js';

const open: TestBridge[] = [];
const start = async (): Promise<{
  clock: StepClock;
  terminal: Terminal;
  world: TestBridge;
  ea: ScriptedTerminal;
}> => {
  const clock = new StepClock();
  const world = await TestBridge.open({ clock });
  open.push(world);
  return { clock, world, terminal: world.terminal, ea: await world.up() };
};
afterEach(async () => {
  for (const world of open.splice(0)) await world.close();
});

const order = {
  coid: 'a-1-e',
  kind: 'market',
  symbol: 'EURUSD',
  side: 'buy',
  volume: 0.1,
  price: null,
  stopLimit: null,
  sl: 1.08,
  tp: null,
  deviation: 20,
  tif: 'GTC',
  goodTill: null,
  magic: '770000000001',
  expiresAt: 1_704_898_800_000,
  closes: null,
} as const;

const result = {
  coid: 'a-1-e',
  outcome: 'accepted',
  code: 'DONE',
  retcode: 10_009,
  order: '7',
  deal: '8',
  volume: 0.1,
  price: 1.09503,
  detail: '',
  repeated: false,
};

describe('a request', () => {
  it('goes out as it is, in plain decimals, with an id', async () => {
    const { terminal, ea } = await start();
    void terminal.ask('order', { ...order, volume: 1e-7 });
    const line = await ea.next('order');
    expect(line).toMatchObject({ v: 1, id: 1, d: { coid: 'a-1-e', closes: null } });
    expect(ea.text).toContain('"volume":0.0000001,');
  });

  it('is acknowledged, and then answered', async () => {
    const { terminal, ea } = await start();
    const said: string[] = [];
    const asked = terminal.ask('order', order, { onAck: () => said.push('ack') });
    const { id } = await ea.next('order');
    ea.say('ack', { coid: 'a-1-e' }, { re: id as number });
    ea.say('result', result, { re: id as number });
    expect(await asked).toMatchObject({
      outcome: 'answer',
      answer: { type: 'result', data: { outcome: 'accepted', order: '7', orders: [], repeated: false } },
    });
    expect(said).toEqual(['ack']);
  });

  it('is answered with all of its parts, in order', async () => {
    const { terminal, ea } = await start();
    const asked = terminal.ask('snapshot', { since: null });
    const re = (await ea.next('snapshot')).id as number;
    ea.say('part', { kind: 'position', items: [wirePosition(1), wirePosition(2)] }, { re });
    ea.say('part', { kind: 'order', items: [wireOrder(3)] }, { re });
    ea.say('part', { kind: 'position', items: [wirePosition(4)] }, { re });
    ea.say('part', { kind: 'deal', items: [wireDeal(5)] }, { re });
    ea.say('snapshot', { asOfSeq: 9, complete: true, account: wireAccount, serverTime: 5 }, { re });
    const outcome = await asked;
    expect(outcome).toMatchObject({
      dropped: 0,
      answer: { data: { asOfSeq: 9, account: { balance: 10_000 } } },
    });
    const parts = outcome.outcome === 'answer' ? outcome.parts : undefined;
    expect(parts?.position.map(({ ticket }) => ticket)).toEqual(['1', '2', '4']);
    expect(parts?.order).toHaveLength(1);
    expect(parts?.deal).toHaveLength(1);
    expect(parts?.bar).toEqual([]);
  });

  it('is answered without the items that cannot be read, and says how many', async () => {
    const { terminal, ea } = await start();
    const asked = terminal.ask('bars', { symbol: 'EURUSD', timeframe: 'M5', from: 0, to: 9, limit: 9 });
    const re = (await ea.next('bars')).id as number;
    const items = [
      [300_000, 1.1, 1.2, 1.0, 1.15, 7, 2],
      [600_000, 1.1, 1.05, 1.0, 1.15, 7, 2],
      [900_000, 1.1, 1.2, -1.0, 1.15, 7, 2],
      [1_200_000, 1.1, 1.2, 1.0, 1.15, 7],
      'no bar',
    ];
    ea.say('part', { kind: 'bar', items }, { re });
    ea.say('part', { kind: 'news', items }, { re });
    ea.say('done', { next: 1_500_000 }, { re });
    expect(await asked).toMatchObject({
      outcome: 'answer',
      dropped: 5,
      parts: { bar: [[300_000, 1.1, 1.2, 1.0, 1.15, 7, 2]] },
      answer: { data: { next: 1_500_000 } },
    });
  });

  it('is refused by an error of the EA', async () => {
    const { terminal, ea } = await start();
    const asked = terminal.ask('subscribe', { symbol: 'NOPE' });
    ea.say(
      'error',
      { code: 'UNKNOWN_SYMBOL', detail: 'NOPE' },
      { re: (await ea.next('subscribe')).id as number },
    );
    expect(await asked).toEqual({ outcome: 'refused', code: 'UNKNOWN_SYMBOL', detail: 'NOPE' });
  });

  it.each([
    ['of another order', 'result', { ...result, coid: 'a-2-e' }],
    ['with an outcome that is not known', 'result', { ...result, outcome: 'done' }],
    ['without a code', 'result', { ...result, code: undefined }],
    ['to another request', 'pong', {}],
    ['of a type that is not known', 'maybe', {}],
  ])('is lost when the answer is one %s: it may have been done', async (_, type, d) => {
    const { terminal, ea } = await start();
    const asked = terminal.ask('order', order);
    ea.say(type, d, { re: (await ea.next('order')).id as number });
    expect(await asked).toMatchObject({ outcome: 'lost' });
    expect(terminal.drops).toEqual({ 'reply unreadable': 1 });
  });

  it('is lost when no answer comes in time; a late one is no answer to another', async () => {
    const { clock, terminal, ea } = await start();
    const asked = terminal.ask('order', order, { timeout: 500 });
    const { id } = await ea.next('order');
    clock.pass(499);
    clock.pass(1);
    expect(await asked).toEqual({ outcome: 'lost', detail: 'no answer within 500 ms' });
    const next = terminal.ask('order', order);
    const second = await ea.next('order');
    ea.say('result', result, { re: id as number });
    ea.say('result', { ...result, order: '9' }, { re: second.id as number });
    expect(await next).toMatchObject({ answer: { data: { order: '9' } } });
    expect(terminal.drops).toEqual({ 'reply to nothing': 1 });
  });

  it('is lost when the line breaks, and not sent when it is down', async () => {
    const { world, terminal, ea } = await start();
    const asked = terminal.ask('order', order);
    await ea.next('order');
    ea.close();
    expect(await asked).toMatchObject({ outcome: 'lost' });
    expect(await terminal.ask('ping', {})).toMatchObject({ outcome: 'not-sent', code: 'LINE_DOWN' });
    // An id is not used again, so that an answer of the old connection fits nothing.
    const second = await world.up();
    void terminal.ask('ping', {});
    expect((await second.next('ping')).id).toBe(2);
  });

  it('is told as lost before the line is told as down', async () => {
    const { world, terminal, ea } = await start();
    const order: string[] = [];
    void terminal.ask('ping', {}).then(({ outcome }) => order.push(outcome));
    terminal.on('down', () => void Promise.resolve().then(() => order.push('down')));
    await ea.next('ping');
    ea.close();
    await world.down();
    expect(order).toEqual(['lost', 'down']);
  });

  it('waits while 16 are open; what changes orders goes first, the rest in its order', async () => {
    const { terminal, ea } = await start();
    const first = Array.from({ length: 16 }, () => terminal.ask('ping', {}));
    const later = [
      terminal.ask('query', { coid: 'a-1-e', order: null }),
      terminal.ask('subscribe', { symbol: 'EURUSD' }),
      terminal.ask('order', order),
      terminal.ask('cancel', { coid: 'a-2-e', order: '7' }),
    ];
    for (let i = 0; i < 16; i++) {
      ea.say('pong', {}, { re: (await ea.next('ping')).id as number });
    }
    expect((await Promise.all(first)).map(({ outcome }) => outcome)).toEqual(Array(16).fill('answer'));
    const ids: unknown[] = [];
    for (const type of ['order', 'cancel', 'query', 'subscribe']) ids.push((await ea.next(type)).id);
    expect(ids).toEqual([17, 18, 19, 20]);
    ea.close();
    expect((await Promise.all(later)).map(({ outcome }) => outcome)).toEqual(Array(4).fill('lost'));
  });

  it('that waits is not sent when its time is over or the line breaks, and says so', async () => {
    const { clock, terminal, ea } = await start();
    const first = Array.from({ length: 16 }, () => terminal.ask('ping', {}));
    const late = terminal.ask('order', order, { timeout: 500 });
    const cut = terminal.ask('order', order);
    clock.pass(500);
    expect(await late).toMatchObject({ outcome: 'not-sent', code: 'BUSY' });
    for (let i = 0; i < 16; i++) await ea.next('ping');
    ea.close();
    expect(await cut).toMatchObject({ outcome: 'not-sent', code: 'LINE_DOWN' });
    expect((await Promise.all(first)).map(({ outcome }) => outcome)).toEqual(Array(16).fill('lost'));
    expect(ea.received).toEqual([]);
  });

  it('is refused when too many wait', async () => {
    const { terminal } = await start();
    for (let i = 0; i < 16 + 1_024; i++) void terminal.ask('ping', {});
    expect(await terminal.ask('ping', {})).toMatchObject({ outcome: 'not-sent', code: 'BUSY' });
  });

  it('that would be longer than a line is not sent', async () => {
    const { terminal } = await start();
    const names = Array.from({ length: 1_100 }, () => 'x'.repeat(60));
    expect(await terminal.ask('symbols', { names })).toMatchObject({ outcome: 'not-sent', code: 'TOO_LONG' });
  });

  it('has no answer without an end, however long it is', async () => {
    const { terminal, ea } = await start();
    const asked = terminal.ask('symbols', { names: null });
    const re = (await ea.next('symbols')).id as number;
    const items = Array(8_000).fill(0);
    for (let i = 0; i < 26; i++) ea.say('part', { kind: 'bar', items }, { re });
    expect(await asked).toEqual({ outcome: 'lost', detail: 'the answer is too long' });
  });
});
