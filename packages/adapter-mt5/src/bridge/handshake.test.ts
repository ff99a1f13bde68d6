import { createHmac } from 'node:crypto';
import { connect } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { type Script, ScriptedTerminal, SECRET } from '../testing/scripted-terminal.js';
import { StepClock } from '../testing/step-clock.js';
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

/** Connects, answers the challenge, and gives the reason of the refusal. */
const refusal = async (world: TestBridge, script: Script, nonce = 'ab'.repeat(16)): Promise<string> => {
  const ea = await ScriptedTerminal.connect(world.port, script);
  const { d } = await ea.next('challenge');
  ea.say('hello', ea.helloTo(String(d.nonce), nonce));
  return ea.refused();
};

describe('the handshake', () => {
  it('challenges with 32 hex digits that are never the same', async () => {
    const world = await start();
    const nonces = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const ea = await ScriptedTerminal.connect(world.port);
        const { d } = await ea.next('challenge');
        ea.close();
        return String(d.nonce);
      }),
    );
    expect(new Set(nonces).size).toBe(20);
    for (const nonce of nonces) expect(nonce).toMatch(/^[0-9a-f]{32}$/);
  });

  it('proves the secret to the EA, too, and only after the EA has', async () => {
    const world = await start();
    const ea = await ScriptedTerminal.connect(world.port);
    const nonceS = String((await ea.next('challenge')).d.nonce);
    expect(ea.text).not.toContain('mac');
    const nonceC = '0123456789abcdef'.repeat(2);
    ea.say('hello', ea.helloTo(nonceS, nonceC));
    const { d } = await ea.next('welcome');
    const mac = createHmac('sha256', SECRET).update(`node|${nonceS}|${nonceC}|5000001`).digest('hex');
    expect(d).toMatchObject({ proto: 1, mac, resumeFrom: null });
  });

  it.each([
    ['a wrong secret', 'BAD_MAC', { secret: 'another-secret-0123456789' }],
    ['an account that nobody opened', 'UNKNOWN_ACCOUNT', { account: '5000002' }],
    ['a protocol that is too new', 'BAD_VERSION', { hello: { protoMin: 2, protoMax: 3 } }],
    ['a protocol that is too old', 'BAD_VERSION', { hello: { protoMin: 0, protoMax: 0 } }],
    ['a mac that is none', 'BAD_HELLO', { hello: { mac: 'x' } }],
    ['no account', 'BAD_HELLO', { hello: { account: undefined } }],
    ['a number for an account', 'BAD_HELLO', { hello: { account: 5_000_001 } }],
    ['a margin mode that is not known', 'BAD_HELLO', { hello: { marginMode: 'other' } }],
    ['an offset of two days', 'BAD_HELLO', { hello: { offset: 172_800_000 } }],
    ['versions that are words', 'BAD_HELLO', { hello: { protoMin: 'one' } }],
  ])('refuses %s', async (_, reason, script) => {
    const world = await start();
    expect(await refusal(world, script)).toBe(reason);
    expect(world.bridge.refusals).toEqual({ [reason]: 1 });
    expect(world.refused).toMatchObject([{ reason }]);
    expect(world.told).toEqual([]);
  });

  it.each([
    ['garbage', 'GET / HTTP/1.1\r\n', 'BAD_JSON'],
    ['an empty line', '\n', 'BAD_JSON'],
    ['JSON that is no message', '[1,2]\n', 'BAD_ENVELOPE'],
    ['another version of the envelope', '{"v":2,"t":"hello","d":{}}\n', 'BAD_VERSION'],
    ['another message', '{"v":1,"t":"beat","d":{}}\n', 'BAD_HELLO'],
    ['bytes that are no UTF-8', Buffer.from('7b22c3282d0a', 'hex'), 'BAD_UTF8'],
    ['a long line', 'x'.repeat(4_097), 'LINE_TOO_LONG'],
  ])('refuses %s', async (_, bytes, reason) => {
    const world = await start();
    const ea = await ScriptedTerminal.connect(world.port);
    ea.raw(bytes);
    expect(await ea.refused()).toBe(reason);
    expect(world.bridge.refusals).toEqual({ [reason]: 1 });
  });

  it('refuses what was recorded: the same hello to another challenge, and a nonce that was used', async () => {
    const world = await start();
    const ea = await world.up();
    const first = await ScriptedTerminal.connect(world.port);
    const nonceC = 'c0ffee00'.repeat(4);
    ea.close();
    await world.down();
    const recorded = first.helloTo(String((await first.next('challenge')).d.nonce), nonceC);
    const replay = async (): Promise<string> => {
      const thief = await ScriptedTerminal.connect(world.port);
      await thief.next('challenge');
      thief.say('hello', recorded);
      return thief.refused();
    };
    expect(await replay()).toBe('BAD_MAC');
    first.say('hello', recorded);
    await first.next('welcome');
    first.close();
    expect(await replay()).toBe('NONCE_USED');
  });

  it("does not take Node's own proof for the EA's", async () => {
    const world = await start();
    const ea = await ScriptedTerminal.connect(world.port);
    const nonceS = String((await ea.next('challenge')).d.nonce);
    const mac = createHmac('sha256', SECRET).update(`node|${nonceS}|${nonceS}|5000001`).digest('hex');
    ea.say('hello', { ...ea.helloTo(nonceS, nonceS), mac });
    expect(await ea.refused()).toBe('BAD_MAC');
  });

  it('lets one connection of an account be, and takes another when the first has missed its beat', async () => {
    const clock = new StepClock();
    const world = await start({ clock });
    const first = await world.up();
    clock.pass(2_900);
    expect(await refusal(world, {})).toBe('ACCOUNT_TAKEN');
    expect(world.terminal.state).toBe('up');
    clock.pass(200);
    const second = await world.up();
    expect(await first.refused()).toBe('SILENT');
    expect(world.names).toEqual(['up', 'down', 'up']);
    second.close();
  });

  it('ends one that takes too long, however it trickles', async () => {
    const clock = new StepClock();
    const world = await start({ clock });
    const ea = await ScriptedTerminal.connect(world.port);
    await ea.next('challenge');
    for (let i = 0; i < 20; i++) {
      ea.raw(' ');
      clock.pass(249);
    }
    expect(ea.received).toEqual([]);
    clock.pass(20);
    expect(await ea.refused()).toBe('HANDSHAKE_TIMEOUT');
  });

  it('ends one that was welcomed and says neither resumed nor reset', async () => {
    const clock = new StepClock();
    const world = await start({ clock });
    const ea = await ScriptedTerminal.connect(world.port);
    await ea.hello();
    ea.say('tick', { s: 'EURUSD', t: 1, b: 1, a: 1 });
    clock.pass(5_000);
    expect(await ea.refused()).toBe('HANDSHAKE_TIMEOUT');
    expect(world.told).toEqual([]);
  });

  it('refuses more connections than may be, and keeps those that are there', async () => {
    const world = await start({ maxConnections: 3 });
    const ea = await world.up();
    const idle = [await ScriptedTerminal.connect(world.port), await ScriptedTerminal.connect(world.port)];
    await Promise.all(idle.map((one) => one.next('challenge')));
    const extra = await Promise.all(Array.from({ length: 30 }, () => ScriptedTerminal.connect(world.port)));
    expect(await Promise.all(extra.map((one) => one.refused()))).toEqual(
      Array(30).fill('TOO_MANY_CONNECTIONS'),
    );
    expect(world.bridge.refusals).toEqual({ TOO_MANY_CONNECTIONS: 30 });
    expect(world.terminal.state).toBe('up');
    for (const one of [ea, ...idle]) one.close();
  });

  it('gives a refused peer no second try', async () => {
    const world = await start();
    const ea = await ScriptedTerminal.connect(world.port);
    const nonceS = String((await ea.next('challenge')).d.nonce);
    ea.raw('garbage\n');
    await ea.next('bye');
    ea.say('hello', ea.helloTo(nonceS, 'ab'.repeat(16)));
    ea.say('reset', { lastSeq: 0 });
    ea.socket.end();
    await until('the end', () => ea.isClosed);
    expect(world.terminal.hello).toBeUndefined();
    expect(world.bridge.refusals).toEqual({ BAD_JSON: 1 });
  });

  it('gets rid of a refused peer that stays', async () => {
    const clock = new StepClock();
    const world = await start({ clock });
    const peer = connect({ port: world.port, host: '127.0.0.1', allowHalfOpen: true });
    let isClosed = false;
    let text = '';
    peer.on('close', () => {
      isClosed = true;
    });
    peer.on('error', () => undefined);
    peer.on('data', (data) => {
      text += data;
    });
    peer.write('garbage\n');
    await until('a bye', () => text.includes('BAD_JSON'));
    clock.pass(999);
    peer.write('more\n'.repeat(1_000));
    expect(isClosed).toBe(false);
    clock.pass(1);
    const more = setInterval(() => peer.write('more\n'), 1);
    await until('the end', () => isClosed);
    clearInterval(more);
    expect(world.bridge.refusals).toEqual({ BAD_JSON: 1 });
  });

  it('shows the secret to nobody', async () => {
    const world = await start();
    await refusal(world, { secret: 'another-secret-0123456789' });
    const ea = await world.up();
    const shown = [inspect(world, { depth: 20, showHidden: true }), JSON.stringify(world.refused), ea.text];
    for (const text of shown) {
      expect(text).not.toContain(SECRET);
      expect(text).not.toContain(Buffer.from(SECRET).toString('hex').slice(0, 16));
    }
    ea.close();
  });
});
