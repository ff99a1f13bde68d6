import { normal, seededRandom } from '@mikrobot/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beyondLimits, nelson, RuleEngine, type RuleSet, westernElectric, type ZoneRule } from './rules.js';

const all: RuleSet = [...westernElectric, ...nelson, ...beyondLimits];
const limits = { center: 0, sigma: 1, lower: -3, upper: 3 };
const judge = (values: readonly number[], rules: RuleSet = all, around = limits) => {
  const engine = new RuleEngine(rules);
  return values.map((x) => engine.push(x, around));
};
/** Values that hit zone borders, ties and the centre often. */
const series = fc.array(
  fc.integer({ min: -14, max: 14 }).map((x) => x / 4),
  { maxLength: 60 },
);

/** In-control run lengths of independent standard normal values: their mean and its standard error. */
const runLengths = (rules: RuleSet, runs: number) => {
  const random = seededRandom(3);
  const lengths = Array.from({ length: runs }, () => {
    const engine = new RuleEngine(rules);
    let length = 1;
    while (engine.push(normal(random), limits).length === 0) length++;
    return length;
  });
  const mean = lengths.reduce((a, b) => a + b) / runs;
  const variance = lengths.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (runs - 1);
  return { mean, error: Math.sqrt(variance / runs) };
};

describe('the rules for special causes', () => {
  const zigzag: readonly number[] = Array.from({ length: 16 }, (_, i) => (i % 2 === 0 ? 0.2 : -0.2));
  const calm: readonly number[] = Array.from({ length: 16 }, (_, i) => (i % 4 < 2 ? 1 : -1));
  // By hand from the definitions: the points that complete the pattern.
  it.each<[ZoneRule, readonly number[], readonly number[]]>([
    ['we1', [3, 3.01, -3, -3.01], [2, 4]],
    ['we2', [0, 2.1, 2.1, 0, 2.1, -2.1, 0, -2.1], [3, 5, 8]],
    ['we2', [2, 2, 2, 2], []],
    ['we3', [1.1, 1.1, 0, 1.1, 1.1, 1.1, 0], [5, 6]],
    ['we4', [1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1], [8, 9]],
    ['nelson2', [1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1], [9]],
    ['nelson3', [0, 1, 2, 3, 4, 5, 6, 6, 5, 4, 3, 2, 1], [6, 7, 13]],
    ['nelson4', zigzag, [14, 15, 16]],
    ['nelson4', zigzag.with(5, 0.2), []],
    ['nelson7', calm, [15, 16]],
    ['nelson7', calm.with(3, 1.01), []],
    ['nelson8', [-1.1, 2, 2, 2, 2, 2, 2, 2, 2, -2], [8, 10]],
    ['nelson8', [-1.1, 2, 2, 1, 2, 2, 2, 2, 2, -2], []],
    ['beyondLimits', [3, 3.01, -3, -3.01], [2, 4]],
  ])('%s flags of %j the points %j', (rule, values, expected) => {
    const flagged = judge(values, [rule]).flatMap((broken, i) => (broken.includes(rule) ? [i + 1] : []));
    expect(flagged).toEqual(expected);
  });

  it('flag on a prefix what they flag on the whole', () => {
    fc.assert(
      fc.property(series, fc.nat(60), (values, cut) => {
        expect(judge(values).slice(0, cut)).toEqual(judge(values.slice(0, cut)));
      }),
    );
  });

  it('treat both sides alike', () => {
    fc.assert(
      fc.property(series, (values) => {
        expect(judge(values.map((x) => -x))).toEqual(judge(values));
      }),
    );
  });

  it('do not mind the unit or the zero of the scale', () => {
    fc.assert(
      fc.property(series, (values) => {
        const scaled = { center: 96, sigma: 8, lower: 72, upper: 120 };
        expect(
          judge(
            values.map((x) => 96 + 8 * x),
            all,
            scaled,
          ),
        ).toEqual(judge(values));
      }),
    );
  });

  it('go on after a restart through JSON as if nothing had been', () => {
    fc.assert(
      fc.property(series, fc.nat(60), (values, cut) => {
        const engine = new RuleEngine(all);
        const before = values.slice(0, cut).map((x) => engine.push(x, limits));
        const resumed = new RuleEngine(all, JSON.parse(JSON.stringify(engine.state())));
        const after = values.slice(cut).map((x) => resumed.push(x, limits));
        expect([...before, ...after]).toEqual(judge(values));
      }),
    );
  });

  it('apply alone as they do together', () => {
    fc.assert(
      fc.property(series, fc.constantFrom(...all), (values, rule) => {
        const alone = judge(values, [rule]).map((broken) => broken.length > 0);
        expect(judge(values).map((broken) => broken.includes(rule))).toEqual(alone);
      }),
    );
  });

  it('keep a state of the same size however long the stream is', () => {
    const engine = new RuleEngine(all);
    const random = seededRandom(1);
    for (let i = 0; i < 100; i++) engine.push(normal(random), limits);
    const early = JSON.stringify(engine.state()).length;
    for (let i = 0; i < 20_000; i++) engine.push(normal(random), limits);
    expect(JSON.stringify(engine.state()).length).toBeLessThan(early + 20);
  });

  it('judge each point by its own limits', () => {
    const engine = new RuleEngine(['beyondLimits', 'we1']);
    expect(engine.push(2.5, limits)).toEqual([]);
    expect(engine.push(2.5, { center: 0, sigma: 0.5, lower: -1.5, upper: 1.5 })).toEqual([
      'we1',
      'beyondLimits',
    ]);
    expect(engine.push(-99, { center: 0, sigma: 50, lower: undefined, upper: 1 })).toEqual([]);
  });

  // 370.4: twice the normal tail. The others: a million runs of this engine, near the 91.75 of Champ and Woodall (Technometrics 29,
  // 1987) and the 73.4 of a program of its own in C, both of which let two points complete 2 of 3 from the very start.
  it('alarm falsely as rarely as they say of themselves', () => {
    const western = runLengths(westernElectric, 6000);
    expect(Math.abs(western.mean - 91.9)).toBeLessThan(4 * western.error);
    const shewhart = runLengths(['we1'], 3000);
    expect(Math.abs(shewhart.mean - 370.4)).toBeLessThan(4 * shewhart.error);
    const eight = runLengths(nelson, 6000);
    expect(Math.abs(eight.mean - 73.6)).toBeLessThan(4 * eight.error);
  });

  it('refuse unknown names and states of something else', () => {
    expect(() => new RuleEngine(['we9' as never])).toThrow(/'we9'/);
    expect(() => new RuleEngine(['ewma' as never])).toThrow(/'ewma'/);
    expect(() => new RuleEngine(all, { side: 'left' })).toThrow(/rules of a chart/);
    const engine = new RuleEngine(all);
    const before = engine.state();
    expect(() => engine.push(Number.NaN, limits)).toThrow(expect.objectContaining({ code: 'BAD_DATA' }));
    expect(engine.state()).toEqual(before);
  });
});
