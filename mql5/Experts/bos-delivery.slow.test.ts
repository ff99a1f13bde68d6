import { createHmac } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { hasCompiler, type RunningTerminal } from '../host/index.js';
import { rowOf } from './testing/bos-expert.js';
import { type BosRoom, openBosRoom } from './testing/bos-room.js';

const compiler = hasCompiler();
if (!compiler) console.info('skipped, delivery of MikroBot_BOS.mq5: g++ is not installed');

const MINUTE = 60_000;
const SIGNAL = 'mikrobot_4phase_signal.json';
const RESPONSE = 'mikrobot_4phase_response.json';

let room: BosRoom;
afterEach(() => room.close());

/** The signal file, which must be UTF-16LE with its mark. */
const readSignal = (common: string) => {
  const bytes = readFileSync(join(common, SIGNAL));
  expect([...bytes.subarray(0, 2)]).toEqual([0xff, 0xfe]);
  const text = bytes.subarray(2).toString('utf16le');
  expect(text).toMatch(/^[\x20-\x7e]*\r\n$/);
  return JSON.parse(text);
};

/** Starts the expert advisor on a chart with the history of the scene up to a moment, and waits for it. */
const startChart = async (
  inputs?: Readonly<Record<string, string | number | boolean>>,
  until = Number.POSITIVE_INFINITY,
): Promise<RunningTerminal> => {
  room.mt5.controls.bars(
    'EURUSD',
    room.scene.before.filter(({ time }) => time < until),
  );
  const terminal = await room.start(inputs);
  await terminal.waitFor('MikroBot_BOS 2.00 on EURUSD');
  return terminal;
};

const respond = (common: string, signalId: string | null): void => {
  const response = {
    schema: 'mikrobot-4phase-response/1',
    signal_id: signalId,
    status: 'refused',
    code: 'X_1',
  };
  mkdirSync(common, { recursive: true });
  writeFileSync(join(common, RESPONSE), Buffer.from(`\uFEFF${JSON.stringify(response)}\r\n`, 'utf16le'));
};

