import { normal, seededRandom } from '@mikrobot/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxCox, boxCoxInverse, boxCoxTransform, fitBoxCox } from './box-cox.js';
import { empiricalDistribution } from './empirical.js';
import type { Fit, FittedDistribution } from './fitted-distribution.js';
import { fitJohnsonByMoments } from './johnson-moments.js';
import { fitJohnsonByQuantiles } from './johnson-quantiles.js';
import { fitExponential, fitWeibull } from './lifetime-fit.js';
import { fitLognormal, fitNormal } from './normal-fit.js';
import { fitPearsonThree, pearsonThreeQuantile } from './pearson-three.js';

const draw = (seed: number, n: number, next: (random: () => number) => number): number[] => {
  const random = seededRandom(seed);
  return Array.from({ length: n }, () => next(random));
};

const lognormal = (random: () => number): number => Math.exp(3 + 0.4 * normal(random));

/** A sample of every family's own kind. */
const families: readonly (readonly [string, (values: readonly number[]) => Fit, number[]])[] = [
  ['normal', fitNormal, draw(1, 500, (random) => 10 + 2 * normal(random))],
  ['lognormal', fitLognormal, draw(2, 500, lognormal)],
  ['exponential', fitExponential, draw(3, 500, (random) => -7 * Math.log(1 - random()))],
  ['weibull', fitWeibull, draw(4, 500, (random) => 5 * (-Math.log(1 - random())) ** (1 / 2.5))],
  ['box-cox', fitBoxCox, draw(5, 500, (random) => (8 + normal(random)) ** 2)],
  ['pearson-3', fitPearsonThree, draw(6, 500, (random) => -Math.log((1 - random()) * (1 - random())))],
  ['johnson-su', fitJohnsonByQuantiles, draw(7, 2000, (random) => Math.sinh((normal(random) + 1) / 1.5))],
  ['johnson-su', fitJohnsonByMoments, draw(7, 2000, (random) => Math.sinh((normal(random) + 1) / 1.5))],
  [
    'johnson-sb',
    fitJohnsonByMoments,
    draw(8, 2000, (random) => 1 / (1 + Math.exp(1 - normal(random) / 1.2))),
  ],
];

const distributionOf = ({ distribution }: Fit): FittedDistribution => {
  expect(distribution).toBeDefined();
  return distribution!;
};

describe.each(families)('a fitted %s distribution', (name, fit, values) => {
  const fitted = distributionOf(fit(values));

  it('has its name', () => expect(fitted.name).toBe(name));

  it('finds the place of every probability, and its probability again', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-4, max: 1 - 1e-4, noNaN: true }), (p) => {
        const x = fitted.quantile(p);
        expect(fitted.cdf(x)).toBeCloseTo(p, 9);
        expect(fitted.tail(x)).toBeCloseTo(1 - p, 9);
        const again = fitted.quantile(fitted.cdf(x));
        expect(Math.abs(again - x)).toBeLessThanOrEqual(1e-7 * Math.max(1, Math.abs(x)));
      }),
    );
  });

  it('has about the shares that the values have', () => {
    // The 1 % point of the Kolmogorov-Smirnov distance.
    const sorted = Float64Array.from(values).sort();
    const farthest = sorted.reduce((most, x, i) => {
      const p = fitted.cdf(x);
      return Math.max(most, Math.abs((i + 1) / sorted.length - p), Math.abs(i / sorted.length - p));
    }, 0);
    expect(farthest).toBeLessThan(1.63 / Math.sqrt(sorted.length));
  });

  it('adds the likelihood up from the slope of its own distribution function', () => {
    let sum = 0;
    for (const x of values) {
      const h = 1e-5 * Math.max(1e-3, Math.abs(x));
      sum += Math.log((fitted.cdf(x + h) - fitted.cdf(x - h)) / (2 * h));
    }
    expect(fitted.logLikelihood! / sum).toBeCloseTo(1, 4);
  });

  it('says why there is none', () => {
    expect(fit([]).notes[0]?.code).toBe('EMPTY');
    expect(fit([]).distribution).toBeUndefined();
    expect(() => fit([1, Infinity])).toThrow(expect.objectContaining({ code: 'BAD_DATA' }));
    if (name !== 'exponential') {
      expect(fit([2]).notes[0]?.code).toBe('ONE_VALUE');
      expect(fit([2, 2, 2, 2, 2, 2]).notes[0]?.code).toBe('NO_SPREAD');
    }
  });
});

