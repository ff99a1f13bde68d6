import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { bracket, makeVenue } from './testing/venue.js';

const FILE = new URL(
  '../../../../shared/data/eurusd_ticks_fxcm_2014-05-06_2014-05-08.csv.gz',
  import.meta.url,
);
const missing = existsSync(FILE) ? undefined : 'the market data beside the repository is not there';
if (missing !== undefined) process.stdout.write(`real-ticks.test.ts is skipped: ${missing}\n`);

interface Quote {
  readonly time: number;
  readonly bid: number;
  readonly ask: number;
}

const LATENCY = 250;
const EVERY = 3_000;
const pips = (n: number): number => n * 0.0001;
const isCrossed = ({ bid, ask }: Quote): boolean => ask < bid;
const cents = (amount: number): number => Math.round(amount * 100) / 100;

/** What a trade must come to, found by walking the file: nothing of the engine is used. */
const expected = (ticks: readonly Quote[], from: number, buys: boolean): readonly number[] => {
  const seen = ticks[from]!;
  const entryAt = ticks.findIndex((t, i) => i > from && t.time >= seen.time + LATENCY && !isCrossed(t));
  if (entryAt < 0) return [];
  const away = buys ? 1 : -1;
  const entry = buys ? ticks[entryAt]!.ask : ticks[entryAt]!.bid;
  const reference = buys ? seen.bid : seen.ask;
  const stop = Number((reference - away * pips(6)).toFixed(5));
  const target = Number((reference + away * pips(9)).toFixed(5));
  for (let i = entryAt + 1; i < ticks.length; i++) {
    if (isCrossed(ticks[i]!)) continue;
    const quote = buys ? ticks[i]!.bid : ticks[i]!.ask;
    const stopped = buys ? quote <= stop : quote >= stop;
    const reached = buys ? quote >= target : quote <= target;
    if (stopped || reached) return [entry, quote, cents(away * (quote - entry) * 10_000)];
  }
  return [entry];
};

describe.skipIf(missing !== undefined)('On real ticks', () => {
  it('brackets end where a walk over the file says', () => {
    const ticks: Quote[] = gunzipSync(readFileSync(FILE))
      .toString()
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => {
        const [time = 0, bid = 0, ask = 0] = line.split(',').map(Number);
        return { time, bid, ask };
      });
    expect(ticks.length).toBeGreaterThan(300_000);
    const venue = makeVenue({
      mode: 'hedging',
      balance: '1000000',
      costs: { latency: { kind: 'fixed', ms: LATENCY } },
    });
    const wanted: (readonly number[])[] = [];
    ticks.forEach((tick, i) => {
      const { time, bid, ask } = tick;
      venue.tickAt(time, bid, ask);
      if (i % EVERY !== 0 || isCrossed(tick)) return;
      const buys = (i / EVERY) % 2 === 0;
      const [stop, target] = buys ? [bid - pips(6), bid + pips(9)] : [ask + pips(6), ask - pips(9)];
      venue.submit({
        id: `e${wanted.length}`,
        side: buys ? 'buy' : 'sell',
        quantity: 0.1,
        bracket: bracket({ stop: Number(stop.toFixed(5)), target: Number(target.toFixed(5)) }),
      });
      wanted.push(expected(ticks, i, buys));
    });
    const got = wanted.map((_, n) => {
      const entry = venue.fills(`e${n}`);
      const exit = [...venue.fills(`e${n}s`), ...venue.fills(`e${n}t`)];
      return [...entry.map((f) => f.price), ...exit.flatMap((f) => [f.price, f.profit])];
    });
    expect(wanted.length).toBeGreaterThan(100);
    expect(wanted.filter((w) => w.length === 3).length).toBeGreaterThan(100);
    expect(got).toEqual(wanted);
  });
});
