import { type EwmaLimits, ewmaLimitKinds } from '../charts/ewma.js';
import { normalTail } from '../distributions/normal.js';
import { checkFinite, checkPositive, checkWord } from '../numeric/check.js';
import { gaussLegendre, type Quadrature } from '../numeric/gauss-legendre.js';
import { absorptionTimes } from './absorption-time.js';
import { checkLambda, checkRunLength, nodeCount } from './checks.js';
import { limitFor } from './limit-for.js';

/** A two-sided EWMA, in standard deviations of the plotted statistic. */
export interface EwmaTerms {
  /** Weight of the latest value, above 0 and at most 1. */
  readonly lambda: number;
  /** Distance of the limits from the centre, in standard deviations of the average. */
  readonly L: number;
  /** How far the mean is off. */
  readonly shift: number;
  /** Default: asymptotic. */
  readonly limits?: EwmaLimits | undefined;
}

/** Exact limits that are less than this share inside the asymptotic ones are taken for them: the ARL is then off by less still. */
const SETTLED = 1e-9;

/** The average moves in steps of deviation lambda; see the nodes of a CUSUM. */
const nodesFor = (lambda: number, half: number): number =>
  nodeCount(
    24 + (4.8 * half) / lambda,
    `the width of an EWMA's limits, ${(2 * half) / lambda} steps of its average,`,
  );

const ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

/** The density of the next average between limits for each pair of nodes, times the weight of its node, in as many rows as fit. */
const transition = (
  { lambda, shift }: EwmaTerms,
  { nodes, weights }: Quadrature,
  from: number,
  to: number,
  moves: Float64Array,
): Float64Array => {
  const n = nodes.length;
  const scale = to / lambda;
  for (let i = 0; i < moves.length / n; i++) {
    const start = ((1 - lambda) / lambda) * from * (nodes[i] as number) + shift;
    for (let j = 0; j < n; j++) {
      const x = scale * (nodes[j] as number) - start;
      // Not normalDensity(): it is called millions of times, and these digits suffice for a quadrature.
      moves[i * n + j] = ((scale * (weights[j] as number)) / ROOT_TWO_PI) * Math.exp((-x * x) / 2);
    }
  }
  return moves;
};

/** ARLs from the nodes between limits that no longer move, and from the centre. */
const settledArls = (
  terms: EwmaTerms,
  quadrature: Quadrature,
  half: number,
): readonly [Float64Array, number] => {
  const { lambda, shift } = terms;
  const { nodes } = quadrature;
  const absorbed = nodes.map((node) => {
    const kept = (1 - lambda) * half * node;
    return normalTail((half - kept) / lambda - shift) + normalTail((half + kept) / lambda + shift);
  });
  // An odd number of nodes has the centre in its middle.
  const moves = transition(terms, quadrature, half, half, new Float64Array(nodes.length ** 2));
  const times = absorptionTimes(moves, absorbed);
  return [times, times[(nodes.length - 1) / 2] as number];
};

/**
 * Average run length of a two-sided EWMA, `z' = (1 - lambda) z + lambda x`, for independent normal values of known mean and
 * deviation, from the centre on (zero state).
 *
 * Asymptotic limits, `L sqrt(lambda / (2 - lambda))`: the integral equation of Crowder (Technometrics 29, 1987) by Gauss-Legendre
 * quadrature. Exact limits, `L sqrt(lambda / (2 - lambda) x (1 - (1 - lambda)^2i))`: the same equation backwards from where the
 * limits have settled, sample by sample (after Knoth, Sequential Analysis 22, 2003).
 * @throws `MikroBotError` `BAD_CONFIG` for terms that make no sense.
 *
 * @example
 * ```ts
 * ewmaArl({ lambda: 0.1, L: 2.814, shift: 1 }); // 10.33
 * ```
 */
export const ewmaArl = (terms: EwmaTerms): number => {
  const { lambda, L, shift, limits = 'asymptotic' } = terms;
  checkLambda(lambda);
  checkPositive(L, "the distance L of an EWMA's limits");
  checkFinite(shift, 'the shift');
  checkWord(limits, ewmaLimitKinds, 'kind of EWMA limits');
  const half = L * Math.sqrt(lambda / (2 - lambda));
  const quadrature = gaussLegendre(nodesFor(lambda, half));
  const [settled, fromCentre] = settledArls(terms, quadrature, half);
  if (limits === 'asymptotic' || lambda === 1) return fromCentre;
  const halfAt = (i: number): number => half * Math.sqrt(1 - (1 - lambda) ** (2 * i));
  const n = settled.length;
  // Without a shift both halves are alike.
  const rows = shift === 0 ? (n + 1) / 2 : n;
  const moves = new Float64Array(rows * n);
  let times = settled;
  for (let i = Math.ceil(Math.log(SETTLED) / (2 * Math.log1p(-lambda))); i >= 0; i--) {
    transition(terms, quadrature, halfAt(i), halfAt(i + 1), moves);
    const earlier = new Float64Array(n);
    for (let row = 0; row < rows; row++) {
      let time = 1;
      for (let j = 0; j < n; j++) time += (moves[row * n + j] as number) * (times[j] as number);
      earlier[row] = time;
      if (shift === 0) earlier[n - 1 - row] = time;
    }
    times = earlier;
  }
  return times[0] as number;
};

/** What {@link ewmaLimit} is asked. */
export interface EwmaLimitTerms extends Pick<EwmaTerms, 'lambda' | 'limits'> {
  /** Samples between false alarms, on average. */
  readonly inControlArl: number;
}

/**
 * The distance L that gives an EWMA an in-control ARL.
 * @throws `MikroBotError` `BAD_CONFIG` for terms that make no sense.
 *
 * @example
 * ```ts
 * ewmaLimit({ lambda: 0.2, inControlArl: 370.4 }); // 2.8593
 * ```
 */
export const ewmaLimit = ({ lambda, inControlArl, limits }: EwmaLimitTerms): number => {
  checkLambda(lambda);
  checkRunLength(inControlArl, 'the in-control ARL');
  const search = (kind: EwmaLimits, start?: number): number =>
    limitFor(inControlArl, 'L of the EWMA', (L) => ewmaArl({ lambda, L, shift: 0, limits: kind }), start);
  const asymptotic = search('asymptotic');
  // Exact limits are narrower at first, so they must stand a little wider; each look at them takes longer.
  return limits === 'exact' ? search('exact', asymptotic) : asymptotic;
};
