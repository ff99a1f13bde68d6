import * as z from 'zod';
import type { Note } from '../notes.js';
import { checkWhole } from '../numeric/check.js';
import { momentsOf } from '../streaming/summary.js';
import { kindOf } from './attribute-kind.js';
import { cLimits, gLimits, gWidth, npLimits, pLimits, uLimits } from './attribute-limits.js';
import type { ChartKind, Estimate, Limits } from './chart.js';
import { type CountSample, checkCount, checkDefectives, checkDefects } from './count-sample.js';
import { type LimitOptions, type LimitWidth, limitWidth, limitWidthSchema } from './limit-width.js';

/** A process in control by p or np chart. Plain JSON. */
export interface ProportionDesign {
  /** Of defectives, above 0 and below 1. */
  readonly proportion: number;
  readonly width: LimitWidth;
}

/** A process in control by c or u chart. Plain JSON. */
export interface RateDesign {
  /** Defects per sample (c) or per unit of size (u), above 0. */
  readonly rate: number;
  readonly width: LimitWidth;
}

/** A process in control by g chart. Plain JSON. */
export interface EventDesign {
  /** Of the event in one trial, above 0 and below 1. */
  readonly probability: number;
  readonly counting: 'between' | 'trials';
  readonly width: LimitWidth;
}

/** A p or np chart with a number of defectives: what is wrong with it, else the proportion of all samples together. */
export const estimateProportion = (
  samples: readonly CountSample[],
  what: string,
  width: LimitWidth,
): Estimate<ProportionDesign> => {
  const none = (note: Note): Estimate<ProportionDesign> => ({ design: undefined, notes: [note] });
  let defective = 0;
  let inspected = 0;
  for (const sample of samples) {
    checkDefectives(sample);
    defective += sample.count;
    inspected += sample.size;
  }
  if (samples.length === 0) return none({ code: 'EMPTY', detail: `${what} was given no samples.` });
  if (defective === 0 || defective === inspected) {
    const found = defective === 0 ? 'None' : 'All';
    return none({
      code: 'NO_SPREAD',
      detail: `${found} of ${inspected} items were defective: ${what} has no limits then.`,
    });
  }
  return { design: { proportion: defective / inspected, width }, notes: [] };
};

/** A c or u chart with defects: what is wrong with it, else the defects per unit of all samples together. */
export const estimateRate = (
  samples: readonly CountSample[],
  what: string,
  width: LimitWidth,
): Estimate<RateDesign> => {
  const none = (note: Note): Estimate<RateDesign> => ({ design: undefined, notes: [note] });
  let defects = 0;
  let size = 0;
  for (const sample of samples) {
    checkDefects(sample);
    defects += sample.count;
    size += sample.size;
  }
  if (samples.length === 0) return none({ code: 'EMPTY', detail: `${what} was given no samples.` });
  if (defects === 0) {
    return none({
      code: 'NO_SPREAD',
      detail: `No defects in ${samples.length} samples: ${what} has no limits then.`,
    });
  }
  return { design: { rate: defects / size, width }, notes: [] };
};

const share = z.number().gt(0).lt(1);
const proportionSchema: z.ZodType<ProportionDesign> = z.object({
  proportion: share,
  width: limitWidthSchema,
});
const rateSchema: z.ZodType<RateDesign> = z.object({ rate: z.number().positive(), width: limitWidthSchema });
const eventSchema: z.ZodType<EventDesign> = z.object({
  probability: share,
  counting: z.enum(['between', 'trials']),
  width: limitWidthSchema,
});

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
  return kindOf({
    name: 'p',
    what: 'a p chart',
    design: proportionSchema,
    estimate: (samples) => estimateProportion(samples, 'a p chart', width),
    check: checkDefectives,
    statistic: ({ count, size }) => count / size,
    limits: (design, { size }) => pLimits(design.proportion, size, design.width),
  });
};

