import { afterEach, describe, expect, it } from 'vitest';
import { wireAccount, wireDeal, wireOrder, wirePosition } from '../testing/records.js';
import { ScriptedTerminal } from '../testing/scripted-terminal.js';
import { TestBridge } from '../testing/test-bridge.js';
import { until } from '../testing/until.js';

const open: TestBridge[] = [];
const start = async (): Promise<TestBridge> => {
  const world = await TestBridge.open();
  open.push(world);
  return world;
};
afterEach(async () => {
  for (const world of open.splice(0)) await world.close();
});

const tickets = (world: TestBridge): readonly string[] =>
  world.values('deal').map((deal) => (deal as { readonly ticket: string }).ticket);

/** Waits until all that was said is read: lines come in order. */
const settled = async (world: TestBridge, ea: ScriptedTerminal): Promise<void> => {
  const asked = world.terminal.ask('ping', {});
  ea.say('pong', {}, { re: (await ea.next('ping')).id as number });
  await asked;
};

/** Deals with the numbers from `from` to `to`. */
const deals = (ea: ScriptedTerminal, from: number, to: number): void => {
  for (let seq = from; seq <= to; seq++) ea.say('deal', wireDeal(seq), { seq });
};
const again = function (this: ScriptedTerminal, seq: number): void {
  deals(this, seq, seq);
};

describe('trade events', () => {
  it('come with their numbers, as records with undefined for what is absent', async () => {
    const world = await start();
    const ea = await world.up();
    ea.say('order', wireOrder(5, { more: 'is ignored' }), { seq: 1 });
    ea.say('deal', wireDeal(6, { coid: null, position: '0', symbol: '', type: 'balance' }), { seq: 2 });
    ea.say('position', wirePosition(7), { seq: 3 });
    ea.say('position', wirePosition(7, { gone: true, volume: 0, sl: 0 }), { seq: 4 });
    await settled(world, ea);
    expect(world.told.slice(1)).toMatchObject([
      [
        'order',
        { ticket: '5', coid: 'a-1-e', sl: 1.08, tp: undefined, position: undefined, done: undefined },
        1,
      ],
      ['deal', { ticket: '6', coid: undefined, position: undefined, type: 'balance' }, 2],
      ['position', { ticket: '7', gone: false, side: 'buy', slCoid: undefined }, 3],
      ['position', { ticket: '7', gone: true, sl: undefined }, 4],
    ]);
    expect(world.values('order')[0]).not.toHaveProperty('more');
  });

  it('are told once, though the EA says them twice', async () => {
    const world = await start();
    const ea = await world.up();
    deals(ea, 1, 3);
    deals(ea, 2, 4);
    await settled(world, ea);
    expect(tickets(world)).toEqual(['1', '2', '3', '4']);
    expect(world.terminal.drops).toEqual({ 'event repeated': 2 });
    expect(world.names).not.toContain('reset');
  });

  it('that are missing are told as a reset, before the next one', async () => {
    const world = await start();
    const ea = await world.up();
    deals(ea, 1, 1);
    deals(ea, 4, 5);
    await settled(world, ea);
    expect(world.names).toEqual(['up', 'deal', 'reset', 'deal', 'deal']);
    expect(world.terminal.drops).toEqual({ 'gap of events': 1 });
  });

  it.each([
    ['a state that is not known', 'order', wireOrder(1, { state: 'other' })],
    ['a price below zero', 'deal', wireDeal(1, { price: -1 })],
    ['a number that is a word', 'deal', wireDeal(1, { volume: '0.1' })],
    ['no ticket', 'deal', wireDeal('0')],
    ['a ticket that is a number', 'position', wirePosition(1, { ticket: 1 })],
    ['a client order id that cannot be', 'order', wireOrder(1, { coid: 'Ä b' })],
    ['a side that is not known', 'position', wirePosition(1, { side: 'long' })],
  ])('with %s are no event, but a reset', async (_, type, record) => {
    const world = await start();
    const ea = await world.up();
    ea.say(type, record, { seq: 1 });
    deals(ea, 2, 2);
    await settled(world, ea);
    expect(world.names).toEqual(['up', 'reset', 'deal']);
    expect(world.terminal.drops).toEqual({ [`${type} unreadable`]: 1 });
  });

  it('without a number, or with an infinite price, are no event', async () => {
    const world = await start();
    const ea = await world.up();
    ea.say('deal', wireDeal(1));
    const line = JSON.stringify({ v: 1, t: 'deal', seq: 1, ts: 1, d: wireDeal(1, { price: 'X' }) });
    ea.raw(`${line.replace('"X"', '1e999')}\n`);
    await settled(world, ea);
    expect(world.names).toEqual(['up', 'reset', 'reset']);
    expect(world.terminal.drops).toEqual({ 'deal without a number': 1, 'deal unreadable': 1 });
  });
});

