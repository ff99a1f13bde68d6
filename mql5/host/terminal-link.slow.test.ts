import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { hasCompiler } from './index.js';
import { type ScriptedServer, startScriptedServer } from './testing/scripted-server.js';
import { buildTerminalProbe, buy } from './testing/terminal-bench.js';
import { startTerminalProbe, type TerminalProbe } from './testing/terminal-probe.js';

const HOUR = 3_600_000;
const now = Date.UTC(2024, 0, 10, 12, 0, 30);
const line = (...fields: readonly (string | number)[]): string => fields.join('\t');
const quote = (time: number, bid: number | string, ask: number | string): string =>
  line('quote', 'EURUSD', time, bid, ask, 0, 0, 6);
const minute = (time: number, close: number): string =>
  line('m1', 'EURUSD', time, close, close, close, close, 3, 10, 0);
const position = (ticket: number, comment: string): string =>
  line('position', ticket, ticket, 'EURUSD', 0, 0.1, 1.1, 0, 0, 1.1, 0, 0, 7, 3, comment, now, now);

const greeting = [
  line('account', 'login=5000001', 'currency=USD', 'balance=500', 'margin_mode=2', 'trade_expert=1'),
  line(
    'symbol',
    'EURUSD',
    'digits=5',
    'point=0.00001',
    'currency_base=EUR',
    'currency_profit=USD',
    'news=unknown',
  ),
  minute(now - 30_000, 1.1),
  quote(now, 1.1, 1.1001),
  position(9, 'tab\\there'),
  line('synced', now, 2 * HOUR),
];

let server: ScriptedServer;
let probe: TerminalProbe;
const begin = async (lines: readonly string[] = greeting, more: readonly string[] = []): Promise<void> => {
  server = await startScriptedServer(lines);
  const link = { host: server.host, port: server.port };
  probe = await startTerminalProbe({ program: await buildTerminalProbe(), link, more });
};

describe.skipIf(!hasCompiler())("the terminal's end of the link (needs g++)", () => {
  beforeAll(async () => {
    await buildTerminalProbe();
  }, 300_000);
  afterEach(async () => {
    await probe.close();
    await server.close();
  });

  it('logs in, and takes the greeting for the state before the program starts', async () => {
    await begin();
    expect(server.heard[0]).toMatch(/^login\t5000001\t\t\d+$/);
    expect(probe.terminal.lines[0]).toContain('ready EURUSD 5 PERIOD_M15');
    expect(await probe.ask('positions')).toEqual(['9 EURUSD']);
    await probe.ask('position 9');
    expect((await probe.ask('selected'))[0]).toMatch(/ 7 tab\there$/);
    expect(await probe.ask('bars M1 position 0 5')).toEqual(['1 1 0', `${now / 1000 - 30} 1.10000 1.10000`]);
  });

  it('shows no half of a state: records of a login count from its end on', async () => {
    await begin(greeting.slice(0, -1), ['--sync-timeout', '100']);
    expect(await probe.ask('connected')).toEqual(['0']);
    expect(await probe.ask('positions')).toEqual([]);
    server.say(greeting.at(-1) ?? '');
    await vi.waitFor(async () => expect(await probe.ask('positions')).toEqual(['9 EURUSD']));
  });

  it('drops quotes, bars and records that are none, and lines that it does not know', async () => {
    await begin();
    const bad = [quote(now + 1000, 'NaN', 'NaN'), quote(now + 1000, -1, 1), quote(0, 1, 1), quote(now, 0, 0)];
    server.say(
      ...bad,
      '',
      'gibberish',
      line('quote', 'NOSUCH', now, 1, 1, 0, 0, 6),
      line('deal'),
      line('m1'),
    );
    server.say(minute(now + 60_000, -1), line('position', 'abc'), quote(now + 2000, 1.2, 1.2001));
    await probe.terminal.waitFor('event tick 1.20000');
    expect(probe.events).toEqual(['tick 1.20000']);
    expect(await probe.ask('ticks last 9')).toEqual(['2', `${now} 1.10000`, `${now + 2000} 1.20000`]);
    expect(await probe.ask('bars M1 position 0 5')).toEqual(['1 1 0', `${now / 1000 - 30} 1.20000 1.20000`]);
    expect(await probe.ask('positions')).toEqual(['9 EURUSD']);
    await probe.ask('history 0 99999999999');
    expect(await probe.ask('history-lists')).toEqual([]);
    expect(probe.terminal.notes.join('\n')).toMatch(/not understood: gibberish/);
  });

  it('takes a better version of a bar, and builds the longer bars again from it', async () => {
    await begin();
    const opened = now - 30_000;
    expect(await probe.ask('bars M5 position 0 1')).toEqual(['1 1 0', `${opened / 1000} 1.10000 1.10000`]);
    server.say(minute(opened, 1.15), minute(opened - 60_000, 1.05), quote(now + 1, 1.16, 1.1601));
    await probe.terminal.waitFor('event tick 1.16000');
    expect(await probe.ask('bars M1 position 0 3')).toEqual([
      '2 2 0',
      `${opened / 1000 - 60} 1.05000 1.05000`,
      `${opened / 1000} 1.16000 1.16000`,
    ]);
    expect(await probe.ask('bars M5 position 0 3')).toEqual([
      '2 2 0',
      `${opened / 1000 - 300} 1.05000 1.05000`,
      `${opened / 1000} 1.16000 1.16000`,
    ]);
  });

  it('values positions, orders and the account by the newest quote itself', async () => {
    await begin();
    server.say(quote(now + 1000, 1.2, 1.2001));
    await probe.terminal.waitFor('event tick 1.20000');
    await probe.ask('position 9');
    expect((await probe.ask('selected'))[0]).toMatch(
      /^9 POSITION_TYPE_BUY 0\.10 1\.10000 1\.20000 1000\.00 /,
    );
    expect(await probe.ask('account')).toEqual(['5000001 USD 100 500.00 1000.00 1500.00 0.00 1500.00']);
  });

  it('tells a server that says nothing any more from a quiet one, and connects again', async () => {
    await begin(greeting, ['--link-silence', '300']);
    await vi.waitFor(() => expect(server.heard.filter((each) => each.startsWith('login\t')).length).toBe(2));
    expect(server.heard).toContain('ping\t1');
    expect(probe.terminal.notes.join('\n')).toMatch(/connection to the trade server is lost/);
  });

  it('gives a request its fields, and ends its waiting by the answer with its number', async () => {
    await begin();
    const answer = probe.ask(`send ${buy(0.1, { sl: 1.05, comment: 'x' })}`);
    await vi.waitFor(() => expect(server.heard).toHaveLength(2));
    expect(server.heard[1]).toBe(
      line('request', 1, 0, 1, 42, 0, 'EURUSD', 0.1, 1.0851, 0, 1.05, 0, 10, 0, 0, 0, '', 'x', 0, 0),
    );
    server.say(line('result', 99, 10009, 1, 1, 0.1, 1, 1, 1, '', 0));
    server.say(line('result', 1, 10010, 5, 6, 0.05, 1.1, 1.1, 1.1, 'partly', 0));
    expect(await answer).toEqual(['sending', 'true 10010 6 5 0']);
  });
});
