import { ar1MovingRangeRatio } from '../drift/ar1.js';
import { lagOneAutocorrelation } from '../drift/autocorrelation.js';
import { lacksOrder } from '../drift/lacks.js';
import { deviation, mean } from '../streaming/summary.js';
import type { ChartKind } from './chart.js';
import { type LimitOptions, limitWidth } from './limit-width.js';
import { movingRangeSigma } from './subgroup.js';
import { valuePlot } from './value-plot.js';
import { type VariablesDesign, variablesDesignSchema } from './variables-limits.js';
import { zoneKind } from './zone-chart.js';

const individualsBy = (
  name: string,
  what: string,
  least: number,
  sigmaOf: (values: readonly number[]) => number,
  options: LimitOptions,
): ChartKind<number, VariablesDesign> => {
  const width = limitWidth(options);
  return zoneKind({
    name,
    what,
    design: variablesDesignSchema,
    estimate: (values) => {
      const notes = lacksOrder(values, least, what);
      if (notes.length > 0) return { design: undefined, notes };
      return { design: { center: mean(values)!, sigma: sigmaOf(values), width }, notes };
    },
    plot: valuePlot(what),
  });
};

/**
 * An individuals chart with limits from the overall standard deviation (n - 1), for streams whose neighbours resemble each other.
 * It needs a phase I that is long against the memory of the stream, in control as a whole: every shift within it widens the limits.
 * See {@link adviseLimits}.
 * @throws `MikroBotError` `BAD_CONFIG` for a distance that is none.
 */
export const overallIndividualsChart = (options: LimitOptions = {}): ChartKind<number, VariablesDesign> =>
  individualsBy('I (overall)', 'an individuals chart with overall limits', 2, (x) => deviation(x)!, options);

/**
 * An individuals chart with moving-range limits that are inflated for the autocorrelation of the stream (by one over
 * {@link ar1MovingRangeRatio}). For streams whose level may have moved within phase I: the moving range hardly sees it, and the
 * overall deviation does. The autocorrelation sees it too, and grows, so that the limits err on the wide side. See
 * {@link adviseLimits}.
 * @throws `MikroBotError` `BAD_CONFIG` for a distance that is none.
 */
export const inflatedIndividualsChart = (options: LimitOptions = {}): ChartKind<number, VariablesDesign> =>
  individualsBy(
    'I (inflated)',
    'an individuals chart with inflated limits',
    3,
    (x) => movingRangeSigma(x)! / ar1MovingRangeRatio(lagOneAutocorrelation(x)!),
    options,
  );
