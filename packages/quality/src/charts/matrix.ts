/** Rows of numbers, all of the same length. */
export type Matrix = readonly (readonly number[])[];

/** The mean of every column. */
export const columnMeans = (rows: Matrix): number[] => {
  const means = new Array<number>(rows[0]?.length ?? 0).fill(0);
  for (const [i, row] of rows.entries()) {
    // By steps towards the mean, so that values far from zero do not lose their digits in a large sum.
    for (const [j, value] of row.entries()) means[j]! += (value - means[j]!) / (i + 1);
  }
  return means;
};

/** The sample covariance of columns, divided by the number of rows less one. */
export const covarianceOf = (rows: Matrix, means: readonly number[]): number[][] => {
  const width = means.length;
  const sums = Array.from({ length: width }, () => new Array<number>(width).fill(0));
  for (const row of rows) {
    for (let i = 0; i < width; i++) {
      for (let j = 0; j <= i; j++) sums[i]![j]! += (row[i]! - means[i]!) * (row[j]! - means[j]!);
    }
  }
  for (let i = 0; i < width; i++) {
    for (let j = 0; j <= i; j++) {
      sums[i]![j]! /= rows.length - 1;
      sums[j]![i] = sums[i]![j]!;
    }
  }
  return sums;
};

/** A variable that the others determine to this share of its variance is taken to be determined by them. */
const determined = 1e-12;

/**
 * The lower triangle L with L L' = the matrix (Cholesky), or undefined where a matrix is not positive definite, or so nearly
 * singular that nothing certain could be solved with it.
 */
export const cholesky = (matrix: Matrix): number[][] | undefined => {
  const lower: number[][] = [];
  for (const [i, row] of matrix.entries()) {
    const line: number[] = [];
    for (let j = 0; j < i; j++) {
      let rest = row[j]!;
      for (let k = 0; k < j; k++) rest -= line[k]! * lower[j]![k]!;
      line.push(rest / lower[j]![j]!);
    }
    let pivot = row[i]!;
    for (const entry of line) pivot -= entry * entry;
    if (!(pivot > determined * row[i]!)) return undefined;
    line.push(Math.sqrt(pivot));
    lower.push(line);
  }
  return lower;
};

/** The x with L x = b, for a lower triangle L. */
export const solveLower = (lower: Matrix, b: readonly number[]): number[] => {
  const x: number[] = [];
  for (const [i, row] of lower.entries()) {
    let rest = b[i]!;
    for (let j = 0; j < i; j++) rest -= row[j]! * x[j]!;
    x.push(rest / row[i]!);
  }
  return x;
};

/** The x with L' x = b, for a lower triangle L. */
export const solveUpper = (lower: Matrix, b: readonly number[]): number[] => {
  const x = [...b];
  for (let i = lower.length - 1; i >= 0; i--) {
    for (let j = i + 1; j < lower.length; j++) x[i]! -= lower[j]![i]! * x[j]!;
    x[i]! /= lower[i]![i]!;
  }
  return x;
};
