import { afterEach, describe, expect, it } from 'vitest';
import { ScriptedTerminal } from '../testing/scripted-terminal.js';
import { StepClock } from '../testing/step-clock.js';
import { TestBridge } from '../testing/test-bridge.js';
import { until } from '../testing/until.js';

const open: TestBridge[] = [];
const start = async (): Promise<{ clock: StepClock; world: TestBridge; ea: ScriptedTerminal }> => {
  const clock = new StepClock();
  const world = await TestBridge.open({ clock });
  open.push(world);
  return { clock, world, ea: await world.up() };
};
afterEach(async () => {
  for (const world of open.splice(0)) await world.close();
});

const beat = { connected: true, tradeAllowed: true, offset: 0, lag: 0 };

describe('the beat', () => {
  it("goes out each two seconds with Node's time", async () => {
    const { clock, ea } = await start();
    const began = clock.now();
    clock.pass(2_000);
    expect((await ea.next('beat')).d).toEqual({ now: began + 2_000 });
    clock.pass(1_999);
    expect(ea.received).toEqual([]);
    clock.pass(1);
    expect((await ea.next('beat')).d).toEqual({ now: began + 4_000 });
  });

  it('of the terminal keeps the line; six seconds of silence end it', async () => {
    const { clock, world, ea } = await start();
    for (let i = 1; i <= 4; i++) {
      clock.pass(5_000);
      ea.say('beat', beat);
      await until('the beat', () => world.values('beat').length === i);
    }
    clock.pass(5_999);
    expect(world.terminal.state).toBe('up');
    clock.pass(1);
    expect(world.terminal.state).toBe('down');
    expect(await ea.refused()).toBe('SILENT');
    expect(world.bridge.refusals).toEqual({ SILENT: 1 });
  });

  it('is no sign of life when it never becomes a message', async () => {
    const { clock, world, ea } = await start();
    for (let i = 0; i < 3; i++) {
      ea.raw('{"v":1,');
      clock.pass(2_000);
    }
    expect(world.terminal.state).toBe('down');
  });

  it('stops with the line: no timer is left', async () => {
    const { clock, world, ea } = await start();
    void world.terminal.ask('ping', {});
    expect(clock.armed.size).toBe(3);
    ea.close();
    await world.down();
    expect([...clock.armed]).toEqual([]);
    clock.pass(60_000);
    expect(world.bridge.refusals).toEqual({});
  });
});

describe('a line that was welcomed, and ends before it is up', () => {
  it('leaves no timer, and was neither up nor down', async () => {
    const { clock, world, ea } = await start();
    ea.close();
    await world.down();
    const next = await ScriptedTerminal.connect(world.port);
    await next.hello();
    expect(clock.armed.size).toBe(3);
    next.close();
    await until('no timer', () => clock.armed.size === 0);
    expect(world.names).toEqual(['up', 'down']);
  });
});

describe('a line that is up', () => {
  it.each([
    ['a line that is too long', 'x'.repeat(65_537), 'LINE_TOO_LONG'],
    ['bytes that are no UTF-8', Buffer.from('c0af0a', 'hex'), 'BAD_UTF8'],
    ['garbage', 'garbage\n', 'BAD_JSON'],
    ['JSON that is no message', '{"v":1,"t":"tick"}\n', 'BAD_ENVELOPE'],
    ['a reset that cannot be read', '{"v":1,"t":"reset","d":{"lastSeq":-1}}\n', 'BAD_ENVELOPE'],
  ])('is ended by %s, and nothing behind it is told', async (_, bytes, reason) => {
    const { world, ea } = await start();
    const bad = Buffer.concat([
      Buffer.from(bytes),
      Buffer.from('\n{"v":1,"t":"tick","d":{"s":"EURUSD","t":1,"b":1,"a":1}}\n'),
    ]);
    ea.raw(bad);
    expect(await ea.refused()).toBe(reason);
    expect(world.names).toEqual(['up', 'down']);
    expect(world.told).not.toContainEqual(expect.arrayContaining(['tick']));
    expect(world.refused).toMatchObject([{ reason, account: '5000001' }]);
  });

  it('takes the longest line that may be', async () => {
    const { world, ea } = await start();
    const frame = JSON.stringify({ v: 1, t: 'log', d: { level: 'info', text: 'x', pad: '' } });
    ea.raw(`${frame.replace('"pad":""', `"pad":"${'p'.repeat(65_536 - frame.length)}"`)}\n`);
    await until('the note', () => world.values('log').length === 1);
  });

  it('is ended when the terminal does not read, with nothing but bounded memory waiting', async () => {
    const { clock, world, ea } = await start();
    ea.socket.pause();
    let sent = 0;
    // Long lines first, then shorter ones into what is left, until not even a beat fits.
    for (const length of [60_000, 6_000, 600, 60, 1])
      await until('a full line', async () => {
        const asked = world.terminal.ask('symbols', { names: ['x'.repeat(length)] }, { timeout: 1 });
        clock.pass(1);
        const outcome = await asked;
        if (outcome.outcome === 'lost') sent += length;
        return outcome.outcome === 'not-sent' && outcome.code === 'BUSY';
      });
    expect(sent).toBeGreaterThan(1_000_000);
    ea.say('beat', beat);
    await until('the beat', () => world.values('beat').length === 1);
    clock.pass(2_000);
    expect(world.terminal.state).toBe('down');
    expect(world.bridge.refusals).toEqual({ NOT_READING: 1 });
    clock.pass(1_000);
    ea.socket.resume();
    await until('the end', () => ea.isClosed);
  });
});
