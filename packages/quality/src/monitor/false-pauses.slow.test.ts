import { normal, type Random, seededRandom } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { shiftedShare } from './counted-monitor.js';
import { defaultPlan } from './default-plan.js';
import { ProcessMonitor } from './process-monitor.js';

/** A way in which a metric varies while nothing is wrong, with its mean and standard deviation. */
interface Habit {
  readonly mean: number;
  readonly sigma: number;
  draw(random: Random): number;
}

const lognormal = (median: number, sigma: number): Habit => ({
  mean: median * Math.exp(sigma ** 2 / 2),
  sigma: median * Math.exp(sigma ** 2 / 2) * Math.sqrt(Math.exp(sigma ** 2) - 1),
  draw: (random) => median * Math.exp(sigma * normal(random)),
});

/** Slippage falls on the grid of prices. */
const slippage: Habit = {
  mean: 0.2,
  sigma: 0.3,
  draw: (random) => Math.round((0.2 + 0.3 * normal(random)) * 10) / 10,
};

const fillRatio: Habit = {
  mean: 0.995,
  sigma: 0.05,
  draw: (random) => (random() < 0.01 ? 0.5 : 1),
};

/** A bot in control, and capable: latencies with the long tail of real lines, prices on a grid, now and then a part of a fill. */
const habits: Readonly<Record<string, Habit>> = {
  'detection.quoteAge': lognormal(150, 0.6),
  'analysis.latency': lognormal(20, 0.25),
  'execution.latency': lognormal(80, 0.1),
  'execution.slippage': slippage,
  'execution.spread': lognormal(0.6, 0.2),
  'execution.fillRatio': fillRatio,
  'control.protection': lognormal(40, 0.3),
};
const shares: Readonly<Record<string, number>> = {
  'detection.gaps': 0.002,
  'reception.refusals': 0.005,
  'analysis.failures': 0.001,
  'execution.failures': 0.003,
  'control.waysOut': 0.002,
};

const paths = defaultPlan.steps.flatMap(({ name, metrics }) => metrics.map((m) => `${name}.${m.name}`));
const gating = defaultPlan.steps.flatMap(({ name, metrics }) =>
  metrics.filter(({ gates }) => gates.length > 0).map((metric) => `${name}.${metric.name}`),
);

/** One decision of the bot: every metric has a value. `worse` is 1.5 standard deviations worse. */
const decide = (monitor: ProcessMonitor, random: Random, worse?: string): void => {
  for (const path of paths) {
    const habit = habits[path];
    if (habit !== undefined) {
      const towards = path === 'execution.fillRatio' ? -1 : 1;
      const shift = path === worse ? towards * 1.5 * habit.sigma : 0;
      monitor.record(path, habit.draw(random) + shift, 0);
    } else {
      // A chart of counts takes a share of up to 1 % for usual.
      const usual = shares[path] ?? 0;
      const share = path === worse ? shiftedShare(Math.max(0.01, usual)) : usual;
      monitor.count(path, random() < share ? 'DEFECT' : undefined, 0);
    }
  }
};

describe('the gate on its default plan', () => {
  it('makes at least 10,000 decisions between false pauses, all metrics together', () => {
    const RUNS = 10;
    const DECISIONS = 20_000;
    let pauses = 0;
    let decisions = 0;
    const why: Record<string, number> = {};
    for (let run = 1; run <= RUNS; run++) {
      const random = seededRandom(run);
      let monitor = new ProcessMonitor();
      for (let i = 0; i < DECISIONS; i++) {
        decide(monitor, random);
        decisions++;
        if (!monitor.gate().pause) continue;
        pauses++;
        for (const { metric, code } of monitor.gate().reasons)
          why[`${metric} ${code}`] = (why[`${metric} ${code}`] ?? 0) + 1;
        monitor = new ProcessMonitor();
      }
    }
    console.log(`${pauses} false pauses in ${decisions} decisions in control`, why);
    expect(decisions / Math.max(1, pauses)).toBeGreaterThan(10_000);
  }, 600_000);

  it('finds a shift of 1.5 standard deviations in any one metric within 20 subgroups of five on average', () => {
    const RUNS = 10;
    const lines: string[] = [];
    for (const path of gating) {
      const taken: number[] = [];
      for (let run = 1; run <= RUNS; run++) {
        const random = seededRandom(1_000 + run);
        const monitor = new ProcessMonitor();
        for (let i = 0; i < 300; i++) decide(monitor, random);
        let count = 0;
        const isFound = (): boolean => monitor.gate().reasons.some(({ metric }) => metric === path);
        while (!isFound() && count < 1_000) {
          decide(monitor, random, path);
          count++;
        }
        taken.push(count / 5);
      }
      taken.sort((a, b) => a - b);
      const mean = taken.reduce((sum, value) => sum + value, 0) / RUNS;
      lines.push(`${path.padEnd(22)} mean ${mean.toFixed(1)}, worst ${taken.at(-1)?.toFixed(1)} subgroups`);
      expect(mean, path).toBeLessThan(20);
    }
    console.log(lines.join('\n'));
  }, 600_000);
});
