import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cChart, npChart, pChart, uChart } from './attribute-charts.js';
import { inflatedIndividualsChart, overallIndividualsChart } from './autocorrelated.js';
import type { ChartKind, ChartPoint } from './chart.js';
import { chartSamples } from './chart-samples.js';
import { ControlChart } from './control-chart.js';
import type { CountSample } from './count-sample.js';
import { cusumChart } from './cusum.js';
import { ewmaChart } from './ewma.js';
import { gChart } from './g-chart.js';
import { t2Chart } from './hotelling-t2.js';
import { laneyPChart, laneyUChart } from './laney.js';
import { ar1ResidualChart } from './residual-chart.js';

interface Case {
  readonly kind: ChartKind<unknown, unknown>;
  readonly sample: fc.Arbitrary<unknown>;
  /** No sample of this kind. */
  readonly wrong: unknown;
}

const made = <Sample, Design, Point extends ChartPoint>(
  kind: ChartKind<Sample, Design, Point>,
  sample: fc.Arbitrary<Sample>,
  wrong: unknown,
): Case => ({ kind: kind as unknown as ChartKind<unknown, unknown>, sample, wrong });

// JSON has no negative zero.
const value = fc.double({ min: -100, max: 100, noNaN: true }).map((x) => x + 0);
const measured = fc.oneof(value, fc.array(value, { minLength: 1, maxLength: 6 }));
const defectives: fc.Arbitrary<CountSample> = fc
  .tuple(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([size, share]) => ({ size, count: Math.floor(share * size) }));
const defects = fc.record({
  count: fc.nat(40),
  size: fc.double({ min: 0.1, max: 20, noNaN: true }),
});
const zero = { count: 0, size: 0 };

const cases: readonly Case[] = [
  made(pChart(), defectives, zero),
  made(pChart({ confidence: 0.99 }), defectives, zero),
  made(npChart(), defectives, zero),
  made(laneyPChart(), defectives, zero),
  made(cChart(), fc.nat(40), 1.5),
  made(uChart(), defects, zero),
  made(laneyUChart(), defects, zero),
  made(gChart(), fc.nat(90), -1),
  made(gChart({ counting: 'trials' }), fc.integer({ min: 1, max: 90 }), 0),
  made(ewmaChart(), measured, Number.NaN),
  made(ewmaChart({ limits: 'asymptotic' }), measured, []),
  made(cusumChart({ headStart: 2.5 }), measured, [1, Number.POSITIVE_INFINITY]),
  made(cusumChart({ afterSignal: 'restart', h: 2 }), measured, Number.NaN),
  made(t2Chart(), fc.tuple(value, value, value), [1, Number.NaN, 2]),
  made(overallIndividualsChart(), value, Number.NaN),
  made(inflatedIndividualsChart(), value, Number.NaN),
  made(ar1ResidualChart(), value, Number.NaN),
];

describe.each(cases.map((each) => [each.kind.name, each] as const))('a chart of %s', (_, each) => {
  const { kind, sample, wrong } = each;
  const samples = fc
    .array(sample, { minLength: 12, maxLength: 40 })
    .filter((data) => kind.estimate(data).design !== undefined);
  const rules = ['beyondLimits', 'we2', 'we4', 'nelson3'] as const;

  it('goes on from its state, through JSON, as if it had never stopped', () => {
    fc.assert(
      fc.property(samples, fc.nat(40), (data, at) => {
        const design = JSON.parse(JSON.stringify(kind.estimate(data).design));
        const whole = kind.running(design, { rules });
        const first = kind.running(design, { rules });
        const cut = Math.min(at, data.length);
        const before = data.slice(0, cut).map((x) => first.push(x));
        const state = JSON.parse(JSON.stringify(first.state()));
        const second = kind.running(design, { rules, state });
        const points = [...before, ...data.slice(cut).map((x) => second.push(x))];
        expect(points).toEqual(data.map((x) => whole.push(x)));
        expect(second.state()).toEqual(whole.state());
      }),
      { numRuns: 40 },
    );
  });

  it('judges a stream by the operator as it judges a batch', () => {
    fc.assert(
      fc.property(samples, samples, (one, two) => {
        const living = new ControlChart({ kind, phaseOne: one.length, purge: [], rules });
        const dependent = ['EWMA', 'CUSUM', 'T²'].includes(kind.name);
        // These have rules of their own, which purge also where no zone rule does.
        if (dependent && chartSamples(kind, one).points.some(({ violations }) => violations.length > 0))
          return;
        const streamed = [...one, ...two].flatMap((x) => living.push(x)).map(({ phase, ...point }) => point);
        expect(streamed).toEqual(chartSamples(kind, one, { phaseTwo: two, rules }).points);
      }),
      { numRuns: 40 },
    );
  });

  it('refuses what is no sample, stays as it was, and refuses what is no design or state', () => {
    fc.assert(
      fc.property(samples, (data) => {
        const { design } = kind.estimate(data);
        const chart = kind.running(design);
        for (const x of data) chart.push(x);
        const before = chart.state();
        for (const bad of [wrong, undefined, null, 'none', Number.NaN]) {
          expect(() => chart.push(bad)).toThrow(expect.objectContaining({ code: 'BAD_DATA' }));
          expect(chart.state()).toEqual(before);
          expect(() => kind.estimate([...data, bad])).toThrow(expect.objectContaining({ code: 'BAD_DATA' }));
        }
        expect(() => kind.running({})).toThrow(expect.objectContaining({ code: 'BAD_DATA' }));
        expect(() => kind.running(design, { state: { index: -1 } })).toThrow(
          expect.objectContaining({ code: 'BAD_DATA' }),
        );
      }),
      { numRuns: 10 },
    );
  });
});
