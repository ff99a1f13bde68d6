import { rangeDeviation, rangeMean } from '../distributions/studentized-range.js';
import type { Note } from '../notes.js';
import { type GaugeFigures, gaugeFigures } from './gauge-figures.js';
import { type GaugeStudyInput, gaugeLayout, meanOf, tooSmall } from './gauge-study.js';

/** A study judged by averages and ranges. */
export interface GaugeRangesResult {
  readonly parts: number;
  readonly operators: number;
  readonly trials: number;
  /** Mean range of the trials of one operator on one part; undefined, like all figures, when the study is too small. */
  readonly averageRange: number | undefined;
  /** Greatest difference of the operators' averages (X-diff). */
  readonly operatorRange: number | undefined;
  /** Greatest difference of the parts' averages (Rp). */
  readonly partRange: number | undefined;
  readonly figures: GaugeFigures | undefined;
  readonly notes: readonly Note[];
}

const range = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);

/**
 * Duncan's d2*: the divisor that makes the average of `groups` ranges, squared, right for a variance. Above 15 groups d2 is used, as
 * by AIAG, whose K1, K2 and K3 are its reciprocals.
 */
const divisor = (size: number, groups: number): number =>
  groups > 15 ? rangeMean(size) : Math.sqrt(rangeMean(size) ** 2 + rangeDeviation(size) ** 2 / groups);

/**
 * Gauge R&R of a crossed study by the average and range method, for comparison with work done by hand: it knows no interaction and
 * wastes some of the data. AIAG MSA, 4th edition, chapter III-B.
 * @throws `MikroBotError` `BAD_DATA` for values that are not finite or cells that differ in size; `BAD_CONFIG` for a specification or
 * spread that makes no sense.
 */
export const gaugeRanges = (input: GaugeStudyInput): GaugeRangesResult => {
  const layout = gaugeLayout('gaugeRanges', input);
  const { cells, trials } = layout;
  const sizes = { parts: layout.parts.length, operators: layout.operators.length, trials };
  const lack = tooSmall(layout);
  if (lack !== undefined) {
    const none = { averageRange: undefined, operatorRange: undefined, partRange: undefined };
    return { ...sizes, ...none, figures: undefined, notes: [lack] };
  }
  const count = sizes.parts * sizes.operators;
  const averageRange = meanOf(cells.flatMap((part) => part.map(range)));
  const operatorMeans = layout.operators.map((_, j) => meanOf(cells.flatMap((part) => part[j]!)));
  const operatorRange = range(operatorMeans);
  const partRange = range(cells.map((part) => meanOf(part.flat())));
  const ev = (averageRange / divisor(trials, count)) ** 2;
  const operators = (operatorRange / divisor(sizes.operators, 1)) ** 2;
  const variances = {
    ev,
    av: Math.max(0, operators - ev / (sizes.parts * trials)),
    interaction: 0,
    pv: (partRange / divisor(sizes.parts, 1)) ** 2,
  };
  return { ...sizes, averageRange, operatorRange, partRange, ...gaugeFigures(layout, variances) };
};