describe('a terminal that comes back', () => {
  it('is asked for what comes behind the last event', async () => {
    const world = await start();
    const ea = await world.up({ lastSeq: 40, firstSeq: 1 });
    deals(ea, 41, 43);
    await settled(world, ea);
    ea.close();
    await world.down();
    const next = await ScriptedTerminal.connect(world.port, { lastSeq: 43 });
    expect((await next.hello()).resumeFrom).toBe(44);
    next.say('resumed', { from: 44, to: 43 });
    await until('up', () => world.terminal.state === 'up');
    expect(world.values('up')).toMatchObject([{ resumed: false }, { resumed: true }]);
    expect(tickets(world)).toEqual(['41', '42', '43']);
    next.close();
  });

  it('gives the missed events before it is up, cut anywhere', async () => {
    const world = await start();
    const ea = await world.up();
    deals(ea, 1, 2);
    await settled(world, ea);
    ea.close();
    await world.down();
    // The line breaks after the first of the events that are sent again, and then before the answer to the welcome.
    const broken = await ScriptedTerminal.connect(world.port, { lastSeq: 5 });
    expect((await broken.hello()).resumeFrom).toBe(3);
    deals(broken, 3, 3);
    await until('the third deal', () => tickets(world).length === 3);
    broken.close();
    const silent = await ScriptedTerminal.connect(world.port, { lastSeq: 5 });
    await until('it may come', () => world.terminal.state === 'down');
    expect((await silent.hello()).resumeFrom).toBe(4);
    silent.close();
    await world.up({ lastSeq: 5 }, again);
    expect(tickets(world)).toEqual(['1', '2', '3', '4', '5']);
    expect(world.names).toEqual(['up', 'deal', 'deal', 'down', 'deal', 'deal', 'deal', 'up']);
    expect(world.values('up')[1]).toMatchObject({ resumed: true });
  });

  it.each([
    ['whose EA was started anew', { epoch: 'e2', lastSeq: 9 }, null],
    ['whose ring has lost some of them', { firstSeq: 5_000, lastSeq: 9_000 }, 2],
  ])('%s is told as not resumed', async (_, script, resumeFrom) => {
    const world = await start();
    const ea = await world.up();
    deals(ea, 1, 1);
    await settled(world, ea);
    ea.close();
    await world.down();
    const next = await ScriptedTerminal.connect(world.port, script);
    expect((await next.hello()).resumeFrom).toBe(resumeFrom);
    next.say('reset', { lastSeq: script.lastSeq });
    deals(next, script.lastSeq + 1, script.lastSeq + 1);
    await until('the next deal', () => tickets(world).length === 2);
    expect(world.values('up')[1]).toMatchObject({ resumed: false });
    expect(world.names).toEqual(['up', 'deal', 'down', 'up', 'deal']);
    next.close();
  });

  it.each([
    ['an event is missing among those that are sent again', [2, 4], 4],
    ['the last of them is missing', [2, 3], 4],
  ])('is told as not resumed when %s', async (_, sent, to) => {
    const world = await start();
    const ea = await world.up();
    deals(ea, 1, 1);
    await settled(world, ea);
    ea.close();
    await world.down();
    const next = await ScriptedTerminal.connect(world.port, { lastSeq: 4 });
    await next.hello();
    for (const seq of sent) deals(next, seq, seq);
    next.say('resumed', { from: 2, to });
    await until('up', () => world.terminal.state === 'up');
    expect(world.values('up')[1]).toMatchObject({ resumed: false });
    deals(next, 5, 5);
    await settled(world, next);
    expect(world.names).not.toContain('reset');
    next.close();
  });

  it('is not resumed after one that broke while an event could not be read', async () => {
    const world = await start();
    const ea = await world.up();
    deals(ea, 1, 1);
    await settled(world, ea);
    ea.close();
    await world.down();
    const next = await ScriptedTerminal.connect(world.port, { lastSeq: 3 });
    await next.hello();
    next.say('deal', wireDeal(2, { price: -1 }), { seq: 2 });
    await until('a drop', () => world.terminal.drops['deal unreadable'] === 1);
    next.close();
    const last = await ScriptedTerminal.connect(world.port, { lastSeq: 3 });
    expect((await last.hello()).resumeFrom).toBeNull();
    last.close();
  });

  it('is not resumed when its EA says so without having been asked', async () => {
    const world = await start();
    const ea = await ScriptedTerminal.connect(world.port);
    await ea.hello();
    ea.say('resumed', { from: 1, to: 0 });
    await until('up', () => world.terminal.state === 'up');
    expect(world.values('up')).toMatchObject([{ resumed: false }]);
    ea.close();
  });

  it('tells nothing of a first connection before the reset', async () => {
    const world = await start();
    const ea = await ScriptedTerminal.connect(world.port, { lastSeq: 2 });
    await ea.hello();
    deals(ea, 1, 2);
    ea.say('tick', { s: 'EURUSD', t: 1, b: 1, a: 1 });
    ea.say('account', wireAccount);
    ea.say('reset', { lastSeq: 2 });
    deals(ea, 3, 3);
    await until('a deal', () => tickets(world).length === 1);
    expect(tickets(world)).toEqual(['3']);
    expect(world.told.map(([name]) => name)).toEqual(['up', 'deal']);
    ea.close();
  });
});

