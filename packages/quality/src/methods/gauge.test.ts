import { describe, expect, it } from 'vitest';
import { gaugeAnova } from './gauge-anova.js';
import { gaugeRanges } from './gauge-ranges.js';
import type { GaugeStudyInput } from './gauge-study.js';

type Measurements = GaugeStudyInput['measurements'];

/** Operators by trials by parts, as in the form of AIAG. */
const form = (tables: readonly (readonly (readonly number[])[])[]): Measurements =>
  tables.flatMap((trials, operator) =>
    trials.flatMap((row) =>
      row.map((value, part) => ({ part: `part ${part + 1}`, operator: `operator ${operator + 1}`, value })),
    ),
  );

// AIAG, Measurement Systems Analysis, 4th edition, figure III-B 15.
const aiag = form([
  [
    [0.29, -0.56, 1.34, 0.47, -0.8, 0.02, 0.59, -0.31, 2.26, -1.36],
    [0.41, -0.68, 1.17, 0.5, -0.92, -0.11, 0.75, -0.2, 1.99, -1.25],
    [0.64, -0.58, 1.27, 0.64, -0.84, -0.21, 0.66, -0.17, 2.01, -1.31],
  ],
  [
    [0.08, -0.47, 1.19, 0.01, -0.56, -0.2, 0.47, -0.63, 1.8, -1.68],
    [0.25, -1.22, 0.94, 1.03, -1.2, 0.22, 0.55, 0.08, 2.12, -1.62],
    [0.07, -0.68, 1.34, 0.2, -1.28, 0.06, 0.83, -0.34, 2.19, -1.5],
  ],
  [
    [0.04, -1.38, 0.88, 0.14, -1.46, -0.29, 0.02, -0.46, 1.77, -1.49],
    [-0.11, -1.13, 1.09, 0.2, -1.07, -0.67, 0.01, -0.56, 1.45, -1.77],
    [-0.15, -0.96, 0.67, 0.11, -1.45, -0.49, 0.21, -0.49, 1.87, -2.16],
  ],
]);

// Two parts, two operators, two trials: each operator finds the other part the greater one.
const crossed = form([
  [
    [1, 5],
    [3, 7],
  ],
  [
    [5, 1],
    [7, 3],
  ],
]);

const relative = (actual: number | undefined, wanted: number, tolerance: number): void =>
  expect(Math.abs((actual ?? Number.NaN) / wanted - 1)).toBeLessThan(tolerance);

