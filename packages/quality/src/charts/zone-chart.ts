import * as z from 'zod';
import { readSaved } from '../saved.js';
import type { ChartKind, ChartPoint, Estimate, Limits, RunningChart, RunningOptions } from './chart.js';
import { beyondLimits, RuleEngine } from './rules.js';

/** A statistic of one sample alone, without regard to the samples before. */
export interface Plot<Sample> {
  /** Throws `BAD_DATA` for a sample that cannot be plotted. */
  check(sample: Sample): void;
  value(sample: Sample): number;
  limits(sample: Sample): Limits;
}

const stateSchema = z.strictObject({ index: z.int().min(0), rules: z.unknown() });

/** A running chart whose points do not depend on each other, judged by zone rules. */
export class ZoneChart<Sample> implements RunningChart<Sample> {
  readonly #plot: Plot<Sample>;
  readonly #rules: RuleEngine;
  #index: number;

  constructor(plot: Plot<Sample>, { rules = beyondLimits, state }: RunningOptions = {}) {
    const saved =
      state === undefined ? undefined : readSaved(stateSchema, state, 'the state of a control chart');
    this.#plot = plot;
    this.#index = saved?.index ?? 0;
    this.#rules = new RuleEngine(rules, saved?.rules);
  }

  push(sample: Sample): ChartPoint {
    this.#plot.check(sample);
    const value = this.#plot.value(sample);
    const limits = this.#plot.limits(sample);
    const violations = this.#rules.push(value, limits);
    return { index: ++this.#index, value, limits, violations };
  }

  state(): unknown {
    return { index: this.#index, rules: this.#rules.state() };
  }
}

/** What tells one chart of samples that stand alone from another. */
export interface ZoneRecipe<Sample, Design> {
  /** As in a report: `'p'`. */
  readonly name: string;
  /** As in a sentence: `'a p chart'`. */
  readonly what: string;
  readonly design: z.ZodType<Design>;
  readonly estimate: (samples: readonly Sample[]) => Estimate<Design>;
  readonly plot: (design: Design) => Plot<Sample>;
}

/** A kind of chart whose points depend on nothing but their sample. */
export const zoneKind = <Sample, Design>({
  name,
  what,
  design,
  estimate,
  plot,
}: ZoneRecipe<Sample, Design>): ChartKind<Sample, Design> => ({
  name,
  estimate,
  running: (given, options) =>
    new ZoneChart(plot(readSaved(design, given, `the design of ${what}`)), options),
});
