import { MikroBotError, normal, seededRandom } from '@mikrobot/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalQuantile } from '../distributions/normal.js';
import { type CapabilityOptions, capability } from './capability.js';
import { capabilityFromMoments } from './capability-from-moments.js';
import { bissellInterval } from './intervals.js';
import { indexNames } from './result.js';

/** n values that lie just as those of a standard normal distribution should. */
const scores = (n: number): number[] => Array.from({ length: n }, (_, i) => normalQuantile((i + 0.5) / n));

/** In an order in which neighbours have nothing to do with each other. */
const shuffled = (values: readonly number[], seed: number): number[] => {
  const random = seededRandom(seed);
  const left = [...values];
  return values.map(() => left.splice(Math.floor(random() * left.length), 1)[0]!);
};

const draws = (n: number, seed: number): number[] => {
  const random = seededRandom(seed);
  return Array.from({ length: n }, () => normal(random));
};

const autoregressive = (n: number, phi: number, seed: number): number[] => {
  let x = 0;
  return draws(n + 50, seed)
    .map((e) => {
      x = phi * x + Math.sqrt(1 - phi * phi) * e;
      return x;
    })
    .slice(50);
};

const code = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return error instanceof MikroBotError ? error.code : String(error);
  }
  return 'nothing was thrown';
};

const codes = ({ notes }: { readonly notes: readonly { readonly code: string }[] }): string[] =>
  notes.map((note) => note.code);

const both = { lower: -4, upper: 4 };

