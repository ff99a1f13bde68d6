import { gaussLegendre } from './gauss-legendre.js';

const panelNodes = 20;

/**
 * The integral of a log-concave density from `start` outward, away from its mode, to where it ends, relatively exact however small
 * it is: panels of Gauss-Legendre quadrature, each as wide as the density is smooth there.
 * @param density - at a place
 * @param scale - at a place, a width over which the density changes by about a factor e
 * @param direction - 1 for the upper tail, -1 for the lower
 */
export const tailIntegral = (
  density: (u: number) => number,
  scale: (u: number) => number,
  start: number,
  direction: 1 | -1,
): number => {
  const { nodes, weights } = gaussLegendre(panelNodes);
  let sum = 0;
  let from = start;
  for (let panel = 0; panel < 1000; panel++) {
    const width = 2 * scale(from);
    const middle = from + (direction * width) / 2;
    let part = 0;
    for (let i = 0; i < panelNodes; i++)
      part += (weights[i] as number) * density(middle + ((nodes[i] as number) * width) / 2);
    part *= width / 2;
    sum += part;
    from += direction * width;
    if (part <= 1e-18 * sum) break;
  }
  return sum;
};
