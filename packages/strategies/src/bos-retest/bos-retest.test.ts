import { describe, expect, it } from 'vitest';
import { fxPair } from '../testing/instruments.js';
import { randomWalk } from '../testing/random-walk.js';
import { StrategyBench } from '../testing/strategy-context.js';
import { bosRetest, bosRetestH1M15 } from './bos-retest.js';

const eurusd = fxPair('EURUSD');
const T0 = Date.UTC(2024, 0, 10, 9, 15);
const MINUTE = 60_000;
const LEVEL = 108_450;

/** One point a swing stands out by, few bars for everything: the scenario stays short. */
const short = { swingLeft: 1, swingRight: 1, atrPeriod: 2 };

/** Plays break of structure, break, retest and trigger, from minute `from` (a multiple of 5) on; `down` mirrors it. */
const play = (bench: StrategyBench, direction: 'up' | 'down', from = 0, spread = 10): void => {
  const tick = (minute: number, points: number): void => {
    const bid = (direction === 'up' ? points : 2 * LEVEL - points) / 100_000;
    bench.tick({ time: T0 + (from + minute) * MINUTE, bid, ask: bid + spread / 100_000 });
  };
  const fiveMinutes = (minute: number, ...prices: readonly number[]): void =>
    prices.forEach((points, i) => {
      tick(minute + i, points);
    });
  fiveMinutes(0, 108_400, 108_420, 108_380, 108_410);
  fiveMinutes(5, 108_410, LEVEL, 108_400, 108_420);
  fiveMinutes(10, 108_420, 108_430, 108_390, 108_400);
  fiveMinutes(15, 108_400, 108_400, 108_490, 108_485, 108_480);
  fiveMinutes(20, 108_490, 108_452);
  tick(22, 108_459);
  tick(22.2, 108_460);
};

const bench = (params: object = {}): StrategyBench =>
  new StrategyBench(bosRetest.bind('EURUSD', { ...short, ...params }), eurusd);

