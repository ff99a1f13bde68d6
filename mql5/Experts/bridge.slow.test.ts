import { afterEach, describe, expect, it } from 'vitest';
import { hasCompiler } from '../host/index.js';
import { type BridgeRoom, marketOrder, openBridgeRoom } from './testing/bridge-room.js';

const compiler = hasCompiler();
if (!compiler) console.warn('no g++: the bridge is not tried');

let room: BridgeRoom;
afterEach(() => room.close());

describe.skipIf(!compiler)('the handshake', () => {
  it('proves the secret, tells the account, and is up when Node has proved it, too', async () => {
    room = await openBridgeRoom();
    const terminal = await room.start();
    const line = await room.node.line();
    const hello = await line.greet();
    await terminal.waitFor('Connected to Node');
    expect(hello.d).toMatchObject({
      protoMin: 1,
      protoMax: 1,
      account: '5000001',
      server: 'MikroBot-Demo',
      currency: 'USD',
      currencyDigits: 2,
      leverage: 100,
      tradeMode: 'demo',
      marginMode: 'hedging',
      firstSeq: 1,
      lastSeq: 0,
      offset: 7_200_000,
    });
    expect(hello.d.mac).toBe(line.eaMac(hello));
    expect(hello.d.nonce).toMatch(/^[0-9a-f]{32}$/);
    expect(hello.d.epoch).not.toBe('');
    expect((await line.wait(({ t }) => t === 'reset')).d).toEqual({ lastSeq: 0 });
    expect((await line.wait(({ t }) => t === 'beat')).d).toEqual({
      connected: true,
      tradeAllowed: true,
      offset: 7_200_000,
      lag: 0,
    });
    expect(await line.ask('ping')).toMatchObject({ t: 'pong' });
    expect(await line.ask('dance')).toMatchObject({ t: 'error', d: { code: 'UNKNOWN_REQUEST' } });
  });

  it('closes when the mac of Node is wrong, says so, does nothing, and tries again', async () => {
    room = await openBridgeRoom();
    const terminal = await room.start();
    const liar = await room.node.line();
    await liar.greet({ secret: 'another secret of some length' });
    liar.send('order', marketOrder('a-1'), { id: 1 });
    await liar.closed;
    await terminal.waitFor('Node did not prove the secret');
    const { line, hello } = await room.node.greeted();
    expect(line.nonce).not.toBe(liar.nonce);
    expect(hello.d.nonce).not.toBe(liar.messages[0]?.d.nonce);
    await terminal.waitFor('Connected to Node');
    expect(room.mt5.requests).toEqual([]);
    expect(terminal.lines.join('\n')).not.toContain('a secret for tests');
  });

  it.each([
    ['another version', { protoMin: 2, protoMax: 3 }, 'another version of the protocol'],
    ['garbage', Buffer.from('GET / HTTP/1.1'), 'is not JSON'],
    ['bytes that are no UTF-8', Buffer.from('{"v":1,"t":"\xff\xfe","d":{}}', 'latin1'), 'not UTF-8'],
    ['a line that is too long', Buffer.alloc(70_000, 0x20), 'longer than 65536 bytes'],
    ['JSON that is no envelope', Buffer.from('[1,2,3]'), 'no envelope of version 1'],
    ['a welcome instead of a challenge', Buffer.from('{"v":1,"t":"welcome","d":{}}'), 'did not begin with'],
  ])('closes with its reason on %s', async (_, sent, reason) => {
    room = await openBridgeRoom();
    const terminal = await room.start();
    const line = await room.node.line();
    if (Buffer.isBuffer(sent)) line.write(sent);
    else line.send('challenge', { nonce: line.nonce, ...sent });
    await line.closed;
    await terminal.waitFor(reason);
    await room.node.greeted();
    await terminal.waitFor('Connected to Node');
  });

  it('waits a second after a bye of Node, and prints its reason', async () => {
    room = await openBridgeRoom();
    const terminal = await room.start();
    const line = await room.node.line();
    const from = Date.now();
    line.send('bye', { code: 'ACCOUNT_TAKEN', detail: 'another terminal has it' });
    line.end();
    await terminal.waitFor('Node says ACCOUNT_TAKEN: another terminal has it');
    await room.node.greeted();
    expect(Date.now() - from).toBeGreaterThan(950);
  });

  it('closes a line on which Node has been silent for six seconds, and comes back', async () => {
    room = await openBridgeRoom();
    const terminal = await room.start();
    const { line } = await room.node.greeted();
    line.fallSilent();
    const from = Date.now();
    await line.closed;
    expect(Date.now() - from).toBeGreaterThan(4_900);
    await terminal.waitFor('silent for 6 seconds');
    await room.node.greeted();
  });

  it('lets no second bridge on the account', async () => {
    room = await openBridgeRoom();
    await room.start();
    await room.node.greeted();
    const second = await room.start();
    expect(await second.exited).toMatchObject({ code: 3 });
    expect(second.lines.join('\n')).toContain('Another bridge may be running on this account');
  });

  it.each([
    [{ InpSecret: 'short' }, 'InpSecret must have 16 characters'],
    [{ InpPort: 0 }, 'InpPort must be between 1 and 65535'],
    [{ InpWaitMs: 20 }, 'InpWaitMs between 0 and InpTimerMs'],
  ])('does not start with wrong inputs %o', async (inputs, advice) => {
    room = await openBridgeRoom();
    const terminal = await room.start({ inputs });
    expect(await terminal.exited).toMatchObject({ code: 3 });
    expect(terminal.lines.join('\n')).toContain(advice);
  });

  it('works when the socket takes seven bytes at a time', async () => {
    room = await openBridgeRoom();
    await room.start({ more: ['--socket-chunk', '7'] });
    const { line } = await room.node.greeted();
    const { parts } = await line.ask('symbols', { names: null });
    expect(parts.length).toBeGreaterThan(5);
    expect(parts.find(({ item }) => item.symbol === 'EURUSD')?.item).toMatchObject({ digits: 5 });
  });
});

