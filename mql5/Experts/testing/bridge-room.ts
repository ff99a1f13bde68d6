import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Mt5Options, type Mt5Simulator, startMt5 } from '@mikrobot/simulators';
import { buildProgram, type RunningTerminal, startTerminal } from '../../host/index.js';
import { bridgeSecret, ScriptedNode } from './scripted-node.js';

/** How a bridge is started. */
export interface BridgeStart {
  readonly inputs?: Readonly<Record<string, string | number | boolean>>;
  /** Options of the terminal, such as `--die-at`. */
  readonly more?: readonly string[];
}

/** A trade server, a scripted Node, and terminals with the bridge in them that share one folder of files. */
export interface BridgeRoom {
  readonly mt5: Mt5Simulator;
  readonly node: ScriptedNode;
  readonly files: string;
  start(options?: BridgeStart): Promise<RunningTerminal>;
  close(): Promise<void>;
}

const bridge = join(import.meta.dirname, '..', 'MikroBot_Bridge.mq5');

/** Opens a room with EURUSD quoted at 1.10000 / 1.10010. */
export const openBridgeRoom = async (options: Mt5Options = {}): Promise<BridgeRoom> => {
  const program = await buildProgram(bridge);
  const mt5 = await startMt5(options);
  const node = await ScriptedNode.listen();
  const files = mkdtempSync(join(tmpdir(), 'mikrobot-bridge-'));
  const terminals: RunningTerminal[] = [];
  mt5.controls.quote('EURUSD', 1.1, 1.1001);
  return {
    mt5,
    node,
    files,
    start: async ({ inputs = {}, more = [] } = {}) => {
      const terminal = await startTerminal({
        program,
        link: mt5,
        files,
        common: files,
        inputs: { InpPort: node.port, InpSecret: bridgeSecret, ...inputs },
        allowUrls: ['127.0.0.1'],
        more,
      });
      terminals.push(terminal);
      return terminal;
    },
    close: async () => {
      await Promise.all(terminals.map((terminal) => terminal.kill()));
      await node.close();
      await mt5.close();
      rmSync(files, { recursive: true, force: true });
    },
  };
};

/** A market order of 0.1 lots EURUSD. */
export const marketOrder = (coid: string, more: object = {}): object => ({
  coid,
  kind: 'market',
  symbol: 'EURUSD',
  side: 'buy',
  volume: 0.1,
  price: null,
  stopLimit: null,
  sl: null,
  tp: null,
  deviation: 10,
  tif: 'GTC',
  goodTill: null,
  magic: '770000000001',
  expiresAt: null,
  closes: null,
  ...more,
});
