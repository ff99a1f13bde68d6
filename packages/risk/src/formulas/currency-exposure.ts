/** A position as far as its currencies go. */
export interface CurrencyPosition {
  /** What a unit buys. */
  readonly base: string;
  /** What it is paid in. */
  readonly currency: string;
  /** Signed: positive when long. */
  readonly lots: number;
  readonly contractSize: number;
  readonly price: number;
}

/**
 * What is held and owed in each currency, in its own units: a long EURUSD holds euros and owes dollars. Positions against each other
 * cancel, so hidden bets show: long EURUSD and short EURJPY is a bet on the yen against the dollar.
 */
export const currencyExposure = (
  positions: readonly CurrencyPosition[],
): Readonly<Record<string, number>> => {
  const net: Record<string, number> = {};
  for (const { base, currency, lots, contractSize, price } of positions) {
    const units = lots * contractSize;
    net[base] = (net[base] ?? 0) + units;
    net[currency] = (net[currency] ?? 0) - units * price;
  }
  return net;
};
