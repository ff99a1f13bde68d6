import type { Note } from '../notes.js';
import type { GaugeLayout } from './gauge-study.js';

/** One source of variation. */
export interface VariationComponent {
  /** In the unit of the values, squared. */
  readonly variance: number;
  /** Standard deviation, in the unit of the values. */
  readonly deviation: number;
  /** Fraction of the total variance (% contribution); undefined without any variation. */
  readonly contribution: number | undefined;
  /** Fraction of the total standard deviation (% study variation); undefined without any variation. */
  readonly study: number | undefined;
  /** Fraction of the tolerance that the spread fills (% tolerance, P/T); undefined without a specification. */
  readonly tolerance: number | undefined;
}

/** Where the variation of a study comes from. */
export interface GaugeFigures {
  /** EV, repeatability: the same operator and part. */
  readonly ev: VariationComponent;
  /** AV, the operators. */
  readonly av: VariationComponent;
  /** Operators who differ from part to part; 0 when it was pooled or the method does not know it. */
  readonly interaction: VariationComponent;
  /** Operators and interaction together. */
  readonly reproducibility: VariationComponent;
  /** GRR: repeatability and reproducibility together. */
  readonly grr: VariationComponent;
  /** PV, the parts. */
  readonly pv: VariationComponent;
  /** TV, everything. */
  readonly tv: VariationComponent;
  /** Number of distinct categories: `1.41 PV / GRR` cut to a whole number, at least 1; undefined when GRR is 0. */
  readonly ndc: number | undefined;
  /**
   * By the GRR's fraction of the study variation: below 0.1 acceptable, to 0.3 it depends on the use, above that not acceptable
   * (AIAG MSA, 4th edition, chapter II-D). An ndc of 5 or more is asked as well.
   */
  readonly verdict: 'acceptable' | 'conditional' | 'unacceptable' | undefined;
}

/** Variances of the independent sources. */
export interface SourceVariances {
  readonly ev: number;
  readonly av: number;
  readonly interaction: number;
  readonly pv: number;
}

/**
 * The width that the spread is compared with. Of a one-sided limit, as Minitab does it, half the spread is compared with the
 * distance from the mean.
 */
const toleranceOf = ({ specification: { lower, upper }, mean, spread }: GaugeLayout): number | undefined => {
  if (lower !== undefined && upper !== undefined) return (upper - lower) / spread;
  const limit = lower ?? upper;
  if (limit === undefined || mean === undefined || limit === mean) return undefined;
  return Math.abs(limit - mean) / (spread / 2);
};

const verdictOf = (study: number | undefined): GaugeFigures['verdict'] => {
  if (study === undefined) return undefined;
  return study < 0.1 ? 'acceptable' : study <= 0.3 ? 'conditional' : 'unacceptable';
};

/** All figures that follow from the variances, and notes on those that are undefined. */
export const gaugeFigures = (
  layout: GaugeLayout,
  { ev, av, interaction, pv }: SourceVariances,
): { readonly figures: GaugeFigures; readonly notes: readonly Note[] } => {
  const grr = ev + av + interaction;
  const total = grr + pv;
  const width = toleranceOf(layout);
  const component = (variance: number): VariationComponent => ({
    variance,
    deviation: Math.sqrt(variance),
    contribution: total > 0 ? variance / total : undefined,
    study: total > 0 ? Math.sqrt(variance / total) : undefined,
    tolerance: width === undefined ? undefined : Math.sqrt(variance) / width,
  });
  const notes: Note[] = [];
  if (grr === 0) {
    const detail =
      total > 0
        ? 'The gauge showed no variation, so parts cannot be counted in its units.'
        : 'All measurements are equal.';
    notes.push({ code: 'NO_SPREAD', detail });
  }
  if (width === undefined)
    notes.push({ code: 'NO_SPECIFICATION', detail: 'Without limits there is no tolerance to compare with.' });
  return {
    figures: {
      ev: component(ev),
      av: component(av),
      interaction: component(interaction),
      reproducibility: component(av + interaction),
      grr: component(grr),
      pv: component(pv),
      tv: component(total),
      ndc: grr > 0 ? Math.max(1, Math.floor(1.41 * Math.sqrt(pv / grr))) : undefined,
      verdict: verdictOf(component(grr).study),
    },
    notes,
  };
};
