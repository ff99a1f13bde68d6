import { afterEach, describe, expect, it } from 'vitest';
import { type Mt5Options, type Mt5Simulator, startMt5 } from './start-mt5.js';
import { RawTerminal } from './testing/raw-terminal.js';

let mt5: Mt5Simulator | undefined;
const terminals: RawTerminal[] = [];

const start = async (options: Mt5Options = {}): Promise<Mt5Simulator> => {
  mt5 = await startMt5(options);
  mt5.controls.quote('EURUSD', 1.085, 1.0851);
  return mt5;
};

const logIn = async (on: Mt5Simulator, login?: number, password?: string): Promise<RawTerminal> => {
  const terminal = await RawTerminal.logIn(on.port, login, password);
  terminals.push(terminal);
  return terminal;
};

afterEach(async () => {
  for (const terminal of terminals.splice(0)) terminal.close();
  await mt5?.close();
  mt5 = undefined;
});

describe('a terminal that logs in', () => {
  it('is told account, symbols, bars, quotes, deals and then that it is synced', async () => {
    const terminal = await logIn(await start());
    const kinds = [...new Set(terminal.lines.map(([kind]) => kind))];
    expect(kinds).toEqual(['account', 'symbol', 'm1', 'quote', 'deal', 'synced']);
  });

  it('buys at the ask, and its position is at the broker', async () => {
    const server = await start();
    const terminal = await logIn(server);
    const result = await terminal.ask({ action: 1, symbol: 'EURUSD', volume: 0.1, type: 0, magic: 7 });
    expect(result).toMatchObject({ retcode: 10009, volume: 0.1, price: 1.0851 });
    expect(server.controls.truth().positions).toMatchObject([
      { ticket: result.order, volume: 0.1, priceOpen: 1.0851, profit: -1, magic: '7' },
    ]);
  });
});
