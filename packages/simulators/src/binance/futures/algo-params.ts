import type { FuturesAccount } from './account.js';
import { type AlgoDraft, type AlgoType, algoTypes, becomesMarket } from './algo-orders.js';
import { type Amount, amountOf } from './amounts.js';
import { futuresErrors } from './errors.js';
import {
  goodTillOf,
  limitOf,
  positionSideOf,
  reduceOnlyOf,
  selfTradePreventionOf,
  sideOf,
  timeInForceOf,
} from './order-params.js';
import { clientId, decimal, flag, oneOf, optional, type Params, required, symbolOf } from './params.js';
import type { FuturesVenue } from './venue.js';

const [LEAST_CALLBACK, MOST_CALLBACK] = [amountOf('0.1'), amountOf('10')];

const typeOf = (params: Params): AlgoType => {
  if (required(params, 'algoType') !== 'CONDITIONAL') throw futuresErrors.invalid('algoType');
  required(params, 'type');
  return oneOf(params, 'type', algoTypes, futuresErrors.orderType)!;
};

const callbackOf = (params: Params, type: AlgoType): Amount => {
  if (type !== 'TRAILING_STOP_MARKET') return 0n;
  required(params, 'callbackRate');
  const rate = decimal(params, 'callbackRate', 1)!;
  if (rate < LEAST_CALLBACK || rate > MOST_CALLBACK) throw futuresErrors.invalid('callbackRate');
  return rate;
};

const closeAllOf = (params: Params, type: AlgoType): boolean => {
  if (!flag(params, 'closePosition')) return false;
  if (type !== 'STOP_MARKET' && type !== 'TAKE_PROFIT_MARKET')
    throw futuresErrors.notRequired('closeposition');
  if (optional(params, 'quantity') !== undefined) throw futuresErrors.quantityWithCloseAll();
  if (optional(params, 'reduceOnly') !== undefined) throw futuresErrors.notRequired('reduceonly');
  const position = `${params.side} ${params.positionSide}`;
  if (position === 'BUY LONG' || position === 'SELL SHORT') throw futuresErrors.combination();
  return true;
};

/**
 * Reads a new conditional order and checks what the request alone tells.
 * @throws VenueError -11xx, -4015, -4031, -4060, -4061, -4137, -50xx
 */
export const readAlgo = (venue: FuturesVenue, account: FuturesAccount, params: Params): AlgoDraft => {
  const type = typeOf(params);
  const symbol = symbolOf(venue.symbols, params);
  const { pricePrecision, quantityPrecision } = symbol.options;
  const side = sideOf(params);
  const positionSide = positionSideOf(account, params);
  const closePosition = closeAllOf(params, type);
  const reduceOnly = closePosition || reduceOnlyOf(account, params);
  if (!closePosition) required(params, 'quantity');
  const isTrailing = type === 'TRAILING_STOP_MARKET';
  if (!isTrailing) required(params, 'triggerPrice');
  const limit = becomesMarket(type) ? { price: 0n, priceMatch: 'NONE' } : limitOf(venue, params, side);
  const timeInForce = timeInForceOf(params) ?? 'GTC';
  const workingTypes = ['CONTRACT_PRICE', 'MARK_PRICE'] as const;
  return {
    symbol,
    side,
    positionSide,
    type,
    timeInForce: closePosition ? 'GTE_GTC' : timeInForce,
    quantity: closePosition ? 0n : decimal(params, 'quantity', quantityPrecision)!,
    ...limit,
    triggerPrice: isTrailing ? 0n : decimal(params, 'triggerPrice', pricePrecision)!,
    activatePrice: isTrailing ? (decimal(params, 'activatePrice', pricePrecision) ?? 0n) : 0n,
    callbackRate: callbackOf(params, type),
    workingType: oneOf(params, 'workingType', workingTypes, futuresErrors.workingType) ?? 'CONTRACT_PRICE',
    closePosition,
    priceProtect: flag(params, 'priceProtect'),
    reduceOnly,
    clientAlgoId: clientId(params, 'clientAlgoId'),
    selfTradePreventionMode: selfTradePreventionOf(params),
    goodTillDate: goodTillOf(params, timeInForce, venue.market.now),
  };
};
