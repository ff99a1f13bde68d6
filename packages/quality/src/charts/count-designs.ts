import * as z from 'zod';
import type { Note } from '../notes.js';
import type { Estimate } from './chart.js';
import { type CountSample, checkDefectives, checkDefects } from './count-sample.js';
import { type LimitWidth, limitWidthSchema } from './limit-width.js';

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

/** Checks a {@link ProportionDesign}. */
export const proportionSchema = z.object({ proportion: z.number().gt(0).lt(1), width: limitWidthSchema });
/** Checks a {@link RateDesign}. */
export const rateSchema = z.object({ rate: z.number().positive(), width: limitWidthSchema });

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