describe('bosRetest', () => {
  it('writes an entry that says in words and in tags what happened when', () => {
    const at = bench();
    play(at, 'up');
    expect(at.drafts).toHaveLength(1);
    expect(at.drafts[0]).toMatchObject({
      symbol: 'EURUSD',
      intent: 'enter',
      side: 'buy',
      stop: 1.08432,
      target: { r: 2.5 },
      reason: 'BOS above 1.08450 at 09:35, retest 1.08452 at 09:37, trigger +0.8 pip at 1.08460',
      tags: {
        setup: 'BOS',
        level: 1.0845,
        bosAt: T0 + 20 * MINUTE,
        breakAt: T0 + 21 * MINUTE,
        retestAt: T0 + 22 * MINUTE,
        triggerAt: T0 + 22.2 * MINUTE,
        accuracy: 0.9,
        withBias: 1,
      },
    });
    expect(at.drafts[0]?.confidence).toBeGreaterThan(0.9);
  });

  it('sells the mirror image, with the spread of one pip added to the stop', () => {
    const at = bench();
    play(at, 'down');
    expect(at.drafts).toMatchObject([
      {
        side: 'sell',
        stop: 1.08478,
        reason: 'BOS below 1.08450 at 09:35, retest 1.08448 at 09:37, trigger -0.8 pip at 1.08440',
      },
    ]);
  });

  it('rounds the stop to the grid of the instrument, away from the entry', () => {
    const coarse = { ...eurusd, tickSize: 0.0001, priceDecimals: 4 };
    const stops = (['up', 'down'] as const).map((direction) => {
      const at = new StrategyBench(bosRetest.bind('EURUSD', short), coarse);
      play(at, direction);
      return at.drafts[0]?.stop;
    });
    expect(stops).toEqual([1.0843, 1.0848]);
  });

  it('enters only when its own position is flat', () => {
    const at = bench();
    at.held = { quantity: 0.1, averagePrice: 1.08 };
    play(at, 'up');
    play(at, 'down', 60);
    expect(at.drafts).toEqual([]);
    at.held = { quantity: 0, averagePrice: 0 };
    play(at, 'up', 120);
    expect(at.drafts).toHaveLength(1);
  });

  it('reverses on the opposite signal when asked to, and does nothing on one of its own side', () => {
    const at = bench({ reverse: true });
    at.held = { quantity: 0.1, averagePrice: 1.08 };
    play(at, 'up');
    expect(at.drafts).toEqual([]);
    play(at, 'down', 60);
    expect(at.drafts).toMatchObject([{ intent: 'reverse', side: 'sell', stop: 1.08478, target: { r: 2.5 } }]);
  });

  it('trails at the distance that is asked for, and not at all otherwise', () => {
    const at = bench({ trailPips: 12 });
    play(at, 'up');
    expect(at.drafts[0]?.trail).toBeCloseTo(0.0012, 9);
    const plain = bench();
    play(plain, 'up');
    expect(plain.drafts[0]?.trail).toBeUndefined();
  });

  it('closes half once when the profit reaches the wanted multiple of the first risk', () => {
    const at = bench({ partialAtR: 1 });
    play(at, 'up');
    at.held = { quantity: 0.35, averagePrice: 1.08472 };
    // Entry 1.08472, stop 1.08432: one R is 4 pips, reached at a bid of 1.08512.
    const tick = (bid: number, i: number) =>
      at.tick({ time: T0 + (23 + i / 10) * MINUTE, bid, ask: bid + 0.0001 });
    tick(1.08511, 0);
    expect(at.drafts).toHaveLength(1);
    tick(1.08512, 1);
    expect(at.drafts.slice(1)).toEqual([
      { symbol: 'EURUSD', intent: 'exit', quantity: 0.17, reason: 'half closed at 1 R' },
    ]);
    tick(1.0852, 2);
    expect(at.drafts).toHaveLength(2);
  });

  it('measures the profit of a short at the ask', () => {
    const at = bench({ partialAtR: 1 });
    play(at, 'down');
    at.held = { quantity: -0.2, averagePrice: 1.08438 };
    // Entry 1.08438, stop 1.08478: one R is reached at an ask of 1.08398.
    at.tick({ time: T0 + 23 * MINUTE, bid: 1.0839, ask: 1.084 });
    expect(at.drafts).toHaveLength(1);
    at.tick({ time: T0 + 23.1 * MINUTE, bid: 1.08388, ask: 1.08398 });
    expect(at.drafts[1]).toMatchObject({ intent: 'exit', quantity: 0.1 });
  });

  it('does not halve a position that cannot be halved, nor the old one while a reversal is on its way', () => {
    const smallest = bench({ partialAtR: 1 });
    play(smallest, 'up');
    smallest.held = { quantity: 0.01, averagePrice: 1.0845 };
    smallest.tick({ time: T0 + 23 * MINUTE, bid: 1.09, ask: 1.0901 });
    expect(smallest.drafts).toHaveLength(1);

    const turning = bench({ partialAtR: 1, reverse: true });
    turning.held = { quantity: 1, averagePrice: 1.08 };
    play(turning, 'down');
    turning.tick({ time: T0 + 23 * MINUTE, bid: 1.088, ask: 1.0881 });
    expect(turning.drafts.map(({ intent }) => intent)).toEqual(['reverse']);
  });

  it('keeps the runs of two bots apart', () => {
    const strategy = bosRetest.bind('EURUSD');
    const ticks = randomWalk(5, 20_000);
    const alone = new StrategyBench(strategy, eurusd);
    for (const tick of ticks) alone.tick(tick);
    const [one, other] = [new StrategyBench(strategy, eurusd), new StrategyBench(strategy, eurusd)];
    for (const tick of ticks) {
      one.tick(tick);
      other.tick(tick);
    }
    expect(alone.drafts.length).toBeGreaterThan(10);
    expect(one.drafts).toEqual(alone.drafts);
    expect(other.drafts).toEqual(alone.drafts);
  });

  it('declares its two timeframes, and has one name a preset', () => {
    expect(bosRetest.bind('EURUSD').timeframes).toEqual(['M5', 'M1']);
    expect(bosRetestH1M15.bind('EURUSD').timeframes).toEqual(['H1', 'M15']);
    expect(bosRetestH1M15.bind('EURUSD').params).toMatchObject({ triggerPips: 0.6 });
    expect(bosRetest.bind('EURUSD').params).toMatchObject({ triggerPips: 0.8 });
  });

  it('refuses parameters that make no sense, by name', () => {
    expect(() => bosRetest.bind('EURUSD', { structure: 'M1', entry: 'M5' })).toThrow(
      /parameter entry.*shorter/,
    );
    expect(() => bosRetest.bind('EURUSD', { triggerPips: -1 })).toThrow(/parameter triggerPips/);
    expect(() => bosRetest.bind('EURUSD', { trigerPips: 1 })).toThrow(/trigerPips/);
  });
});