describe('parameters', () => {
  it('are recovered from samples of known ones', () => {
    const big = 20_000;
    const { mean, deviation } = distributionOf(
      fitNormal(draw(11, big, (random) => 10 + 2 * normal(random))),
    ).parameters;
    expect(mean).toBeCloseTo(10, 1);
    expect(deviation).toBeCloseTo(2, 1);
    const log = distributionOf(fitLognormal(draw(12, big, lognormal))).parameters;
    expect(log.meanLog).toBeCloseTo(3, 1);
    expect(log.deviationLog).toBeCloseTo(0.4, 1);
    const waiting = distributionOf(fitExponential(draw(13, big, (random) => -7 * Math.log(1 - random()))));
    expect(waiting.parameters.mean! / 7).toBeCloseTo(1, 1);
    const life = draw(14, big, (random) => 5 * (-Math.log(1 - random())) ** (1 / 2.5));
    expect(distributionOf(fitWeibull(life)).parameters.shape).toBeCloseTo(2.5, 1);
    expect(distributionOf(fitWeibull(life)).parameters.scale).toBeCloseTo(5, 1);
    const power = boxCox(draw(15, big, (random) => (8 + normal(random)) ** 2));
    expect(power.interval!.lower).toBeLessThan(0.5);
    expect(power.interval!.upper).toBeGreaterThan(0.5);
    expect(power.lambda).toBeCloseTo(0.5, 0);
  });

  it('of the normal family use n or n - 1', () => {
    // Squares about the mean 2 add up to 2.
    expect(distributionOf(fitNormal([1, 2, 3])).parameters.deviation).toBeCloseTo(Math.sqrt(2 / 3), 14);
    const overall = distributionOf(fitNormal([1, 2, 3], { denominator: 'n - 1' }));
    expect(overall.parameters.deviation).toBeCloseTo(1, 14);
    expect(overall.quantile(0.99865)).toBeCloseTo(5, 4);
  });

  it.each([
    ['weibull', fitWeibull, draw(21, 60, (random) => 3 * (-Math.log(1 - random())) ** 2)],
    ['exponential', fitExponential, draw(22, 60, (random) => -Math.log(1 - random()))],
  ] as const)(
    'of the %s distribution make the values more likely than their neighbours do',
    (_, fit, values) => {
      const { logLikelihood, parameters } = distributionOf(fit(values));
      const at = (shape: number, scale: number): number =>
        values.reduce(
          (sum, x) =>
            sum + Math.log(shape / scale) + (shape - 1) * Math.log(x / scale) - (x / scale) ** shape,
          0,
        );
      const { shape = 1, scale = parameters.mean! } = parameters;
      expect(logLikelihood).toBeCloseTo(at(shape, scale), 8);
      for (const factor of [0.99, 1.01]) {
        expect(at(shape, scale * factor)).toBeLessThan(logLikelihood!);
        if (parameters.shape) expect(at(shape * factor, scale)).toBeLessThan(logLikelihood!);
      }
    },
  );
});

describe('values at or below 0', () => {
  it.each([
    ['lognormal', fitLognormal],
    ['weibull', fitWeibull],
    ['box-cox', fitBoxCox],
  ] as const)('have no %s distribution', (_, fit) => {
    expect(fit([0, 1, 2, 3]).notes[0]?.code).toBe('NOT_POSITIVE');
    expect(fit([0, 1, 2, 3]).distribution).toBeUndefined();
  });

  it('have an exponential distribution down to 0, unless all are 0', () => {
    expect(distributionOf(fitExponential([0, 2])).parameters.mean).toBe(1);
    expect(fitExponential([0, 0]).notes[0]?.code).toBe('NOT_POSITIVE');
    expect(fitExponential([-1, 3]).notes[0]?.code).toBe('NOT_POSITIVE');
    expect(distributionOf(fitExponential([5])).quantile(0.5)).toBeCloseTo(5 * Math.LN2, 12);
  });
});

