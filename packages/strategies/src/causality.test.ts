import type { Quote } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { bosRetest } from './bos-retest/bos-retest.js';
import { bosRetestPresets } from './bos-retest/params.js';
import type { PriceBar } from './market-structure/price-bar.js';
import { StructureTracker } from './market-structure/structure-tracker.js';
import { type Swing, SwingDetector } from './market-structure/swing-detector.js';
import { fxPair } from './testing/instruments.js';
import { all, type Known, repaints, sample } from './testing/prefix-check.js';
import { randomWalk } from './testing/random-walk.js';
import { hasData, ticksOf } from './testing/real-data.js';
import { barsOf, setupsOf } from './testing/replay.js';
import { StrategyBench } from './testing/strategy-context.js';

const eurusd = fxPair('EURUSD');
const options = { left: 3, right: 3 };

const swings = (bars: readonly PriceBar[]): readonly Swing[] => {
  const detector = new SwingDetector(options);
  return bars.flatMap((bar) => detector.push(bar));
};

const breaks = (bars: readonly PriceBar[]): readonly Known[] => {
  const detector = new SwingDetector(options);
  const structure = new StructureTracker();
  return bars.flatMap((bar) => structure.push(bar, detector.push(bar)) ?? []);
};

/** Compares a bar with those neighbours that are there already, as libraries do that work on whole tables. */
const hasty = (bars: readonly PriceBar[], knownAt: (bar: PriceBar) => number): readonly Known[] =>
  bars.flatMap((bar, i) => {
    const around = [
      ...bars.slice(Math.max(0, i - options.left), i),
      ...bars.slice(i + 1, i + 1 + options.right),
    ];
    return around.every(({ high }) => high < bar.high)
      ? [{ time: bar.time, price: bar.high, confirmedAt: knownAt(bar) }]
      : [];
  });

const antedated = (bars: readonly PriceBar[]): readonly Known[] =>
  swings(bars).map((swing) => ({ ...swing, confirmedAt: swing.time + 300_000 }));

const drafts = (ticks: readonly Quote[]): readonly Known[] => {
  const bench = new StrategyBench(bosRetest.bind('EURUSD'), eurusd);
  for (const tick of ticks) bench.tick(tick);
  return bench.drafts.map((draft) => ({ ...draft, confirmedAt: Number(draft.tags?.triggerAt) }));
};

const closeOf = ({ closeTime }: PriceBar): number => closeTime;
const timeOf = ({ time }: Quote): number => time;

const detectors = [
  ['swings', swings],
  ['breaks of structure', breaks],
] as const;

const presets = ['m5-m1', 'h1-m15'] as const;

const holdsFor = (
  ticks: readonly Quote[],
  prefixes: (length: number) => readonly number[],
  atLeast: number,
): void => {
  const bars = barsOf(ticks, 'M5');
  it.each(detectors)('%s that were confirmed never change', (_name, run) => {
    expect(run(bars).length).toBeGreaterThan(atLeast);
    expect(repaints(bars, prefixes(bars.length), closeOf, run)).toEqual([]);
  });

  it.each(presets)('states of setups of %s never change', (preset) => {
    const run = (some: readonly Quote[]) => setupsOf(some, bosRetestPresets[preset], eurusd.pipSize);
    if (preset === 'm5-m1')
      expect(run(ticks).filter(({ trigger }) => trigger).length).toBeGreaterThan(atLeast / 10);
    expect(repaints(ticks, prefixes(ticks.length), timeOf, run)).toEqual([]);
  });

  it('signals of the strategy never change', () => {
    expect(drafts(ticks).length).toBeGreaterThan(atLeast / 10);
    expect(repaints(ticks, prefixes(ticks.length), timeOf, drafts)).toEqual([]);
  });

  it('catches a detector that antedates what it knows', () => {
    expect(repaints(bars, prefixes(bars.length), closeOf, antedated).length).toBeGreaterThan(0);
  });

  it('catches a detector that takes back what it said', () => {
    const atStamp = (some: readonly PriceBar[]) => hasty(some, closeOf);
    expect(repaints(bars, prefixes(bars.length), closeOf, atStamp).length).toBeGreaterThan(0);
  });
};

describe('on every prefix of a seeded random walk', () => {
  holdsFor(randomWalk(7, 2_400), (length) => all(length), 9);
});

describe.each([11, 12, 13])('on prefixes of the seeded random walk %d', (seed) => {
  holdsFor(randomWalk(seed, 40_000), (length) => sample(length, 40), 200);
});

const file = 'eurusd_m1_mt4_2022-08-15_2022-10-25';
describe.skipIf(!hasData(file))('on EURUSD', () => {
  const ticks = hasData(file) ? ticksOf(file, eurusd) : [];
  describe('on every prefix of its first eight hours', () => {
    holdsFor(ticks.slice(0, 1_920), (length) => all(length), 4);
  });
  describe('on prefixes of all of it', () => {
    holdsFor(ticks, (length) => sample(length, 24), 700);
  });
});
