import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { ScriptedTerminal, SECRET } from '../testing/scripted-terminal.js';
import { StepClock } from '../testing/step-clock.js';
import { TestBridge } from '../testing/test-bridge.js';
import { until } from '../testing/until.js';
import { mt5Bridge } from './mt5-bridge.js';
import type { Mt5BridgeOptions } from './options.js';

const cleanUp: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const undo of cleanUp.splice(0)) await undo();
});

const bridgeOf = (options: Partial<Mt5BridgeOptions> = {}) =>
  mt5Bridge({ port: 0, secrets: { get: () => SECRET }, ...options });

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

describe('mt5Bridge()', () => {
  it('listens while an account is open, always at the same port', async () => {
    const bridge = bridgeOf();
    expect(bridge.port).toBeUndefined();
    const [a, b] = await Promise.all([bridge.open('1'), bridge.open('2')]);
    const port = bridge.port as number;
    await a?.close();
    expect(await listens(port)).toBe(true);
    await b?.close();
    await b?.close();
    expect(await listens(port)).toBe(false);
    const again = await bridge.open('1');
    cleanUp.push(() => again.close());
    expect(bridge.port).toBe(port);
    expect(await listens(port)).toBe(true);
  });

  it('keeps accounts apart: each has its secret, its events and its end', async () => {
    const secrets: Readonly<Record<string, string>> = {
      MT5_SECRET_1: 'the-first-secret-0001',
      MT5_SECRET: SECRET,
    };
    const bridge = bridgeOf({ secrets: { get: async (name) => secrets[name] } });
    const [one, two] = [await bridge.open('1'), await bridge.open('2')];
    cleanUp.push(
      () => one.close(),
      () => two.close(),
    );
    const seen: string[] = [];
    one.on('tick', ({ s }) => seen.push(`1 ${s}`));
    two.on('tick', ({ s }) => seen.push(`2 ${s}`));
    const port = bridge.port as number;
    const [a, b] = [
      await ScriptedTerminal.up(port, { account: '1', secret: 'the-first-secret-0001' }),
      await ScriptedTerminal.up(port, { account: '2' }),
    ];
    a.say('tick', { s: 'A', t: 1, b: 1, a: 1 });
    await until('a tick', () => seen.length === 1);
    b.say('tick', { s: 'B', t: 1, b: 1, a: 1 });
    await until('both ticks', () => seen.length === 2);
    expect(seen).toEqual(['1 A', '2 B']);
    a.close();
    await until('one down', () => one.state === 'down');
    expect(two.state).toBe('up');
    const asked = two.ask('ping', {});
    b.say('pong', {}, { re: (await b.next('ping')).id as number });
    expect(await asked).toMatchObject({ outcome: 'answer' });
    b.close();
  });

  it('takes leave of its terminal when it is closed, and answers what is open', async () => {
    const world = await TestBridge.open();
    const ea = await world.up();
    const asked = world.terminal.ask('ping', {});
    await world.close();
    expect(await asked).toEqual({ outcome: 'lost', detail: 'CLOSING' });
    expect(await ea.refused()).toBe('CLOSING');
    expect(world.names).toEqual(['up', 'down']);
    expect(world.bridge.refusals).toEqual({});
  });

  it('ends the connections that are in their handshake, too', async () => {
    const world = await TestBridge.open({ clock: new StepClock() });
    const guest = await ScriptedTerminal.connect(world.port);
    await guest.next('challenge');
    await world.close();
    await until('the end', () => guest.isClosed);
    expect(await listens(world.port)).toBe(false);
  });

  it('closes at once though a terminal does not read', async () => {
    const world = await TestBridge.open();
    const ea = await world.up();
    ea.socket.pause();
    const long = { names: Array.from({ length: 900 }, (_, i) => `S${i}`.padEnd(60, 'x')) };
    for (let i = 0; i < 200; i++) void world.terminal.ask('symbols', long, { timeout: 10 });
    await until('a full line', async () => {
      const outcome = await world.terminal.ask('symbols', long, { timeout: 1 });
      return outcome.outcome === 'not-sent' && outcome.detail.includes('could not');
    });
    await world.close();
    expect(await listens(world.port)).toBe(false);
    ea.close();
  });

  it.each([
    ['no secret', { secrets: { get: () => undefined } }, 'There is no secret MT5_SECRET_1 or MT5_SECRET'],
    ['a short secret', { secrets: { get: () => 'short' } }, 'less than 16 characters'],
  ])('opens no account with %s, and then does not listen', async (_, options, message) => {
    const bridge = bridgeOf(options);
    await expect(bridge.open('1')).rejects.toMatchObject({
      code: 'BAD_CONFIG',
      message: expect.stringContaining(message),
    });
    expect(bridge.port).toBeUndefined();
  });

  it('opens an account once, and again after it was closed, where nothing is resumed', async () => {
    const bridge = bridgeOf();
    const first = await bridge.open('1');
    await expect(bridge.open('1')).rejects.toMatchObject({ code: 'BAD_CONFIG' });
    await first.close();
    const second = await bridge.open('1');
    cleanUp.push(() => second.close());
    const ea = await ScriptedTerminal.connect(bridge.port as number, { account: '1' });
    expect((await ea.hello()).resumeFrom).toBeNull();
    ea.close();
  });

  it('says which port is taken', async () => {
    const first = await TestBridge.open();
    cleanUp.push(() => first.close());
    const second = bridgeOf({ port: first.port });
    await expect(second.open('1')).rejects.toMatchObject({
      code: 'PREFLIGHT_FAILED',
      message: expect.stringContaining(String(first.port)),
    });
    // A bridge that could not listen can try again.
    await first.close();
    const terminal = await second.open('1');
    expect(second.port).toBe(first.port);
    await terminal.close();
    expect(await listens(first.port)).toBe(false);
  });

  it.each([
    [{ port: 70_000 }, 'port'],
    [{ beat: 0 }, 'beat'],
    [{ silence: 2_000 }, 'silence'],
    [{ lineLimit: 100 }, 'lineLimit'],
    [{ lineLimit: 70_000 }, 'lineLimit'],
    [{ maxConnections: 0 }, 'maxConnections'],
    [{ secrets: {} as never }, 'secrets'],
    [{ hots: 'x' } as never, 'mt5Bridge'],
  ])('takes no options %j', (options, where) => {
    expect(() => bridgeOf(options)).toThrow(
      expect.objectContaining({ code: 'BAD_CONFIG', message: expect.stringContaining(where) }),
    );
  });

  it.each(['', 'abc', '1x', '1'.repeat(21)])('opens no account %j', async (account) => {
    await expect(bridgeOf().open(account)).rejects.toMatchObject({ code: 'BAD_CONFIG' });
  });
});
