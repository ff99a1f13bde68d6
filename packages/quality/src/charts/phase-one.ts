import { MikroBotError } from '@mikrobot/core';
import type { Note } from '../notes.js';
import type { ChartKind, ChartPoint, Limits } from './chart.js';
import { beyondLimits, type RuleSet } from './rules.js';

/** One round of phase I: limits from what was left, and what they took out. */
export interface PurgeRound<Design, Point extends ChartPoint = ChartPoint> {
  readonly design: Design;
  /** The limits of all points where they are the same; undefined where sample sizes differ or limits widen (see the points). */
  readonly limits: Limits | undefined;
  /** The samples that were left, judged by limits made from them. Their `index` counts what is left; see {@link kept}. */
  readonly points: readonly Point[];
  /** The places of these samples among all, from 1. */
  readonly kept: readonly number[];
  /** The places among all, from 1, of samples that showed special causes; empty in the last round. */
  readonly removed: readonly number[];
}

/** What phase I found. */
export interface PhaseOne<Design, Point extends ChartPoint = ChartPoint> {
  /** The design to freeze: that of the last round. Undefined when too little was left for one; the notes say why. */
  readonly design: Design | undefined;
  readonly rounds: readonly PurgeRound<Design, Point>[];
  /** The places among all samples, from 1, of those that the design is made from. */
  readonly kept: readonly number[];
  /** All that was removed, in ascending order. Each needs a cause that somebody found: removing points does not remove causes. */
  readonly removed: readonly number[];
  readonly notes: readonly Note[];
}

/** How phase I is purged. */
export interface PhaseOneOptions {
  /** What counts as a special cause; default {@link beyondLimits}. Rules for runs remove much that is in control. */
  readonly purge?: RuleSet | undefined;
  /** Rounds that may remove samples; default: until nothing is to be removed. 0 makes limits from all samples. */
  readonly maxRounds?: number | undefined;
}

const sameLimits = (a: Limits, b: Limits): boolean =>
  a === b || (a.center === b.center && a.lower === b.lower && a.upper === b.upper && a.sigma === b.sigma);

const commonLimits = (points: readonly ChartPoint[]): Limits | undefined => {
  const first = points[0]?.limits;
  return first && points.every(({ limits }) => sameLimits(limits, first)) ? first : undefined;
};

/**
 * Phase I: limits from samples, with special causes removed round by round until all that is left lies within limits made from it.
 * Source: Montgomery (7th ed.), sections 5.3.3 and 6.2; the statistics of neighbours (moving ranges) are those of the remaining
 * samples in their order. A kind that has limits of its own for phase I ({@link ChartKind.retrospective}) purges by these.
 * @throws `MikroBotError` as the kind does, for samples that are no measurements; `BAD_CONFIG` for rounds or rules that are none.
 */
export const phaseOne = <Sample, Design, Point extends ChartPoint>(
  kind: ChartKind<Sample, Design, Point>,
  samples: readonly Sample[],
  { purge = beyondLimits, maxRounds = Infinity }: PhaseOneOptions = {},
): PhaseOne<Design, Point> => {
  if (!(maxRounds >= 0)) {
    throw new MikroBotError('BAD_CONFIG', `phase I is to be purged ${String(maxRounds)} times.`, {
      hint: 'Give 0 or more; leave it out to purge until nothing is to be removed.',
    });
  }
  const { retrospective = kind } = kind;
  const rounds: PurgeRound<Design, Point>[] = [];
  let kept: readonly number[] = samples.map((_, i) => i + 1);
  for (;;) {
    const left = kept.map((place) => samples[place - 1]!);
    const { design, notes } = kind.estimate(left);
    const places = new Set(kept);
    const removedSoFar = samples.map((_, i) => i + 1).filter((place) => !places.has(place));
    if (design === undefined) return { design, rounds, kept, removed: removedSoFar, notes };
    const running = retrospective.running(design, { rules: purge });
    const points = left.map((sample) => running.push(sample));
    const broken = new Set(kept.filter((_, i) => points[i]!.violations.length > 0));
    const last = rounds.length >= maxRounds || broken.size === 0;
    rounds.push({ design, limits: commonLimits(points), points, kept, removed: last ? [] : [...broken] });
    if (last) return { design, rounds, kept, removed: removedSoFar, notes };
    kept = kept.filter((place) => !broken.has(place));
  }
};
