import * as z from 'zod';
import {
  type IndividualsMethod,
  individualsMethods,
  individualsSigma,
  rangeOf,
} from '../capability/sigma.js';
import { checkWord } from '../numeric/check.js';
import { readSaved } from '../saved.js';
import { mean } from '../streaming/summary.js';
import { checkValue } from '../values.js';
import type {
  ChartKind,
  ChartPoint,
  Estimate,
  Limits,
  PairedPoint,
  RunningChart,
  RunningOptions,
} from './chart.js';
import { d2 } from './constants.js';
import { type LimitOptions, type LimitWidth, limitWidth } from './limit-width.js';
import { PairedChart, pairedState } from './paired-chart.js';
import { beyondLimits, RuleEngine } from './rules.js';
import { valuePlot } from './value-plot.js';
import { rangeLimits, type VariablesDesign, variablesDesignSchema } from './variables-limits.js';
import { ZoneChart, zoneKind } from './zone-chart.js';

/** Options of charts of single values. */
export interface IndividualsOptions extends LimitOptions {
  /** How sigma is estimated in phase I; default: `'moving-range'`. */
  readonly method?: IndividualsMethod | undefined;
  /** Values in one moving range, 2 (the default) to 25. */
  readonly span?: number | undefined;
}

const individualsDesignSchema = variablesDesignSchema.extend({ span: z.int().min(2).max(25) });

/** What charts of single values freeze. Plain JSON. */
export interface IndividualsDesign extends VariablesDesign {
  readonly span: number;
}

const movingRangeStateSchema = z.strictObject({
  index: z.int().min(0),
  recent: z.array(z.number()),
  rules: z.unknown(),
});

class MovingRangeChart implements RunningChart<number> {
  readonly #limits: Limits;
  readonly #span: number;
  readonly #rules: RuleEngine;
  readonly #recent: number[];
  #index: number;

  constructor({ sigma, width, span }: IndividualsDesign, { rules = beyondLimits, state }: RunningOptions) {
    const saved =
      state === undefined
        ? undefined
        : readSaved(movingRangeStateSchema, state, 'the state of a moving range chart');
    this.#limits = rangeLimits(sigma, width, span);
    this.#span = span;
    this.#rules = new RuleEngine(rules, saved?.rules);
    this.#recent = [...(saved?.recent ?? [])];
    this.#index = saved?.index ?? 0;
  }

  push(sample: number): ChartPoint {
    checkValue(sample, 'a moving range chart');
    this.#recent.push(sample);
    if (this.#recent.length > this.#span) this.#recent.shift();
    const limits = this.#limits;
    const index = ++this.#index;
    if (this.#recent.length < this.#span) return { index, value: undefined, limits, violations: [] };
    const value = rangeOf(this.#recent);
    return { index, value, limits, violations: this.#rules.push(value, limits) };
  }

  state(): unknown {
    return { index: this.#index, recent: [...this.#recent], rules: this.#rules.state() };
  }
}

interface Settings {
  readonly method: IndividualsMethod;
  readonly span: number;
  readonly width: LimitWidth;
}

const settingsOf = (options: IndividualsOptions): Settings => {
  const { method = 'moving-range', span = 2 } = options;
  checkWord(method, individualsMethods, 'estimate of sigma');
  d2(span);
  return { method, span, width: limitWidth(options) };
};

const estimateValues =
  ({ method, span, width }: Settings) =>
  (values: readonly number[]): Estimate<IndividualsDesign> => {
    const { sigma, notes } = individualsSigma(values, method, span);
    if (sigma === undefined || sigma === 0) return { design: undefined, notes };
    return { design: { center: mean(values)!, sigma, width, span }, notes };
  };

const what = 'a chart of individuals';

const readDesign = (design: IndividualsDesign): IndividualsDesign =>
  readSaved(individualsDesignSchema, design, `the design of ${what}`);

const plot = valuePlot(what);

/**
 * I: single values. Neighbours that depend on each other make moving ranges small and limits too narrow: see the
 * autocorrelation-aware charts. Source: Montgomery (7th ed.), section 6.4; NIST e-Handbook 6.3.2.2.
 * @throws `MikroBotError` `BAD_CONFIG` for limits, a span or an estimate that there is not (as all charts here).
 */
export const individuals = (options: IndividualsOptions = {}): ChartKind<number, IndividualsDesign> =>
  zoneKind({
    name: 'I',
    what,
    design: individualsDesignSchema,
    estimate: estimateValues(settingsOf(options)),
    plot,
  });

/**
 * MR: moving ranges, around d2 sigma. The first `span - 1` points have no value. Neighbouring moving ranges share values, so
 * that rules for runs and trends mislead here.
 */
export const movingRange = (options: IndividualsOptions = {}): ChartKind<number, IndividualsDesign> => ({
  name: 'MR',
  estimate: estimateValues(settingsOf(options)),
  running: (design, running = {}) => new MovingRangeChart(readDesign(design), running),
});

/**
 * I-MR: single values with moving ranges below. The rules judge the values; a moving range beyond its limits adds `'spread'`.
 * Phase I that purges by this chart also drops values after a jump; purge by {@link individuals} where that is too much.
 */
export const individualsAndMovingRange = (
  options: IndividualsOptions = {},
): ChartKind<number, IndividualsDesign, PairedPoint> => ({
  name: 'I-MR',
  estimate: estimateValues(settingsOf(options)),
  running: (given, { rules, state }: RunningOptions = {}) => {
    const design = readDesign(given);
    const saved = pairedState(state);
    return new PairedChart(
      new ZoneChart(plot(design), { rules, state: saved.location }),
      new MovingRangeChart(design, { rules: beyondLimits, state: saved.spread }),
    );
  },
});
