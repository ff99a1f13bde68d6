import { defer, map, type OperatorFunction } from 'rxjs';
import { type MomentFigures, Moments } from './moments.js';
import { SlidingWindow } from './sliding-window.js';

/** The figures of a stream after a value. Plain data. */
export interface MomentsSnapshot extends MomentFigures {
  readonly min: number | undefined;
  readonly max: number | undefined;
}

/** The figures of the last values after a value. Plain data. */
export interface WindowSnapshot extends MomentsSnapshot {
  /** Mean moving range. */
  readonly movingRange: number | undefined;
  /** At lag 1. */
  readonly autocorrelation: number | undefined;
  /** In the order of the probabilities that were asked for. */
  readonly quantiles: readonly (number | undefined)[];
}

const figures = (of: MomentsSnapshot): MomentsSnapshot => ({
  n: of.n,
  mean: of.mean,
  variance: of.variance,
  deviation: of.deviation,
  skewness: of.skewness,
  excessKurtosis: of.excessKurtosis,
  min: of.min,
  max: of.max,
});

/**
 * After every value, the figures of all values so far. Every subscriber has figures of its own. A value that is not finite errors
 * the stream with `MikroBotError` `BAD_DATA`.
 */
export const moments = (): OperatorFunction<number, MomentsSnapshot> => (source) =>
  defer(() => {
    const held = new Moments();
    return source.pipe(
      map((x) => {
        held.push(x);
        return figures(held);
      }),
    );
  });

/**
 * After every value, the figures of the last `size` values. Every subscriber has a window of its own. A value that is not finite
 * errors the stream with `MikroBotError` `BAD_DATA`.
 * @param options - `size`, how many values; `quantiles`, probabilities, none unless given
 *
 * @example
 * ```ts
 * latency$.pipe(slidingWindow({ size: 500, quantiles: [0.5, 0.99] })).subscribe(({ quantiles: [p50, p99] }) => show(p50, p99));
 * ```
 */
export const slidingWindow = (options: {
  readonly size: number;
  readonly quantiles?: readonly number[];
}): OperatorFunction<number, WindowSnapshot> => {
  const { size, quantiles = [] } = options;
  return (source) =>
    defer(() => {
      const window = new SlidingWindow({ size });
      return source.pipe(
        map((x) => {
          window.push(x);
          return {
            ...figures(window),
            movingRange: window.movingRange,
            autocorrelation: window.autocorrelation,
            quantiles: quantiles.map((p) => window.quantile(p)),
          };
        }),
      );
    });
};
