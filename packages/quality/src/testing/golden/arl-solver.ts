import type { Json } from '@mikrobot/golden';
import { cusumArl, cusumLimit } from '../../arl/cusum.js';
import { ewmaArl, ewmaLimit } from '../../arl/ewma.js';
import { shewhartArl, shewhartSignalProbability } from '../../arl/shewhart.js';
import { ar1MovingRangeRatio, ar1VarianceInflation } from '../../drift/ar1.js';
import type { Solver } from './solver.js';

/** The in-control ARL that the reference abbreviates to 370: that of three-sigma limits, rounded. */
const SHEWHART_ARL = 370.4;

const has = (record: Readonly<Record<string, Json>>, ...keys: readonly string[]): boolean =>
  keys.every((key) => key in record);

/** Average run lengths and chart design, as R's spc computes them. */
export const solveArl: Solver = ({ inputs, expect }) => {
  const { shift, L, k, h, lambda, alpha } = inputs as Readonly<Record<string, number>>;
  if (has(inputs, 'L', 'shift') && has(expect, 'pSignal')) {
    const terms = { L: L!, shift: shift! };
    return {
      pSignal: shewhartSignalProbability(terms),
      ARL: shewhartArl(terms),
      ARL_n5: shewhartArl({ ...terms, subgroupSize: 5 }),
    };
  }
  if (has(inputs, 'k', 'h', 'shift') && has(expect, 'ARL2')) {
    const terms = { k: k!, h: h!, shift: shift! };
    return {
      ARL2: cusumArl(terms),
      ARL1: cusumArl({ ...terms, sided: 'one' }),
      ARL1_FIR: cusumArl({ ...terms, sided: 'one', headStart: h! / 2 }),
    };
  }
  if (has(inputs, 'k') && has(expect, 'h_ARL370_twosided')) {
    return {
      h_ARL370_twosided: cusumLimit({ k: k!, inControlArl: SHEWHART_ARL }),
      h_ARL500_onesided: cusumLimit({ k: k!, inControlArl: 500, sided: 'one' }),
    };
  }
  if (has(inputs, 'alpha') && has(expect, 'inflationVar')) {
    return { inflationVar: ar1VarianceInflation(alpha!), MRsigmaRatio: ar1MovingRangeRatio(alpha!) };
  }
  if (has(inputs, 'lambda') && has(expect, 'L370')) {
    return {
      L370: ewmaLimit({ lambda: lambda!, inControlArl: SHEWHART_ARL }),
      L500: ewmaLimit({ lambda: lambda!, inControlArl: 500 }),
    };
  }
  if (has(inputs, 'lambda', 'L', 'shift') && has(expect, 'ARL')) {
    return { ARL: ewmaArl({ lambda: lambda!, L: L!, shift: shift! }) };
  }
  if (has(inputs, 'lambda', 'L') && has(expect, 'ARL0', 'ARL1')) {
    const terms = { lambda: lambda!, L: L!, limits: 'exact' } as const;
    return { ARL0: ewmaArl({ ...terms, shift: 0 }), ARL1: ewmaArl({ ...terms, shift: 1 }) };
  }
  return undefined;
};
