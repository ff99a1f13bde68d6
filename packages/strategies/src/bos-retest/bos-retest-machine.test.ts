import type { Quote } from '@mikrobot/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PriceBar } from '../market-structure/price-bar.js';
import { randomWalk } from '../testing/random-walk.js';
import { setupsOf } from '../testing/replay.js';
import { BosRetestMachine } from './bos-retest-machine.js';
import { bosRetestPresets } from './params.js';
import type { Setup } from './setup.js';

const MINUTE = 60_000;
const T0 = Date.UTC(2024, 0, 10, 9, 15);
const at = (minute: number): number => T0 + minute * MINUTE;
const LEVEL = 108_450;
const PIP = 0.0001;
const preset = bosRetestPresets['m5-m1'];
const rules = {
  ...preset,
  swingLeft: 1,
  swingRight: 1,
  atrPeriod: 2,
  breakBars: 5,
  retestBars: 10,
  triggerBars: 3,
};

/** A machine that takes prices in points of 0.00001; for `down` it sees them mirrored at the level. */
class Bench {
  readonly told: Setup[] = [];
  readonly #machine: BosRetestMachine;
  readonly #up: boolean;

  constructor(direction: 'up' | 'down', own: Partial<typeof rules> = {}) {
    this.#machine = new BosRetestMachine({ ...rules, ...own }, PIP);
    this.#up = direction === 'up';
  }

  #price(points: number): number {
    return (this.#up ? points : 2 * LEVEL - points) / 100_000;
  }

