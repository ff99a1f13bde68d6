import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { metatrader5, mt5Bridge, type Terminal } from '@mikrobot/adapter-mt5';
import { createBot, fixedQuantity, fresh, wellFormed } from '@mikrobot/core';
import { type Mt5Simulator, startMt5 } from '@mikrobot/simulators';
import { eager } from '../eager.js';
import { percentile, until } from '../figures.js';
import type { Figure, Scenario } from '../scenario.js';

const root = join(import.meta.dirname, '../..');
const LOGIN = 5_000_001;
const SECRET = 'benchmark-secret-1';
const WARM = 200;
const PINGS = 3_000;
const ORDERS = 500;
const TICKS = 100_000;

/** The bridge EA as a program; compiled once. */
const bridgeProgram = (): string => {
  const args = [
    '--conditions',
    '@mikrobot/source',
    'mql5/host/cli.ts',
    'build',
    'mql5/Experts/MikroBot_Bridge.mq5',
  ];
  const printed = execFileSync(join(root, 'node_modules/.bin/tsx'), args, { cwd: root, encoding: 'utf8' });
  return printed.trim().split('\n').at(-1)?.trim() ?? '';
};

/** A simulated terminal with the bridge EA, as a process of its own. */
const startTerminal = (mt5: Mt5Simulator, port: number, folder: string): ChildProcess => {
  const inputs = { InpPort: port, InpSecret: SECRET, InpMaxLots: 100, InpMaxOrders: 0 };
  const args = Object.entries({
    link: `${mt5.host}:${mt5.port}`,
    login: LOGIN,
    symbol: 'EURUSD',
    period: 'M15',
    files: folder,
    common: folder,
    'allow-url': '127.0.0.1',
  }).flatMap(([name, value]) => [`--${name}`, String(value)]);
  for (const [name, value] of Object.entries(inputs)) args.push('--input', `${name}=${value}`);
  return spawn(bridgeProgram(), args, { stdio: 'ignore' });
};

