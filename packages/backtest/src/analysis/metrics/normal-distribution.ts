/** Density of the standard normal distribution. */
export const normalDensity = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);

/** Below this the Taylor series is exact to double precision, above it the continued fraction is shorter. */
const SERIES_UP_TO = 3;

/** The upper tail for x >= SERIES_UP_TO by the continued fraction of Mills' ratio (Laplace), evaluated backwards. */
const upperTail = (x: number): number => {
  let fraction = x;
  for (let k = 100; k > 0; k--) fraction = x + k / fraction;
  return normalDensity(x) / fraction;
};

/** Distribution function of the standard normal, by Marsaglia's series (J. Stat. Soft. 11(4), 2004) and Laplace's fraction. */
export const normalCdf = (x: number): number => {
  if (x >= SERIES_UP_TO) return 1 - upperTail(x);
  if (x <= -SERIES_UP_TO) return upperTail(-x);
  let term = x;
  let sum = x;
  for (let i = 3; Math.abs(term) > 1e-18; i += 2) {
    term *= (x * x) / i;
    sum += term;
  }
  return 0.5 + sum * normalDensity(x);
};

/**
 * Inverse of {@link normalCdf}: the rational start of Abramowitz and Stegun 26.2.23, made exact by Halley's steps.
 * @param probability - above 0 and below 1
 */
export const normalQuantile = (probability: number): number => {
  const tail = Math.min(probability, 1 - probability);
  const t = Math.sqrt(-2 * Math.log(tail));
  let x = -(
    t -
    (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
  );
  for (let step = 0; step < 4; step++) {
    const off = (normalCdf(x) - tail) / normalDensity(x);
    x -= off / (1 + (x * off) / 2);
  }
  return probability < 0.5 ? x : -x;
};
