import { VenueError } from '../exchange.js';

/**
 * What the venue says no with. Source of codes and messages: developers.binance.com, USD-M futures, "Error Code"; -4130, which the
 * page does not list, as the test net answers it.
 */
export const futuresErrors = {
  mandatory: (name: string) =>
    new VenueError(-1102, `Mandatory parameter '${name}' was not sent, was empty/null, or malformed.`),
  eitherOf: (one: string, other: string) =>
    new VenueError(-1102, `Param '${one}' or '${other}' must be sent, but both were empty/null!`),
  illegal: (name: string, range: string) =>
    new VenueError(-1100, `Illegal characters found in parameter '${name}'; legal range is '${range}'.`),
  notRequired: (name: string) => new VenueError(-1106, `Parameter '${name}' sent when not required.`),
  precision: () => new VenueError(-1111, 'Precision is over the maximum defined for this asset.'),
  timeInForce: () => new VenueError(-1115, 'Invalid timeInForce.'),
  orderType: () => new VenueError(-1116, 'Invalid orderType.'),
  side: () => new VenueError(-1117, 'Invalid side.'),
  symbol: () => new VenueError(-1121, 'Invalid symbol.'),
  combination: () => new VenueError(-1128, 'Combination of optional parameters invalid.'),
  invalid: (name: string) => new VenueError(-1130, `Data sent for parameter '${name}' is not valid.`),
  respType: () => new VenueError(-1136, 'Invalid newOrderRespType.'),
  rejected: () => new VenueError(-2010, 'NEW_ORDER_REJECTED'),
  unknownOrder: () => new VenueError(-2011, 'Unknown order sent.'),
  noSuchOrder: () => new VenueError(-2013, 'Order does not exist.'),
  margin: () => new VenueError(-2019, 'Margin is insufficient.'),
  wouldTrigger: () => new VenueError(-2021, 'Order would immediately trigger.'),
  reduceOnly: () => new VenueError(-2022, 'ReduceOnly Order is rejected.'),
  tooManyOpen: () => new VenueError(-2025, 'Reach max open order limit.'),
  overLeverage: () => new VenueError(-2027, 'Exceeded the maximum allowable position at current leverage.'),
  underLeverage: () =>
    new VenueError(-2028, 'Leverage is smaller than permitted: insufficient margin balance.'),
  priceBelowZero: () => new VenueError(-4001, 'Price less than 0.'),
  priceAboveMax: () => new VenueError(-4002, 'Price greater than max price.'),
  quantityBelowZero: () => new VenueError(-4003, 'Quantity less than zero.'),
  quantityBelowMin: () => new VenueError(-4004, 'Quantity less than min quantity.'),
  quantityAboveMax: () => new VenueError(-4005, 'Quantity greater than max quantity.'),
  stopBelowZero: () => new VenueError(-4006, 'Stop price less than zero.'),
  stopAboveMax: () => new VenueError(-4007, 'Stop price greater than max price.'),
  priceBelowMin: () => new VenueError(-4013, 'Price less than min price.'),
  tick: () => new VenueError(-4014, 'Price not increased by tick size.'),
  idLength: () => new VenueError(-4015, 'Client order id length should not be more than 36 chars'),
  priceAboveCap: () => new VenueError(-4016, 'Price is higher than mark price multiplier cap.'),
  step: () => new VenueError(-4023, 'Qty not increased by step size.'),
  priceBelowFloor: () => new VenueError(-4024, 'Price is lower than mark price multiplier floor.'),
  priceAboveStopCap: () => new VenueError(-4183, 'Price is higher than stop price multiplier cap.'),
  priceBelowStopFloor: () => new VenueError(-4184, 'Price is lower than stop price multiplier floor.'),
  leverage: (sent: string) => new VenueError(-4028, `Leverage ${sent} is not valid`),
  workingType: () => new VenueError(-4031, 'Invalid parameter working type'),
  tooManyStops: () => new VenueError(-4045, 'Reach max stop order limit.'),
  sameMarginType: () => new VenueError(-4046, 'No need to change margin type.'),
  marginTypeOrders: () => new VenueError(-4047, 'Margin type cannot be changed if there exists open orders.'),
  marginTypePosition: () => new VenueError(-4048, 'Margin type cannot be changed if there exists position.'),
  samePositionSide: () => new VenueError(-4059, 'No need to change position side.'),
  positionSide: () => new VenueError(-4060, 'Invalid position side.'),
  positionSideMismatch: () => new VenueError(-4061, "Order's position side does not match user's setting."),
  positionSideOrders: () =>
    new VenueError(-4067, 'Position side cannot be changed if there exists open orders.'),
  positionSidePosition: () =>
    new VenueError(-4068, 'Position side cannot be changed if there exists position.'),
  batchSize: (size: number) => new VenueError(-4082, `Invalid number of batch place orders: ${size}`),
  duplicateId: () => new VenueError(-4116, 'clientOrderId is duplicated'),
  useAlgo: () =>
    new VenueError(
      -4120,
      'Order type not supported for this endpoint. Please use the Algo Order API endpoints instead.',
    ),
  sameCloseAll: () =>
    new VenueError(
      -4130,
      'An open stop or take profit order with GTE and closePosition in the direction is existing.',
    ),
  noCounterparty: () =>
    new VenueError(-4131, "The counterparty's best price does not meet the PERCENT_PRICE filter limit"),
  activation: () => new VenueError(-4135, 'Invalid activation price'),
  quantityWithCloseAll: () => new VenueError(-4137, 'Quantity must be zero with closePosition equals true'),
  isolatedLeverage: () =>
    new VenueError(-4161, 'Leverage reduction is not supported in Isolated Margin Mode with open positions'),
  minNotional: (least: string) =>
    new VenueError(
      -4164,
      `Order's notional must be no smaller than ${least} (unless you choose reduce only)`,
    ),
  interval: (days: number) => new VenueError(-4165, `Maximum time interval is ${days} days`),
  jointIsolated: () =>
    new VenueError(
      -4167,
      'Unable to adjust to Multi-Assets mode with symbols of USDⓈ-M Futures under isolated-margin mode.',
    ),
  isolatedJoint: () =>
    new VenueError(-4168, 'Unable to adjust to isolated-margin mode under the Multi-Assets mode.'),
  jointOrders: () =>
    new VenueError(-4170, 'Unable to adjust Multi-Assets Mode with open orders in USDⓈ-M Futures.'),
  sameJoint: () =>
    new VenueError(
      -4171,
      'Adjusted asset mode is currently set and does not need to be adjusted repeatedly.',
    ),
  fillOrKill: () =>
    new VenueError(
      -5021,
      'Due to the order could not be filled immediately, the FOK order has been rejected.',
    ),
  postOnly: () =>
    new VenueError(
      -5022,
      'Due to the order could not be executed as maker, the Post Only order will be rejected.',
    ),
  limitOnly: () => new VenueError(-5025, 'Only limit order is supported.'),
  tooManyAmendments: () => new VenueError(-5026, 'Exceed maximum modify order limit.'),
  sameOrder: () => new VenueError(-5027, 'No need to modify the order.'),
  amendedNotional: (least: string) =>
    new VenueError(-5029, `Order's notional must be no smaller than ${least}`),
  priceMatch: () => new VenueError(-5037, 'Invalid price match'),
  selfTradePrevention: () => new VenueError(-5039, 'Invalid self trade prevention mode'),
  goodTillDate: () =>
    new VenueError(
      -5040,
      'The goodTillDate timestamp must be greater than the current time plus 600 seconds and smaller than ' +
        '253402300799000 (UTC 9999-12-31 23:59:59)',
    ),
  noDepth: () => new VenueError(-5041, 'No depth matches this BBO order'),
  notReduceOnly: () => new VenueError(-5047, 'The original order is not a reduce-only order'),
} as const;
