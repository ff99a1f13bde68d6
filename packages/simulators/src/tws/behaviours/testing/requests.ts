import type { RawField } from '../../server/testing/raw-client.js';

// Layouts: `client.py` of ib_async 2.1.0 up to server version 178, `encoder.js` of @stoqey/ib 1.6.10 above.

/** A contract as a request names it. */
export interface NamedContract {
  readonly contractId: number;
  readonly symbol: string;
  readonly secType: string;
  readonly expiry: string;
  readonly strike: number;
  readonly right: string;
  readonly multiplier: string;
  readonly exchange: string;
  readonly primaryExchange: string;
  readonly currency: string;
  readonly localSymbol: string;
  readonly tradingClass: string;
}

const share: NamedContract = {
  contractId: 0,
  symbol: 'AAPL',
  secType: 'STK',
  expiry: '',
  strike: 0,
  right: '',
  multiplier: '',
  exchange: 'SMART',
  primaryExchange: '',
  currency: 'USD',
  localSymbol: '',
  tradingClass: '',
};

/** The front ES future. */
export const es: Partial<NamedContract> = { symbol: 'ES', secType: 'FUT', exchange: 'CME', expiry: '202603' };
/** Euros in dollars. */
export const eurusd: Partial<NamedContract> = { symbol: 'EUR', secType: 'CASH', exchange: 'IDEALPRO' };

/** The twelve fields of a contract; AAPL unless it is said otherwise. */
export const contractFields = (contract: Partial<NamedContract> = {}): readonly RawField[] => {
  const c = { ...share, ...contract };
  return [
    ...[c.contractId, c.symbol, c.secType, c.expiry, c.strike, c.right],
    ...[c.multiplier, c.exchange, c.primaryExchange, c.currency, c.localSymbol, c.tradingClass],
  ];
};

/** What an order says; the rest is as a client sends it that sets nothing else. */
export interface AskedOrder {
  readonly action: string;
  readonly quantity: number;
  readonly type: string;
  readonly limit?: number;
  readonly aux?: number;
  /** Default `GTC`. */
  readonly tif?: string;
  readonly ocaGroup?: string;
  readonly ocaType?: number;
  readonly account?: string;
  readonly orderRef?: string;
  readonly transmit?: boolean;
  readonly parentId?: number;
  readonly outsideRth?: boolean;
  readonly goodTill?: string;
  readonly trailStop?: number;
  readonly whatIf?: boolean;
}

const order =
  (action: string) =>
  (quantity: number, type: string, more: Partial<AskedOrder> = {}): AskedOrder => ({
    action,
    quantity,
    type,
    ...more,
  });

/** An order to buy. */
export const buy = order('BUY');
/** An order to sell. */
export const sell = order('SELL');

const blanks = (count: number): readonly RawField[] => Array<RawField>(count).fill('');
const flag = (on: boolean | undefined): RawField => (on ? 1 : 0);
const since = (version: number, least: number, ...fields: readonly RawField[]): readonly RawField[] =>
  version >= least ? fields : [];

