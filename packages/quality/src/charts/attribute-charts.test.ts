import { MikroBotError } from '@mikrobot/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countsOf, dataset, valuesOf } from '../testing/golden/datasets.js';
import { cChart, npChart, pChart, uChart } from './attribute-charts.js';
import { chartSamples } from './chart-samples.js';
import { gChart } from './g-chart.js';
import { laneyPChart, laneyUChart } from './laney.js';
import { phaseOne } from './phase-one.js';

const oranges = countsOf(dataset('orangejuice trial')!.phaseOne);
const circuits = valuesOf(dataset('circuit trial')!.phaseOne);
const errorOf = (act: () => unknown): MikroBotError => {
  try {
    act();
  } catch (error) {
    if (error instanceof MikroBotError) return error;
  }
  throw new Error('Nothing was refused.');
};

// Montgomery, Introduction to Statistical Quality Control (7th ed.), examples 7.1 and 7.3, printed to four and two places.
describe('published charts', () => {
  it('of orange juice cans lose samples 15, 23 and 21 in phase I', () => {
    const { rounds, removed } = phaseOne(pChart(), oranges);
    expect(removed).toEqual([15, 21, 23]);
    expect(rounds[1]!.limits!.center).toBeCloseTo(0.215, 4);
    expect(rounds[1]!.limits!.upper).toBeCloseTo(0.3893, 4);
    expect(rounds[1]!.limits!.lower).toBeCloseTo(0.0407, 4);
  });

  it('of circuit boards have limits 33.22 and 6.48 around 19.85', () => {
    const { center, lower, upper } = chartSamples(cChart(), circuits).points[0]!.limits;
    expect(center).toBeCloseTo(19.85, 2);
    expect(upper).toBeCloseTo(33.22, 1);
    expect(lower).toBeCloseTo(6.48, 2);
  });
});

// Quantiles summed with mpmath at 30 digits.
describe('exact limits', () => {
  it('are binomial quantiles of an np chart, and those over the size of a p chart', () => {
    expect(chartSamples(npChart({ confidence: 0.9973 }), oranges).points[0]!.limits).toMatchObject({
      lower: 4,
      upper: 21,
    });
    expect(chartSamples(pChart({ confidence: 0.9973 }), oranges).points[0]!.limits).toMatchObject({
      lower: 4 / 50,
      upper: 21 / 50,
    });
  });

  it('are Poisson quantiles of a c chart', () => {
    const { limits } = chartSamples(cChart({ confidence: 0.9973 }), circuits).points[0]!;
    expect(limits).toMatchObject({ lower: 8, upper: 34 });
  });

  it('of a g chart move by one with the event, which is a trial too', () => {
    const trials = [4, 3, 6, 2, 11, 15, 5, 1, 8, 10, 22, 7, 3, 2, 9, 6, 30, 4, 5, 12];
    const own = chartSamples(gChart({ counting: 'trials' }), trials).points[0]!.limits;
    const between = chartSamples(
      gChart(),
      trials.map((n) => n - 1),
    ).points[0]!.limits;
    expect(own).toMatchObject({ center: 8.25, lower: 1, upper: 52 });
    expect(between).toMatchObject({ center: 7.25, lower: 0, upper: 51 });
    expect(own.sigma).toBe(between.sigma);
  });

  it('keep at least their confidence within', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.2, max: 60, noNaN: true }), (rate) => {
        const kind = cChart({ confidence: 0.9973 });
        const { lower, upper } = kind.running({ rate, width: { confidence: 0.9973 } }).push(0).limits;
        let density = Math.exp(-rate);
        let outside = 0;
        for (let k = 0; k <= upper!; k++) {
          if (k < lower!) outside += density;
          density *= rate / (k + 1);
        }
        for (let k = upper! + 1; k < upper! + 200; k++) {
          outside += density;
          density *= rate / (k + 1);
        }
        expect(outside).toBeLessThanOrEqual(0.0027 + 1e-12);
      }),
    );
  });
});

