import { MikroBotError } from '@mikrobot/core';
import {
  checkSubgroup,
  rangeOf,
  type WithinMethod,
  withinMethods,
  withinSigma,
} from '../capability/sigma.js';
import { checkWord } from '../numeric/check.js';
import { readSaved } from '../saved.js';
import { deviation, mean, momentsOf } from '../streaming/summary.js';
import type { ChartKind, Estimate, Limits, PairedPoint, RunningOptions } from './chart.js';
import { largestRangeSize } from './constants.js';
import { type LimitOptions, type LimitWidth, limitWidth } from './limit-width.js';
import { PairedChart, pairedState } from './paired-chart.js';
import { beyondLimits } from './rules.js';
import {
  deviationLimits,
  meanLimits,
  rangeLimits,
  type VariablesDesign,
  variablesDesignSchema,
} from './variables-limits.js';
import { type Plot, ZoneChart, zoneKind } from './zone-chart.js';

/** Values measured together, two or more: a rational subgroup. */
export type Subgroup = readonly number[];

/** Options of charts of subgroups. */
export interface SubgroupOptions extends LimitOptions {
  /** How sigma is estimated in phase I; the default is the chart's own: ranges for X̄, X̄-R and R, deviations for X̄-S and S. */
  readonly within?: WithinMethod | undefined;
}

const checkGroup = (group: Subgroup): void => checkSubgroup(group, 'a control chart');

const checkRangeGroup = (group: Subgroup): void => {
  checkGroup(group);
  if (group.length > largestRangeSize) {
    throw new MikroBotError(
      'BAD_DATA',
      `a subgroup for a chart of ranges has ${group.length} values; the most is ${largestRangeSize}.`,
      { hint: 'Charts of standard deviations (X̄-S, S) take larger ones.' },
    );
  }
};

/** One object for all points of the same size, which is nearly always the size of the point before. */
const limitsBySize = (make: (n: number) => Limits): ((group: Subgroup) => Limits) => {
  let size = 0;
  let limits: Limits | undefined;
  return ({ length }) => {
    if (limits === undefined || length !== size) {
      limits = make(length);
      size = length;
    }
    return limits;
  };
};

const estimateGroups =
  (within: WithinMethod, width: LimitWidth) =>
  (groups: readonly Subgroup[]): Estimate<VariablesDesign> => {
    if (within === 'range' || within === 'weighted-range') for (const group of groups) checkRangeGroup(group);
    const { sigma, notes } = withinSigma(groups, within);
    if (sigma === undefined || sigma === 0) return { design: undefined, notes };
    return { design: { center: mean(groups.flat())!, sigma, width }, notes };
  };

type PlotOf = (design: VariablesDesign) => Plot<Subgroup>;

const meanPlot =
  (check: (group: Subgroup) => void): PlotOf =>
  (design) => ({
    check,
    value: (group) => momentsOf(group).mean!,
    limits: limitsBySize((n) => meanLimits(design, n)),
  });
const rangePlot: PlotOf = ({ sigma, width }) => ({
  check: checkRangeGroup,
  value: rangeOf,
  limits: limitsBySize((n) => rangeLimits(sigma, width, n)),
});
const deviationPlot: PlotOf = ({ sigma, width }) => ({
  check: checkGroup,
  value: (group) => deviation(group)!,
  limits: limitsBySize((n) => deviationLimits(sigma, width, n)),
});

const withinOf = ({ within }: SubgroupOptions, own: WithinMethod): WithinMethod => {
  const method = within ?? own;
  checkWord(method, withinMethods, 'estimate of sigma');
  return method;
};

const singleKind = (
  name: string,
  plot: PlotOf,
  own: WithinMethod,
  options: SubgroupOptions,
): ChartKind<Subgroup, VariablesDesign> =>
  zoneKind({
    name,
    what: `an ${name} chart`,
    design: variablesDesignSchema,
    estimate: estimateGroups(withinOf(options, own), limitWidth(options)),
    plot,
  });

const pairedKind = (
  name: string,
  location: PlotOf,
  spread: PlotOf,
  own: WithinMethod,
  options: SubgroupOptions,
): ChartKind<Subgroup, VariablesDesign, PairedPoint> => ({
  name,
  estimate: estimateGroups(withinOf(options, own), limitWidth(options)),
  running: (given, { rules, state }: RunningOptions = {}) => {
    const design = readSaved(variablesDesignSchema, given, `the design of an ${name} chart`);
    const saved = pairedState(state);
    return new PairedChart(
      new ZoneChart(location(design), { rules, state: saved.location }),
      new ZoneChart(spread(design), { rules: beyondLimits, state: saved.spread }),
    );
  },
});

/**
 * X̄: means of subgroups, of equal or unequal sizes. The centre is the mean of all values, each zone sigma / sqrt(n).
 * Source: Montgomery (7th ed.), section 6.2.
 * @throws `MikroBotError` `BAD_CONFIG` for limits or an estimate that there is not (as all charts here).
 */
export const xbar = (options: SubgroupOptions = {}): ChartKind<Subgroup, VariablesDesign> =>
  singleKind('X̄', meanPlot(checkGroup), 'range', options);

/** R: ranges of subgroups of 2 to 25 values, around d2 sigma. Source: Montgomery (7th ed.), section 6.2. */
export const ranges = (options: SubgroupOptions = {}): ChartKind<Subgroup, VariablesDesign> =>
  singleKind('R', rangePlot, 'range', options);

/** S: standard deviations of subgroups, around c4 sigma. Source: Montgomery (7th ed.), section 6.3. */
export const deviations = (options: SubgroupOptions = {}): ChartKind<Subgroup, VariablesDesign> =>
  singleKind('S', deviationPlot, 'deviation', options);

/**
 * X̄-R: means with ranges below, for subgroups of 2 to 25 values. The rules judge the means; a range beyond its limits adds
 * `'spread'`. Source: Montgomery (7th ed.), section 6.2.
 */
export const xbarR = (options: SubgroupOptions = {}): ChartKind<Subgroup, VariablesDesign, PairedPoint> =>
  pairedKind('X̄-R', meanPlot(checkRangeGroup), rangePlot, 'range', options);

/** X̄-S: means with standard deviations below, for subgroups of any size from 2; otherwise like {@link xbarR}. */
export const xbarS = (options: SubgroupOptions = {}): ChartKind<Subgroup, VariablesDesign, PairedPoint> =>
  pairedKind('X̄-S', meanPlot(checkGroup), deviationPlot, 'deviation', options);
