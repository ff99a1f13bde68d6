import { checkFinite, checkWhole } from './check.js';

/** Where to look at a function on [-1, 1], and how much each look counts. */
export interface Quadrature {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

const known = new Map<number, Quadrature>();

/**
 * Nodes and weights of Gauss-Legendre quadrature on [-1, 1], ascending: exact for polynomials up to degree 2n - 1. Zeros of the
 * Legendre polynomial by Newton's method over the angle from Tricomi's estimate; computed once for each n.
 * @param n - number of nodes, 1 to 1000
 * @throws `MikroBotError` `BAD_CONFIG` for another number.
 */
export const gaussLegendre = (n: number): Quadrature => {
  const before = known.get(n);
  if (before !== undefined) return before;
  checkWhole(n, 'the number of nodes', 1);
  const nodes = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < (n + 1) / 2; i++) {
    // Angles and 1 - x instead of x: near the ends a rounded x would cost the weights three digits.
    let angle = (Math.PI * (i + 0.75)) / (n + 0.5);
    let slope = 0;
    for (let round = 0; round < 20; round++) {
      const fromEnd = 2 * Math.sin(angle / 2) ** 2;
      let value = 1;
      let change = 0;
      for (let k = 1; k <= n; k++) {
        change = ((k - 1) * change - (2 * k - 1) * fromEnd * value) / k;
        value += change;
      }
      slope = (n * (change - fromEnd * value)) / Math.sin(angle);
      const step = value / slope;
      angle -= step;
      if (Math.abs(step) < 1e-15 * angle) break;
    }
    const x = 2 * i + 1 === n ? 0 : Math.cos(angle);
    const weight = 2 / (slope * slope);
    nodes[i] = -x;
    nodes[n - 1 - i] = x;
    weights[i] = weight;
    weights[n - 1 - i] = weight;
  }
  const quadrature = { nodes, weights };
  known.set(n, quadrature);
  return quadrature;
};

/** How {@link integrate} divides its work. */
export interface IntegrateOptions {
  /** Equal parts of [a, b]; default 1. */
  readonly panels?: number;
  /** Nodes in each part; default 64. */
  readonly nodes?: number;
}

/**
 * The integral of a smooth function from a to b by Gauss-Legendre quadrature.
 * @throws `MikroBotError` `BAD_CONFIG` for infinite ends and for no panels or nodes.
 */
export const integrate = (
  f: (x: number) => number,
  a: number,
  b: number,
  { panels = 1, nodes: count = 64 }: IntegrateOptions = {},
): number => {
  checkFinite(a, 'the start of an integral');
  checkFinite(b, 'the end of an integral');
  checkWhole(panels, 'the number of panels', 1);
  const { nodes, weights } = gaussLegendre(count);
  const half = (b - a) / panels / 2;
  let sum = 0;
  for (let panel = 0; panel < panels; panel++) {
    const middle = a + (2 * panel + 1) * half;
    for (let i = 0; i < count; i++) sum += (weights[i] as number) * f(middle + half * (nodes[i] as number));
  }
  return sum * half;
};
