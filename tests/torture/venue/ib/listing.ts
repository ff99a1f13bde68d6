import { defaultContracts, type SimulatedContract } from '@mikrobot/simulators';
import type { Walker } from '../market.js';

/** A contract that the simulated TWS lists for the kill test. */
export interface Listed extends Walker {
  /** As the bot names it. */
  readonly symbol: string;
  /** As TWS names it. */
  readonly name: string;
  /** One strategy trades it: an order's reference does not tell whose it is, the contract does. */
  readonly owner: string;
}

/** What is traded: a future and a pair of currencies, both by whole lots. */
export const listing: readonly Listed[] = [
  { symbol: 'ES', name: 'ES', owner: 'ada', start: 5_000, tickSize: 0.25, priceDecimals: 2 },
  { symbol: 'EURUSD', name: 'EUR', owner: 'cy', start: 1.1, tickSize: 0.000_05, priceDecimals: 5 },
];

/** The paper account of the bots. */
export const ACCOUNT = 'DU1';

/** Fits a contract by TWS's name for it. */
export const listedAs = (name: string): Listed | undefined => listing.find((listed) => listed.name === name);

/** One contract for each; of the future a month that is far from its end, whatever day it is. */
export const contracts = (now: number): readonly SimulatedContract[] => {
  const all = defaultContracts(now);
  const future = all.filter(({ symbol, securityType }) => symbol === 'ES' && securityType === 'FUT')[1];
  const pair = all.find(({ localSymbol }) => localSymbol === 'EUR.USD');
  if (future === undefined || pair === undefined) throw new Error('The simulator lists other contracts.');
  return [future, pair];
};
