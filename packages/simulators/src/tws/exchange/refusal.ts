import type { TwsOrder } from './order.js';

/**
 * Why TWS does not do what it was asked. Codes and texts: IBKR Campus, "Error Codes"; 10147, 10148, 10318, 10326, 10349 as logs of
 * users show them (ib_insync 656, 690; ib_async 191; nautilus_trader 2978).
 */
export interface TwsRefusal {
  readonly code: number;
  readonly text: string;
}

const refusal = (code: number, text: string): TwsRefusal => ({ code, text });

/** What is wrong with an order that is the account's or the venue's to judge: it becomes an order that ended as `Inactive`. */
export const rejected = (reason: string): TwsRefusal => refusal(201, `Order rejected - reason:${reason}`);

/** Refusals of orders and of requests that concern them. */
export const refusals = {
  duplicateId: refusal(103, 'Duplicate order id'),
  filled: refusal(104, 'Cannot modify a filled order.'),
  otherOrder: refusal(105, 'Order being modified does not match original order.'),
  minTick: refusal(110, 'The price does not conform to the minimum price variation for this contract.'),
  wrongTif: refusal(111, 'The TIF (Tif type) and the order type are incompatible.'),
  auctionTif: refusal(113, 'The Tif option should be set to DAY for MOC and LOC orders.'),
  noTrailingDistance: refusal(158, 'You must specify an offset amount or a percent offset value.'),
  badAction: (action: string): TwsRefusal => refusal(303, `Invalid action: ${action}`),
  noParent: (id: number): TwsRefusal => refusal(135, `Can't find order with id =${id}`),
  readOnly: refusal(
    321,
    "Error validating request.-'bN' : cause - The API interface is currently in Read-Only mode.",
  ),
  badAccount: refusal(321, "Error validating request.-'bN' : cause - Invalid account code"),
  missingExchange: refusal(321, "Error validating request.-'bN' : cause - Missing order exchange"),
  invalid: (cause: string): TwsRefusal => refusal(321, `Error validating request.-'bN' : cause - ${cause}`),
  bindByZero: refusal(
    327,
    'Only API connections with clientId set to 0 can set the auto bind TWS orders property.',
  ),
  otherType: refusal(329, 'Order modify failed. Cannot change to the new order type.'),
  badGoodTill: refusal(
    337,
    'The date, time, or time-zone entered is invalid. The correct format is yyyymmdd hh:mm:ss xxx',
  ),
  pastGoodTill: refusal(334, 'Invalid Good Till Date order'),
  orderType: refusal(387, 'Unsupported order type for this exchange and security type.'),
  tooSmall: refusal(388, 'Order size is smaller than the minimum requirement.'),
  notTraded: refusal(412, 'The contract is not available for trading.'),
  whatIfTransmit: refusal(413, 'What-if order should have the transmit flag set to true.'),
  noSize: refusal(434, 'The order size cannot be zero.'),
  noAccount: refusal(435, 'You must specify an account.'),
  noPermission: refusal(460, 'No trading permissions.'),
  sizeStep: refusal(10318, "This order doesn't support fractional quantity trading"),
  ocaRevision: refusal(10326, 'OCA group revision is not allowed.'),
  notFound: (id: number): TwsRefusal =>
    refusal(10147, `OrderId ${id} that needs to be cancelled is not found.`),
  ended: (id: number, state: string): TwsRefusal =>
    refusal(10148, `OrderId ${id} that needs to be cancelled cannot be cancelled, state: ${state}.`),
} as const;

/**
 * Warning 399: an order is held until its market opens. Source of the text: `ErrorCode.ORDER_MESSAGE` of @stoqey/ib.
 * @param opens - as executions tell their time
 */
export const shutWarning = ({ terms, contract }: TwsOrder, opens: string): TwsRefusal => {
  const at = `${opens.slice(0, 4)}-${opens.slice(4, 6)}-${opens.slice(6)}`;
  const order = `${terms.action} ${terms.quantity} ${contract.localSymbol} ${contract.exchange}`;
  const warning = `Warning: your order will not be placed at the exchange until ${at}`;
  return refusal(399, `Order Message:\n${order}\n${warning}`);
};
