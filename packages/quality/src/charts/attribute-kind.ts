import type * as z from 'zod';
import { readSaved } from '../saved.js';
import type { ChartKind, Estimate, Limits } from './chart.js';
import { ZoneChart } from './zone-chart.js';

/** What tells one chart of samples that stand alone from another. */
export interface KindRecipe<Sample, Design> {
  readonly name: string;
  /** As in a sentence: `'a p chart'`. */
  readonly what: string;
  readonly design: z.ZodType<Design>;
  readonly estimate: (samples: readonly Sample[]) => Estimate<Design>;
  /** Throws `BAD_DATA` for a sample that cannot be plotted. */
  readonly check: (sample: Sample, design: Design) => void;
  readonly statistic: (sample: Sample) => number;
  readonly limits: (design: Design, sample: Sample) => Limits;
}

/** A kind of chart whose points depend on nothing but their sample. */
export const kindOf = <Sample, Design>(recipe: KindRecipe<Sample, Design>): ChartKind<Sample, Design> => ({
  name: recipe.name,
  estimate: recipe.estimate,
  running(given, options) {
    const design = readSaved(recipe.design, given, `the design of ${recipe.what}`);
    return new ZoneChart<Sample>(
      {
        value: (sample) => {
          recipe.check(sample, design);
          return recipe.statistic(sample);
        },
        limits: (sample) => recipe.limits(design, sample),
      },
      options,
    );
  },
});