describe('gaugeAnova', () => {
  it('reproduces the example of AIAG', () => {
    const { figures } = gaugeAnova({ measurements: aiag });
    expect(figures!.ev.deviation).toBeCloseTo(0.199933, 6);
    expect(figures!.av.deviation).toBeCloseTo(0.226838, 6);
    expect(figures!.grr.deviation).toBeCloseTo(0.302373, 5);
    expect(figures!.pv.deviation).toBeCloseTo(1.042327, 6);
    expect(figures!.grr.study).toBeCloseTo(0.279, 3);
    expect(figures!.ndc).toBe(4);
    expect(figures!.verdict).toBe('conditional');
  });

  it('has the table that an analysis with 40 digits has', () => {
    const { anova, parts, operators, trials } = gaugeAnova({ measurements: aiag });
    expect([parts, operators, trials]).toEqual([10, 3, 3]);
    const { part, operator, interaction, error, pooledError } = anova!;
    expect([part, operator, interaction, error, pooledError!].map(({ df }) => df)).toEqual([
      9, 2, 18, 60, 78,
    ]);
    relative(part.ms, 9.81799271604938, 1e-13);
    relative(operator.ms, 1.583631111111111, 1e-13);
    relative(interaction.ms, 0.0199434567901235, 1e-12);
    relative(error.ms, 0.04598222222222222, 1e-12);
    relative(pooledError!.ms, 0.03997327635327635, 1e-12);
    relative(interaction.f, 0.4337210301351032, 1e-12);
    relative(interaction.p, 0.974106404329046, 1e-12);
    relative(operator.f, 39.61724570974055, 1e-12);
    relative(operator.p, 1.337594623836511e-12, 1e-9);
    const squares = part.ss + operator.ss + interaction.ss + error.ss;
    relative(squares, 94.64711222222222, 1e-13);
  });

  it('keeps an interaction that is real', () => {
    // By hand: interaction 32 with 1 degree of freedom, error 8 with 4, so F is 16 and t is 4.
    const { anova, figures } = gaugeAnova({ measurements: crossed });
    expect(anova).toMatchObject({
      part: { ss: 0, df: 1 },
      operator: { ss: 0, df: 1 },
      interaction: { ss: 32, df: 1, f: 16 },
      error: { ms: 2, df: 4 },
      pooledError: undefined,
    });
    relative(anova!.interaction.p, 0.01613008990009253, 1e-12);
    expect(figures).toMatchObject({
      ev: { variance: 2 },
      interaction: { variance: 15 },
      reproducibility: { variance: 15 },
      grr: { variance: 17, contribution: 1 },
      pv: { variance: 0 },
      ndc: 1,
      verdict: 'unacceptable',
    });
  });

  it('pools it when its p-value is above the given one', () => {
    const { anova, figures } = gaugeAnova({ measurements: crossed, poolAbove: 0.01 });
    expect(anova!.pooledError).toMatchObject({ df: 5, ss: 40, ms: 8 });
    expect(figures).toMatchObject({ ev: { variance: 8 }, interaction: { variance: 0 } });
  });

  it('compares the spread with the tolerance, also of a one-sided limit', () => {
    const grr = gaugeAnova({ measurements: crossed }).figures!.grr.deviation;
    const two = gaugeAnova({ measurements: crossed, specification: { lower: 0, upper: 60 } });
    expect(two.figures!.grr.tolerance).toBeCloseTo((6 * grr) / 60, 14);
    const narrow = gaugeAnova({
      measurements: crossed,
      specification: { lower: 0, upper: 60 },
      spread: 5.15,
    });
    expect(narrow.figures!.grr.tolerance).toBeCloseTo((5.15 * grr) / 60, 14);
    // The mean is 4.
    const one = gaugeAnova({ measurements: crossed, specification: { upper: 34 } });
    expect(one.figures!.grr.tolerance).toBeCloseTo((3 * grr) / 30, 14);
    const none = gaugeAnova({ measurements: crossed });
    expect(none.figures!.grr.tolerance).toBeUndefined();
    expect(none.notes).toEqual([expect.objectContaining({ code: 'NO_SPECIFICATION' })]);
  });

  it('does not care for the order of the measurements', () => {
    const there = gaugeAnova({ measurements: aiag });
    const back = gaugeAnova({ measurements: aiag.toReversed() });
    relative(back.figures!.grr.variance, there.figures!.grr.variance, 1e-12);
    relative(back.figures!.pv.variance, there.figures!.pv.variance, 1e-12);
  });

  it('says why figures are undefined', () => {
    const sameTrials = form([
      [
        [1, 5],
        [1, 5],
      ],
      [
        [1, 5],
        [1, 5],
      ],
    ]);
    const perfect = gaugeAnova({ measurements: sameTrials });
    expect(perfect.anova!.interaction.f).toBeUndefined();
    expect(perfect.figures).toMatchObject({ ndc: undefined, grr: { study: 0 }, pv: { variance: 8 } });
    expect(perfect.notes[0]).toMatchObject({ code: 'NO_SPREAD' });
    const equal = gaugeAnova({ measurements: sameTrials.map((m) => ({ ...m, value: 7 })) });
    expect(equal.figures).toMatchObject({ verdict: undefined, grr: { study: undefined } });
    for (const measurements of [[], crossed.slice(0, 2), crossed.slice(0, 4)]) {
      const { figures, notes } = gaugeAnova({ measurements });
      expect([figures, notes[0]?.code]).toEqual([undefined, 'NOT_ENOUGH_DATA']);
    }
  });

  it('refuses studies with holes and settings that make no sense', () => {
    const badConfig = expect.objectContaining({ code: 'BAD_CONFIG' });
    expect(() => gaugeAnova({ measurements: crossed.slice(1) })).toThrowError(/equally often/);
    expect(() =>
      gaugeAnova({ measurements: [{ part: 'a', operator: 'b', value: Number.NaN }] }),
    ).toThrowError(expect.objectContaining({ code: 'BAD_DATA' }));
    expect(() => gaugeAnova({ measurements: crossed, poolAbove: 2 })).toThrowError(badConfig);
    expect(() => gaugeAnova({ measurements: crossed, specification: { lower: 2, upper: 1 } })).toThrowError(
      badConfig,
    );
  });
});

describe('gaugeRanges', () => {
  it('reproduces the example of AIAG, whose constants and averages have four decimals', () => {
    const { figures, averageRange, operatorRange, partRange } = gaugeRanges({ measurements: aiag });
    expect(averageRange).toBeCloseTo(0.3417, 4);
    expect(operatorRange).toBeCloseTo(0.4447, 4);
    expect(partRange).toBeCloseTo(3.511, 3);
    relative(figures!.ev.deviation, 0.20188, 3e-4);
    relative(figures!.av.deviation, 0.22963, 3e-4);
    relative(figures!.grr.deviation, 0.30575, 3e-4);
    relative(figures!.pv.deviation, 1.10456, 3e-4);
    relative(figures!.tv.deviation, 1.1461, 3e-4);
    relative(figures!.grr.study, 0.2668, 3e-4);
    relative(figures!.pv.study, 0.9638, 3e-4);
    expect(figures!.ndc).toBe(5);
  });

  it('has the figures that exact constants give', () => {
    // By hand from the ranges, with d2 and d3 of 3 and 10 integrated numerically.
    const { figures } = gaugeRanges({ measurements: aiag });
    relative(figures!.ev.deviation, 0.201862799686, 1e-10);
    relative(figures!.av.deviation, 0.229684099616, 1e-10);
    relative(figures!.grr.deviation, 0.305783216534, 1e-10);
    relative(figures!.pv.deviation, 1.10445453635, 1e-10);
  });

  it('has no figures for a study that is too small', () => {
    const { figures, notes } = gaugeRanges({ measurements: [] });
    expect([figures, notes[0]?.code]).toEqual([undefined, 'NOT_ENOUGH_DATA']);
  });
});
