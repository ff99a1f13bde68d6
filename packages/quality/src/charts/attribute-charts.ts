import { cLimits, npLimits, pLimits, uLimits } from './attribute-limits.js';
import type { ChartKind } from './chart.js';
import {
  estimateProportion,
  estimateRate,
  type ProportionDesign,
  proportionSchema,
  type RateDesign,
  rateSchema,
} from './count-designs.js';
import { type CountSample, checkCount, checkDefectives, checkDefects } from './count-sample.js';
import { type LimitOptions, limitWidth } from './limit-width.js';
import { zoneKind } from './zone-chart.js';

/**
 * A p chart: the proportion of defectives, in samples of any size; limits differ where sizes do.
 * Source: Montgomery (7th ed.), section 7.2. Where {@link overdispersionTest} finds more than luck, use {@link laneyPChart}.
 * @throws `MikroBotError` `BAD_CONFIG` for limits that are none.
 *
 * @example
 * ```ts
 * const chart = pChart().running({ proportion: 0.2313, width: { sigmas: 3 } });
 * chart.push({ count: 22, size: 50 }).violations; // ['beyondLimits']
 * ```
 */
export const pChart = (options: LimitOptions = {}): ChartKind<CountSample, ProportionDesign> => {
  const width = limitWidth(options);
  return zoneKind({
    name: 'p',
    what: 'a p chart',
    design: proportionSchema,
    estimate: (samples) => estimateProportion(samples, 'a p chart', width),
    plot: ({ proportion, width }) => ({
      check: checkDefectives,
      value: ({ count, size }) => count / size,
      limits: ({ size }) => pLimits(proportion, size, width),
    }),
  });
};

/**
 * An np chart: the number of defectives. Where sizes differ its centre differs too, and a p chart is easier to read.
 * Source: Montgomery (7th ed.), section 7.2.
 * @throws `MikroBotError` `BAD_CONFIG` for limits that are none.
 */
export const npChart = (options: LimitOptions = {}): ChartKind<CountSample, ProportionDesign> => {
  const width = limitWidth(options);
  return zoneKind({
    name: 'np',
    what: 'an np chart',
    design: proportionSchema,
    estimate: (samples) => estimateProportion(samples, 'an np chart', width),
    plot: ({ proportion, width }) => ({
      check: checkDefectives,
      value: ({ count }) => count,
      limits: ({ size }) => npLimits(proportion, size, width),
    }),
  });
};

/**
 * A c chart: defects in samples of the same size each; a sample is the number of defects.
 * Source: Montgomery (7th ed.), section 7.3.
 * @throws `MikroBotError` `BAD_CONFIG` for limits that are none.
 */
export const cChart = (options: LimitOptions = {}): ChartKind<number, RateDesign> => {
  const width = limitWidth(options);
  return zoneKind({
    name: 'c',
    what: 'a c chart',
    design: rateSchema,
    estimate: (counts) =>
      estimateRate(
        counts.map((count) => ({ count, size: 1 })),
        'a c chart',
        width,
      ),
    plot({ rate, width }) {
      const limits = cLimits(rate, width);
      return {
        check: (count) => checkCount(count, 'defects'),
        value: (count) => count,
        limits: () => limits,
      };
    },
  });
};

/**
 * A u chart: defects per unit, on samples of any size; limits differ where sizes do. Source: Montgomery (7th ed.), section 7.3.
 * Where {@link overdispersionTest} finds more than luck, use {@link laneyUChart}.
 * @throws `MikroBotError` `BAD_CONFIG` for limits that are none.
 */
export const uChart = (options: LimitOptions = {}): ChartKind<CountSample, RateDesign> => {
  const width = limitWidth(options);
  return zoneKind({
    name: 'u',
    what: 'a u chart',
    design: rateSchema,
    estimate: (samples) => estimateRate(samples, 'a u chart', width),
    plot: ({ rate, width }) => ({
      check: checkDefects,
      value: ({ count, size }) => count / size,
      limits: ({ size }) => uLimits(rate, size, width),
    }),
  });
};
