/** The form of a bounded (SB) curve, and the mean and standard deviation it has between 0 and 1. */
export interface BoundedForm {
  readonly gamma: number;
  readonly delta: number;
  readonly mean: number;
  readonly deviation: number;
}

interface BoundedMoments {
  readonly mean: number;
  readonly deviation: number;
  readonly skewness: number;
  readonly kurtosis: number;
}

/** By the trapezoidal rule, which on the whole line converges faster than any power of the step (E. T. Goodwin, 1949). */
const momentsOf = (gamma: number, delta: number): BoundedMoments => {
  // The logistic function has poles at a distance of π delta, and the step must stay well below that.
  const step = Math.min(0.1, delta / 4);
  const reach = Math.ceil(9 / step);
  let weight = 0;
  const sums = [0, 0, 0, 0];
  const middle = 1 / (1 + Math.exp(gamma / delta));
  for (let i = -reach; i <= reach; i++) {
    const z = i * step;
    const density = Math.exp((-z * z) / 2);
    weight += density;
    let power = density;
    const distance = 1 / (1 + Math.exp((gamma - z) / delta)) - middle;
    for (let k = 0; k < 4; k++) {
      power *= distance;
      sums[k]! += power;
    }
  }
  const [m1, m2, m3, m4] = sums.map((sum) => sum / weight) as [number, number, number, number];
  const variance = m2 - m1 * m1;
  const third = m3 - 3 * m1 * m2 + 2 * m1 ** 3;
  const fourth = m4 - 4 * m1 * m3 + 6 * m1 * m1 * m2 - 3 * m1 ** 4;
  const deviation = Math.sqrt(variance);
  return { mean: middle + m1, deviation, skewness: third / deviation ** 3, kurtosis: fourth / variance ** 2 };
};

/** First guesses of AS 99.2, in its constants. */
const guess = (skewness: number, kurtosis: number): { readonly gamma: number; readonly delta: number } => {
  const squared = skewness * skewness;
  const u = Math.cbrt(1 + squared / 2 + skewness * Math.sqrt(1 + squared / 4));
  const w = u + 1 / u - 1;
  const onLine = w * w * (3 + w * (2 + w)) - 3;
  const share = (kurtosis - squared - 1) / (onLine - squared - 1);
  let factor = 2;
  if (skewness > 0.01) {
    const d = 1 / Math.sqrt(Math.log(w));
    factor = d < 0.64 ? 1.25 * d : 2 - 8.5245 / (d * (d * (d - 2.163) + 11.346));
  }
  const f = 1 + share * factor;
  const delta = f < 1.8 ? 0.8 * (f - 1) : (0.626 * f - 0.408) * (3 - f) ** -0.479;
  if (squared < 1e-4) return { gamma: 0, delta };
  if (delta <= 1) return { gamma: (0.7466 * delta ** 1.7973 + 0.5955) * squared ** 0.485, delta };
  const power = delta <= 2.5 ? 0.0623 * delta + 0.4043 : 0.0124 * delta + 0.5291;
  return { gamma: squared ** power * (0.9281 + delta * (1.0614 * delta - 0.7077)), delta };
};

/**
 * The bounded curve of a skewness (0 or above) and a kurtosis, by Newton steps that are halved until they help; undefined where
 * none is found, as next to the edge where a distribution has two values only.
 */
export const boundedForm = (skewness: number, kurtosis: number): BoundedForm | undefined => {
  let { gamma, delta } = guess(skewness, kurtosis);
  if (!(delta > 0 && Number.isFinite(delta) && Number.isFinite(gamma))) return undefined;
  const missOf = ({ skewness: s, kurtosis: k }: BoundedMoments): number =>
    Math.hypot(s - skewness, k - kurtosis);
  let now = momentsOf(gamma, delta);
  for (let round = 0; round < 100 && missOf(now) > 1e-10; round++) {
    const h = 1e-5;
    const [g0, g1] = [momentsOf(gamma - h, delta), momentsOf(gamma + h, delta)];
    const [d0, d1] = [momentsOf(gamma, delta * (1 - h)), momentsOf(gamma, delta * (1 + h))];
    const sg = (g1.skewness - g0.skewness) / (2 * h);
    const kg = (g1.kurtosis - g0.kurtosis) / (2 * h);
    const sd = (d1.skewness - d0.skewness) / (2 * h * delta);
    const kd = (d1.kurtosis - d0.kurtosis) / (2 * h * delta);
    const determinant = sg * kd - sd * kg;
    const ds = now.skewness - skewness;
    const dk = now.kurtosis - kurtosis;
    const stepGamma = (kd * ds - sd * dk) / determinant;
    const stepDelta = (sg * dk - kg * ds) / determinant;
    let size = 1;
    let next = now;
    let better = false;
    for (; size > 1e-6 && !better; size /= 2) {
      const tried = delta - size * stepDelta;
      if (!(tried > 0.02)) continue;
      next = momentsOf(gamma - size * stepGamma, tried);
      better = missOf(next) < missOf(now);
      if (better) {
        gamma -= size * stepGamma;
        delta = tried;
      }
    }
    if (!better) break;
    now = next;
  }
  return missOf(now) < 1e-6 ? { gamma, delta, mean: now.mean, deviation: now.deviation } : undefined;
};
