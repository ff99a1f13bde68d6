import type { ParetoResult } from '../methods/pareto.js';

/** A bar of a Pareto chart. */
export interface Bar {
  readonly name: string;
  /** How many causes stand in it. */
  readonly causes: number;
  readonly loss: number;
  /** Fractions of the whole loss. */
  readonly share: number;
  readonly cumulativeShare: number;
  readonly vital: boolean;
}

/** The causes that made a loss, in order; the least of them share the last bar where there are more than `most`. */
export const barsOf = ({ rows, total }: ParetoResult, most: number): readonly Bar[] => {
  const bars = rows
    .filter(({ loss }) => loss > 0)
    .map(
      ({ cause, loss, share, cumulativeShare, vital }): Bar => ({
        name: cause,
        causes: 1,
        loss,
        share: share ?? 0,
        cumulativeShare: cumulativeShare ?? 0,
        vital,
      }),
    );
  if (bars.length <= most) return bars;
  const rest = bars.slice(most - 1);
  const loss = rest.reduce((sum, bar) => sum + bar.loss, 0);
  const others = {
    name: 'others',
    causes: rest.length,
    loss,
    share: loss / total,
    cumulativeShare: 1,
    vital: false,
  };
  return [...bars.slice(0, most - 1), others];
};
