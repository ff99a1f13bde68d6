/**
 * Contracts by the fixed ratio: one more each time that every contract has earned `delta`, so `n` contracts need a profit of
 * `delta x n (n - 1) / 2`, which gives `n = (1 + sqrt(1 + 8 profit / delta)) / 2`. Not rounded; trade the whole part. One contract
 * while there is no profit. Jones, The Trading Game (1999).
 * @param profit - since the start, account currency
 * @param delta - account currency a contract; positive, else the answer is 0
 */
export const fixedRatioContracts = (profit: number, delta: number): number =>
  delta > 0 && Number.isFinite(profit) ? (1 + Math.sqrt(1 + (8 * Math.max(0, profit)) / delta)) / 2 : 0;
