import type { Field } from '../../wire/field.js';
import { type Holding, multiplierOf } from '../holding.js';
import { tidy } from '../order.js';
import { contractFields } from './contract-fields.js';

/** One figure of an account as TWS tells it. */
export interface AccountValue {
  readonly key: string;
  readonly value: string;
  /** Empty for what is no amount. */
  readonly currency: string;
}

const positionContract = ({ contract }: Holding): readonly Field[] =>
  contractFields(contract, contract.primaryExchange, '');

/** Message 61. */
export const positionMessage = (account: string, holding: Holding): readonly Field[] => [
  61,
  3,
  account,
  ...positionContract(holding),
  holding.quantity,
  holding.averageCost,
];

/** Message 62. */
export const positionEndMessage = (): readonly Field[] => [62, 1];

/** Message 71. */
export const positionMultiMessage = (
  requestId: number,
  account: string,
  holding: Holding,
): readonly Field[] => [
  71,
  1,
  requestId,
  account,
  ...positionContract(holding),
  holding.quantity,
  holding.averageCost,
  '', // modelCode
];

/** Message 72. */
export const positionMultiEndMessage = (requestId: number): readonly Field[] => [72, 1, requestId];

/** Message 63. */
export const summaryMessage = (
  requestId: number,
  account: string,
  { key, value, currency }: AccountValue,
): readonly Field[] => [63, 1, requestId, account, key, value, currency];

/** Message 64. */
export const summaryEndMessage = (requestId: number): readonly Field[] => [64, 1, requestId];

/** Message 6. */
export const accountValueMessage = (
  account: string,
  { key, value, currency }: AccountValue,
): readonly Field[] => [6, 2, key, value, currency, account];

/**
 * Message 7, version 8.
 * @param mark - present price of the contract
 * @param realized - profit of the day, contract's currency
 */
export const portfolioMessage = (
  account: string,
  holding: Holding,
  mark: number,
  realized: number,
): readonly Field[] => {
  const { contract, quantity, averageCost } = holding;
  const value = quantity * mark * multiplierOf(contract);
  const [id, symbol, kind, expiry, strike, right, multiplier, , currency, local, tradingClass] =
    contractFields(contract, '', '0');
  return [
    7,
    8,
    ...[
      id,
      symbol,
      kind,
      expiry,
      strike,
      right,
      multiplier,
      contract.primaryExchange,
      currency,
      local,
      tradingClass,
    ],
    quantity,
    tidy(mark),
    tidy(value),
    averageCost,
    tidy(value - averageCost * quantity),
    tidy(realized),
    account,
  ];
};

/** Message 8: `15:59`. */
export const accountTimeMessage = (clock: string): readonly Field[] => [8, 1, clock.slice(0, 5)];

/** Message 54. */
export const accountEndMessage = (account: string): readonly Field[] => [54, 1, account];

/** Message 73. */
export const accountMultiMessage = (
  requestId: number,
  account: string,
  { key, value, currency }: AccountValue,
): readonly Field[] => [73, 1, requestId, account, '', key, value, currency];

/** Message 74. */
export const accountMultiEndMessage = (requestId: number): readonly Field[] => [74, 1, requestId];

/** Message 94. Amounts in the account's currency. */
export const pnlMessage = (
  requestId: number,
  daily: number,
  unrealized: number,
  realized: number,
): readonly Field[] => [94, requestId, tidy(daily), tidy(unrealized), tidy(realized)];

/** Message 95. Amounts in the account's currency. */
export const pnlSingleMessage = (
  requestId: number,
  position: number,
  {
    daily,
    unrealized,
    realized,
    value,
  }: {
    readonly daily: number;
    readonly unrealized: number;
    readonly realized: number;
    readonly value: number;
  },
): readonly Field[] => [95, requestId, position, tidy(daily), tidy(unrealized), tidy(realized), tidy(value)];
