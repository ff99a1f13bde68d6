import type { SimulatedContract } from '../contracts/contract.js';

/**
 * What an order owes in all once so much of it has traded, in the contract's currency.
 * @param quantity - contracts, shares or units of the base currency, of all executions of the order
 * @param value - price times quantity times multiplier of them, in the contract's currency
 */
export type Commission = (contract: SimulatedContract, quantity: number, value: number) => number;

/** Nothing. */
export const noCommission: Commission = () => 0;

/**
 * Commissions like those of Interactive Brokers' fixed pricing in USD: stocks 0.005 a share, at least 1 and at most 1 % of the value;
 * futures 2.25 a contract; options 0.65 a contract, at least 1; forex 0.2 basis points, at least 2; index CFDs 0.5 basis points and
 * share-like CFDs alike, at least 1; crypto 0.18 %, at least 1.75 and at most 1 %.
 */
export const fixedCommission: Commission = ({ securityType }, quantity, value) => {
  switch (securityType) {
    case 'STK':
      return Math.min(Math.max(0.005 * quantity, 1), 0.01 * value);
    case 'FUT':
      return 2.25 * quantity;
    case 'OPT':
      return Math.max(0.65 * quantity, 1);
    case 'CASH':
      return Math.max(0.00002 * value, 2);
    case 'CFD':
      return Math.max(0.00005 * value, 1);
    case 'CRYPTO':
      return Math.min(Math.max(0.0018 * value, 1.75), 0.01 * value);
    default:
      return 0;
  }
};