describe.skipIf(!compiler)('MikroBot_BOS.mq5 on a chart', { timeout: 60_000 }, () => {
  it('tells the signal of a setup that history began: in the file and to the webhook, signed, in UTC', async () => {
    room = await openBosRoom();
    const { scene, webhook } = room;
    const terminal = await startChart({ InpApiKey: 'key-1', InpHmacSecret: 'a secret of tests' });
    room.quote(scene.trigger);
    await terminal.waitFor('answered 202 {"n":1}');

    // The server's clock is two hours ahead of UTC.
    const message = readSignal(room.common);
    expect(rowOf(message)).toEqual(scene.row);
    expect(message.signal_id).toBe(`5000001-EURUSD-M1-${scene.row.bosAt / 1000}-${scene.row.direction}`);
    expect(readdirSync(room.common)).toEqual([SIGNAL]);

    expect(webhook.posted).toHaveLength(1);
    const [{ method, path, headers, body }] = webhook.posted as [(typeof webhook.posted)[0]];
    expect([method, path]).toEqual(['POST', '/api/v1/pure-signal/']);
    const { schema, signal_id, phase_1, phase_2, phase_3, phase_4, ...pure } = message;
    expect(JSON.parse(body)).toEqual(pure);
    expect(pure.account).toBe(5_000_001);
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'idempotency-key': signal_id,
      'x-api-key': 'key-1',
    });
    const timestamp = String(headers['x-timestamp']);
    expect(Math.abs(Number(timestamp) - Date.now() / 1000)).toBeLessThan(60);
    const mac = createHmac('sha256', 'a secret of tests').update(`${timestamp}.${body}`).digest('hex');
    expect(headers['x-signature']).toBe(`sha256=${mac}`);
  });

  it('sends what got no answer again under the same key, and never what got one', async () => {
    room = await openBosRoom({ answers: ['hang up', 500] });
    const { scene, webhook } = room;
    const terminal = await startChart();
    room.quote(scene.trigger);
    await terminal.waitFor('got no answer (status -1, error 5203)');
    await terminal.waitFor('answered 500');
    expect(await terminal.stop()).toEqual({ code: 0, signal: undefined });
    expect(terminal.lines.join('\n')).not.toContain('had no answer');
    expect(webhook.posted.map(({ body }) => body)).toEqual([
      webhook.posted[0]!.body,
      webhook.posted[0]!.body,
    ]);
    const keys = webhook.posted.map(({ headers }) => headers['idempotency-key']);
    expect(keys).toEqual([keys[0], keys[0]]);
    expect(webhook.posted[0]!.headers).not.toHaveProperty('x-signature');
  });

  it('keeps a signal while nobody listens and says how to allow the address', async () => {
    room = await openBosRoom();
    const { scene } = room;
    const terminal = await startChart({ InpUrl: 'http://signals.example/' });
    room.quote(scene.trigger);
    await terminal.waitFor('allow http://signals.example/ in Tools > Options > Expert Advisors');
    await terminal.stop();
    expect(terminal.lines.at(-1)).toContain('post: 1 signals had no answer');
  });

  it('does not tell a signal again after a crash, though the market asks for it again', async () => {
    room = await openBosRoom();
    const { scene, webhook } = room;
    const first = await startChart();
    room.quote(scene.trigger);
    await first.waitFor('answered 202');
    await first.kill();

    // The minute of the trigger is still open, so history does not tell that it has triggered.
    const second = await startChart();
    room.quote({ ...scene.trigger, time: scene.trigger.time + 1 });
    await second.waitFor('was sent before, not sent again');
    expect(webhook.posted).toHaveLength(1);
  });

  it.each([
    ['from before the break of structure until the retest', 'm5-m1', -400_000, 'bosAt'],
    ['in the retest, past its extreme', 'm5-m1', 1, 'retestAt'],
    ['inside one bar of the retest, past its extreme', 'h1-m15', MINUTE, 'retestAt'],
  ] as const)('finds the signal though the line was cut %s (%s)', async (_, preset, after, phase) => {
    room = await openBosRoom({ preset });
    const { scene, mt5, webhook } = room;
    const cut = scene.row[phase] + after;
    const terminal = await startChart({}, cut);
    const { close, time } = scene.before.findLast((bar) => bar.time < cut)!;
    room.quote({ time: time + MINUTE - 1, bid: close, ask: close + 0.0001 });
    await terminal.waitFor('bars of history');

    mt5.controls.refuseTerminals(true);
    mt5.controls.disconnectTerminals();
    mt5.controls.bars('EURUSD', scene.before);
    mt5.controls.refuseTerminals(false);
    await vi.waitFor(() => expect(mt5.terminals).toEqual([5_000_001]), { timeout: 10_000 });
    room.quote(scene.trigger);
    await terminal.waitFor('answered 202');
    expect(rowOf(readSignal(room.common))).toEqual(scene.row);
    expect(webhook.posted).toHaveLength(1);
  });

  it('starts anew when the broker corrects history', async () => {
    room = await openBosRoom();
    const { scene, mt5 } = room;
    const cut = scene.row.bosAt;
    const terminal = await startChart({}, cut);
    // Too high a high, which would be a swing.
    const wrong = scene.before.findLast((bar) => bar.time < cut - MINUTE)!;
    mt5.controls.bars('EURUSD', [{ ...wrong, high: wrong.high + 0.01 }]);
    const { close, time } = scene.before.findLast((bar) => bar.time < cut)!;
    room.quote({ time: time + MINUTE - 1, bid: close, ask: close + 0.0001 });
    await terminal.waitFor('bars of history');
    mt5.controls.bars('EURUSD', scene.before);
    room.quote(scene.trigger);
    await terminal.waitFor('the history of EURUSD has changed, starting anew from it');
    await terminal.waitFor('answered 202');
    expect(rowOf(readSignal(room.common))).toEqual(scene.row);
  });

  it('takes the response to its own signal and leaves those of others', async () => {
    room = await openBosRoom();
    const { scene, common } = room;
    const terminal = await startChart();
    respond(common, 'somebody-else');
    room.quote(scene.trigger);
    // The file is looked after before the webhook.
    await terminal.waitFor('answered 202');
    expect(existsSync(join(common, RESPONSE))).toBe(true);
    const { signal_id } = readSignal(common);
    respond(common, signal_id);
    await terminal.waitFor(`response: ${signal_id} refused X_1`);
    await vi.waitFor(() => expect(existsSync(join(common, RESPONSE))).toBe(false));
  });

  it.each([
    [{ InpEntry: 'PERIOD_H1' }, 'the entry timeframe must be shorter'],
    [{ InpTriggerPips: 0 }, 'must be above 0 pips'],
    [{ InpSwingRight: 0 }, 'right and memory 1 to 100'],
  ])('refuses inputs that make no sense: %o', async (inputs, words) => {
    room = await openBosRoom();
    const terminal = await room.start(inputs);
    expect(await terminal.exited).toMatchObject({ code: 3 });
    expect(terminal.lines.join('\n')).toContain(words);
  });
});
