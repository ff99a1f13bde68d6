import { type Bar, BarBuilder, type Quote, type Timeframe } from '@mikrobot/core';
import { BosRetestMachine, type BosRetestRules } from '../bos-retest/bos-retest-machine.js';
import type { Setup } from '../bos-retest/setup.js';

/** The bars of one timeframe that ticks close. */
export const barsOf = (ticks: readonly Quote[], timeframe: Timeframe): readonly Bar[] => {
  const builder = new BarBuilder('TEST', [timeframe]);
  const bars: Bar[] = [];
  builder.series(timeframe).bars.observable.subscribe((bar) => bars.push(bar));
  for (const { time, bid, ask } of ticks) builder.tick(time, bid, ask, 1);
  return bars;
};

/** Every state of every setup that the machine tells when it is fed these ticks and the bars that they close. */
export const setupsOf = (
  ticks: readonly Quote[],
  rules: BosRetestRules,
  pipSize: number,
): readonly Setup[] => {
  const machine = new BosRetestMachine(rules, pipSize);
  const builder = new BarBuilder('TEST', [rules.structure, rules.entry]);
  const told: Setup[] = [];
  const tell = (setup: Setup | undefined): void => {
    if (setup !== undefined) told.push(setup);
  };
  builder.series(rules.structure).bars.observable.subscribe((bar) => told.push(...machine.structureBar(bar)));
  builder.series(rules.entry).bars.observable.subscribe((bar) => tell(machine.entryBar(bar)));
  for (const tick of ticks) {
    builder.tick(tick.time, tick.bid, tick.ask, 1);
    tell(machine.tick(tick));
  }
  return told;
};

/** How many setups there were, how many passed each phase, and what ended the others. */
export const funnelOf = (setups: readonly Setup[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  const count = (name: string): void => {
    counts[name] = (counts[name] ?? 0) + 1;
  };
  for (const { phase, failure, direction } of setups) {
    count(failure ?? phase);
    if (failure === undefined && phase === 'trigger') count(direction);
  }
  return counts;
};
