/**
 * Pearson's correlation of two series, -1 to 1; undefined where one of them does not vary or they differ in length.
 *
 * Source: r = sum((x - mean x)(y - mean y)) / sqrt(sum((x - mean x)^2) sum((y - mean y)^2)).
 */
export const pearson = (x: readonly number[], y: readonly number[]): number | undefined => {
  const n = x.length;
  if (n === 0 || n !== y.length) return undefined;
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / n;
  const meanX = mean(x);
  const meanY = mean(y);
  let xy = 0;
  let xx = 0;
  let yy = 0;
  for (let i = 0; i < n; i++) {
    const dx = x[i]! - meanX;
    const dy = y[i]! - meanY;
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  }
  const r = xy / Math.sqrt(xx * yy);
  return Number.isFinite(r) ? Math.min(1, Math.max(-1, r)) : undefined;
};
