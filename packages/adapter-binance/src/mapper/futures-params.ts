import type { Instrument, OrderRequest } from '@mikrobot/core';
import type { WireParams } from '../filters/check-filters.js';
import { priceText, quantityText, sides, unsaid } from './param-texts.js';

/** How the account of a futures order works. */
export interface PositionMode {
  /** Long and short are held apart: each order names its side. */
  readonly hedge: boolean;
}

/** Whether a futures order waits for a trigger, and so goes to the service of conditional (algo) orders. */
export const isConditional = ({ type }: Pick<OrderRequest, 'type'>): boolean =>
  type === 'stop' || type === 'stop-limit' || type === 'trailing-stop';

/** The position that an order of a hedging account is about: what enters by buying is long, what leaves by selling was long. */
export const positionSideOf = ({
  purpose,
  side,
}: Pick<OrderRequest, 'purpose' | 'side'>): 'LONG' | 'SHORT' =>
  (purpose === 'enter') === (side === 'buy') ? 'LONG' : 'SHORT';

/** In hedge mode the position's side says that an order reduces, and the venue refuses the flag. */
const futuresCommon = (
  request: OrderRequest,
  instrument: Instrument,
  { hedge }: PositionMode,
): WireParams => ({
  symbol: request.symbol,
  side: sides[request.side],
  quantity: quantityText(request, instrument),
  ...(hedge ? { positionSide: positionSideOf(request) } : request.reduceOnly ? { reduceOnly: 'true' } : {}),
});

const futuresTime = (request: OrderRequest): WireParams => {
  const { timeInForce, goodTill } = request;
  if (timeInForce === 'DAY') return unsaid(request, 'Futures have no time in force DAY');
  if (timeInForce !== 'GTD') return { timeInForce };
  if (goodTill === undefined) return unsaid(request, 'A GTD order needs goodTill');
  return { timeInForce, goodTillDate: String(Math.floor(goodTill)) };
};

/**
 * Parameters of a market or limit order of futures (`POST /fapi/v1/order`).
 * @throws {@link MikroBotError} `BAD_CONFIG` for orders that wait for a trigger: the venue answers -4120 to them here
 */
export const futuresOrder = (
  request: OrderRequest,
  instrument: Instrument,
  mode: PositionMode,
): WireParams => {
  const common = { ...futuresCommon(request, instrument, mode), newClientOrderId: request.id };
  if (request.type === 'market') return { ...common, type: 'MARKET' };
  if (request.type !== 'limit') return unsaid(request, `A ${request.type} order goes to the algo endpoint`);
  return {
    ...common,
    type: 'LIMIT',
    price: priceText(request, 'price', instrument),
    ...futuresTime(request),
  };
};

/**
 * Parameters of a conditional order of futures (`POST /fapi/v1/algoOrder`). It is triggered by trades of the contract, as stops of the
 * model are, not by the mark price.
 * @throws {@link MikroBotError} `BAD_CONFIG` for orders that wait for nothing, and for trailing by a distance
 */
export const futuresAlgoOrder = (
  request: OrderRequest,
  instrument: Instrument,
  mode: PositionMode,
): WireParams => {
  const common = {
    algoType: 'CONDITIONAL',
    ...futuresCommon(request, instrument, mode),
    clientAlgoId: request.id,
    workingType: 'CONTRACT_PRICE',
  };
  const { type } = request;
  if (type === 'trailing-stop') return unsaid(request, 'Futures trail in percent, not by a distance');
  if (type !== 'stop' && type !== 'stop-limit')
    return unsaid(request, `A ${type} order waits for no trigger`);
  const triggerPrice = priceText(request, 'price', instrument);
  if (type === 'stop') return { ...common, type: 'STOP_MARKET', triggerPrice };
  const limit = priceText(request, 'limitPrice', instrument);
  return { ...common, type: 'STOP', triggerPrice, price: limit, ...futuresTime(request) };
};

/** Parameters of a changed price and quantity of a limit order of futures (`PUT /fapi/v1/order`). */
export const futuresAmendment = (request: OrderRequest, instrument: Instrument): WireParams => ({
  symbol: request.symbol,
  side: sides[request.side],
  quantity: quantityText(request, instrument),
  price: priceText(request, 'price', instrument),
  origClientOrderId: request.id,
});
