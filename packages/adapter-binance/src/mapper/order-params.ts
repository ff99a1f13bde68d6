import { type Instrument, MikroBotError, type OrderRequest, toDecimalString } from '@mikrobot/core';
import type { WireParams } from '../filters/check-filters.js';

/** How the account of a futures order works. */
export interface PositionMode {
  /** Long and short are held apart: each order names its side. */
  readonly hedge: boolean;
}

/** What cannot be said to the venue never leaves: `BAD_CONFIG`. */
const unsaid = (request: OrderRequest, what: string): never => {
  throw new MikroBotError('BAD_CONFIG', `${what}.`, { where: `order ${request.id}` });
};

const price = (request: OrderRequest, field: 'price' | 'limitPrice', instrument: Instrument): string => {
  const value = request[field];
  if (value === undefined) return unsaid(request, `A ${request.type} order needs ${field}`);
  return exact(request, field, value, instrument.priceDecimals);
};

const quantity = (request: OrderRequest, instrument: Instrument): string =>
  exact(request, 'quantity', request.quantity, instrument.quantityDecimals);

/** Binary dust of a decimal, in units of its last place; more would change what risk approved. */
const DUST = 1e-6;

/** Rounding here could make an order larger than it was approved, so what needs rounding does not leave. */
const exact = (request: OrderRequest, field: string, value: number, decimals: number): string => {
  const text = toDecimalString(value, decimals);
  const dust = Math.max(DUST * 10 ** -decimals, 2 * Number.EPSILON * Math.abs(value));
  return Math.abs(Number(text) - value) <= dust
    ? text
    : unsaid(request, `The ${field} ${value} has more than ${decimals} decimals`);
};

const sides = { buy: 'BUY', sell: 'SELL' } as const;

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
    quantity: quantity(request, instrument),
    newClientOrderId: request.id,
  };
  switch (request.type) {
    case 'market':
      return { ...common, type: 'MARKET' };
    case 'limit': {
      const timeInForce = spotTime(request);
      return { ...common, type: 'LIMIT', timeInForce, price: price(request, 'price', instrument) };
    }
    case 'stop':
      return { ...common, type: 'STOP_LOSS', stopPrice: price(request, 'price', instrument) };
    case 'stop-limit':
      return {
        ...common,
        type: 'STOP_LOSS_LIMIT',
        timeInForce: spotTime(request),
        price: price(request, 'limitPrice', instrument),
        stopPrice: price(request, 'price', instrument),
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
    if (stop.type === 'stop') return { Type: 'STOP_LOSS', StopPrice: price(stop, 'price', instrument) };
    if (stop.type !== 'stop-limit') return unsaid(stop, 'The stop of a pair is a stop or a stop-limit order');
    return {
      Type: 'STOP_LOSS_LIMIT',
      StopPrice: price(stop, 'price', instrument),
      Price: price(stop, 'limitPrice', instrument),
      TimeInForce: spotTime(stop),
    };
  })();
  const targetLeg = { Type: 'LIMIT_MAKER', Price: price(target, 'price', instrument) };
  const [stopPlace, targetPlace] = stop.side === 'sell' ? ['below', 'above'] : ['above', 'below'];
  return {
    symbol: stop.symbol,
    listClientOrderId: listIdOf(stop.id),
    side: sides[stop.side],
    quantity: quantity(stop, instrument),
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
  quantity: quantity(request, instrument),
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
  return { ...common, type: 'LIMIT', price: price(request, 'price', instrument), ...futuresTime(request) };
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
  const triggerPrice = price(request, 'price', instrument);
  if (type === 'stop') return { ...common, type: 'STOP_MARKET', triggerPrice };
  const limit = price(request, 'limitPrice', instrument);
  return { ...common, type: 'STOP', triggerPrice, price: limit, ...futuresTime(request) };
};

/** Parameters of a changed price and quantity of a limit order of futures (`PUT /fapi/v1/order`). */
export const futuresAmendment = (request: OrderRequest, instrument: Instrument): WireParams => ({
  symbol: request.symbol,
  side: sides[request.side],
  quantity: quantity(request, instrument),
  price: price(request, 'price', instrument),
  origClientOrderId: request.id,
});
