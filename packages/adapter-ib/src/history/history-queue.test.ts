import { VirtualClock } from '@mikrobot/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HistoryQueue } from './history-queue.js';
import type { PacedJob } from './pacing.js';
import { passTime } from './testing/pass-time.js';

const job = (n: number, more: Partial<PacedJob> = {}): PacedJob => ({
  what: `page ${n}`,
  series: 'NQ CME TRADES',
  small: true,
  ...more,
});

/** Runs jobs, and gives the time at which each went out, ms from the start. */
const run = async (jobs: readonly PacedJob[]): Promise<number[]> => {
  const clock = new VirtualClock(1_000_000);
  const queue = new HistoryQueue(clock);
  const begun = jobs.map((one) => queue.run(one, async () => clock.now() - 1_000_000));
  return passTime(clock, Promise.all(begun));
};

const inWindow = (times: readonly number[], end: number, ms: number): number =>
  times.filter((time) => time <= end && time > end - ms).length;

describe('the queue of history requests', () => {
  it('makes no identical request within 15 seconds (source: TWS API, Historical Data Limitations)', async () => {
    const [first, second] = await run([job(1), job(1)]);
    expect(second! - first!).toBeGreaterThanOrEqual(15_000);
  });

  it('makes fewer than six of one contract, exchange and tick type within two seconds (same source)', async () => {
    const times = await run(Array.from({ length: 12 }, (_, n) => job(n)));
    for (const time of times) expect(inWindow(times, time, 2_000)).toBeLessThan(6);
    const others = await run(Array.from({ length: 12 }, (_, n) => job(n, { series: `S${n}` })));
    expect(others.at(-1)).toBeLessThan(2_000);
  });

  it('makes at most 60 for small bars within ten minutes, and lets larger ones pass meanwhile (same source, footnote)', async () => {
    const small = Array.from({ length: 61 }, (_, n) => job(n, { series: `S${n}` }));
    const times = await run([...small, job(61, { small: false, series: 'M1' })]);
    expect(times[59]).toBeLessThan(60_000);
    expect(times[60]! - times[0]!).toBeGreaterThanOrEqual(600_000);
    expect(times[61]).toBeLessThan(60_000);
  });

  it('breaks no limit, whatever is asked, and answers everything', async () => {
    const jobs = fc.array(
      fc.record({ n: fc.nat(5), series: fc.constantFrom('A', 'B'), small: fc.boolean() }),
      { maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(jobs, async (asked) => {
        const all = asked.map(({ n, series, small }) => job(n, { what: `${series}${n}`, series, small }));
        const times = await run(all);
        for (const [i, time] of times.entries()) {
          const one = all[i]!;
          const of = (same: (other: PacedJob) => boolean) => times.filter((_, k) => same(all[k]!));
          expect(
            inWindow(
              of(({ what }) => what === one.what),
              time,
              15_000,
            ),
          ).toBe(1);
          expect(
            inWindow(
              of(({ series }) => series === one.series),
              time,
              2_000,
            ),
          ).toBeLessThan(6);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('has few open at once', async () => {
    const clock = new VirtualClock(0);
    const queue = new HistoryQueue(clock);
    let [open, most] = [0, 0];
    const work = async (): Promise<void> => {
      most = Math.max(most, ++open);
      await new Promise<void>((resolve) => void clock.arm('work', clock.now() + 5_000, () => resolve()));
      open--;
    };
    const all = Array.from({ length: 12 }, (_, n) => queue.run(job(n, { series: `S${n}` }), work));
    await passTime(clock, Promise.all(all));
    expect(most).toBe(4);
  });

  it('tells how long one waits, and goes on when it is withdrawn', async () => {
    const clock = new VirtualClock(0);
    const queue = new HistoryQueue(clock);
    await queue.run(job(1), async () => undefined);
    const abort = new AbortController();
    const waits: number[] = [];
    const second = queue.run(
      job(1),
      async () => 'never',
      (ms) => waits.push(ms),
      abort.signal,
    );
    expect(waits[0]).toBeGreaterThanOrEqual(15_000);
    abort.abort(new Error('not wanted any more'));
    await expect(second).rejects.toThrow('not wanted any more');
    expect(queue.waiting).toBe(0);
    expect(await queue.run(job(2), async () => 'done')).toBe('done');
  });

  it('fails what waits, and all that comes, once it is closed', async () => {
    const clock = new VirtualClock(0);
    const queue = new HistoryQueue(clock);
    queue.pause(60_000);
    const waiting = queue.run(job(1), async () => 'never');
    queue.close();
    await expect(waiting).rejects.toThrow('closed');
    await expect(queue.run(job(2), async () => 'never')).rejects.toThrow('closed');
  });
});
