import { VirtualClock } from '@mikrobot/core';
import { afterEach, describe, expect, it } from 'vitest';
import { mt5Symbol } from './market/symbol.js';
import { type Mt5Options, type Mt5Simulator, startMt5 } from './start-mt5.js';
import { RawTerminal } from './testing/raw-terminal.js';

const START = Date.UTC(2026, 0, 14, 15);
const HOUR = 3_600_000;

let mt5: Mt5Simulator | undefined;
const terminals: RawTerminal[] = [];

const start = async (options: Mt5Options = {}): Promise<Mt5Simulator> => {
  mt5 = await startMt5({ clock: new VirtualClock(START), ...options });
  mt5.controls.quote('EURUSD', 1.085, 1.0851);
  return mt5;
};

const logIn = async (on: Mt5Simulator, login?: number): Promise<RawTerminal> => {
  const terminal = await RawTerminal.logIn(on.port, login);
  terminals.push(terminal);
  return terminal;
};

const connect = (on: Mt5Simulator): RawTerminal => {
  const terminal = new RawTerminal(on.port);
  terminals.push(terminal);
  return terminal;
};

const buy = { action: 1, symbol: 'EURUSD', volume: 0.1, type: 0 };

afterEach(async () => {
  for (const terminal of terminals.splice(0)) terminal.close();
  await mt5?.close();
  mt5 = undefined;
});

describe('a terminal', () => {
  it('is told account, symbols, bars, quotes, deals and then that it is synced', async () => {
    const terminal = await logIn(await start());
    const kinds = [...new Set(terminal.lines.map(([kind]) => kind))];
    expect(kinds).toEqual(['account', 'symbol', 'm1', 'quote', 'deal', 'synced']);
  });

  it('replaces an older one of the same login', async () => {
    const server = await start();
    const older = await logIn(server);
    const newer = await logIn(server);
    await older.closed;
    expect(server.terminals).toEqual([5_000_001]);
    expect((await newer.ask(buy)).retcode).toBe(10009);
  });

  it('of one account hears nothing of another account', async () => {
    const server = await start({ accounts: [{ login: 1 }, { login: 2 }] });
    const other = await logIn(server, 2);
    const from = other.lines.length;
    await (await logIn(server, 1)).ask(buy);
    expect(await other.news(from)).toEqual([]);
    expect(server.controls.truth(2).positions).toEqual([]);
  });

  it('that is killed while its request is on the way has traded all the same', async () => {
    const server = await start();
    const terminal = await logIn(server);
    const watcher = terminal.waitFor(([kind]) => kind === 'position');
    terminal.send(buy);
    await watcher;
    terminal.close();
    const again = await logIn(server);
    expect(again.lines.filter(([kind]) => kind === 'position')).toHaveLength(1);
  });

  it('sends texts with tabs and line ends, and is told them as they were', async () => {
    const server = await start();
    const terminal = await logIn(server);
    await terminal.ask({ ...buy, comment: 'a\\tb\\nc\\\\d ü' });
    expect(server.controls.truth().positions[0]?.comment).toBe('a\tb\nc\\d ü');
    expect(terminal.lines.filter(([kind]) => kind === 'position').at(-1)?.[14]).toBe('a\\tb\\nc\\\\d ü');
  });

  it('has its requests judged one by one, before the broker sees them', async () => {
    const server = await start();
    const terminal = await logIn(server);
    const seen: [number, number, number][] = [];
    server.controls.judgeRequests((login, { volume }) => {
      seen.push([login, volume, server.controls.truth().positions.length]);
      return volume > 0.2 ? { kind: 'lose-request', answer: 10012 } : undefined;
    });
    expect((await terminal.ask(buy)).retcode).toBe(10009);
    expect((await terminal.ask({ ...buy, volume: 0.3 })).retcode).toBe(10012);
    server.controls.clearFaults();
    expect((await terminal.ask({ ...buy, volume: 0.4 })).retcode).toBe(10009);
    expect(seen).toEqual([
      [5_000_001, 0.1, 0],
      [5_000_001, 0.3, 1],
    ]);
    expect(server.controls.truth().positions).toHaveLength(2);
  });

  it('that speaks before its login is refused', async () => {
    const server = await start();
    const terminal = connect(server);
    terminal.write('ping', 1);
    await terminal.closed;
    expect(terminal.lines).toEqual([['refused', 'BAD_LOGIN', 'The first line must be a login.']]);
    expect(server.ignored).toBe(1);
  });

  it('that sends a line without an end is cut off', async () => {
    const server = await start();
    const terminal = await logIn(server);
    terminal.writeRaw('x'.repeat(70_000));
    await terminal.closed;
    expect(server.ignored).toBe(1);
  });

  it('that sends garbage is still served, and counted', async () => {
    const server = await start();
    const terminal = await logIn(server);
    terminal.writeRaw(Buffer.from([0xff, 0xfe, 0x00, 0x0a, 0x0a]));
    terminal.writeRaw('request\t99\n');
    expect((await terminal.ask(buy)).retcode).toBe(10009);
    expect(server.ignored).toBe(3);
  });

  it('whose lines come byte by byte is understood', async () => {
    const server = await start();
    const terminal = connect(server);
    for (const letter of 'login\t5000001\t\t4000\n') terminal.writeRaw(letter);
    await terminal.waitFor(([kind]) => kind === 'synced');
    expect(server.terminals).toEqual([5_000_001]);
  });
});