  #bar(
    from: number,
    to: number,
    [open, high, low, close]: readonly [number, number, number, number],
  ): PriceBar {
    const [top, bottom] = this.#up ? [high, low] : [low, high];
    const prices = { open: this.#price(open), high: this.#price(top), low: this.#price(bottom) };
    return { time: at(from), closeTime: at(to), ...prices, close: this.#price(close) };
  }

  /** Five minutes from minute `from`: open, high, low, close in points. */
  m5(from: number, ...prices: readonly [number, number, number, number]): this {
    this.told.push(...this.#machine.structureBar(this.#bar(from, from + 5, prices)));
    return this;
  }

  m1(from: number, ...prices: readonly [number, number, number, number]): this {
    const setup = this.#machine.entryBar(this.#bar(from, from + 1, prices));
    if (setup !== undefined) this.told.push(setup);
    return this;
  }

  tick(minute: number, points: number, spreadPoints = 0): this {
    const bid = this.#price(points);
    const setup = this.#machine.tick({ time: at(minute), bid, ask: bid + spreadPoints / 100_000 });
    if (setup !== undefined) this.told.push(setup);
    return this;
  }

  /** A swing at the level (minutes 5-10) and the close beyond it at minute 20: phase 1. */
  structure(): this {
    return this.m5(0, 108_400, 108_420, 108_380, 108_410)
      .m5(5, 108_410, LEVEL, 108_400, 108_420)
      .m5(10, 108_420, 108_430, 108_390, 108_400)
      .m5(15, 108_400, 108_490, 108_400, 108_480);
  }

  /** The outcome of each setup, or the phase that it has reached. */
  get story(): readonly string[] {
    return this.told.map(({ phase, failure }) => failure ?? phase);
  }

  get last(): Setup {
    return this.told.at(-1)!;
  }
}

describe.each(['up', 'down'] as const)('BosRetestMachine, break %s', (direction) => {
  const bench = (own: Partial<typeof rules> = {}) => new Bench(direction, own).structure();
  const broken = (own: Partial<typeof rules> = {}) => bench(own).m1(20, 108_480, 108_495, 108_475, 108_490);
  const retested = (own: Partial<typeof rules> = {}) =>
    broken(own).m1(21, 108_490, 108_491, 108_452, 108_455);
  const price = (points: number) => (direction === 'up' ? points : 2 * LEVEL - points) / 100_000;

  it('passes all four phases, each with the time at which it was known', () => {
    const { told, last } = retested().tick(22.1, 108_459).tick(22.2, 108_460);
    expect(told.map(({ phase, confirmedAt }) => [phase, confirmedAt])).toEqual([
      ['bos', at(20)],
      ['break', at(21)],
      ['retest', at(22)],
      ['trigger', at(22.2)],
    ]);
    expect(last).toMatchObject({ direction, kind: 'BOS', level: price(LEVEL), extreme: price(108_452) });
    expect(last).toMatchObject({ bosAt: at(20), breakAt: at(21), retestAt: at(22), triggerAt: at(22.2) });
  });

  it('puts the stop a buffer of 2 pips beyond the lowest retest price, and scores the setup', () => {
    const { trigger } = retested().tick(22.2, 108_460).last;
    expect(trigger?.stop).toBeCloseTo(price(108_432), 9);
    // By hand: body 0.89 of the range and range 2 ATR give displacement 1; accuracy 1 - 0.2 / 2; freshness 1 - 1 / 10.
    expect(trigger?.features.displacement).toBe(1);
    expect(trigger?.features.accuracy).toBeCloseTo(0.9, 9);
    expect(trigger?.features.freshness).toBeCloseTo(0.9, 9);
    expect(trigger?.confidence).toBe(0.975);
  });

  it('needs a close beyond the swing: a wick is no break of structure', () => {
    const { story } = new Bench(direction)
      .m5(0, 108_400, 108_420, 108_380, 108_410)
      .m5(5, 108_410, LEVEL, 108_400, 108_420)
      .m5(10, 108_420, 108_430, 108_390, 108_400)
      .m5(15, 108_400, 108_490, 108_400, 108_450);
    expect(story).toEqual([]);
  });

  it('does not take the entry bar that closed together with the structure bar for the break', () => {
    expect(bench().m1(19, 108_450, 108_490, 108_445, 108_480).story).toEqual(['bos']);
  });

  it('gives up when no entry bar closes beyond the level in time', () => {
    const waiting = bench();
    for (let minute = 20; minute < 25; minute++) waiting.m1(minute, 108_455, 108_460, 108_440, 108_450);
    expect(waiting.story).toEqual(['bos']);
    expect(waiting.m1(25, 108_450, 108_490, 108_450, 108_480).story).toEqual(['bos', 'no-break']);
  });

  it('gives no signal for a break that is never retested', () => {
    const running = broken();
    for (let minute = 21; minute < 31; minute++) running.m1(minute, 108_500, 108_520, 108_480, 108_510);
    running.tick(30.5, 108_530);
    expect(running.story).toEqual(['bos', 'break']);
    expect(running.m1(31, 108_500, 108_520, 108_452, 108_510).tick(32.1, 108_600).story).toEqual([
      'bos',
      'break',
      'no-retest',
    ]);
  });

  it('takes a retest in its last allowed bar', () => {
    expect(broken().m1(30, 108_500, 108_520, 108_470, 108_510).last.phase).toBe('retest');
  });

  it('counts the time for a retest on the clock, so that a hole in the data ends a setup', () => {
    expect(broken().m1(3_000, 108_470, 108_490, 108_452, 108_480).story.at(-1)).toBe('no-retest');
  });

  it('is no retest as long as price stays farther from the level than the tolerance', () => {
    expect(broken().m1(21, 108_490, 108_495, 108_471, 108_480).story).toEqual(['bos', 'break']);
    expect(broken().m1(21, 108_490, 108_495, 108_470, 108_480).last.phase).toBe('retest');
  });

  it('is no retest before price has closed away from the level', () => {
    const near = bench()
      .m1(20, 108_460, 108_475, 108_455, 108_465)
      .m1(21, 108_465, 108_470, 108_452, 108_460);
    expect(near.story).toEqual(['bos', 'break']);
    expect(near.m1(22, 108_460, 108_480, 108_458, 108_475).story).toEqual(['bos', 'break']);
    expect(near.m1(23, 108_475, 108_480, 108_455, 108_460).last.phase).toBe('retest');
  });

  it('ends when a structure bar closes back inside, in whatever phase', () => {
    const inside = [25, 108_480, 108_485, 108_430, 108_445] as const;
    expect(bench().m5(...inside).story).toEqual(['bos', 'closed-inside']);
    expect(broken().m5(...inside).story).toEqual(['bos', 'break', 'closed-inside']);
    expect(retested().m5(...inside).story).toEqual(['bos', 'break', 'retest', 'closed-inside']);
    expect(
      retested()
        .m5(...inside)
        .tick(30, 108_500).last.trigger,
    ).toBeUndefined();
  });

  it('counts a structure close exactly on the level as inside, and a wick through it as nothing', () => {
    expect(broken().m5(20, 108_480, 108_495, 108_440, LEVEL).last.failure).toBe('closed-inside');
    expect(broken().m5(20, 108_480, 108_495, 108_440, 108_451).story).toEqual(['bos', 'break']);
  });

  it('ends when the retest goes through the level by more than the tolerance, in the bar or in a tick', () => {
    expect(broken().m1(21, 108_490, 108_491, 108_430, 108_455).last.phase).toBe('retest');
    expect(broken().m1(21, 108_490, 108_491, 108_429, 108_455).last.failure).toBe('too-deep');
    expect(retested().tick(22.1, 108_430).story.at(-1)).toBe('retest');
    expect(retested().tick(22.1, 108_429).last).toMatchObject({
      failure: 'too-deep',
      extreme: price(108_429),
    });
  });

  it('moves the extreme, and with it trigger and stop, when ticks go lower', () => {
    const lower = retested().tick(22.1, 108_446).tick(22.2, 108_453);
    expect(lower.last.phase).toBe('retest');
    const { trigger, extreme } = lower.tick(22.3, 108_454).last;
    expect(extreme).toBe(price(108_446));
    expect(trigger?.stop).toBeCloseTo(price(108_426), 9);
  });

  it('gives no signal on the wrong side: price that only falls from the retest never triggers', () => {
    expect(retested().tick(22.1, 108_450).tick(22.2, 108_440).tick(22.3, 108_435).story).toEqual([
      'bos',
      'break',
      'retest',
    ]);
  });

  it('gives no signal when the trigger is not reached in time', () => {
    const waiting = retested().tick(22.5, 108_455).tick(24.9, 108_459);
    expect(waiting.story.at(-1)).toBe('retest');
    expect(waiting.tick(25.01, 108_460).last).toMatchObject({ failure: 'no-trigger', trigger: undefined });
  });

  it('triggers once: the level is used up', () => {
    const done = retested().tick(22.2, 108_460);
    const states = done.told.length;
    done.tick(22.3, 108_480).m1(22, 108_460, 108_490, 108_452, 108_485).tick(23.1, 108_490);
    expect(done.told).toHaveLength(states);
  });

  it('lets a newer break of structure supersede the setup', () => {
    const { story, last } = broken()
      .m5(20, 108_480, 108_500, 108_470, 108_490)
      .m5(25, 108_490, 108_495, 108_460, 108_470)
      .m5(30, 108_470, 108_560, 108_465, 108_550);
    expect(story).toEqual(['bos', 'break', 'superseded', 'bos']);
    expect(last.level).toBe(price(108_500));
  });

  it('takes breaks against the bias only when asked to', () => {
    const against = (own: Partial<typeof rules>) =>
      new Bench(direction, own)
        .m5(-15, 108_430, 108_440, 108_420, 108_425)
        .m5(-10, 108_425, 108_430, 108_390, 108_420)
        .m5(-5, 108_420, 108_425, 108_400, 108_410)
        .m5(0, 108_410, 108_415, 108_370, 108_380)
        .m5(5, 108_400, LEVEL, 108_400, 108_420)
        .m5(10, 108_420, 108_430, 108_390, 108_400)
        .m5(15, 108_400, 108_490, 108_400, 108_480);
    const taken = against({ acceptChoch: true }).told.filter(({ kind }) => kind === 'CHoCH');
    expect(taken).toHaveLength(1);
    expect(taken[0]).toMatchObject({ direction, level: price(LEVEL), bosAt: at(20) });
    expect(against({ acceptChoch: false }).told.filter(({ kind }) => kind === 'CHoCH')).toEqual([]);
  });
});

describe('BosRetestMachine', () => {
  it('puts the stop of a short farther by the spread, because a short is closed at the ask', () => {
    const stop = (direction: 'up' | 'down') =>
      new Bench(direction)
        .structure()
        .m1(20, 108_480, 108_495, 108_475, 108_490)
        .m1(21, 108_490, 108_491, 108_452, 108_455)
        .tick(22.2, 108_460, 15).last.trigger?.stop;
    expect(stop('up')).toBeCloseTo(1.08432, 9);
    expect(stop('down')).toBeCloseTo(1.08468 + 0.00015, 9);
  });

  it('has no opinion before the ATR has: a break in the first bars begins no setup', () => {
    expect(new Bench('up', { atrPeriod: 4 }).structure().story).toEqual([]);
    expect(new Bench('up', { atrPeriod: 3 }).structure().story).toEqual([]);
  });

  it('gives mirrored setups for mirrored prices', () => {
    const mirrored = (setup: Setup): object => ({
      ...setup,
      direction: setup.direction === 'up' ? 'down' : 'up',
      level: Math.round(220_000 - setup.level * 100_000),
      extreme: setup.extreme && Math.round(220_000 - setup.extreme * 100_000),
      trigger: setup.trigger && [
        Math.round(10 * (220_000 - setup.trigger.stop * 100_000)) / 10,
        Math.round(setup.trigger.confidence * 100),
      ],
    });
    const plain = (setup: Setup): object => ({
      ...setup,
      level: Math.round(setup.level * 100_000),
      extreme: setup.extreme && Math.round(setup.extreme * 100_000),
      trigger: setup.trigger && [
        Math.round(10 * setup.trigger.stop * 100_000) / 10,
        Math.round(setup.trigger.confidence * 100),
      ],
    });
    let triggers = 0;
    const flip = ({ time, bid }: Quote): Quote => {
      const price = (220_000 - Math.round(bid * 100_000)) / 100_000;
      return { time, bid: price, ask: price };
    };
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 2, max: 20 }), (seed, scale) => {
        const ticks = randomWalk(seed, 3_000, scale);
        const setups = setupsOf(ticks, preset, PIP);
        triggers += setups.filter(({ trigger }) => trigger !== undefined).length;
        expect(setupsOf(ticks.map(flip), preset, PIP).map(mirrored)).toEqual(setups.map(plain));
      }),
      { numRuns: 60, seed: 1 },
    );
    expect(triggers).toBeGreaterThan(100);
  });
});
