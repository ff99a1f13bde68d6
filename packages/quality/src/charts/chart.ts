import type { Note } from '../notes.js';
import type { RuleName, RuleSet } from './rules.js';

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
  /** The plotted statistic; undefined where it needs samples before this one, as the first moving range does. */
  readonly value: number | undefined;
  /** They differ from point to point where sample sizes do. */
  readonly limits: Limits;
  /** The rules that this point completes, in the order of {@link ruleNames}; empty while all is well. */
  readonly violations: readonly RuleName[];
}

/** A point of a chart for the location with a chart for the spread below it: X̄-R, X̄-S, I-MR. */
export interface PairedPoint extends ChartPoint {
  /** The range, deviation or moving range; beyond these limits it adds `'spread'` to the point's violations. */
  readonly spread: { readonly value: number | undefined; readonly limits: Limits };
}

/** A chart with frozen limits that takes sample after sample, each in constant time and space. */
export interface RunningChart<Sample, Point extends ChartPoint = ChartPoint> {
  /** @throws `MikroBotError` `BAD_DATA` for a sample that cannot be plotted; the chart then stays as it was. */
  push(sample: Sample): Point;
  /** Plain JSON from which the chart goes on as if it had never stopped. */
  state(): unknown;
}

/** What phase I says: a design to freeze, or notes that say why there is none. */
export interface Estimate<Design> {
  /** Plain JSON, all that limits are computed from; undefined when the samples do not suffice. */
  readonly design: Design | undefined;
  readonly notes: readonly Note[];
}

/** How a chart starts. */
export interface RunningOptions {
  /** Default: {@link beyondLimits}. Charts whose points depend on each other (EWMA, CUSUM) have rules of their own and ignore it. */
  readonly rules?: RuleSet | undefined;
  /** What `state()` of a chart with the same design and rules gave; default: a chart without history. */
  readonly state?: unknown;
}

/**
 * A kind of chart with its options: `individuals()`, `xbarR({ sigmas: 2 })`, `pChart()`. Everything that collects, purges, freezes
 * and resumes ({@link controlChart}, {@link phaseOne}, {@link chartSamples}) works with any kind.
 * @typeParam Design - the frozen result of phase I, plain JSON
 */
export interface ChartKind<Sample, Design, Point extends ChartPoint = ChartPoint> {
  /** As in a report: `'I-MR'`. */
  readonly name: string;
  /**
   * Centre and spread from samples that are taken to be in control.
   * @throws `MikroBotError` `BAD_DATA` for samples that are no measurements; too few of them are a note, not an error.
   */
  estimate(samples: readonly Sample[]): Estimate<Design>;
  /**
   * A chart with limits frozen at a design.
   * @throws `MikroBotError` `BAD_DATA` for a design or state that this kind cannot have made (they may come from a file),
   * `BAD_CONFIG` for unknown rules.
   */
  running(design: Design, options?: RunningOptions): RunningChart<Sample, Point>;
  /**
   * The kind that judges the very samples a design is estimated from, where their limits are not those of new samples (T²).
   * It has designs and states of the same form, so that a chart goes on from phase I into phase II. Default: the kind itself.
   */
  readonly retrospective?: ChartKind<Sample, Design, Point> | undefined;
}
