import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type AccountMode, type Clock, systemClock, VirtualClock } from '@mikrobot/core';
import { buildProgram, type Program, type RunningTerminal, startTerminal } from '@mikrobot/mql5';
import { type Mt5Options, type Mt5Simulator, mt5Symbol, startMt5 } from '@mikrobot/simulators';
import type { VenueUnderTest } from '@mikrobot/testkit';
import { type MetaTrader5Adapter, metatrader5 } from '../adapter.js';
import { type Mt5Bridge, mt5Bridge } from '../bridge/mt5-bridge.js';
import type { MetaTrader5Options } from '../options.js';
import { LineFaults } from './line-faults.js';
import { LineProxy } from './line-proxy.js';
import { SECRET } from './scripted-terminal.js';

const EA = fileURLToPath(new URL('../../../../mql5/Experts/MikroBot_Bridge.mq5', import.meta.url));
const LOGIN = 5_000_001;
const HOUR = 3_600_000;
const MINUTE = 60_000;

/** A zone two hours ahead of UTC all year, as the simulated server is. */
const ZONE = 'Africa/Harare';

let building: Promise<Program> | undefined;

/** The bridge EA, compiled. */
const bridgeProgram = (): Promise<Program> => {
  building ??= buildProgram(EA);
  return building;
};

/** Starts a terminal with the bridge EA. @param port - where Node is reached */
const startBridgeTerminal = async (
  mt5: Mt5Simulator,
  port: number,
  folder: string,
  more: readonly string[] = [],
): Promise<RunningTerminal> =>
  startTerminal({
    program: await bridgeProgram(),
    link: { host: mt5.host, port: mt5.port },
    login: LOGIN,
    symbol: 'EURUSD',
    inputs: {
      InpHost: '127.0.0.1',
      InpPort: port,
      InpSecret: SECRET,
      InpMaxLots: 1_000,
      InpMaxOrders: 0,
      InpAbsentAfter: 1,
    },
    files: join(folder, 'files'),
    common: join(folder, 'common'),
    allowUrls: ['127.0.0.1'],
    more,
  });

/** A trade server, a terminal with the bridge EA, and a bridge; between the last two a line that can break. */
class Mt5Bench {
  readonly mt5: Mt5Simulator;
  readonly bridge: Mt5Bridge;
  readonly proxy: LineProxy;
  readonly faults: LineFaults;
  readonly folder: string;
  readonly #mode: AccountMode;
  terminal: RunningTerminal | undefined;

  private constructor(
    mt5: Mt5Simulator,
    bridge: Mt5Bridge,
    proxy: LineProxy,
    folder: string,
    mode: AccountMode,
  ) {
    this.mt5 = mt5;
    this.bridge = bridge;
    this.proxy = proxy;
    this.faults = new LineFaults(proxy);
    this.folder = folder;
    this.#mode = mode;
  }

  static async open(mode: AccountMode, options: Mt5Options = {}): Promise<Mt5Bench> {
    const mt5 = await startMt5({
      accounts: [{ login: LOGIN, marginMode: mode, balance: 1_000_000 }],
      utcOffset: 2 * HOUR,
      ...options,
    });
    const bridge = mt5Bridge({ port: 0, secrets: { get: () => SECRET } });
    const proxy = await LineProxy.open(() => bridge.port);
    const folder = await mkdtemp(join(tmpdir(), 'mikrobot-mt5-'));
    return new Mt5Bench(mt5, bridge, proxy, folder, mode);
  }

  /** Starts the terminal, also after it was killed. */
  async startTerminal(more: readonly string[] = []): Promise<void> {
    this.terminal = await startBridgeTerminal(this.mt5, this.proxy.port, this.folder, more);
  }

  adapter(options: Partial<MetaTrader5Options> = {}): MetaTrader5Adapter {
    return metatrader5({
      bridge: this.bridge,
      account: String(LOGIN),
      mode: this.#mode,
      symbols: ['EURUSD'],
      serverTimeZone: ZONE,
      answerTimeout: 400,
      ...options,
    });
  }

