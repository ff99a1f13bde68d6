/** Where a drawdown makes positions smaller. Drawdowns are fractions of the highest equity. */
export interface ThrottleCurve {
  /** From here on sizes are multiplied by `factor`. */
  readonly reduceAt: number;
  /** 0 to 1. */
  readonly factor: number;
  /** From here on nothing is entered. */
  readonly stopAt: number;
}

/** What a size is multiplied by at a drawdown: 1, the factor, or 0 at the stop. 0 for NaN. */
export const throttleFactor = (drawdown: number, { reduceAt, factor, stopAt }: ThrottleCurve): number => {
  if (drawdown < reduceAt) return 1;
  return drawdown < stopAt ? factor : 0;
};