/**
 * An np chart: the number of defectives. Where sizes differ its centre differs too, and a p chart is easier to read.
 * Source: Montgomery (7th ed.), section 7.2.
 * @throws `MikroBotError` `BAD_CONFIG` for limits that are none.
 */
export const npChart = (options: LimitOptions = {}): ChartKind<CountSample, ProportionDesign> => {
  const width = limitWidth(options);
  return kindOf({
    name: 'np',
    what: 'an np chart',
    design: proportionSchema,
    estimate: (samples) => estimateProportion(samples, 'an np chart', width),
    check: checkDefectives,
    statistic: ({ count }) => count,
    limits: (design, { size }) => npLimits(design.proportion, size, design.width),
  });
};

/**
 * A c chart: defects in samples of the same size each; a sample is the number of defects.
 * Source: Montgomery (7th ed.), section 7.3.
 * @throws `MikroBotError` `BAD_CONFIG` for limits that are none.
 */
export const cChart = (options: LimitOptions = {}): ChartKind<number, RateDesign> => {
  const width = limitWidth(options);
  return kindOf({
    name: 'c',
    what: 'a c chart',
    design: rateSchema,
    estimate: (counts) =>
      estimateRate(
        counts.map((count) => ({ count, size: 1 })),
        'a c chart',
        width,
      ),
    check: (count) => checkCount(count, 'defects'),
    statistic: (count) => count,
    limits: (design) => cLimits(design.rate, design.width),
  });
};

/**
 * A u chart: defects per unit, on samples of any size; limits differ where sizes do. Source: Montgomery (7th ed.), section 7.3.
 * Where {@link overdispersionTest} finds more than luck, use {@link laneyUChart}.
 * @throws `MikroBotError` `BAD_CONFIG` for limits that are none.
 */
export const uChart = (options: LimitOptions = {}): ChartKind<CountSample, RateDesign> => {
  const width = limitWidth(options);
  return kindOf({
    name: 'u',
    what: 'a u chart',
    design: rateSchema,
    estimate: (samples) => estimateRate(samples, 'a u chart', width),
    check: checkDefects,
    statistic: ({ count, size }) => count / size,
    limits: (design, { size }) => uLimits(design.rate, size, design.width),
  });
};

/** What a g chart counts, and its limits. */
export interface GOptions extends LimitOptions {
  /** `'between'` (default): trials without the event between two events. `'trials'`: the event's own is counted too. */
  readonly counting?: 'between' | 'trials' | undefined;
}

/**
 * A g chart of rare events: how much went well between two of them, orders from one rejection to the next. A process that gets
 * worse shows at the LOWER limit, which is often the least number there is: then only runs (`we4`) or a CUSUM see it.
 * Sources: Kaminsky, Benneyan, Davis and Burke (1992); Benneyan (2001).
 * @throws `MikroBotError` `BAD_CONFIG` for limits that are none.
 */
export const gChart = ({
  counting = 'between',
  ...options
}: GOptions = {}): ChartKind<number, EventDesign> => {
  const width = gWidth(options);
  const what = 'a g chart';
  const least = counting === 'trials' ? 1 : 0;
  const check = (count: number): void =>
    checkWhole(
      count,
      `a count of trials ${counting === 'trials' ? 'with the event' : 'between events'}`,
      least,
      'BAD_DATA',
    );
  return kindOf({
    name: 'g',
    what,
    design: eventSchema,
    estimate: (counts) => {
      for (const count of counts) check(count);
      const mean = momentsOf(counts).mean;
      if (mean === undefined) {
        return { design: undefined, notes: [{ code: 'EMPTY', detail: `${what} was given no counts.` }] };
      }
      if (mean === least) {
        const detail = `All ${counts.length} counts are ${least}, the least there is: ${what} has no limits then.`;
        return { design: undefined, notes: [{ code: 'NO_SPREAD', detail }] };
      }
      return { design: { probability: 1 / (mean - least + 1), counting, width }, notes: [] };
    },
    check,
    statistic: (count) => count,
    limits: (design): Limits => gLimits(design.probability, design.counting, design.width),
  });
};
