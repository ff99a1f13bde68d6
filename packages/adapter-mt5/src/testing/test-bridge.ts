import { type Mt5Bridge, mt5Bridge, type Refused } from '../bridge/mt5-bridge.js';
import type { Mt5BridgeOptions } from '../bridge/options.js';
import type { Terminal, TerminalEvents } from '../bridge/terminal.js';
import { type Script, ScriptedTerminal, SECRET } from './scripted-terminal.js';
import { until } from './until.js';

/** One thing that a terminal told. */
export type Told = readonly [name: keyof TerminalEvents, ...values: unknown[]];

const names = [
  'up',
  'down',
  'reset',
  'beat',
  'tick',
  'deal',
  'order',
  'position',
  'account',
  'log',
] as const satisfies readonly (keyof TerminalEvents)[];

/** A bridge at a free port with the terminal of one account, and all that they tell. */
export class TestBridge {
  readonly bridge: Mt5Bridge;
  readonly terminal: Terminal;
  readonly told: Told[] = [];
  readonly refused: Refused[] = [];

  private constructor(bridge: Mt5Bridge, terminal: Terminal) {
    this.bridge = bridge;
    this.terminal = terminal;
    for (const name of names)
      terminal.on(name, (...values: unknown[]) => void this.told.push([name, ...values]));
    bridge.onRefused((refused) => void this.refused.push(refused));
  }

  static async open(options: Partial<Mt5BridgeOptions> = {}, account = '5000001'): Promise<TestBridge> {
    const bridge = mt5Bridge({ port: 0, secrets: { get: () => SECRET }, ...options });
    return new TestBridge(bridge, await bridge.open(account));
  }

  get port(): number {
    return this.bridge.port as number;
  }

  /** Names of what was told, beats and ticks aside. */
  get names(): readonly string[] {
    return this.told.map(([name]) => name).filter((name) => name !== 'beat' && name !== 'tick');
  }

  /** Values that were told by a name: the first of each. */
  values(name: keyof TerminalEvents): readonly unknown[] {
    return this.told.filter(([one]) => one === name).map(([, value]) => value);
  }

  /** Brings a scripted terminal up. */
  async up(
    script: Script = {},
    again?: (this: ScriptedTerminal, seq: number) => void,
  ): Promise<ScriptedTerminal> {
    const before = this.values('up').length;
    const ea = await ScriptedTerminal.up(this.port, script, again);
    await until('up', () => this.values('up').length > before);
    return ea;
  }

  /** Waits until the terminal is down. */
  down(): Promise<void> {
    return until('down', () => this.terminal.state === 'down');
  }

  close(): Promise<void> {
    return this.terminal.close();
  }
}