describe('Box-Cox', () => {
  it('goes there and back for every power', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
        fc.double({ min: -2, max: 2, noNaN: true }),
        (x, lambda) => {
          expect(boxCoxInverse(boxCoxTransform(x, lambda), lambda) / x).toBeCloseTo(1, 6);
        },
      ),
    );
    expect(boxCoxTransform(9, 0.5)).toBe(4);
    expect(boxCoxTransform(Math.E, 0)).toBe(1);
    expect(boxCoxInverse(-3, 1)).toBe(0);
    expect(boxCoxInverse(3, -1)).toBe(Infinity);
  });

  it('does not mind the unit of the values, up to prices of bitcoin and down to seconds', () => {
    const values = draw(31, 80, lognormal);
    const { lambda, interval } = boxCox(values);
    for (const unit of [1e-9, 1e6, 1e60]) {
      const moved = boxCox(values.map((x) => x * unit));
      expect(moved.lambda).toBeCloseTo(lambda!, 9);
      expect(moved.interval!.upper).toBeCloseTo(interval!.upper, 9);
    }
  });

  it('says when the search ends at its bound', () => {
    const nearly = draw(32, 30, (random) => 1e5 + normal(random));
    const { interval, notes } = boxCox(nearly);
    expect(notes[0]?.code).toBe('AT_BOUND');
    expect(interval).toEqual({ lower: -5, upper: 5 });
    expect(() => boxCox(nearly, { searchRange: [1, 1] })).toThrow(
      expect.objectContaining({ code: 'BAD_CONFIG' }),
    );
  });

  it('has a narrower interval for less confidence', () => {
    const values = draw(33, 80, lognormal);
    const wide = boxCox(values).interval!;
    const narrow = boxCox(values, { confidence: 0.5 }).interval!;
    expect(narrow.lower).toBeGreaterThan(wide.lower);
    expect(narrow.upper).toBeLessThan(wide.upper);
  });
});

describe('Pearson III', () => {
  it('is turned round by the sign of the skewness, and passes through the normal distribution', () => {
    expect(pearsonThreeQuantile(0.99865, -1)).toBeCloseTo(-pearsonThreeQuantile(0.00135, 1), 12);
    expect(pearsonThreeQuantile(0.99865, 0)).toBeCloseTo(2.99998, 4);
    // Both sides of the change of method.
    const [below, above] = [0.99999e-4, 1.00001e-4].map((g) => pearsonThreeQuantile(0.99865, g));
    expect(below).toBeCloseTo(above!, 8);
    // Skewness 2 is the exponential distribution, moved by 1.
    expect(pearsonThreeQuantile(0.5, 2)).toBeCloseTo(Math.LN2 - 1, 12);
  });

  it('has the percentiles that mpmath computes from the gamma distribution', () => {
    const table = [
      [0.5, -2.3501940654306, -0.083017613920688, 3.6721545553005],
      [1, -1.7673518938555, -0.16396962557455, 4.3402349338723],
    ] as const;
    for (const [skewness, ...expected] of table) {
      const found = [0.00135, 0.5, 0.99865].map((p) => pearsonThreeQuantile(p, skewness));
      for (const [i, q] of expected.entries()) expect(found[i]).toBeCloseTo(q, 11);
    }
  });
});

describe('the values themselves', () => {
  it('are a distribution of shares and interpolated percentiles', () => {
    const fitted = distributionOf(empiricalDistribution([4, 1, 3, 2, 2]));
    expect(fitted.cdf(2)).toBe(0.6);
    expect(fitted.tail(2)).toBe(0.4);
    expect(fitted.cdf(0.5)).toBe(0);
    expect(fitted.tail(9)).toBe(0);
    expect(fitted.quantile(0.5)).toBe(2);
    expect(fitted.quantile(1)).toBe(4);
    expect(fitted.logLikelihood).toBeUndefined();
    expect(empiricalDistribution([]).notes[0]?.code).toBe('EMPTY');
  });
});
