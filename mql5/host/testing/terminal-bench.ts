import { join } from 'node:path';
import { type Mt5Options, type Mt5Simulator, startMt5 } from '@mikrobot/simulators';
import { buildProgram, type Program } from '../build/build-program.js';
import type { TerminalOptions } from '../run/start-terminal.js';
import { startTerminalProbe, type TerminalProbe } from './terminal-probe.js';

const HOUR = 3_600_000;

/** A trade server and a terminal with the probe in it, connected. */
export interface TerminalBench {
  readonly server: Mt5Simulator;
  readonly probe: TerminalProbe;
  close(): Promise<void>;
}

/** What differs from a hedging account with EURUSD quoted 1.08500/1.08510 on a server two hours ahead of UTC. */
export interface BenchOptions {
  readonly server?: Mt5Options;
  readonly terminal?: Partial<TerminalOptions>;
  /** Done at the server before the terminal starts. */
  readonly before?: (server: Mt5Simulator) => void;
}

let built: Promise<Program> | undefined;

/** The probe with the sanitizers; built once a process, so that all tests of a file run the same program. */
export const buildTerminalProbe = (): Promise<Program> => {
  built ??= buildProgram(join(import.meta.dirname, '..', 'test-programs', 'TerminalProbe.mq5'), {
    sanitize: true,
  });
  return built;
};

/** Starts both. */
export const startTerminalBench = async (options: BenchOptions = {}): Promise<TerminalBench> => {
  const program = await buildTerminalProbe();
  const server = await startMt5({ utcOffset: 2 * HOUR, ...options.server });
  server.controls.quote('EURUSD', 1.085, 1.0851);
  options.before?.(server);
  const link = { host: server.host, port: server.port };
  const probe = await startTerminalProbe({ program, link, ...options.terminal });
  return {
    server,
    probe,
    async close() {
      await probe.close();
      await server.close();
    },
  };
};

/** What a request to `send`, `async` or `check` holds beside the action. */
export interface TestRequest {
  readonly type?: number;
  readonly volume?: number;
  readonly price?: number;
  readonly sl?: number;
  readonly tp?: number;
  readonly position?: number;
  readonly order?: number;
  readonly comment?: string;
}

/** The words behind `send`, `async` and `check`. */
export const requestWords = (action: number, request: TestRequest = {}): string => {
  const {
    type = 0,
    volume = 0,
    price = 0,
    sl = 0,
    tp = 0,
    position = 0,
    order = 0,
    comment = 'probe',
  } = request;
  return [action, type, volume, price, sl, tp, position, order, comment].join(' ');
};

/** A purchase at the market. */
export const buy = (volume: number, more: TestRequest = {}): string =>
  requestWords(1, { type: 0, volume, price: 1.0851, ...more });