describe('capability of normal values', () => {
  it('has every index of the NIST handbook (6.1.6)', () => {
    const given = { n: 1000, mean: 16, deviation: 2, movingRange: 4 / Math.sqrt(Math.PI) };
    const { indices } = capabilityFromMoments(given, { specification: { lower: 8, upper: 20 } });
    expect(indices.cp?.value).toBeCloseTo(1, 12);
    expect(indices.cpu?.value).toBeCloseTo(0.6667, 4);
    expect(indices.cpl?.value).toBeCloseTo(1.3333, 4);
    expect(indices.cpk?.value).toBeCloseTo(0.6667, 4);
    expect(indices.k?.value).toBeCloseTo(0.3333, 4);
    // The target, the middle of the limits, is one sigma away: sqrt(2) of spread about it, by hand.
    expect(indices.cpm?.value).toBeCloseTo(1 / Math.SQRT2, 12);
    expect(indices.cpmk?.value).toBeCloseTo(2 / 3 / Math.SQRT2, 12);
  });

  it('has all indices of two limits, each with an interval around it', () => {
    const { indices, method, notes } = capability(shuffled(scores(60), 1), { specification: both });
    expect(method).toBe('normal');
    expect(notes).toEqual([]);
    for (const name of indexNames) {
      const { value, lower, upper, lowerBound } = indices[name]!;
      expect(lower, name).toBeLessThanOrEqual(value);
      expect(upper, name).toBeGreaterThan(value);
      expect(lowerBound, name).toBeGreaterThanOrEqual(lower!);
      expect(lowerBound, name).toBeLessThanOrEqual(value);
    }
  });

  it('with one limit has only the indices of that limit, and says so', () => {
    const result = capability(shuffled(scores(60), 1), { specification: { upper: 4 } });
    const there = indexNames.filter((name) => result.indices[name] !== undefined);
    expect(there).toEqual(['cpu', 'cpk', 'ppu', 'ppk']);
    expect(result.indices.ppk).toEqual(result.indices.ppu);
    expect(result.expected.overall.below).toBeUndefined();
    expect(result.observed.below).toBeUndefined();
    expect(codes(result)).toEqual(['NO_SPECIFICATION']);
  });

  it('counts what lies beyond the limits, and a value on a limit as good', () => {
    const values = [...Array.from({ length: 18 }, (_, i) => 1 + i / 100), -1, 3];
    const { observed } = capability(values, { specification: { lower: 0, upper: 2 }, method: 'normal' });
    expect(observed).toEqual({ below: 0.05, above: 0.05, total: 0.1 });
    const onLimits = capability([0, 1, 2], { specification: { lower: 0, upper: 2 } });
    expect(onLimits.observed.total).toBe(0);
  });

  it('takes sigma within subgroups from their spread alone', () => {
    const values = draws(150, 10);
    const groups = Array.from({ length: 30 }, (_, g) =>
      values.slice(5 * g, 5 * g + 5).map((x) => x + (g % 2) * 6),
    );
    const { within, overall, indices } = capability(groups, {
      specification: { lower: -10, upper: 16 },
      method: 'normal',
    });
    expect(within).toMatchObject({ estimator: 'pooled' });
    expect(within!.sigma).toBeGreaterThan(0.85);
    expect(within!.sigma).toBeLessThan(1.15);
    expect(overall!.sigma).toBeGreaterThan(2.8);
    expect(indices.cp!.value).toBeGreaterThan(2 * indices.pp!.value);
  });

  it('knows sigma less well by moving ranges than by all values', () => {
    const values = shuffled(scores(100), 2);
    const { within, overall } = capability(values, { specification: both });
    expect(overall!.degreesOfFreedom).toBe(99);
    expect(within!.degreesOfFreedom).toBeGreaterThan(58);
    expect(within!.degreesOfFreedom).toBeLessThan(62);
    const total = capability(values, { specification: both, degreesOfFreedom: 'total' });
    expect(total.within!.degreesOfFreedom).toBe(99);
    expect(total.indices.cp!.lower).toBeGreaterThan(
      capability(values, { specification: both }).indices.cp!.lower!,
    );
  });

  it('takes a sigma that is known', () => {
    const within = { sigma: 0.5, degreesOfFreedom: 200 };
    const { indices } = capability(shuffled(scores(50), 3), { specification: both, within });
    expect(indices.cp!.value).toBeCloseTo(8 / 3, 12);
  });

  it('moves and stretches with its values and limits together', () => {
    const values = draws(40, 4);
    const options = { specification: { lower: -3, upper: 4, target: 0.2 }, method: 'normal' } as const;
    const plain = capability(values, options).indices;
    fc.assert(
      fc.property(
        fc.double({ min: -1000, max: 1000, noNaN: true }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        (shift, stretch) => {
          const change = (x: number) => shift + stretch * x;
          const { lower, upper, target } = options.specification;
          const specification = { lower: change(lower), upper: change(upper), target: change(target) };
          const { indices } = capability(values.map(change), { ...options, specification });
          for (const name of indexNames) {
            expect(indices[name]!.value, name).toBeCloseTo(plain[name]!.value, 6);
            expect(indices[name]!.lower, name).toBeCloseTo(plain[name]!.lower!, 6);
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it('is never better nearest than both ways, and best at the target', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 3, maxLength: 30 }),
        fc.double({ min: -8, max: 0, noNaN: true }),
        fc.double({ min: 0.1, max: 8, noNaN: true }),
        (values, lower, width) => {
          const specification = { lower, upper: lower + width };
          const { indices } = capability(values, { specification, method: 'normal' });
          const { cp, cpk, cpm, cpmk, pp, ppk, ppm } = indices;
          if (cp && cpk && cpm && cpmk) {
            expect(cpk.value).toBeLessThanOrEqual(cp.value * (1 + 1e-12));
            expect(cpm.value).toBeLessThanOrEqual(cp.value * (1 + 1e-12));
            expect(cpmk.value).toBeLessThanOrEqual(Math.abs(cpm.value) * (1 + 1e-12));
          }
          if (pp && ppk && ppm) expect(ppk.value).toBeLessThanOrEqual(pp.value * (1 + 1e-12));
        },
      ),
    );
  });

  it('never has a figure that is not finite', () => {
    const numbers = fc.oneof(
      fc.constantFrom(0, 1, 1e-9, 1e9),
      fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((x) => (Math.abs(x) < 1e-9 ? 0 : x)),
    );
    const method = fc.constantFrom('auto', 'normal', 'lognormal', 'box-cox', 'percentile') as fc.Arbitrary<
      NonNullable<CapabilityOptions['method']>
    >;
    fc.assert(
      fc.property(
        fc.array(numbers, { maxLength: 25 }),
        numbers,
        fc.boolean(),
        method,
        (values, limit, upper, how) => {
          const specification = upper ? { upper: limit } : { lower: limit, upper: limit + 10 };
          const result = capability(values, { specification, method: how, minimum: 1 });
          const bad = (x: unknown): boolean =>
            typeof x === 'number'
              ? !Number.isFinite(x)
              : typeof x === 'object' && x !== null && Object.values(x).some(bad);
          expect(bad(result)).toBe(false);
          if (result.indices.ppk === undefined) expect(result.notes.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('capability of values that are not normal', () => {
  // The logarithm has sigma 0.5 and the limit lies 4 of them above the mean: 4 / 3 on that scale.
  const latencies = shuffled(scores(200), 5).map((z) => Math.exp(3 + 0.5 * z));
  const specification = { upper: Math.exp(3 + 0.5 * 4) };

  it('judges latencies by their logarithms, unasked', () => {
    const result = capability(latencies, { specification });
    expect(result.method).toBe('lognormal');
    expect(result.indices.ppu!.value).toBeCloseTo(4 / 3, 1);
    expect(result.distribution.name).toBe('lognormal');
    expect(result.distribution.normalP).toBeLessThan(0.05);
    expect(codes(result)).toContain('NOT_NORMAL');
  });

  it('marks the flattering index of the method normal', () => {
    const result = capability(latencies, { specification, method: 'normal' });
    expect(result.indices.ppu!.value).toBeGreaterThan(2);
    expect(codes(result)).toContain('NOT_NORMAL');
  });

  it('takes percentiles of the fitted distribution when asked (ISO 22514-4)', () => {
    const { indices, method } = capability(latencies, { specification, method: 'percentile' });
    expect(method).toBe('percentile');
    // (e^2 - 1) / (e^1.5 - 1), by hand, for 4 sigma of 0.5 against 3.
    expect(indices.ppu!.value).toBeCloseTo((Math.exp(2) - 1) / (Math.exp(1.5) - 1), 1);
    expect(indices.cpu).toBeUndefined();
    expect(indices.ppu!.lower).toBeLessThan(indices.ppu!.value);
  });

  it('finds the power of values whose power is normal', () => {
    const squares = shuffled(scores(300), 6).map((z) => (10 + z) ** 4);
    const result = capability(squares, { specification: { lower: 6 ** 4, upper: 14 ** 4 } });
    expect(['box-cox', 'lognormal']).toContain(result.method);
    expect(result.indices.ppk!.value).toBeCloseTo(4 / 3, 0);
    const power = capability(squares, {
      specification: { lower: 6 ** 4, upper: 14 ** 4 },
      method: 'box-cox',
    });
    expect(power.indices.ppl!.value).toBeCloseTo(4 / 3, 1);
    expect(power.indices.ppu!.value).toBeCloseTo(4 / 3, 1);
  });

  it('leaves out a limit that logarithms cannot reach', () => {
    const result = capability(latencies, {
      specification: { lower: 0, ...specification },
      method: 'lognormal',
    });
    expect(result.indices.cp).toBeUndefined();
    expect(result.indices.ppu!.value).toBeCloseTo(4 / 3, 1);
    expect(codes(result)).toEqual(expect.arrayContaining(['NOT_POSITIVE', 'NO_SPECIFICATION']));
  });

  it('has no logarithms of values at zero, and says so', () => {
    const result = capability([0, 1, 2, 3], { specification, method: 'lognormal' });
    expect(result.indices.ppu).toBeUndefined();
    expect(codes(result)).toEqual(['NOT_POSITIVE']);
  });

  // Two humps that no family fits.
  const humps = (n: number): number[] =>
    shuffled(
      scores(n).map((z, i) => z + (i % 2 === 0 ? 20 : 40)),
      7,
    );

  it('has no lower end of percentiles that too few values can bound', () => {
    const result = capability(humps(500), { specification: { upper: 60 } });
    expect(result.method).toBe('percentile');
    expect(result.distribution.name).toBe('empirical');
    expect(result.indices.ppu!.value).toBeGreaterThan(1);
    expect(result.indices.ppu!.lower).toBeUndefined();
    expect(codes(result)).toContain('NOT_ENOUGH_DATA');
  });

  it('bounds percentiles of 4000 values without assuming anything', () => {
    const { ppu } = capability(humps(4000), { specification: { upper: 60 } }).indices;
    expect(ppu!.lower).toBeLessThan(ppu!.value);
    expect(ppu!.upper).toBeGreaterThan(ppu!.value);
  });

  it('by percentiles of a normal distribution is what it is by sigma, interval and all', () => {
    const values = shuffled(scores(80), 8);
    const bySigma = capability(values, { specification: both }).indices;
    const byPercentile = capability(values, { specification: both, method: 'percentile' }).indices;
    for (const name of ['ppl', 'ppu', 'ppk'] as const) {
      expect(byPercentile[name]!.value).toBeCloseTo(bySigma[name]!.value, 8);
      expect(byPercentile[name]!.lower).toBeCloseTo(bySigma[name]!.lower!, 6);
      expect(byPercentile[name]!.upper).toBeCloseTo(bySigma[name]!.upper!, 6);
    }
    expect(byPercentile.pp!.value).toBeCloseTo(bySigma.pp!.value, 8);
  });
});

describe('capability of values whose neighbours are alike', () => {
  const values = autoregressive(400, 0.7, 9);

  it('counts fewer of them', () => {
    const result = capability(values, { specification: both, method: 'normal' });
    // (1 - 0.7) / (1 + 0.7) of 400 is 71; the autocorrelation itself is only estimated.
    expect(result.effectiveN).toBeGreaterThan(45);
    expect(result.effectiveN).toBeLessThan(110);
    expect(codes(result)).toContain('AUTOCORRELATED');
    const naive = capability(values, { specification: both, method: 'normal', autocorrelation: 'ignore' });
    expect(naive.effectiveN).toBe(400);
    expect(codes(naive)).toContain('AUTOCORRELATED');
    expect(naive.indices.ppk!.lower).toBeGreaterThan(result.indices.ppk!.lower!);
    expect(naive.indices.ppk!.value).toBe(result.indices.ppk!.value);
    const { value, lower } = result.indices.ppk!;
    const { degreesOfFreedom } = result.overall!;
    expect(degreesOfFreedom).toBeLessThan(200);
    expect(lower).toBeCloseTo(bissellInterval(value, result.effectiveN, { degreesOfFreedom }).lower, 12);
  });

  it('is judged by the overall sigma, which has seen the whole spread', () => {
    const result = capability(values, { specification: both, method: 'normal', minimum: 1 });
    expect(result.indices.cpk!.value).toBeGreaterThan(1.4 * result.indices.ppk!.value);
    expect(result.verdict!.index).toBe('ppk');
  });
});

describe('capability of nearly nothing', () => {
  it.each([
    ['no values', [], 'EMPTY'],
    ['one value', [5], 'ONE_VALUE'],
    ['values that are all the same', Array.from({ length: 20 }, () => 0.1), 'NO_SPREAD'],
  ] as const)('of %s is undefined with its reason', (_, values, reason) => {
    const result = capability([...values], { specification: { lower: 0, upper: 10 }, minimum: 1 });
    expect(indexNames.every((name) => result.indices[name] === undefined)).toBe(true);
    expect(codes(result)).toEqual([reason]);
    expect(result.verdict!.outcome).toBe('not enough data');
  });

  it('keeps the overall indices where subgroups do not vary inside', () => {
    const result = capability(
      [
        [1, 1],
        [2, 2],
        [3, 3],
      ],
      { specification: { lower: 0, upper: 4 } },
    );
    expect(result.indices.cp).toBeUndefined();
    expect(result.indices.pp).toBeDefined();
    expect(codes(result)).toContain('NO_SPREAD');
  });

  it('refuses nonsense', () => {
    const refuse = (values: number[] | number[][], options: Partial<CapabilityOptions> = {}) =>
      code(() => capability(values, { specification: both, ...options }));
    expect(refuse([1, Number.NaN])).toBe('BAD_DATA');
    expect(refuse([1, Infinity])).toBe('BAD_DATA');
    expect(refuse([[1, 2], [3]])).toBe('BAD_DATA');
    expect(refuse([[1, 2], 3] as never)).toBe('BAD_DATA');
    expect(refuse([1, [2, 3]] as never)).toBe('BAD_DATA');
    expect(refuse([1, 2, 3], { specification: { lower: 2, upper: 1 } })).toBe('BAD_CONFIG');
    expect(refuse([1, 2, 3], { specification: {} })).toBe('BAD_CONFIG');
    expect(refuse([1, 2, 3], { confidence: 95 })).toBe('BAD_CONFIG');
    expect(refuse([1, 2, 3], { within: 'pooled' })).toBe('BAD_CONFIG');
    expect(
      refuse(
        [
          [1, 2],
          [3, 4],
        ],
        { within: 'moving-range' },
      ),
    ).toBe('BAD_CONFIG');
    expect(refuse([1, 2, 3], { within: { sigma: 0, degreesOfFreedom: 3 } })).toBe('BAD_CONFIG');
    expect(refuse([1, 2, 3], { method: 'magic' as never })).toBe('BAD_CONFIG');
    expect(refuse([1, 2, 3], { minimum: Number.NaN })).toBe('BAD_CONFIG');
  });

  it('does not take text for a number, and shows that it is text', () => {
    expect(() => capability(['1', '2'] as never, { specification: { upper: 3 } })).toThrow(
      /value 1 of 2 .* is "1"\./,
    );
  });
});
