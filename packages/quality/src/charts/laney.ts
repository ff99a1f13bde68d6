import * as z from 'zod';
import { pLimits, uLimits } from './attribute-limits.js';
import type { ChartKind, Estimate } from './chart.js';
import {
  estimateProportion,
  estimateRate,
  type ProportionDesign,
  proportionSchema,
  type RateDesign,
  rateSchema,
} from './count-designs.js';
import { type CountSample, checkDefectives, checkDefects } from './count-sample.js';
import { limitWidth } from './limit-width.js';
import { movingRangeSigma } from './subgroup.js';
import { zoneKind } from './zone-chart.js';

/** How much wider than their distribution counts vary, from one sample to the next. */
export interface Dispersion {
  /** Sigma Z: 1 for counts that vary by luck alone, above it for over-dispersed ones. */
  readonly dispersion: number;
}

/** Options of Laney's charts. */
export interface LaneyOptions {
  /** Distance of the limits from the centre, in sigmas. Default 3. */
  readonly sigmas?: number | undefined;
}

const withDispersion = <Design>(
  { design, notes }: Estimate<Design>,
  scores: (design: Design) => readonly number[],
): Estimate<Design & Dispersion> => {
  if (design === undefined) return { design: undefined, notes };
  const values = scores(design);
  const dispersion = movingRangeSigma(values);
  if (dispersion === undefined) {
    const detail = 'One sample has no neighbour to differ from.';
    return { design: undefined, notes: [...notes, { code: 'ONE_VALUE', detail }] };
  }
  if (dispersion === 0) {
    const detail = `All ${values.length} samples are the same.`;
    return { design: undefined, notes: [...notes, { code: 'NO_SPREAD', detail }] };
  }
  return { design: { ...design, dispersion }, notes };
};

const dispersion = z.number().positive();

/**
 * Laney's p' chart: a p chart whose limits also hold what varies between samples, as they must where sizes are large and every
 * day is a little different. Sigma Z is the moving range of the z scores (p(i) - p) / sigma(i) over d2(2).
 * Source: Laney, Improved control charts for attributes, Quality Engineering 14 (2002).
 * @throws `MikroBotError` `BAD_CONFIG` for a distance that is none.
 */
export const laneyPChart = ({
  sigmas,
}: LaneyOptions = {}): ChartKind<CountSample, ProportionDesign & Dispersion> => {
  const width = limitWidth({ sigmas });
  const what = "a p' chart";
  return zoneKind({
    name: "p'",
    what,
    design: proportionSchema.extend({ dispersion }),
    estimate: (samples) =>
      withDispersion(estimateProportion(samples, what, width), ({ proportion }) =>
        samples.map(({ count, size }) => (count / size - proportion) / pLimits(proportion, size).sigma),
      ),
    plot: ({ proportion, width, dispersion }) => ({
      check: checkDefectives,
      value: ({ count, size }) => count / size,
      limits: ({ size }) => pLimits(proportion, size, width, dispersion),
    }),
  });
};

/**
 * Laney's u' chart: the same as {@link laneyPChart} for defects per unit. Source: Laney (2002).
 * @throws `MikroBotError` `BAD_CONFIG` for a distance that is none.
 */
export const laneyUChart = ({
  sigmas,
}: LaneyOptions = {}): ChartKind<CountSample, RateDesign & Dispersion> => {
  const width = limitWidth({ sigmas });
  const what = "a u' chart";
  return zoneKind({
    name: "u'",
    what,
    design: rateSchema.extend({ dispersion }),
    estimate: (samples) =>
      withDispersion(estimateRate(samples, what, width), ({ rate }) =>
        samples.map(({ count, size }) => (count / size - rate) / uLimits(rate, size).sigma),
      ),
    plot: ({ rate, width, dispersion }) => ({
      check: checkDefects,
      value: ({ count, size }) => count / size,
      limits: ({ size }) => uLimits(rate, size, width, dispersion),
    }),
  });
};
