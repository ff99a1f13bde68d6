/** A position as far as its margin goes. */
export interface MarginTerms {
  readonly lots: number;
  readonly contractSize: number;
  readonly price: number;
  /** As in 30 for 1:30. */
  readonly leverage: number;
  /** Account currency for one unit of the instrument's currency. */
  readonly rate: number;
}

/** What the venue keeps as security for a position: `|lots| x contract size x price x rate / leverage`, account currency. */
export const requiredMargin = ({ lots, contractSize, price, leverage, rate }: MarginTerms): number =>
  (Math.abs(lots) * contractSize * price * rate) / leverage;

/** What is left for further positions, account currency; negative when there is too little. */
export const remainingMargin = (equity: number, margin: number): number => equity - margin;

/** Equity over margin: 1 is what platforms show as 100 %. `Infinity` without a margin. */
export const marginLevel = (equity: number, margin: number): number =>
  margin === 0 ? Number.POSITIVE_INFINITY : equity / margin;