describe('the controls', () => {
  it('disconnect terminals, and keep them away while they are refused', async () => {
    const server = await start();
    const terminal = await logIn(server);
    server.controls.refuseTerminals(true);
    server.controls.disconnectTerminals();
    await terminal.closed;
    const refused = connect(server);
    await refused.closed;
    expect([refused.lines, server.terminals]).toEqual([[], []]);
    server.controls.refuseTerminals(false);
    await logIn(server);
    expect(server.terminals).toEqual([5_000_001]);
  });

  it('disconnect the terminal of one login alone', async () => {
    const server = await start({ accounts: [{ login: 1 }, { login: 2 }] });
    const first = await logIn(server, 1);
    await logIn(server, 2);
    server.controls.disconnectTerminals(1);
    await first.closed;
    expect(server.terminals).toEqual([2]);
  });

  it('lose the request of the login and the action that they are told', async () => {
    const server = await start({ accounts: [{ login: 1 }, { login: 2 }] });
    server.controls.loseNextRequest({ login: 2, action: 5, answer: 10012 });
    const [first, second] = [await logIn(server, 1), await logIn(server, 2)];
    const pending = { ...buy, action: 5, type: 2, type_filling: 2, price: 1.08 };
    const codes = [];
    for (const [terminal, asked] of [
      [first, pending],
      [second, buy],
      [second, pending],
      [second, pending],
    ] as const)
      codes.push((await terminal.ask(asked)).retcode);
    expect(codes).toEqual([10009, 10009, 10012, 10009]);
    expect(server.controls.truth(2).orders).toHaveLength(1);
    expect(server.requests.map(({ login }) => login)).toEqual([1, 2, 2, 2]);
  });

  it('forget faults that have not struck', async () => {
    const server = await start();
    server.controls.loseNextRequest({ answer: 10012 });
    server.controls.refuseNext(10006);
    server.controls.clearFaults();
    expect((await (await logIn(server)).ask(buy)).retcode).toBe(10009);
  });

  it('let a person close a position, change its levels and take an order back', async () => {
    const server = await start();
    const { controls } = server;
    const order = controls.byHand('EURUSD', 0.2);
    expect(controls.requestByHand({ action: 6, position: order, sl: 1.08 }).retcode).toBe(10009);
    controls.byHand('EURUSD', -0.1, { position: order });
    expect(controls.truth().positions).toMatchObject([{ ticket: order, volume: 0.1, sl: 1.08 }]);
    expect(() => controls.byHand('EURUSD', -0.5, { position: order })).toThrow('10038');
  });

  it('replay ticks with their own times, in the server’s zone', async () => {
    const server = await start({ symbols: [mt5Symbol('EURUSD')], clock: new VirtualClock(0) });
    const terminal = await logIn(server);
    const from = terminal.lines.length;
    const summary = await server.controls.replay('EURUSD', [
      { time: START, bid: 1.1, ask: 1.1001 },
      { time: START, bid: Number.NaN, ask: 1.1001 },
      { time: START + 60_000, bid: 1.101, ask: 1.1011 },
    ]);
    expect(summary).toEqual({ ticks: 2, skipped: 1 });
    const quotes = (await terminal.news(from)).map((line) => line.slice(0, 5));
    expect(quotes).toEqual([
      ['quote', 'EURUSD', `${START + 2 * HOUR}`, '1.1', '1.1001'],
      ['quote', 'EURUSD', `${START + 2 * HOUR + 60_000}`, '1.101', '1.1011'],
    ]);
  });

  it('replay a bar as open, the nearer extreme, the other one and close', async () => {
    const server = await start();
    const terminal = await logIn(server);
    const from = terminal.lines.length;
    const bar = { time: START, open: 1.1, high: 1.103, low: 1.099, close: 1.102, spread: 5 };
    await server.controls.replay('EURUSD', [bar]);
    const quotes = (await terminal.news(from)).filter(([kind]) => kind === 'quote');
    expect(quotes.map(([, , , bid, ask]) => [bid, ask])).toEqual([
      ['1.1', '1.10005'],
      ['1.099', '1.09905'],
      ['1.103', '1.10305'],
      ['1.102', '1.10205'],
    ]);
  });

  it('close and open a market', async () => {
    const server = await start();
    const terminal = await logIn(server);
    server.controls.marketOpen('EURUSD', false);
    const closed = (await terminal.ask(buy)).retcode;
    server.controls.marketOpen('EURUSD', undefined);
    expect([closed, (await terminal.ask(buy)).retcode]).toEqual([10018, 10009]);
  });
});

