import type { Mt5Bar } from '@mikrobot/simulators';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { hasCompiler, startTerminal } from './index.js';
import {
  type BenchOptions,
  buildTerminalProbe,
  buy,
  startTerminalBench,
  type TerminalBench,
} from './testing/terminal-bench.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let bench: TerminalBench;
const begin = async (options: BenchOptions = {}) => {
  bench = await startTerminalBench(options);
  return bench;
};

describe.skipIf(!hasCompiler())('the terminal of the MQL5 host, live (needs g++)', () => {
  beforeAll(async () => {
    await buildTerminalProbe();
  }, 300_000);
  afterEach(() => bench.close());

  describe('the connection', () => {
    it('comes back by itself and knows what happened meanwhile', async () => {
      const { server, probe } = await begin();
      expect(await probe.ask('connected')).toEqual(['1']);
      server.controls.refuseTerminals(true);
      server.controls.disconnectTerminals();
      await vi.waitFor(async () => expect(await probe.ask('connected')).toEqual(['0']));
      expect(await probe.ask(`send ${buy(0.1)}`)).toEqual(['sending', 'false 10031 0 0 4756']);
      const ticket = server.controls.byHand('EURUSD', 0.5);
      server.controls.refuseTerminals(false);
      await vi.waitFor(async () => expect(await probe.ask('connected')).toEqual(['1']));
      expect(await probe.ask('positions')).toEqual([`${ticket} EURUSD`]);
      expect((await probe.ask(`send ${buy(0.1)}`))[1]).toMatch(/^true 10009/);
    });

    it('keeps showing the last state while it is down', async () => {
      const { server, probe } = await begin();
      const ticket = server.controls.byHand('EURUSD', 0.5);
      await vi.waitFor(async () => expect(await probe.ask('positions')).toEqual([`${ticket} EURUSD`]));
      server.controls.refuseTerminals(true);
      server.controls.disconnectTerminals();
      await vi.waitFor(async () => expect(await probe.ask('connected')).toEqual(['0']));
      expect(await probe.ask('positions')).toEqual([`${ticket} EURUSD`]);
    });

    it('ends with code 4 when the server does not know the login', async () => {
      const { server, probe } = await begin();
      const stranger = await startTerminal({
        program: await buildTerminalProbe(),
        link: { host: server.host, port: server.port },
        login: 1,
      });
      expect(await stranger.exited).toMatchObject({ code: 4 });
      expect(stranger.notes.join('\n')).toMatch(/refused the login/);
      expect(await probe.ask('connected')).toEqual(['1']);
    });

    it('tells the times of the newest quote, of the server and of the machine apart', async () => {
      const { server, probe } = await begin({ server: { utcOffset: 3 * HOUR } });
      server.controls.quote('EURUSD', 1.0852, 1.0853, { time: Date.now() - 5 * MINUTE });
      await probe.terminal.waitFor('event tick 1.08520');
      const [line = ''] = await probe.ask('clock');
      const [current = 0, trade = 0, gmt = 0] = line.split(' ').map(Number);
      expect(Math.abs(gmt - Date.now() / 1000)).toBeLessThan(3);
      expect(Math.abs(trade - gmt - 3 * 3600)).toBeLessThan(3);
      expect(current).toBeLessThanOrEqual(trade);
    });
  });

  describe('events', () => {
    it('come for the symbol of the chart only', async () => {
      const { server, probe } = await begin();
      server.controls.quote('GBPUSD', 1.27, 1.2701);
      await vi.waitFor(async () => expect((await probe.ask('market GBPUSD'))[0]).toMatch(/^true/));
      // By then the quote's event has had its turn, if there was one.
      await probe.ask('clock');
      expect(probe.events).toEqual([]);
      server.controls.quote('EURUSD', 1.0853, 1.0854);
      await probe.terminal.waitFor('event tick 1.08530');
    });

    it('of ticks that arrive while OnTick runs are lost, the prices are not', async () => {
      const { server, probe } = await begin({ terminal: { inputs: { InpTickUntil: 1.0863 } } });
      server.controls.quote('EURUSD', 1.086, 1.0861);
      await probe.terminal.waitFor('waiting');
      for (const bid of [1.0861, 1.0862, 1.0863]) server.controls.quote('EURUSD', bid, bid + 0.0001);
      await probe.terminal.waitFor(/\t1\.08630$/);
      expect(await probe.ask('bid-after 1')).toEqual(['waiting', '1.08630']);
      expect(probe.events).toEqual(['tick 1.08600']);
    });

    it('of a timer come no faster than the floor that the terminal was given', async () => {
      const { probe } = await begin({ terminal: { more: ['--timer-floor', '100'] } });
      // The program looks for commands in OnTimer, which is asked for every 5 ms.
      await probe.ask('connected');
      const first = performance.now();
      for (let i = 0; i < 4; i++) await probe.ask('connected');
      expect(performance.now() - first).toBeGreaterThan(300);
    });

    it('refresh prices while the program sleeps, and when it only reads them', async () => {
      const { server, probe } = await begin();
      const slept = probe.ask('bid-after 1000');
      await probe.terminal.waitFor('waiting');
      server.controls.quote('EURUSD', 1.0871, 1.0872);
      expect(await slept).toEqual(['waiting', '1.08710']);
      const spun = probe.ask('spin-for-bid 1.08810');
      await vi.waitFor(() =>
        expect(probe.terminal.lines.filter((line) => line.endsWith('waiting'))).toHaveLength(2),
      );
      server.controls.quote('EURUSD', 1.0881, 1.0882);
      expect(await spun).toEqual(['waiting', '1.08810']);
    });

    it('of 1,100 transactions while the program is busy keep the newest 1,024', async () => {
      const { server, probe } = await begin();
      const busy = probe.ask('spin-for-bid 1.08910');
      await probe.terminal.waitFor('waiting');
      for (let i = 0; i < 1100; i++) server.controls.balance(1, { comment: `deposit ${i}` });
      server.controls.quote('EURUSD', 1.0891, 1.0892);
      await busy;
      await probe.terminal.waitFor('event trade');
      const deals = server.controls.truth().deals.map(({ ticket }) => `deal=${ticket} `);
      const told = probe.events.filter((line) => line.includes('DEAL_ADD'));
      expect(told).toHaveLength(1024);
      expect(told.at(-1)).toContain(deals.at(-1));
      expect(probe.terminal.notes.join('\n')).toMatch(/queue of trade transactions is full/);
    });
  });

  describe('series', () => {
    const newest = Date.UTC(2024, 0, 10, 12, 0);
    const bars: readonly Mt5Bar[] = Array.from({ length: 600 }, (_, i) => {
      const close = Number((1.08 + i / 100_000).toFixed(5));
      const open = Number((close - 0.00001).toFixed(5));
      return { time: newest - (600 - i) * MINUTE, open, high: close + 0.0001, low: open - 0.0001, close };
    });
    // The server's wall clock is two hours ahead.
    const opened = bars.map(({ time }) => time / 1000 + 7200);
    const row = (i: number) => {
      const close = bars[i]?.close.toFixed(5);
      return `${opened[i]} ${close} ${close}`;
    };
    const before = ({ controls }: TerminalBench['server']) => void controls.bars('USDCHF', bars);
    const chart = { before, terminal: { symbol: 'USDCHF' } };

    it('are copied by position, by time and count, and by two times in either order', async () => {
      const { probe } = await begin(chart);
      expect(await probe.ask('bars M1 position 0 3')).toEqual(['3 3 0', row(597), row(598), row(599)]);
      expect(await probe.ask('bars M1 position 10 2')).toEqual(['2 2 0', row(588), row(589)]);
      expect(await probe.ask(`bars M1 from ${opened[300]} 2`)).toEqual(['2 2 0', row(299), row(300)]);
      expect(await probe.ask(`bars M1 from ${(opened[300] ?? 0) + 59} 1`)).toEqual(['1 1 0', row(300)]);
      const range = ['3 3 0', row(100), row(101), row(102)];
      expect(await probe.ask(`bars M1 range ${opened[100]} ${opened[102]}`)).toEqual(range);
      expect(await probe.ask(`bars M1 range ${opened[102]} ${opened[100]}`)).toEqual(range);
      expect(await probe.ask(`bars M1 range ${(opened[99] ?? 0) + 1} ${opened[102]}`)).toEqual(range);
    });

    it('give what there is, and -1 when there is nothing', async () => {
      const { probe } = await begin(chart);
      expect(await probe.ask('bars M1 position 598 10')).toEqual(['2 2 0', row(0), row(1)]);
      expect(await probe.ask('bars M1 position 600 1')).toEqual(['-1 -1 4401']);
      expect(await probe.ask('bars M1 position 0 0')).toEqual(['-1 -1 4003']);
      expect(await probe.ask(`bars M1 range ${(opened[0] ?? 0) - 600} ${(opened[0] ?? 0) - 60}`)).toEqual([
        '-1 -1 4401',
      ]);
    });

    it('find a bar by its time, and the highest and lowest of some bars', async () => {
      const { probe } = await begin(chart);
      const at = opened[590] ?? 0;
      expect(await probe.ask(`shift M1 ${at + 30} exact`)).toEqual(['9']);
      expect(await probe.ask(`shift M1 ${(opened[599] ?? 0) + 60} exact`)).toEqual(['-1']);
      expect(await probe.ask(`shift M1 ${(opened[599] ?? 0) + 60} near`)).toEqual(['0']);
      expect(await probe.ask('extreme M1 5 20')).toEqual(['5 24']);
    });

    it('go on with live quotes', async () => {
      const { server, probe } = await begin(chart);
      for (const [second, bid] of [0.91, 0.93, 0.9, 0.92].entries())
        server.controls.quote('USDCHF', bid, bid + 0.0002, { time: newest + second * 1000 });
      await probe.terminal.waitFor('event tick 0.92000');
      const time = newest / 1000 + 7200;
      expect(await probe.ask('bars M1 position 0 2')).toEqual(['2 2 0', row(599), `${time} 0.92000 0.92000`]);
      expect(await probe.ask('ticks last 2')).toEqual([
        '2',
        `${(time + 2) * 1000} 0.90000`,
        `${(time + 3) * 1000} 0.92000`,
      ]);
      expect(await probe.ask(`ticks range ${time * 1000 + 500} ${time * 1000 + 1500}`)).toEqual([
        '1',
        `${(time + 1) * 1000} 0.93000`,
      ]);
    });
  });

  describe('the end', () => {
    it('by SIGTERM runs OnDeinit with REASON_CLOSE', async () => {
      const { probe } = await begin();
      expect(await probe.terminal.stop()).toMatchObject({ code: 0 });
      expect(probe.events).toEqual(['deinit 9']);
    });

    it('by ExpertRemove runs it with REASON_PROGRAM, and TerminalClose gives the exit code', async () => {
      const { probe } = await begin();
      await probe.ask('remove');
      expect(await probe.terminal.exited).toMatchObject({ code: 0 });
      expect(probe.events).toEqual(['deinit 0']);
      await bench.close();
      const again = await begin();
      await again.probe.ask('close-terminal 17');
      expect(await again.probe.terminal.exited).toMatchObject({ code: 17 });
      expect(again.probe.events).toEqual(['deinit 9']);
    });

    it('by a program that was killed leaves the account as it was', async () => {
      const { server, probe } = await begin({ terminal: { more: ['--die-at', 'OrderSend-sent'] } });
      probe.tell(`send ${buy(0.1)}`);
      expect(await probe.terminal.exited).toMatchObject({ signal: 'SIGKILL' });
      await vi.waitFor(() => expect(server.controls.truth().positions).toHaveLength(1));
    });
  });
});