describe('what else a terminal tells', () => {
  it('is told as it comes: ticks, beats, figures and notes', async () => {
    const world = await start();
    const ea = await world.up();
    const tick = { s: 'EURUSD', t: 1_704_895_200_123, b: 1.09501, a: 1.09503, l: null, v: 0 };
    const beat = { connected: true, tradeAllowed: false, offset: 7_200_000, lag: 3 };
    ea.say('tick', tick);
    ea.say('beat', beat);
    ea.say('account', wireAccount);
    ea.say('log', { level: 'warn', text: 'déjà vu' });
    await settled(world, ea);
    expect(world.told.slice(1)).toEqual([
      ['tick', tick],
      ['beat', beat],
      ['account', wireAccount],
      ['log', { level: 'warn', text: 'déjà vu' }],
    ]);
  });

  it('is dropped and counted when it cannot be', async () => {
    const world = await start();
    const ea = await world.up();
    ea.say('tick', { s: 'EURUSD', t: 1, b: 2, a: 1 });
    ea.say('beat', { connected: 1, tradeAllowed: false, offset: 0, lag: 0 });
    ea.say('account', { ...wireAccount, equity: null });
    ea.say('log', { level: 'shout', text: 'x' });
    ea.say('news', {});
    ea.say('__proto__', {});
    ea.say('toString', {});
    ea.say('resumed', { from: 1, to: 0 });
    await settled(world, ea);
    expect(world.names).toEqual(['up']);
    expect(world.terminal.drops).toEqual({
      'tick unreadable': 1,
      'beat unreadable': 1,
      'account unreadable': 1,
      'log unreadable': 1,
      'unknown type': 3,
      'resumed twice': 1,
    });
  });

  it('is an end, when it says bye; and a reset, when its line was too slow', async () => {
    const world = await start();
    const ea = await world.up();
    ea.say('reset', { lastSeq: 7 });
    deals(ea, 8, 8);
    ea.say('bye', { code: 'EA_STOPPED', detail: '' });
    await world.down();
    expect(world.told.slice(1)).toMatchObject([
      ['reset', 'the terminal has lost events'],
      ['deal', { ticket: '8' }, 8],
      ['down', 'the EA says EA_STOPPED'],
    ]);
  });
});
