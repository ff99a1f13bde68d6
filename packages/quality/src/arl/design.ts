import { MikroBotError } from '@mikrobot/core';
import type { EwmaLimits } from '../charts/ewma.js';
import { checkPositive, checkWhole, checkWord } from '../numeric/check.js';
import { minimize } from '../numeric/minimize.js';
import { checkRunLength } from './checks.js';
import { cusumArl, cusumLimit } from './cusum.js';
import { ewmaArl, ewmaLimit } from './ewma.js';
import { checkSided, type Sided, shewhartArl, shewhartLimit } from './shewhart.js';

/** What a chart should do. */
export interface DesignTerms {
  readonly scheme: 'shewhart' | 'cusum' | 'ewma';
  /** Samples between false alarms, on average; the design has at least as many. */
  readonly inControlArl: number;
  /** The shift to find quickly, in standard deviations of single values; above 0. */
  readonly shift: number;
  /** Values in each plotted mean; default 1. */
  readonly subgroupSize?: number | undefined;
  /** Default: two. An EWMA has two. */
  readonly sided?: Sided | undefined;
  /** Of an EWMA; default: exact, as those of `ewmaChart` are. The run length of one kind is not that of the other. */
  readonly limits?: EwmaLimits | undefined;
}

/** What a design achieves with known mean and deviation, from its start on. */
export interface AchievedArls {
  /** Samples between false alarms, on average. */
  readonly inControlArl: number;
  /** Samples from the shift to the signal, on average. */
  readonly shiftArl: number;
}

/** Parameters of a chart, in standard deviations of the plotted statistic (of a subgroup's mean where there are subgroups). L is the
 * `width` of an `ewmaChart` and the `sigmas` of a Shewhart chart. */
export type ChartDesign =
  | (AchievedArls & { readonly scheme: 'shewhart'; readonly L: number })
  | (AchievedArls & { readonly scheme: 'cusum'; readonly k: number; readonly h: number })
  | (AchievedArls & {
      readonly scheme: 'ewma';
      readonly lambda: number;
      readonly L: number;
      readonly limits: EwmaLimits;
    });

/** Below it an EWMA remembers for hundreds of samples; best only for shifts of less than a tenth of a deviation. */
const LEAST_LAMBDA = 0.005;

/** The least limit, a hair beyond the one found, with which the ARL is not below the wanted one in floating point either. */
const atLeast = (limit: number, wanted: number, arlAt: (limit: number) => number): number => {
  let safe = limit;
  for (let hair = 1e-13; arlAt(safe) < wanted; hair *= 4) safe = limit * (1 + hair);
  return safe;
};

const shewhart = (wanted: number, shift: number, sided: Sided): ChartDesign => {
  const arlAt = (L: number): number => shewhartArl({ L, shift: 0, sided });
  const L = atLeast(shewhartLimit(wanted, { sided }), wanted, arlAt);
  return { scheme: 'shewhart', L, inControlArl: arlAt(L), shiftArl: shewhartArl({ L, shift, sided }) };
};

const cusum = (wanted: number, shift: number, sided: Sided): ChartDesign => {
  // With k at Shewhart's limit a CUSUM signals whenever its sum is not zero: h would be 0, and beyond it there is none.
  const k = Math.min(shift / 2, 0.9 * shewhartLimit(wanted, { sided }));
  const arlAt = (h: number): number => cusumArl({ k, h, shift: 0, sided });
  const h = atLeast(cusumLimit({ k, inControlArl: wanted, sided }), wanted, arlAt);
  return { scheme: 'cusum', k, h, inControlArl: arlAt(h), shiftArl: cusumArl({ k, h, shift, sided }) };
};

const ewma = (wanted: number, shift: number, limits: EwmaLimits): ChartDesign => {
  // A thousandth of lambda changes the ARL by millionths, since it is flat at its minimum.
  const exponent = minimize(
    (log) => {
      const lambda = Math.exp(log);
      return ewmaArl({ lambda, L: ewmaLimit({ lambda, inControlArl: wanted }), shift });
    },
    Math.log(LEAST_LAMBDA),
    0,
    { tolerance: 1e-3 },
  );
  const lambda = Math.exp(exponent);
  const arlAt = (L: number): number => ewmaArl({ lambda, L, shift: 0, limits });
  const L = atLeast(ewmaLimit({ lambda, inControlArl: wanted, limits }), wanted, arlAt);
  return {
    scheme: 'ewma',
    lambda,
    L,
    limits,
    inControlArl: arlAt(L),
    shiftArl: ewmaArl({ lambda, L, shift, limits }),
  };
};

/**
 * Parameters of a chart whose in-control ARL is at least the wanted one, and whose ARL at the shift is as short as the scheme can.
 *
 * Shewhart: the limits follow from the in-control ARL alone. CUSUM: `k = shift / 2` (Moustakides, Annals of Statistics 14, 1986)
 * and the h for it. EWMA: the lambda of at least 0.005 with the shortest ARL at the shift under asymptotic limits (Crowder, Journal of Quality
 * Technology 21, 1989; Lucas and Saccucci, Technometrics 32, 1990), and the L for it under the limits asked for; exact limits keep
 * that lambda, since for them the zero-state ARL has no useful minimum.
 *
 * Everything here takes mean and deviation for known. Estimated from few samples, the in-control ARL of a chart varies widely.
 * @throws `MikroBotError` `BAD_CONFIG` for terms that make no sense, and for a one-sided EWMA.
 *
 * @example
 * ```ts
 * designChart({ scheme: 'cusum', inControlArl: 370.4, shift: 1 }); // k 0.5, h 4.775, shiftArl 9.93
 * ```
 */
export const designChart = (terms: DesignTerms): ChartDesign => {
  const { scheme, inControlArl, shift, subgroupSize = 1, sided = 'two', limits = 'exact' } = terms;
  checkWord(scheme, ['shewhart', 'cusum', 'ewma'], 'scheme');
  checkSided(sided);
  checkRunLength(inControlArl, 'the in-control ARL');
  checkPositive(shift, 'the shift to find');
  checkWhole(subgroupSize, 'the size of subgroups', 1);
  const off = shift * Math.sqrt(subgroupSize);
  if (scheme === 'shewhart') return shewhart(inControlArl, off, sided);
  if (scheme === 'cusum') return cusum(inControlArl, off, sided);
  if (sided === 'one') {
    throw new MikroBotError('BAD_CONFIG', 'an EWMA with one side is not designed here.', {
      hint: 'Use a one-sided CUSUM: it finds the same shifts.',
    });
  }
  return ewma(inControlArl, off, limits);
};