/** Runs a part with a trade server, a bridge and a terminal. */
const withTerminal = async <T>(
  part: (parts: { readonly mt5: Mt5Simulator; readonly bridge: ReturnType<typeof mt5Bridge> }) => Promise<T>,
): Promise<T> => {
  const folder = mkdtempSync(join(tmpdir(), 'mikrobot-bench-'));
  const mt5 = await startMt5({ accounts: [{ login: LOGIN, balance: 1e9 }] });
  mt5.controls.quote('EURUSD', 1.085, 1.0851);
  const bridge = mt5Bridge({ port: 0, secrets: { get: () => SECRET } });
  let terminal: ChildProcess | undefined;
  const listening = setInterval(() => {
    if (bridge.port === undefined || terminal !== undefined) return;
    terminal = startTerminal(mt5, bridge.port, folder);
  }, 5);
  try {
    return await part({ mt5, bridge });
  } finally {
    clearInterval(listening);
    terminal?.kill('SIGTERM');
    await mt5.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Ms from question to answer, one after the other. */
const timed = async (count: number, ask: () => Promise<unknown>): Promise<number[]> => {
  const took: number[] = [];
  for (let i = 0; i < count + WARM; i++) {
    const start = performance.now();
    await ask();
    took.push(performance.now() - start);
  }
  return took.slice(WARM);
};

const pingsOf = (terminal: Terminal): Promise<number[]> =>
  timed(PINGS, async () => {
    const { outcome } = await terminal.ask('ping', {});
    if (outcome !== 'answer') throw new Error(`ping: ${outcome}`);
  });

/** The same lines to a process that sends them back: what the sockets and two event loops cost alone. */
const echoes = async (): Promise<number[]> => {
  const code =
    "require('net').createServer((s)=>{s.setNoDelay();s.pipe(s)}).listen(0,'127.0.0.1',function(){console.log(this.address().port)})";
  const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await new Promise<number>((resolve) => {
    child.stdout.once('data', (text) => resolve(Number(text)));
  });
  const socket = connect(port, '127.0.0.1').setNoDelay();
  await new Promise((resolve) => socket.once('connect', resolve));
  const line = `${JSON.stringify({ v: 1, t: 'ping', id: 1, ts: Date.now(), d: {} })}\n`;
  const took = await timed(PINGS, async () => {
    socket.write(line);
    await new Promise((resolve) => socket.once('data', resolve));
  });
  socket.destroy();
  child.kill();
  return took;
};

const micro = (name: string, ms: number, floor?: number): Figure => ({
  name,
  value: ms * 1_000,
  unit: 'µs',
  ...(floor === undefined ? {} : { floor }),
});

/** Node to the EA's program and back: a question that the EA answers at once. */
export const mt5RoundTrip: Scenario = {
  name: 'metatrader, round trip to the expert advisor',
  run: () =>
    withTerminal(async ({ bridge }) => {
      const terminal = await bridge.open(String(LOGIN));
      await until(() => terminal.state === 'up');
      const ours = await pingsOf(terminal);
      const bare = await echoes();
      await terminal.close();
      const p50 = percentile(ours, 0.5);
      return [
        micro('p50', p50, 200),
        micro('p99', percentile(ours, 0.99)),
        micro('p50 of a bare echo between two Node processes', percentile(bare, 0.5)),
        micro('p99 of a bare echo', percentile(bare, 0.99)),
        { name: 'p50 as a share of it', value: p50 / percentile(bare, 0.5), unit: 'x' },
      ];
    }),
};

/** Quotes of the trade server through terminal, EA, socket and adapter to ticks of the model. */
export const mt5Ticks: Scenario = {
  name: 'metatrader, ticks through the bridge',
  run: () =>
    withTerminal(async ({ mt5, bridge }) => {
      const adapter = metatrader5({ bridge, account: String(LOGIN), symbols: ['EURUSD'] });
      await adapter.connect(new AbortController().signal);
      let ticks = 0;
      let last = 0;
      adapter.on('tick', ({ bid }) => {
        ticks++;
        last = bid;
      });
      await adapter.subscribe({ symbol: 'EURUSD' });
      const start = performance.now();
      for (let i = 0; i < TICKS; i++) {
        const bid = Math.round((1.08 + (i % 500) / 1e5) * 1e5) / 1e5;
        mt5.controls.quote('EURUSD', bid, bid + 0.0001);
        if (i % 200 === 199) await new Promise((resolve) => setImmediate(resolve));
      }
      mt5.controls.quote('EURUSD', 1.2, 1.2001);
      await until(() => last === 1.2);
      const seconds = (performance.now() - start) / 1_000;
      await adapter.close();
      return [
        { name: 'quotes a second at the trade server', value: TICKS / seconds, unit: '/s' },
        { name: 'ticks a second at the bot', value: ticks / seconds, unit: '/s', more: true },
        { name: 'share that was not coalesced', value: ticks / TICKS, unit: 'x', more: true },
      ];
    }),
};

/** From the call to the answer of orders that rest: adapter, EA, its journal on disk, terminal, trade server, and back. */
export const mt5Orders: Scenario = {
  name: 'metatrader, order round trip over loopback',
  run: () =>
    withTerminal(async ({ mt5, bridge }) => {
      const adapter = metatrader5({ bridge, account: String(LOGIN), symbols: ['EURUSD'] });
      const submit = adapter.submit.bind(adapter);
      const took: number[] = [];
      let failed: string | undefined;
      adapter.submit = async (order) => {
        const start = performance.now();
        const outcome = await submit(order);
        took.push(performance.now() - start);
        if (outcome.outcome !== 'accepted') failed = JSON.stringify(outcome);
        return outcome;
      };
      const bot = createBot({
        adapter,
        run: [{ strategy: eager(1.05), symbol: 'EURUSD' }],
        risk: fixedQuantity({ lots: 0.01 }),
        validate: [wellFormed(), fresh()],
      });
      const running = bot.run();
      await until(() => bot.state === 'active');
      for (let i = 0; took.length < ORDERS && failed === undefined; i++) {
        const asked = took.length;
        mt5.controls.quote('EURUSD', 1.085 + (i % 2) / 1e4, 1.0852 + (i % 2) / 1e4);
        await until(() => took.length > asked || failed !== undefined);
      }
      await bot.stop();
      await running;
      if (failed !== undefined) throw new Error(failed);
      return [micro('p50', percentile(took.slice(50), 0.5)), micro('p99', percentile(took.slice(50), 0.99))];
    }),
};
