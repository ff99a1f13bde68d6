import type { Field } from '../../wire/field.js';
import { statusOf, type TwsOrder } from '../order.js';
import { advisorFields, termsFields, trailStopOf } from './open-order.js';

/**
 * Message 101: an order of the day that is over. It names no order id and no client. Layout: as the decoders of the client libraries
 * read it at server versions from 170 to 193.
 * @param completedTime - as TWS writes times of executions
 */
export const completedOrderMessage = (
  serverVersion: number,
  order: TwsOrder,
  completedTime: string,
): readonly Field[] => {
  const { terms, permId, parent, filled } = order;
  const trailStop = trailStopOf(order);
  return [
    101,
    // Source: rust-ibapi 220: the quantity is told as 0, and what has filled in a field of its own.
    ...termsFields({ ...order, terms: { ...terms, quantity: 0 } }),
    permId,
    terms.outsideRth,
    ...[0, 0, ''], // hidden, discretionaryAmt, goodAfterTime
    ...advisorFields(serverVersion),
    ...['', terms.goodTillDate, '', '', ''], // modelCode, goodTillDate, rule80A, percentOffset, settlingFirm
    ...[0, '', -1], // shortSaleSlot, designatedLocation, exemptCode
    ...['', '', '', '', ''], // startingPrice, stockRefPrice, delta, stockRangeLower, stockRangeUpper
    ...['', 0, 0, ''], // displaySize, sweepToFill, allOrNone, minQty
    terms.ocaType,
    ...[0, '', 0], // triggerMethod, volatility, volatilityType
    ...['None', '', 0, 0, 0, ''], // deltaNeutralOrderType, its aux price, contract, short sale, slot, location
    ...[0, 0], // continuousUpdate, referencePriceType
    trailStop,
    ...['', '', 0, 0, 0], // trailingPercent, comboLegsDescription, and how many legs, prices of legs, routing parameters
    ...['', '', '', ''], // scaleInitLevelSize, scaleSubsLevelSize, scalePriceIncrement, hedgeType
    ...['', 'IB', 0, 0], // clearingAccount, clearingIntent, notHeld, deltaNeutralContract
    ...['', 0], // algoStrategy, solicited
    statusOf(order),
    ...[0, 0, 0], // randomizeSize, randomizePrice, how many conditions
    trailStop,
    ...['', '', 0, 0, ''], // lmtPriceOffset, cashQty, dontUseAutoPriceForHedge, isOmsContainer, autoCancelDate
    filled,
    ...[0, 0, '', 0, 0], // refFuturesConId, autoCancelParent, shareholder, imbalanceOnly, routeMarketableToBbo
    parent?.permId ?? 0,
    completedTime,
    order.endReason,
    ...['', '', '', '', ''], // minTradeQty, minCompeteSize, competeAgainstBestOffset, midOffsetAtWhole, midOffsetAtHalf
    ...(serverVersion >= 183 ? [''] : []), // customerAccount
    ...(serverVersion >= 184 ? [0] : []), // professionalCustomer
  ];
};

/** Message 102: no more completed orders. */
export const completedOrdersEndMessage = (): readonly Field[] => [102];
