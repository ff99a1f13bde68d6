import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { paper } from '@mikrobot/adapter-paper';
import {
  type ApprovedOrder,
  createBot,
  fixedQuantity,
  type Journal,
  MemoryJournal,
  type RiskPolicy,
  type Strategy,
} from '@mikrobot/core';
import { openJournal } from '@mikrobot/journal-sqlite';
import { smaCross } from '@mikrobot/strategies';
import { tap } from 'rxjs';
import { percentile } from '../figures.js';
import { type Columns, feedOf, tickWalk } from '../market.js';
import type { Figure, Scenario } from '../scenario.js';

/** Twelve policies that read what real ones read: position, pending, account, quote, stop. */
const policies = (): readonly RiskPolicy[] => {
  const limit = (name: string, judge: RiskPolicy['judge']): RiskPolicy => ({ name, judge });
  const lotLimits = [50, 60, 70, 80].map((lots) =>
    limit(`position${lots}`, ({ symbol }, _, book) => ({
      cap: lots - Math.abs(book.position(symbol).quantity + book.pending(symbol)),
    })),
  );
  const equityFloors = [0.1, 0.2, 0.3].map((part) =>
    limit(`equity${part}`, (_order, signal, book) => {
      const { equity } = book.account();
      return equity > signal.account.balance * part
        ? undefined
        : { code: 'EQUITY', limit: part, actual: equity };
    }),
  );
  const spreads = [5, 6].map((pips) =>
    limit(`spread${pips}`, (_order, { quote }) => {
      const actual = quote.ask - quote.bid;
      return actual < pips * 1e-4 ? undefined : { code: 'SPREAD', limit: pips, actual };
    }),
  );
  const stops = [1e-5, 2e-5].map((distance) =>
    limit(`stop${distance}`, ({ stop, price }) =>
      stop !== undefined && Math.abs(price - stop) > distance
        ? undefined
        : { code: 'STOP', limit: distance, actual: String(stop) },
    ),
  );
  return [fixedQuantity({ lots: 0.1 }), ...lotLimits, ...equityFloors, ...spreads, ...stops];
};

/** Microseconds from a strategy's signal to the call of the adapter, entries that need no reversal. */
const latencies = async (columns: Columns, journal: Journal): Promise<number[]> => {
  const all: number[] = [];
  let raised = 0;
  const watched: Strategy = {
    ...smaCross,
    bind: (symbol, params) => {
      const bound = smaCross.bind(symbol, params);
      const signals: typeof bound.signals = (context) =>
        bound.signals(context).pipe(
          tap(() => {
            raised = performance.now();
          }),
        );
      return { ...bound, signals };
    },
  };
  const adapter = paper({ feed: feedOf(columns), costs: 'retail-fx', balance: { USD: '10000000' } });
  const submit = adapter.submit.bind(adapter);
  adapter.submit = (order: ApprovedOrder) => {
    // The first call after a signal; a reversal's second order waits for the market.
    if (raised > 0) all.push((performance.now() - raised) * 1_000);
    raised = 0;
    return submit(order);
  };
  const params = { timeframe: 'M1', fast: 5, slow: 10 };
  await createBot({
    adapter,
    journal,
    run: [{ strategy: watched, symbol: 'EURUSD', params }],
    risk: policies(),
  }).run();
  return all;
};

const figuresOf = (all: readonly number[], p50: number, p99: number): readonly Figure[] => {
  const warm = all.slice(Math.min(1_000, all.length / 4));
  return [
    { name: 'p50, warm', value: percentile(warm, 0.5), unit: 'us', floor: p50 },
    { name: 'p99, warm', value: percentile(warm, 0.99), unit: 'us', floor: p99 },
    { name: 'the first order', value: all[0] ?? Number.NaN, unit: 'us' },
    { name: 'orders measured', value: warm.length, unit: '' },
  ];
};

export const latency: Scenario = {
  name: 'order decision, 12 policies, journal in memory',
  async run() {
    return figuresOf(await latencies(tickWalk(3_000_000, ['EURUSD']), new MemoryJournal()), 5, 50);
  },
};

/** The intent is on disk before the venue hears of it. */
const durableLatency = (
  name: string,
  durability: 'power' | 'process',
  p50: number,
  p99: number,
): Scenario => ({
  name: `order decision, 12 policies, journal on disk, ${name}`,
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'mikrobot-bench-'));
    const journal = openJournal({ file: join(folder, 'bot.journal'), durability });
    try {
      return figuresOf(await latencies(tickWalk(1_000_000, ['EURUSD']), journal), p50, p99);
    } finally {
      journal.close();
      rmSync(folder, { recursive: true });
    }
  },
});

export const latencyProcess = durableLatency('survives a crash', 'process', 10, 50);
export const latencyPower = durableLatency('survives a power cut', 'power', 60, 150);
