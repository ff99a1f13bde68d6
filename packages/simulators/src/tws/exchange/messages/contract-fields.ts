import type { SimulatedContract } from '../../contracts/contract.js';
import type { Field } from '../../wire/field.js';

/**
 * The eleven fields of a contract in messages of orders, executions and positions: contract id to trading class.
 * @param right - how a contract without a right is told: `?` with orders and executions, `0` with the portfolio, empty with positions
 */
export const contractFields = (
  contract: SimulatedContract,
  exchange: string,
  right: '?' | '0' | '',
): readonly Field[] => [
  contract.contractId,
  contract.symbol,
  contract.securityType,
  contract.expiry,
  contract.strike,
  contract.right === '' ? right : contract.right,
  contract.multiplier,
  exchange,
  contract.currency,
  contract.localSymbol,
  contract.tradingClass,
];
