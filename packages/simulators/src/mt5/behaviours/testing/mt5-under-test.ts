import { VirtualClock } from '@mikrobot/core';
import { type Mt5Options, type Mt5Simulator, startMt5 } from '../../start-mt5.js';
import { type Asked, type Line, RawTerminal, type Result } from '../../testing/raw-terminal.js';
import type { Mt5Truth } from '../../truth.js';
import type { Mode } from './behaviour.js';
import { type Named, records } from './named-records.js';

/** A Wednesday, 15:00 in London; the server is two hours ahead. */
export const START = Date.UTC(2026, 0, 14, 15);
/** The same moment on the server's wall clock. */
export const SERVER_START = START + 7_200_000;

const PENDING = 5;

/** A trade server with one terminal; its time moves only by {@link Mt5UnderTest.advance}. */
export class Mt5UnderTest {
  readonly clock: VirtualClock;
  readonly mt5: Mt5Simulator;
  readonly terminal: RawTerminal;
  readonly #others: RawTerminal[] = [];

  private constructor(mt5: Mt5Simulator, clock: VirtualClock, terminal: RawTerminal) {
    this.mt5 = mt5;
    this.clock = clock;
    this.terminal = terminal;
  }

  static async start(marginMode: Mode, options: Mt5Options = {}): Promise<Mt5UnderTest> {
    const clock = new VirtualClock(START);
    const accounts = (options.accounts ?? [{ login: 5_000_001 }]).map((account) => ({
      ...account,
      marginMode,
    }));
    const mt5 = await startMt5({ ...options, accounts, clock });
    mt5.controls.quote('EURUSD', 1.085, 1.0851);
    return new Mt5UnderTest(mt5, clock, await RawTerminal.logIn(mt5.port));
  }

  get controls(): Mt5Simulator['controls'] {
    return this.mt5.controls;
  }

  get truth(): Mt5Truth {
    return this.mt5.controls.truth();
  }

  /** Another terminal, of a login. */
  async logIn(login?: number, password?: string): Promise<RawTerminal> {
    const terminal = await RawTerminal.logIn(this.mt5.port, login, password);
    this.#others.push(terminal);
    return terminal;
  }

  /** Asks for a tenth of a lot of EURUSD at the market, unless told otherwise; pending orders are filled by RETURN. */
  ask(asked: Asked): Promise<Result> {
    const action = asked.action ?? 1;
    const type_filling = action === PENDING ? 2 : 0;
    return this.terminal.ask({ action, symbol: 'EURUSD', volume: 0.1, type_filling, type: 0, ...asked });
  }

  buy(volume: number, asked: Asked = {}): Promise<Result> {
    return this.ask({ ...asked, volume, type: 0 });
  }

  sell(volume: number, asked: Asked = {}): Promise<Result> {
    return this.ask({ ...asked, volume, type: 1 });
  }

  /** @param type - ORDER_TYPE_… from 2 to 7 */
  pending(type: number, price: number, asked: Asked = {}): Promise<Result> {
    return this.ask({ action: PENDING, type, price, ...asked });
  }

  /** Best prices of EURUSD. */
  quote(bid: number, ask: number = bid + 0.0001): void {
    this.controls.quote('EURUSD', bid, ask);
  }

  /** What the terminal was told while something was done. */
  async told(work: () => unknown): Promise<readonly Line[]> {
    const from = this.terminal.lines.length;
    await work();
    return this.terminal.news(from);
  }

  /** Records of a kind that the terminal was told while something was done. */
  async toldOf(kind: string, work: () => unknown): Promise<readonly Named[]> {
    return records(await this.told(work), kind);
  }

  /** Moves the server's time; what is due happens. */
  advance(ms: number): void {
    this.clock.advance(this.clock.now() + ms);
  }

  async close(): Promise<void> {
    for (const terminal of [this.terminal, ...this.#others]) terminal.close();
    await this.mt5.close();
  }
}
