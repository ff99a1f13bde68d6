import { betaQuantile } from '../distributions/beta.js';
import { fQuantile } from '../distributions/f.js';
import { checkShare, checkWhole } from '../numeric/check.js';

const checkCounts = (vectors: number, variables: number, confidence: number): void => {
  checkWhole(variables, 'the number of variables of a T² chart', 1);
  checkWhole(vectors, `the number of vectors for a T² chart of ${variables} variables`, variables + 2);
  checkShare(confidence, 'the confidence of a T² chart');
};

/**
 * UCL of T² for the vectors that mean and covariance were estimated from:
 * (m - 1)^2 / m times the quantile of Beta(p / 2, (m - p - 1) / 2). Source: Tracy, Young and Mason (1992).
 * @param vectors - m, at least p + 2
 * @param variables - p
 * @param confidence - share of the points of a process in control that stay below, for example 0.999
 * @throws `MikroBotError` `BAD_CONFIG` for too few vectors, or a confidence that is none.
 */
export const t2PhaseOneLimit = (vectors: number, variables: number, confidence: number): number => {
  checkCounts(vectors, variables, confidence);
  const share = betaQuantile(confidence, variables / 2, (vectors - variables - 1) / 2);
  return ((vectors - 1) ** 2 / vectors) * share;
};

/**
 * UCL of T² for new vectors: p (m + 1) (m - 1) / (m (m - p)) times the quantile of F(p, m - p).
 * Source: Tracy, Young and Mason (1992); Montgomery (7th ed.), equation 11.24. Parameters as of {@link t2PhaseOneLimit}.
 * @throws `MikroBotError` `BAD_CONFIG` for too few vectors, or a confidence that is none.
 */
export const t2PhaseTwoLimit = (vectors: number, variables: number, confidence: number): number => {
  checkCounts(vectors, variables, confidence);
  const m = vectors;
  const p = variables;
  return ((p * (m + 1) * (m - 1)) / (m * (m - p))) * fQuantile(confidence, p, m - p);
};