describe('limits by sigmas', () => {
  it('stay where the statistic can go', () => {
    const { limits } = pChart()
      .running({ proportion: 0.01, width: { sigmas: 3 } })
      .push({ count: 0, size: 5 });
    expect(limits.lower).toBe(0);
    const high = pChart()
      .running({ proportion: 0.99, width: { sigmas: 3 } })
      .push({ count: 5, size: 5 });
    expect(high.limits.upper).toBe(1);
  });

  it('narrow with the root of the size, point by point', () => {
    const chart = uChart().running({ rate: 2, width: { sigmas: 3 } });
    const small = chart.push({ count: 8, size: 4 }).limits;
    const large = chart.push({ count: 32, size: 16 }).limits;
    expect(small.upper! - 2).toBeCloseTo(2 * (large.upper! - 2), 12);
  });

  it('of np charts are those of p charts times the size', () => {
    const share = fc.double({ min: 0.001, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(share, fc.integer({ min: 1, max: 5000 }), (proportion, size) => {
        const design = { proportion, width: { sigmas: 3 } };
        const p = pChart().running(design).push({ count: 0, size }).limits;
        const np = npChart().running(design).push({ count: 0, size }).limits;
        expect(np.upper).toBeCloseTo(p.upper! * size, 8);
        expect(np.lower).toBeCloseTo(p.lower! * size, 8);
        expect(np.center).toBeCloseTo(p.center * size, 8);
      }),
    );
  });
});

describe('what is no sample', () => {
  const chart = pChart().running({ proportion: 0.2, width: { sigmas: 3 } });
  it.each([
    ['a size of zero', { count: 0, size: 0 }, 'at least one item'],
    ['half an item', { count: 0, size: 2.5 }, 'at least one item'],
    ['more defectives than items', { count: 3, size: 2 }, '3 items of 2'],
    ['a part of a defective', { count: 1.5, size: 20 }, 'count of defective items is 1.5'],
    ['less than none', { count: -1, size: 20 }, 'count of defective items is -1'],
  ])('%s is refused, and the chart stays as it was', (_, sample, sentence) => {
    const before = chart.state();
    const error = errorOf(() => chart.push(sample));
    expect(error.code).toBe('BAD_DATA');
    expect(error.message).toContain(sentence);
    expect(chart.state()).toEqual(before);
  });

  it('is a size of zero for u charts, and a trial without its event for g charts', () => {
    expect(errorOf(() => uChart().estimate([{ count: 1, size: 0 }])).message).toContain('size above zero');
    expect(errorOf(() => gChart({ counting: 'trials' }).estimate([0])).message).toContain('at least 1');
  });

  it('is a counting that there is not', () => {
    expect(errorOf(() => gChart({ counting: 'twice' as never })).code).toBe('BAD_CONFIG');
  });

  it('leaves no design where nothing varies', () => {
    const none = [0, 0, 0].map((count) => ({ count, size: 20 }));
    for (const kind of [pChart(), npChart(), uChart(), laneyPChart(), laneyUChart()]) {
      expect(kind.estimate(none)).toMatchObject({ design: undefined, notes: [{ code: 'NO_SPREAD' }] });
      expect(kind.estimate([])).toMatchObject({ design: undefined, notes: [{ code: 'EMPTY' }] });
    }
    expect(cChart().estimate([0, 0]).notes[0]?.code).toBe('NO_SPREAD');
    expect(gChart().estimate([0, 0]).notes[0]?.code).toBe('NO_SPREAD');
    expect(laneyUChart().estimate([{ count: 3, size: 1 }]).notes[0]?.code).toBe('ONE_VALUE');
    expect(laneyUChart().estimate([3, 3].map((count) => ({ count, size: 1 }))).notes[0]?.code).toBe(
      'NO_SPREAD',
    );
  });
});
