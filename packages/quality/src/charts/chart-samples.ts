import type { Note } from '../notes.js';
import type { ChartKind, ChartPoint } from './chart.js';
import type { RuleSet } from './rules.js';

/** Samples on a chart whose limits were made from the first of them. */
export interface Charted<Design, Point extends ChartPoint = ChartPoint> {
  /** Undefined, with notes that say why, when limits cannot be made; there are then no points. */
  readonly design: Design | undefined;
  /** Phase I, then phase II, counted through from 1. */
  readonly points: readonly Point[];
  readonly notes: readonly Note[];
}

/** What a chart of finished samples is made from beside them. */
export interface ChartSamplesOptions<Sample> {
  /** Samples that are judged by the limits but do not change them. */
  readonly phaseTwo?: readonly Sample[] | undefined;
  /** Default: {@link beyondLimits}. */
  readonly rules?: RuleSet | undefined;
}

/**
 * A whole chart at once: limits from all given samples (see {@link phaseOne} to purge them first), and every point judged by them
 * in the same way as a stream is: by the limits of phase I, where the kind has such, and from `phaseTwo` on by those of phase II.
 * @throws `MikroBotError` as the kind does, for samples that are no measurements.
 *
 * @example
 * ```ts
 * const { points } = chartSamples(xbarR(), shifts, { rules: westernElectric });
 * const alarms = points.filter(({ violations }) => violations.length > 0);
 * ```
 */
export const chartSamples = <Sample, Design, Point extends ChartPoint>(
  kind: ChartKind<Sample, Design, Point>,
  samples: readonly Sample[],
  { phaseTwo = [], rules }: ChartSamplesOptions<Sample> = {},
): Charted<Design, Point> => {
  const { design, notes } = kind.estimate(samples);
  if (design === undefined) return { design, points: [], notes };
  const early = (kind.retrospective ?? kind).running(design, { rules });
  const points = samples.map((sample) => early.push(sample));
  const late = kind.running(design, { rules, state: early.state() });
  for (const sample of phaseTwo) points.push(late.push(sample));
  return { design, points, notes };
};

/** The points that break a rule (any rule by default). */
export const pointsBreaking = <Point extends ChartPoint>(
  points: readonly Point[],
  rules?: RuleSet,
): readonly Point[] =>
  points.filter(({ violations }) =>
    rules === undefined ? violations.length > 0 : rules.some((rule) => violations.includes(rule)),
  );
