import { readFileSync } from 'node:fs';
import { seededRandom } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { ar1 } from '../drift/ar1.js';
import { lagOneAutocorrelation } from '../drift/autocorrelation.js';
import { inflatedIndividualsChart, overallIndividualsChart } from './autocorrelated.js';
import type { ChartKind } from './chart.js';
import { chartSamples } from './chart-samples.js';
import { individuals } from './individuals-charts.js';
import { adviseLimits } from './limit-advice.js';
import { ar1ResidualChart } from './residual-chart.js';

// The stream of the reference: 300 values of AR(1) with phi 0.7, limits from the first 150.
const { checks } = JSON.parse(
  readFileSync(new URL('../test-data/quality-streaming.json', import.meta.url), 'utf8'),
) as { readonly checks: readonly { readonly id: string; readonly inputs: { readonly data: number[] } }[] };
const stream = checks.find(({ id }) => id === 'ar1-limits')!.inputs.data;
const base = stream.slice(0, 150);

const streamOf = (length: number, phi: number, seed: number): number[] => {
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  let x = normal() / Math.sqrt(1 - phi * phi);
  return Array.from({ length }, () => {
    x = phi * x + normal();
    return x;
  });
};

const share = <Design>(
  kind: ChartKind<number, Design>,
  one: readonly number[],
  phaseTwo: readonly number[] = [],
) => {
  const { points } = chartSamples(kind, one, { phaseTwo });
  return points.filter(({ violations }) => violations.length > 0).length / points.length;
};

describe('an AR(1) stream of phi 0.7', () => {
  it('gives 47 false alarms by moving ranges, none by the overall deviation, 2 by residuals', () => {
    const rest = stream.slice(base.length);
    expect(300 * share(individuals(), base, rest)).toBeCloseTo(47, 9);
    expect(share(overallIndividualsChart(), base, rest)).toBe(0);
    expect(300 * share(ar1ResidualChart(), base, rest)).toBeCloseTo(2, 9);
  });

  it('has moving-range limits of sqrt(1 - phi) of their due width, which inflating makes up for', () => {
    const long = streamOf(200_000, 0.7, 7);
    const overall = overallIndividualsChart().estimate(long).design!.sigma;
    // In theory 1 / sqrt(1 - 0.49).
    expect(overall / 1.4002800840280099).toBeCloseTo(1, 2);
    expect(individuals().estimate(long).design!.sigma / overall).toBeCloseTo(Math.sqrt(0.3), 2);
    expect(inflatedIndividualsChart().estimate(long).design!.sigma / overall).toBeCloseTo(1, 2);
  });

  it('has independent residuals of the spread of its noise', () => {
    const long = streamOf(200_000, 0.7, 11);
    const { phi, sigma } = ar1ResidualChart().estimate(long).design!;
    expect(phi).toBeCloseTo(0.7, 2);
    expect(sigma).toBeCloseTo(1, 2);
    expect(ar1(long)).toMatchObject({ phi, residualDeviation: sigma });
    const residuals = chartSamples(ar1ResidualChart(), long).points.flatMap(({ value }) => value ?? []);
    expect(residuals).toHaveLength(long.length - 1);
    expect(Math.abs(lagOneAutocorrelation(residuals)!)).toBeLessThan(0.01);
  });

  it('gives about 0.27 % of false alarms by overall limits and by residuals', () => {
    const long = streamOf(200_000, 0.7, 13);
    for (const found of [share(overallIndividualsChart(), long), share(ar1ResidualChart(), long)]) {
      expect(found).toBeGreaterThan(0.0022);
      expect(found).toBeLessThan(0.0032);
    }
  });
});

describe('the advice on limits', () => {
  it('is overall limits where neighbours are alike and there is enough of them', () => {
    expect(adviseLimits(stream)).toMatchObject({ correlated: true, recommended: 'overall' });
  });

  it('is residuals where a stream is too short for its memory', () => {
    const advice = adviseLimits(base);
    expect(advice.recommended).toBe('residual');
    // The sum of Bayley and Hammersley for 150 values of phi 0.7441988435, with mpmath.
    expect(advice.effectiveCount).toBeCloseTo(22.4991119060257, 6);
    expect(advice.notes[0]?.code).toBe('AUTOCORRELATED');
  });

  it('is residuals where neighbours alternate', () => {
    expect(adviseLimits(streamOf(300, -0.5, 3)).recommended).toBe('residual');
  });

  it('is the usual limits for independent values, in about 99 of 100 cases', () => {
    const usual = Array.from(
      { length: 1000 },
      (_, seed) => adviseLimits(streamOf(100, 0, seed + 1)).recommended,
    );
    const independent = usual.filter((kind) => kind === 'movingRange').length;
    expect(independent).toBeGreaterThan(980);
    expect(independent).toBeLessThan(999);
  });

  it('is none where there is nothing to compare', () => {
    const codes = [[], [1], [1, 2], [4, 4, 4]].map((values) => adviseLimits(values).notes[0]?.code);
    expect(codes).toEqual(['EMPTY', 'ONE_VALUE', 'NOT_ENOUGH_DATA', 'NO_SPREAD']);
    expect(() => adviseLimits([1, Number.NaN, 2])).toThrow(expect.objectContaining({ code: 'BAD_DATA' }));
  });
});

describe('charts of streams', () => {
  const kinds = [overallIndividualsChart(), inflatedIndividualsChart(), ar1ResidualChart()];

  it('leave a note where there is no spread or too little data', () => {
    for (const kind of kinds) {
      expect(kind.estimate([]).notes[0]?.code).toBe('EMPTY');
      expect(kind.estimate([5]).notes[0]?.code).toBe('ONE_VALUE');
      expect(kind.estimate([5, 5, 5, 5, 5]).notes[0]?.code).toBe('NO_SPREAD');
    }
  });

  it('give residuals of what the value before foretells', () => {
    const chart = ar1ResidualChart().running({ center: 10, phi: 0.5, sigma: 1, width: { sigmas: 3 } });
    // By hand: 12 - 10 - 0.5 (14 - 10), then 16 - 10 - 0.5 (12 - 10).
    expect([14, 12, 16].map((x) => chart.push(x).value)).toEqual([undefined, 0, 5]);
  });
});
