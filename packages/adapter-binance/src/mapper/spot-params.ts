import type { Instrument, OrderRequest } from '@mikrobot/core';
import type { WireParams } from '../filters/check-filters.js';
import { priceText, quantityText, sides, unsaid } from './param-texts.js';

const spotTimes: ReadonlySet<string> = new Set(['GTC', 'IOC', 'FOK']);

const spotTime = (request: OrderRequest): string =>
  spotTimes.has(request.timeInForce)
    ? request.timeInForce
    : unsaid(request, `Spot has no time in force ${request.timeInForce}`);

/**
 * Parameters of a spot order (`POST /api/v3/order`, `order.place`).
 * @throws {@link MikroBotError} `BAD_CONFIG` for what spot does not have: trailing by a distance, DAY, GTD
 */
export const spotOrder = (request: OrderRequest, instrument: Instrument): WireParams => {
  const common = {
    symbol: request.symbol,
    side: sides[request.side],
    quantity: quantityText(request, instrument),
    newClientOrderId: request.id,
  };
  switch (request.type) {
    case 'market':
      return { ...common, type: 'MARKET' };
    case 'limit': {
      const timeInForce = spotTime(request);
      return { ...common, type: 'LIMIT', timeInForce, price: priceText(request, 'price', instrument) };
    }
    case 'stop':
      return { ...common, type: 'STOP_LOSS', stopPrice: priceText(request, 'price', instrument) };
    case 'stop-limit':
      return {
        ...common,
        type: 'STOP_LOSS_LIMIT',
        timeInForce: spotTime(request),
        price: priceText(request, 'limitPrice', instrument),
        stopPrice: priceText(request, 'price', instrument),
      };
    case 'trailing-stop':
      return unsaid(request, 'Spot trails in basis points, not by a distance');
  }
};

/** Client id of the list that a stop and its target are placed as. */
const listIdOf = (stopId: string): string => `${stopId}l`;

/**
 * Parameters of a stop and a target of which one cancels the other (`POST /api/v3/orderList/oco`, `orderList.place.oco`). The venue tells
 * the legs apart by where they stand to the market: what sells has its target above, what buys below.
 * @throws {@link MikroBotError} `BAD_CONFIG` where the two do not belong together
 */
export const spotPair = (stop: OrderRequest, target: OrderRequest, instrument: Instrument): WireParams => {
  if (stop.side !== target.side || stop.symbol !== target.symbol)
    return unsaid(stop, `It is no pair with ${target.id}: side or symbol differ`);
  if (stop.quantity !== target.quantity)
    return unsaid(stop, `A pair has one quantity, ${target.id} has another`);
  if (target.type !== 'limit') return unsaid(target, 'The target of a pair is a limit order');
  const stopLeg = ((): WireParams => {
    if (stop.type === 'stop') return { Type: 'STOP_LOSS', StopPrice: priceText(stop, 'price', instrument) };
    if (stop.type !== 'stop-limit') return unsaid(stop, 'The stop of a pair is a stop or a stop-limit order');
    return {
      Type: 'STOP_LOSS_LIMIT',
      StopPrice: priceText(stop, 'price', instrument),
      Price: priceText(stop, 'limitPrice', instrument),
      TimeInForce: spotTime(stop),
    };
  })();
  const targetLeg = { Type: 'LIMIT_MAKER', Price: priceText(target, 'price', instrument) };
  const [stopPlace, targetPlace] = stop.side === 'sell' ? ['below', 'above'] : ['above', 'below'];
  return {
    symbol: stop.symbol,
    listClientOrderId: listIdOf(stop.id),
    side: sides[stop.side],
    quantity: quantityText(stop, instrument),
    ...placed(targetPlace as string, { ...targetLeg, ClientOrderId: target.id }),
    ...placed(stopPlace as string, { ...stopLeg, ClientOrderId: stop.id }),
  };
};

const placed = (place: string, leg: WireParams): WireParams =>
  Object.fromEntries(Object.entries(leg).map(([name, value]) => [`${place}${name}`, value]));

/** The legs of a pair as single orders, for filters that judge one order. */
export const pairLegs = ({ symbol, side, quantity, ...rest }: WireParams): readonly WireParams[] =>
  ['above', 'below'].map((place) => {
    const own = Object.entries(rest)
      .filter(([name]) => name.startsWith(place))
      .map(([name, value]) => [
        `${name.charAt(place.length).toLowerCase()}${name.slice(place.length + 1)}`,
        value,
      ]);
    return { symbol, side, quantity, ...Object.fromEntries(own) } as WireParams;
  });