/** Message 3. */
export const placeOrder = (
  version: number,
  orderId: number,
  o: AskedOrder,
  contract: Partial<NamedContract> = {},
): readonly RawField[] => [
  3,
  orderId,
  ...contractFields(contract),
  ...blanks(2), // secIdType, secId
  o.action,
  o.quantity,
  o.type,
  o.limit ?? '',
  o.aux ?? '',
  o.tif ?? 'GTC',
  o.ocaGroup ?? '',
  o.account ?? '',
  ...['', 0], // openClose, origin
  o.orderRef ?? '',
  flag(o.transmit ?? true),
  o.parentId ?? 0,
  ...[0, 0, 0, 0], // blockOrder, sweepToFill, displaySize, triggerMethod
  flag(o.outsideRth),
  ...[0, '', 0, ''], // hidden, sharesAllocation, discretionaryAmt, goodAfterTime
  o.goodTill ?? '',
  ...blanks(version < 177 ? 4 : 3), // faGroup, faMethod, faPercentage, faProfile
  ...['', 0, '', -1], // modelCode, shortSaleSlot, designatedLocation, exemptCode
  o.ocaType ?? 0,
  ...['', '', 0, '', ''], // rule80A, settlingFirm, allOrNone, minQty, percentOffset
  ...[0, 0, '', 0], // eTradeOnly, firmQuoteOnly, nbboPriceCap, auctionStrategy
  ...blanks(5), // startingPrice, stockRefPrice, delta, stockRangeLower, stockRangeUpper
  ...[0, '', '', '', ''], // overridePercentageConstraints, volatility, its type, deltaNeutralOrderType, its aux price
  ...[0, ''], // continuousUpdate, referencePriceType
  o.trailStop ?? '',
  ...blanks(4), // trailingPercent, scaleInitLevelSize, scaleSubsLevelSize, scalePriceIncrement
  ...blanks(4), // scaleTable, activeStartTime, activeStopTime, hedgeType
  ...[0, '', '', 0, 0], // optOutSmartRouting, clearingAccount, clearingIntent, notHeld, deltaNeutralContract
  ...['', ''], // algoStrategy, algoId
  flag(o.whatIf),
  ...['', 0, 0, 0, 0], // orderMiscOptions, solicited, randomizeSize, randomizePrice, how many conditions
  ...blanks(7), // adjustedOrderType … adjustableTrailingUnit
  ...blanks(8), // extOperator, softDollarTier (2), cashQty, mifid2 (4)
  ...[0, 0, 0, ''], // dontUseAutoPriceForHedge, isOmsContainer, discretionaryUpToLimitPrice, usePriceMgmtAlgo
  ...blanks(5), // duration, postToAts, autoCancelParent, advancedErrorOverride, manualOrderTime
  ...since(version, 183, ''), // customerAccount
  ...since(version, 184, 0), // professionalCustomer
  ...since(version, 189, 0), // includeOvernight
  ...since(version, 192, ''), // manualOrderIndicator
];

/** Message 4. */
export const cancelOrder = (version: number, orderId: number): readonly RawField[] =>
  version >= 192 ? [4, orderId, '', '', ''] : [4, 1, orderId, ''];

/** Message 58. */
export const globalCancel = (version: number): readonly RawField[] =>
  version >= 192 ? [58, '', ''] : [58, 1];

/** Message 7. */
export const executions = (requestId: number, clientId = 0, since = '', side = ''): readonly RawField[] => [
  ...[7, 3, requestId],
  ...[clientId, '', since, '', '', '', side],
];

/** Message 9. */
export const contractDetails = (
  requestId: number,
  contract: Partial<NamedContract> = {},
): readonly RawField[] => [9, 8, requestId, ...contractFields(contract), 0, '', '', ''];

/** Message 1. */
export const marketData = (
  requestId: number,
  contract: Partial<NamedContract> = {},
  { ticks = '', snapshot = false }: { readonly ticks?: string; readonly snapshot?: boolean } = {},
): readonly RawField[] => [1, 11, requestId, ...contractFields(contract), 0, ticks, flag(snapshot), 0, ''];

/** What is asked of the past; bars of a minute over an hour, of trades. */
export interface AskedBars {
  readonly end?: string;
  readonly size?: string;
  readonly duration?: string;
  readonly what?: string;
  readonly regularOnly?: boolean;
  /** 1 dates, 2 seconds. */
  readonly format?: 1 | 2;
  readonly keepUpToDate?: boolean;
}

/** Message 20. */
export const bars = (
  requestId: number,
  asked: AskedBars = {},
  contract: Partial<NamedContract> = {},
): readonly RawField[] => [
  ...[20, requestId, ...contractFields(contract), 0],
  ...[asked.end ?? '', asked.size ?? '1 min', asked.duration ?? '3600 S'],
  ...[flag(asked.regularOnly), asked.what ?? 'TRADES', asked.format ?? 1, flag(asked.keepUpToDate), ''],
];

/** Message 87. */
export const headTimestamp = (requestId: number, format: 1 | 2): readonly RawField[] => [
  ...[87, requestId, ...contractFields(), 0, 0, 'TRADES', format],
];

/** Message 97. */
export const tickByTick = (requestId: number, kind: string): readonly RawField[] => [
  ...[97, requestId, ...contractFields(), kind, 0, 0],
];

/** Message 50. */
export const realTimeBars = (
  requestId: number,
  what: string,
  contract: Partial<NamedContract> = {},
): readonly RawField[] => [50, 3, requestId, ...contractFields(contract), 5, what, 0, ''];
