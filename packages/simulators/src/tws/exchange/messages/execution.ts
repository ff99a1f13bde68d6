import { type Field, UNSET } from '../../wire/field.js';
import type { TwsExecution } from '../account.js';
import { contractFields } from './contract-fields.js';

/**
 * Message 11.
 * @param requestId - -1 where nobody asked for it
 * @param time - `20260102 15:59:59 US/Eastern`
 */
export const executionMessage = (
  serverVersion: number,
  requestId: number,
  execution: TwsExecution,
  time: string,
): readonly Field[] => {
  const { contract, exchange, maker } = execution;
  return [
    11,
    requestId,
    execution.orderId,
    ...contractFields(contract, exchange, '?'),
    execution.execId,
    time,
    execution.account,
    exchange,
    execution.side,
    execution.quantity,
    execution.price,
    execution.permId,
    execution.clientId,
    0, // liquidation
    execution.cumulativeQuantity,
    execution.averagePrice,
    execution.orderRef,
    '', // evRule
    '', // evMultiplier
    '', // modelCode
    maker ? 1 : 2,
    ...(serverVersion >= 178 ? [0] : []), // pendingPriceRevision
  ];
};

/** Message 55: no more executions. */
export const executionEndMessage = (requestId: number): readonly Field[] => [55, 1, requestId];

/** Message 59. A trade that only opens says that its profit is not set. */
export const commissionMessage = ({
  execId,
  commission,
  contract,
  realized,
}: TwsExecution): readonly Field[] => [
  59,
  1,
  execId,
  commission,
  contract.currency,
  realized ?? UNSET,
  UNSET, // yield
  '', // yieldRedemptionDate
];
