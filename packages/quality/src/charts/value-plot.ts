import { checkValue } from '../values.js';
import { meanLimits, type VariablesDesign } from './variables-limits.js';
import type { Plot } from './zone-chart.js';

/**
 * Single values between limits around their centre.
 * @param what - as in a sentence: `'a chart of individuals'`
 */
export const valuePlot =
  (what: string) =>
  (design: VariablesDesign): Plot<number> => {
    const limits = meanLimits(design, 1);
    return { check: (value) => checkValue(value, what), value: (value) => value, limits: () => limits };
  };
