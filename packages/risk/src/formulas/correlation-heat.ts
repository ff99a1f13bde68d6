/** How much open positions risk together. */
export interface CorrelationHeat {
  /** `sqrt(w'Rw)`: what is at risk when correlations are counted, in the unit of the risks. */
  readonly heat: number;
  /** The risks added up: what is at risk when everything goes wrong at once. */
  readonly simpleSum: number;
  /**
   * How many independent bets of equal size would diversify as much: the square of the diversification ratio, `(sum / heat)^2`.
   * Choueifaty, Froidure and Reynier, Properties of the Most Diversified Portfolio (2013). 0 when nothing is at risk.
   */
  readonly effectiveBets: number;
}

/**
 * Open risk with correlations.
 * @param risks - of each position; negative for the other direction of what `correlations` relates
 * @param correlations - square, a row a risk; of the returns of the instruments
 */
export const correlationHeat = (
  risks: readonly number[],
  correlations: readonly (readonly number[])[],
): CorrelationHeat => {
  let variance = 0;
  let simpleSum = 0;
  for (const [i, risk] of risks.entries()) {
    simpleSum += Math.abs(risk);
    for (const [j, other] of risks.entries()) variance += risk * other * (correlations[i]?.[j] ?? Number.NaN);
  }
  // A matrix that was estimated pair by pair need not be positive, and the root of dust below 0 is NaN.
  const heat = Math.sqrt(Math.max(0, variance));
  return { heat, simpleSum, effectiveBets: heat === 0 ? 0 : (simpleSum / heat) ** 2 };
};
