import { VenueError } from '../exchange.js';

/** What the spot venue says to a request that it does not take. Codes and messages: errors.md. */
export const spotErrors = {
  illegal: (name: string, range: string) =>
    new VenueError(-1100, `Illegal characters found in parameter '${name}'; legal range is '${range}'.`),
  mandatory: (name: string) =>
    new VenueError(-1102, `Mandatory parameter '${name}' was not sent, was empty/null, or malformed.`),
  eitherOf: (one: string, other: string) =>
    new VenueError(-1102, `Param '${one}' or '${other}' must be sent, but both were empty/null!`),
  unread: (read: number, sent: number) =>
    new VenueError(
      -1104,
      `Not all sent parameters were read; read '${read}' parameter(s) but was sent '${sent}'.`,
    ),
  empty: (name: string) => new VenueError(-1105, `Parameter '${name}' was empty.`),
  notRequired: (name: string) => new VenueError(-1106, `Parameter '${name}' sent when not required.`),
  overflow: (name: string) => new VenueError(-1108, `Parameter '${name}' overflowed.`),
  precision: (name: string) => new VenueError(-1111, `Parameter '${name}' has too much precision.`),
  timeInForce: () => new VenueError(-1115, 'Invalid timeInForce.'),
  orderType: () => new VenueError(-1116, 'Invalid orderType.'),
  side: () => new VenueError(-1117, 'Invalid side.'),
  symbol: () => new VenueError(-1121, 'Invalid symbol.'),
  symbolStatus: () => new VenueError(-1122, 'Invalid symbolStatus.'),
  moreThanHours: (hours: number) =>
    new VenueError(-1127, `More than ${hours} hours between startTime and endTime.`),
  combination: () => new VenueError(-1128, 'Combination of optional parameters invalid.'),
  invalid: (name: string) => new VenueError(-1130, `Data sent for parameter '${name}' is not valid.`),
  strategyType: () => new VenueError(-1134, '`strategyType` was less than 1000000.'),
  cancelRestrictions: () => new VenueError(-1145, 'Invalid cancelRestrictions'),
  unsupportedCombination: () => new VenueError(-1014, 'Unsupported order combination.'),
  icebergNeedsGtc: (name: string, timeInForce: string) =>
    new VenueError(-1160, `Parameter '${name}' is not supported if '${timeInForce}' is not GTC.`),
  filter: (name: string) => new VenueError(-1013, `Filter failure: ${name}`),
  /** Refused before it reached the engine, for a reason of "Failures during order placement". */
  notTaken: (msg: string) => new VenueError(-1013, msg),
  /** Refused by the engine. */
  rejected: (msg: string) => new VenueError(-2010, msg),
  unknownOrder: () => new VenueError(-2011, 'Unknown order sent.'),
  cancelRestricted: () => new VenueError(-2011, 'Order was not canceled due to cancel restrictions.'),
  noSuchOrder: () => new VenueError(-2013, 'Order does not exist.'),
  archived: () =>
    new VenueError(
      -2026,
      'Order was canceled or expired with no executed qty over 90 days ago and has been archived.',
    ),
  amendRejected: (msg: string) => new VenueError(-2038, msg),
  clientIdMismatch: () => new VenueError(-2039, 'Client order ID is not correct for this order ID.'),
} as const;

/** Messages of -2010, as errors.md writes them. */
export const rejections = {
  duplicate: 'Duplicate order sent.',
  balance: 'Account has insufficient balance for requested action.',
  wouldMatch: 'Order would immediately match and take.',
  wouldTrigger: 'Order would trigger immediately.',
  ocoPrices: 'The relationship of the prices for the orders is not correct.',
  noLiquidity: 'Order book liquidity is less than symbol minimum quantity.',
  lessThanLot: 'Order book liquidity is less than `LOT_SIZE` filter minimum quantity.',
} as const;

/** The reject reason `r` of an execution report that goes with a message; see user-data-stream.md, "Order Reject Reason". */
export const rejectReasonOf = (msg: string): string => {
  if (msg === rejections.balance) return 'INSUFFICIENT_BALANCES';
  if (msg === rejections.wouldTrigger) return 'STOP_PRICE_WOULD_TRIGGER_IMMEDIATELY';
  if (msg === rejections.wouldMatch) return 'WOULD_MATCH_IMMEDIATELY';
  return msg === rejections.ocoPrices ? 'OCO_BAD_PRICES' : 'NONE';
};
