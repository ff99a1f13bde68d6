import { type Side, sign } from '@mikrobot/core';

/**
 * What a trade earned in multiples of what it risked: 1 is as much as the stop would have lost, -1 is the stop.
 * @returns NaN when the stop is at the entry
 */
export const rMultiple = (side: Side, entry: number, stop: number, exit: number): number => {
  const risked = Math.abs(entry - stop);
  return risked > 0 ? ((exit - entry) * sign(side)) / risked : Number.NaN;
};

/** The share of winners at which nothing is won or lost: `1 / (1 + payoff)`. @param payoff - average win over average loss */
export const breakevenWinRate = (payoff: number): number => 1 / (1 + payoff);

/** The gain that makes good a loss: `d / (1 - d)`, `Infinity` when all is lost. @param drawdown - fraction, 0 to 1 */
export const recoveryGain = (drawdown: number): number => drawdown / (1 - drawdown);

/**
 * The chance to lose everything in the long run by even bets of one unit: `((1 - e) / (1 + e))^units` with the edge `e = 2p - 1`
 * (the gambler's ruin, Feller). 1 without an edge.
 * @param p - probability of a win, 0 to 1
 * @param units - capital in bets; positive
 */
export const riskOfRuin = (p: number, units: number): number => {
  const edge = 2 * p - 1;
  return edge <= 0 ? 1 : ((1 - edge) / (1 + edge)) ** units;
};
