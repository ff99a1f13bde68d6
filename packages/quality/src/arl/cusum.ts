import { MikroBotError } from '@mikrobot/core';
import { normalCdf, normalDensity, normalTail } from '../distributions/normal.js';
import { checkFinite, checkPositive } from '../numeric/check.js';
import { gaussLegendre } from '../numeric/gauss-legendre.js';
import { absorptionTimes } from './absorption-time.js';
import { checkRunLength, nodeCount } from './checks.js';
import { limitFor } from './limit-for.js';
import { checkSided, type Sided } from './shewhart.js';

/** A tabular CUSUM, all in standard deviations of the plotted statistic. */
export interface CusumTerms {
  /** Reference value, the allowance: half the shift that is looked for. */
  readonly k: number;
  /** Decision interval: a sum above it is a signal. */
  readonly h: number;
  /** How far the mean is off. */
  readonly shift: number;
  /** Where the sums start (fast initial response); default 0, usual is `h / 2`. */
  readonly headStart?: number | undefined;
  /** Default: two. */
  readonly sided?: Sided | undefined;
}

/** The kernel is a normal density of deviation 1: with 2.4 nodes a deviation its quadrature is as exact as doubles are. */
const nodesFor = (h: number): number => nodeCount(20 + 2.4 * h, `the h of a CUSUM, ${h},`);

/** ARLs of the upper sum from 0 and from a head start. */
const upperArls = (k: number, h: number, shift: number, headStart: number): readonly [number, number] => {
  const { nodes, weights } = gaussLegendre(nodesFor(h));
  const states = nodes.length + (headStart > 0 ? 2 : 1);
  const place = new Float64Array(states);
  for (const [j, node] of nodes.entries()) place[j + 1] = (h / 2) * (1 + node);
  if (headStart > 0) place[states - 1] = headStart;
  const moves = new Float64Array(states * states);
  const absorbed = new Float64Array(states);
  for (let i = 0; i < states; i++) {
    const drift = (place[i] as number) + shift - k;
    moves[i * states] = normalCdf(-drift);
    for (const [j, weight] of weights.entries())
      moves[i * states + j + 1] = (h / 2) * weight * normalDensity((place[j + 1] as number) - drift);
    absorbed[i] = normalTail(h - drift);
  }
  const times = absorptionTimes(moves, absorbed);
  const fromZero = times[0] as number;
  return [fromZero, headStart > 0 ? (times[states - 1] as number) : fromZero];
};

/**
 * Average run length of a CUSUM, `S' = max(0, S + x - k)` with a signal above h, for independent normal values of known mean and
 * deviation, from its start on (zero state).
 *
 * Solves the integral equation of Page (Biometrika 41, 1954) by Gauss-Legendre quadrature with the atom at zero as a state of its
 * own (Goel and Wu, Technometrics 13, 1971; Vance, Journal of Quality Technology 18, 1986). Two sides: whenever one side signals,
 * the other stands at zero, so `L = (L⁺(s) L⁻(0) + L⁻(s) L⁺(0) - L⁺(0) L⁻(0)) / (L⁺(0) + L⁻(0))` is exact, which for `s = 0` is
 * Kemp's `1/L = 1/L⁺ + 1/L⁻` (Lucas and Crosier, Technometrics 24, 1982).
 * @throws `MikroBotError` `BAD_CONFIG` for terms that make no sense, and for a head start above `h`, or above `h / 2 + k` where
 * there are two sides: then both could signal at once.
 *
 * @example
 * ```ts
 * cusumArl({ k: 0.5, h: 4, shift: 0 }); // 167.7
 * cusumArl({ k: 0.5, h: 4, shift: 1, headStart: 2 }); // 5.3
 * ```
 */
export const cusumArl = ({ k, h, shift, headStart = 0, sided = 'two' }: CusumTerms): number => {
  if (!(k >= 0))
    throw new MikroBotError('BAD_CONFIG', `the k of a CUSUM must not be below 0, and is ${String(k)}.`);
  checkFinite(k, 'the k of a CUSUM');
  checkPositive(h, 'the h of a CUSUM');
  checkFinite(shift, 'the shift');
  checkSided(sided);
  const most = sided === 'two' ? Math.min(h, h / 2 + k) : h;
  if (!(headStart >= 0 && headStart <= most)) {
    throw new MikroBotError(
      'BAD_CONFIG',
      `the head start of this CUSUM must lie between 0 and ${most}, and is ${String(headStart)}.`,
      { hint: 'Usual is h / 2.' },
    );
  }
  const [up, upStarted] = upperArls(k, h, shift, headStart);
  if (sided === 'one') return upStarted;
  const [down, downStarted] = shift === 0 ? [up, upStarted] : upperArls(k, h, -shift, headStart);
  // Divided by both first, since the product of two run lengths can be too large for a double.
  return (upStarted / up + downStarted / down - 1) / (1 / up + 1 / down);
};

/** What {@link cusumLimit} is asked. */
export interface CusumLimitTerms extends Pick<CusumTerms, 'k' | 'sided'> {
  /** Samples between false alarms, on average. */
  readonly inControlArl: number;
  /** Head start as a share of h; default 0, usual is 0.5. */
  readonly headStartShare?: number | undefined;
}

/**
 * The decision interval h that gives a CUSUM an in-control ARL.
 * @throws `MikroBotError` `BAD_CONFIG` for terms that make no sense, and when k alone is so large that any h has a longer ARL.
 *
 * @example
 * ```ts
 * cusumLimit({ k: 0.5, inControlArl: 370.4 }); // 4.774
 * ```
 */
export const cusumLimit = (terms: CusumLimitTerms): number => {
  const { k, inControlArl, headStartShare = 0, sided } = terms;
  checkRunLength(inControlArl, 'the in-control ARL');
  return limitFor(inControlArl, 'h of the CUSUM', (h) =>
    cusumArl({ k, h, shift: 0, headStart: headStartShare * h, sided }),
  );
};