describe('options that make no sense', () => {
  it.each<readonly [string, Mt5Options]>([
    ['two accounts of one login', { accounts: [{ login: 1 }, { login: 1 }] }],
    ['no account', { accounts: [] }],
    ['a login of zero', { accounts: [{ login: 0 }] }],
    ['two symbols of one name', { symbols: [mt5Symbol('EURUSD'), mt5Symbol('EURUSD')] }],
    ['a currency that cannot be converted', { symbols: [mt5Symbol('EURGBP')] }],
  ])('are refused: %s', async (_, options) => {
    await expect(startMt5(options)).rejects.toMatchObject({ code: 'BAD_CONFIG' });
  });

  it('are taken with a fixed rate', async () => {
    mt5 = await startMt5({ symbols: [mt5Symbol('EURGBP')], rates: { GBPUSD: 1.25, USDEUR: 0.9 } });
    expect(mt5.controls.truth().account.balance).toBe(10_000);
  });

  it('of symbols are refused: volumes that do not fit together', () => {
    expect(() => mt5Symbol('EURUSD', { volumeMin: 2, volumeMax: 1 })).toThrow('volumes');
  });
});

describe('symbols by their name', () => {
  it.each([
    ['GBPUSD', { digits: 5, contractSize: 100_000, currencyMargin: 'GBP', point: 0.00001 }],
    ['USDJPY', { digits: 3, contractSize: 100_000, currencyProfit: 'JPY', point: 0.001 }],
    ['XAUUSD', { digits: 2, contractSize: 100, currencyMargin: 'USD', calcMode: 4 }],
    ['US500', { digits: 1, contractSize: 1, calcMode: 4, volumeMin: 0.1 }],
  ])('%s has what brokers usually give it', (name, expected) => {
    expect(mt5Symbol(name)).toMatchObject(expected);
  });
});
