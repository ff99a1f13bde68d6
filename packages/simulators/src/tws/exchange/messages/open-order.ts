import { type Field, UNSET } from '../../wire/field.js';
import { statusOf, type TwsOrder, type TwsOrderStatus } from '../order.js';
import { contractFields } from './contract-fields.js';

/** What an order would do to the account, as a what-if order is answered. Amounts in the account's currency. */
export interface WhatIf {
  readonly initialBefore: number;
  readonly maintenanceBefore: number;
  readonly equityBefore: number;
  readonly initialAfter: number;
  readonly maintenanceAfter: number;
  readonly equityAfter: number;
  /** In `commissionCurrency`. */
  readonly commission: number;
  readonly commissionCurrency: string;
  readonly warning: string;
}

const money = (amount: number): string => amount.toFixed(2);

const UNSET_NINE: readonly Field[] = Array<Field>(9).fill(UNSET);

const whatIfFields = (whatIf: WhatIf | undefined): readonly Field[] => {
  if (whatIf === undefined) return [...UNSET_NINE, '', '', '', '', ''];
  const before = [whatIf.initialBefore, whatIf.maintenanceBefore, whatIf.equityBefore];
  const after = [whatIf.initialAfter, whatIf.maintenanceAfter, whatIf.equityAfter];
  const change = after.map((amount, i) => amount - before[i]!);
  const { commission, commissionCurrency, warning } = whatIf;
  return [...[...before, ...change, ...after].map(money), commission, '', '', commissionCurrency, warning];
};

/** Fields that open and completed orders begin with, from the contract to the order's reference. */
export const termsFields = ({ contract, terms, account }: TwsOrder): readonly Field[] => [
  ...contractFields(contract, terms.exchange, '?'),
  terms.action,
  terms.quantity,
  terms.type,
  terms.limitPrice ?? '0.0',
  terms.auxPrice ?? '0.0',
  terms.timeInForce,
  terms.ocaGroup,
  account.id,
  terms.openClose,
  terms.origin,
  terms.orderRef,
];

/** Where a trailing stop stands; undefined for other orders. */
export const trailStopOf = ({ line, terms }: TwsOrder): number | undefined =>
  line?.trigger() ?? terms.trailStopPrice;

/** Financial advisor's group, method and percentage; their profile before 177. */
export const advisorFields = (serverVersion: number): readonly Field[] =>
  serverVersion < 177 ? ['', '', '', ''] : ['', '', ''];

/** From the size that is shown to what a delta neutral order adds, which TWS always sends with the type `None`. */
const NO_DELTA_NEUTRAL: readonly Field[] = ['None', '', 0, '', '', '', '?', 0, 0, ''];

const since = (serverVersion: number, version: number, ...fields: readonly Field[]): readonly Field[] =>
  serverVersion >= version ? fields : [];

/**
 * Message 5. Layout: as the decoders of the client libraries read it at server versions from 170 to 193.
 * @param status - what is told of its state; by default what it is
 */
export const openOrderMessage = (
  serverVersion: number,
  order: TwsOrder,
  status: TwsOrderStatus = statusOf(order),
  whatIf?: WhatIf,
): readonly Field[] => {
  const { terms, orderId, clientId, permId, parent } = order;
  const trailStop = trailStopOf(order);
  return [
    5,
    orderId,
    ...termsFields(order),
    clientId,
    permId,
    terms.outsideRth,
    ...[0, 0, '', ''], // hidden, discretionaryAmt, goodAfterTime, sharesAllocation
    ...advisorFields(serverVersion),
    ...['', terms.goodTillDate, '', '', ''], // modelCode, goodTillDate, rule80A, percentOffset, settlingFirm
    ...[0, '', -1, 0], // shortSaleSlot, designatedLocation, exemptCode, auctionStrategy
    ...['', '', '', '', ''], // startingPrice, stockRefPrice, delta, stockRangeLower, stockRangeUpper
    ...['', 0, 0, 0, ''], // displaySize, blockOrder, sweepToFill, allOrNone, minQty
    terms.ocaType,
    ...[0, 0, ''], // eTradeOnly, firmQuoteOnly, nbboPriceCap
    parent?.orderId ?? 0,
    ...[0, '', 0], // triggerMethod, volatility, volatilityType
    ...NO_DELTA_NEUTRAL,
    ...[0, 0], // continuousUpdate, referencePriceType
    trailStop,
    ...['', '', ''], // trailingPercent, basisPoints, basisPointsType
    ...['', 0, 0, 0], // comboLegsDescription, and how many legs, prices of legs, routing parameters
    ...['', '', '', ''], // scaleInitLevelSize, scaleSubsLevelSize, scalePriceIncrement, hedgeType
    ...[0, '', 'IB', 0, 0], // optOutSmartRouting, clearingAccount, clearingIntent, notHeld, deltaNeutralContract
    ...['', 0], // algoStrategy, solicited
    whatIf !== undefined,
    status,
    ...whatIfFields(whatIf),
    ...[0, 0, 0], // randomizeSize, randomizePrice, how many conditions
    ...['None', ''], // adjustedOrderType, triggerPrice
    trailStop,
    ...['', '', '', '', 0], // lmtPriceOffset, adjustedStopPrice, adjustedStopLimitPrice, adjustedTrailingAmount, its unit
    ...['', '', '', ''], // softDollarTier, cashQty
    ...[0, 0, 0, 0], // dontUseAutoPriceForHedge, isOmsContainer, discretionaryUpToLimitPrice, usePriceMgmtAlgo
    ...['', '', 0], // duration, postToAts, autoCancelParent
    ...['', '', '', '', ''], // minTradeQty, minCompeteSize, competeAgainstBestOffset, midOffsetAtWhole, midOffsetAtHalf
    ...since(serverVersion, 183, ''), // customerAccount
    ...since(serverVersion, 184, 0), // professionalCustomer
    ...since(serverVersion, 185, ''), // bondAccruedInterest
    ...since(serverVersion, 189, 0), // includeOvernight
    ...since(serverVersion, 193, '', ''), // extOperator, manualOrderIndicator
  ];
};

/** Message 53: no more open orders. */
export const openOrderEndMessage = (): readonly Field[] => [53, 1];

/** Message 100: an order made by hand has got an order id of a client. */
export const orderBoundMessage = ({ permId, clientId, orderId }: TwsOrder): readonly Field[] => [
  100,
  permId,
  clientId,
  orderId,
];