describe.skipIf(!compiler)('the market', () => {
  it('tells specifications, quotes of what is subscribed, and bars in pages', async () => {
    room = await openBridgeRoom();
    const { mt5 } = room;
    const start = Date.UTC(2025, 10, 19, 9);
    const minute = (i: number) => ({
      time: start + i * 60_000,
      open: 1.1,
      high: 1.101,
      low: 1.099,
      close: 1.1005,
      tickVolume: 10 + i,
    });
    mt5.controls.bars(
      'EURUSD',
      Array.from({ length: 100 }, (_, i) => minute(i)),
    );
    await room.start();
    const { line } = await room.node.greeted();

    const { parts } = await line.ask('symbols', { names: ['EURUSD', 'NOSUCH', 'USDJPY'] });
    expect(parts.map(({ kind, item }) => [kind, item.symbol])).toEqual([
      ['symbol', 'EURUSD'],
      ['symbol', 'USDJPY'],
    ]);
    expect(parts[0]?.item).toMatchObject({ digits: 5, point: 0.00001, contractSize: 100_000, profit: 'USD' });

    expect(await line.ask('subscribe', { symbol: 'NOSUCH' })).toMatchObject({
      d: { code: 'UNKNOWN_SYMBOL' },
    });
    expect(await line.ask('subscribe', { symbol: 'EURUSD' })).toMatchObject({ t: 'done' });
    expect(await line.ask('subscribe', { symbol: 'USDJPY' })).toMatchObject({ t: 'done' });
    mt5.controls.quote('EURUSD', 1.2, 1.2001);
    mt5.controls.quote('USDJPY', 150.001, 150.011);
    const tick = await line.wait(({ t, d }) => t === 'tick' && d.s === 'EURUSD' && d.b === 1.2);
    expect(tick.d).toMatchObject({ a: 1.2001 });
    expect(tick.seq).toBeUndefined();
    await line.wait(({ t, d }) => t === 'tick' && d.s === 'USDJPY' && d.b === 150.001);
    await line.ask('unsubscribe', { symbol: 'USDJPY' });
    const from = line.messages.length;
    mt5.controls.quote('USDJPY', 151, 151.01);
    mt5.controls.quote('EURUSD', 1.3, 1.3001);
    await line.wait(({ t, d }) => t === 'tick' && d.s === 'EURUSD' && d.b === 1.3, from);
    expect(line.messages.slice(from).filter(({ d }) => d.s === 'USDJPY')).toEqual([]);

    // Server time is two hours ahead of UTC.
    const first = start + 7_200_000;
    const bars: number[][] = [];
    for (let at: number | null = first; at !== null; ) {
      const page = await line.ask('bars', {
        symbol: 'EURUSD',
        timeframe: 'M1',
        from: at,
        to: first + 99 * 60_000,
        limit: 30,
      });
      expect(page.t).toBe('done');
      expect(page.parts.length).toBeLessThanOrEqual(30);
      bars.push(...page.parts.map(({ item }) => item));
      at = page.d.next;
    }
    expect(bars.map(([time]) => time)).toEqual(Array.from({ length: 99 }, (_, i) => first + i * 60_000));
    expect(bars[3]?.slice(1, 6)).toEqual([1.1, 1.101, 1.099, 1.1005, 13]);
  });

  it('tells every tick once and in order, also those of one millisecond and those that came while Node did not read', async () => {
    room = await openBridgeRoom();
    await room.start();
    const { line } = await room.node.greeted();
    await line.ask('subscribe', { symbol: 'EURUSD' });
    const from = line.messages.length;
    const bids = Array.from({ length: 700 }, (_, i) => Number((1.1 + ((i * 7) % 500) / 1e5).toFixed(5)));
    bids.forEach((bid, i) => {
      if (i === 300) line.pause();
      room.mt5.controls.quote('EURUSD', bid, 1.2);
    });
    line.resume();
    room.mt5.controls.quote('EURUSD', 1.19, 1.2);
    await line.wait(({ t, d }) => t === 'tick' && d.b === 1.19);
    const told = line.messages.slice(from).filter(({ t, d }) => t === 'tick' && d.a === 1.2);
    expect(told.map(({ d }) => d.b)).toEqual([...bids, 1.19]);
  });

  it('leaves out what has waited for more than five seconds by the server, but for the latest', async () => {
    room = await openBridgeRoom();
    await room.start();
    const { line } = await room.node.greeted();
    await line.ask('subscribe', { symbol: 'EURUSD' });
    const { controls } = room.mt5;
    // While it waits for the trade server the expert advisor sees nothing else.
    controls.delayNextResult(300);
    const sent = line.ask('order', marketOrder('a-1-e'));
    await line.wait(({ t }) => t === 'ack');
    const from = line.messages.length;
    const start = Date.now() + 60_000;
    for (let i = 0; i < 200; i++) controls.quote('EURUSD', 1.1 + i / 1e5, 1.2, { time: start + 100 * i });
    await sent;
    controls.quote('EURUSD', 1.15, 1.2, { time: start + 30_000 });
    await line.wait(({ t, d }) => t === 'tick' && d.b === 1.15);
    const told = line.messages.slice(from).filter(({ t }) => t === 'tick');
    expect(told.map(({ d }) => d.b)).toEqual([1.10199, 1.15]);
  });

  it('loses no trade event of a Node that does not read for a while, and then tells the latest quote', async () => {
    room = await openBridgeRoom();
    await room.start();
    const { line } = await room.node.greeted();
    await line.ask('subscribe', { symbol: 'EURUSD' });
    line.pause();
    for (let i = 0; i < 5_000; i++) room.mt5.controls.quote('EURUSD', 1.1 + i / 1e5, 1.2);
    const ticket = room.mt5.controls.byHand('EURUSD', 0.1);
    room.mt5.controls.quote('EURUSD', 1.15, 1.2);
    line.resume();
    await line.wait(({ t, d }) => t === 'tick' && d.b === 1.15);
    const deal = await line.wait(({ t }) => t === 'deal');
    expect(deal.d).toMatchObject({ order: String(ticket), coid: null, reason: 'client' });
  });
});

describe.skipIf(!compiler)('the way of a request', () => {
  it('is below 0.2 ms and back for the middle one of 2,000', async () => {
    room = await openBridgeRoom();
    await room.start();
    const { line } = await room.node.greeted();
    const took: number[] = [];
    for (let i = 0; i < 2_000; i++) {
      const from = performance.now();
      await line.ask('ping');
      took.push(performance.now() - from);
      line.messages.length = 0;
    }
    took.sort((a, b) => a - b);
    console.log(
      `ping over the bridge: p50 ${took[1_000]?.toFixed(3)} ms, p99 ${took[1_980]?.toFixed(3)} ms, max ${took[1_999]?.toFixed(3)} ms`,
    );
    expect(took[1_000]).toBeLessThan(0.2);
  });
});