  async close(): Promise<void> {
    await this.terminal?.kill();
    await this.proxy.close();
    await this.mt5.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** A clock that can be set forward, on top of another. */
const skewed = (clock: Clock): Clock & { ahead: number } => ({
  ahead: 0,
  now() {
    return clock.now() + this.ahead;
  },
  arm(id, at, wake) {
    return clock.arm(id, at - this.ahead, wake);
  },
});

const LOTS = 1;
const BARS = 5;

/** Bars that the venue has, and the query for them. */
const pastOf = (now: number) => {
  const to = Math.floor(now / MINUTE - 60) * MINUTE;
  const from = to - BARS * MINUTE;
  const rows = Array.from({ length: BARS }, (_, i) => ({
    time: from + i * MINUTE,
    open: 1.1,
    high: 1.1002 + i * 0.0001,
    low: 1.0998,
    close: 1.1001,
    tickVolume: 12,
    spread: 5,
  }));
  return { rows, query: { symbol: 'EURUSD', timeframe: 'M1', from, to } as const };
};

/** Time of the server that stands until it is let pass; everything else goes on. */
const steppedTime = () => {
  const clock = new VirtualClock(systemClock().now());
  const settle = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  const pass = async (ms: number): Promise<void> => {
    clock.advance(clock.now() + ms);
    await settle(Math.min(50, Math.max(5, ms)));
  };
  return { clock, pass };
};

/** What a card needs of its venue. */
export interface CardNeeds {
  /** The server's time passes when it is let, by days. */
  readonly stepped?: boolean;
  /** EURUSD trades on an exchange. */
  readonly exchange?: boolean;
  readonly server?: Mt5Options;
}

/** SYMBOL_TRADE_EXECUTION_EXCHANGE. */
const EXCHANGE = 3;

/** The venue as the cards of the test kit want it. */
export const cardVenue = async (
  mode: AccountMode,
  { stepped = false, exchange = false, server = {} }: CardNeeds = {},
): Promise<VenueUnderTest> => {
  const steps = stepped ? steppedTime() : undefined;
  const venueClock = skewed(steps?.clock ?? systemClock());
  const bench = await Mt5Bench.open(mode, {
    ...server,
    clock: venueClock,
    ...(exchange ? { symbols: [mt5Symbol('EURUSD', { execution: EXCHANGE })] } : {}),
  });
  const { controls } = bench.mt5;
  const { faults, proxy } = bench;
  const past = pastOf(systemClock().now());
  controls.bars('EURUSD', past.rows);
  const market = { bid: 1.1, ask: 1.10005 };
  controls.quote('EURUSD', market.bid, market.ask);
  await bench.startTerminal();
  let adapter = bench.adapter();
  return {
    adapter,
    symbol: 'EURUSD',
    lots: LOTS,
    market,
    past: past.query,
    controls: {
      quote: (bid, ask) => controls.quote('EURUSD', bid, ask),
      depth: (lots) => controls.depth(lots),
      loseAnswer() {
        faults.loseAnswer = true;
      },
      loseRequest() {
        faults.loseRequest = true;
      },
      refuse: () => controls.refuseNext(10_006),
      throttle: () => controls.refuseNext(10_024),
      blind(on) {
        faults.blind = on;
      },
      repeat() {
        faults.repeatDeal = true;
      },
      cut: () => proxy.cut(),
      restore: () => proxy.restore(),
      async restart() {
        // The process dies without a word: neither the terminal nor the bot hears of it.
        proxy.cut();
        adapter.removeAllListeners();
        await adapter.close();
        adapter = bench.adapter();
        proxy.restore();
        return adapter;
      },
      byHand: (lots) => void controls.byHand('EURUSD', lots),
      skew(ms) {
        venueClock.ahead = ms;
      },
      ...(steps === undefined ? {} : { pass: steps.pass }),
    },
    async dispose() {
      await adapter.close();
      await bench.close();
    },
  };
};
