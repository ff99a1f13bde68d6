import type { RuleName } from './rules.js';

/** Where a plotted statistic is expected, in its own unit. */
export interface Limits {
  readonly center: number;
  /** LCL; undefined where a chart has no lower limit. */
  readonly lower: number | undefined;
  /** UCL; undefined where a chart has no upper limit. */
  readonly upper: number | undefined;
  /** Standard deviation of the plotted statistic: the width of one zone. */
  readonly sigma: number;
}

/** A sample on a chart. */
export interface ChartPoint {
  /** 1 for the first sample. */
  readonly index: number;
  /** The plotted statistic. */
  readonly value: number;
  /** They differ from point to point where sample sizes do. */
  readonly limits: Limits;
  /** The rules that this point completes; empty while all is well. */
  readonly violations: readonly RuleName[];
}

/** A chart with frozen limits that takes sample after sample, each in constant time and space. */
export interface RunningChart<Sample> {
  push(sample: Sample): ChartPoint;
  /** Plain JSON from which the chart goes on as if it had never stopped. */
  state(): unknown;
}
