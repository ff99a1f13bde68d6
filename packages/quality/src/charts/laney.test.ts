import { describe, expect, it } from 'vitest';
import { countsOf, dataset, valuesOf } from '../testing/golden/datasets.js';
import { pChart } from './attribute-charts.js';
import { chartSamples } from './chart-samples.js';
import { individuals } from './individuals-charts.js';
import { laneyPChart, laneyUChart } from './laney.js';
import { overdispersionTest } from './overdispersion.js';

const oranges = countsOf(dataset('orangejuice trial')!.phaseOne);
const circuits = valuesOf(dataset('circuit trial')!.phaseOne);

describe('over-dispersion', () => {
  it('is found in the juice cans and the boards', () => {
    // qcc 3.0 for the cans; mpmath for the boards.
    expect(overdispersionTest(oranges, 'binomial').statistic).toBeCloseTo(85.4093193798411, 9);
    const boards = overdispersionTest(
      circuits.map((count) => ({ count, size: 1 })),
      'poisson',
    );
    expect(boards.ratio).toBeCloseTo(2.58666666666667, 12);
    expect(boards.pValue! / 2.30907637372284e-5).toBeCloseTo(1, 9);
  });

  it('does not depend on the unit of size', () => {
    const test = (unit: number) =>
      overdispersionTest(
        circuits.map((count, i) => ({ count, size: (80 + i) * unit })),
        'poisson',
      ).statistic;
    expect(test(7)).toBeCloseTo(test(1)!, 9);
  });

  it('says why there is nothing to test', () => {
    const codes = [[], [{ count: 1, size: 9 }], [0, 0].map((count) => ({ count, size: 9 }))].map(
      (samples) => overdispersionTest(samples, 'binomial').notes[0]?.code,
    );
    expect(codes).toEqual(['EMPTY', 'ONE_VALUE', 'NO_SPREAD']);
  });
});

describe("Laney's charts", () => {
  it('are charts of individuals where all sizes are the same (Laney, 2002)', () => {
    const laney = chartSamples(laneyPChart(), oranges).points[0]!.limits;
    const single = chartSamples(
      individuals(),
      oranges.map(({ count, size }) => count / size),
    ).points[0]!.limits;
    expect(laney.upper).toBeCloseTo(single.upper!, 12);
    const rates = circuits.map((count) => ({ count, size: 100 }));
    const laneyU = chartSamples(laneyUChart(), rates).points[0]!.limits;
    const singleU = chartSamples(
      individuals(),
      circuits.map((count) => count / 100),
    ).points[0]!.limits;
    expect(laneyU.upper).toBeCloseTo(singleU.upper!, 12);
  });

  it('are as wide as plain ones where sigma Z is 1', () => {
    const width = { sigmas: 3 };
    const sample = { count: 7, size: 40 };
    const laney = laneyPChart().running({ proportion: 0.2, width, dispersion: 1 }).push(sample);
    expect(laney.limits).toEqual(pChart().running({ proportion: 0.2, width }).push(sample).limits);
  });
});
