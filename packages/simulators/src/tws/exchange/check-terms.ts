import { roundPrice, tidyQuantity, type Zone } from '@mikrobot/core';
import type { SimulatedContract } from '../contracts/contract.js';
import { parseTime } from '../times.js';
import {
  type OrderTerms,
  orderTypes,
  type TwsOrderType,
  type TwsTimeInForce,
  timesInForce,
} from './order.js';
import type { PlaceOrder } from './place-order.js';
import { refusals, type TwsRefusal } from './refusal.js';

/** What is read of an order once its contract is known, or why it is refused. */
export type CheckedTerms = { readonly terms: OrderTerms } | { readonly refusal: TwsRefusal };

const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b));

const isKnown = <T extends string>(known: readonly T[], text: string): text is T =>
  (known as readonly string[]).includes(text);

const checkSize = ({ instrument, minSize }: SimulatedContract, quantity: number): TwsRefusal | undefined => {
  if (quantity === 0) return refusals.noSize;
  if (!(quantity >= minSize)) return refusals.tooSmall;
  return near(tidyQuantity(instrument, quantity), quantity) ? undefined : refusals.sizeStep;
};

const checkPrice = (
  { instrument }: SimulatedContract,
  name: string,
  price: number | undefined,
): TwsRefusal | undefined => {
  if (price === undefined || price === 0) return refusals.invalid(`Missing ${name}`);
  return price > 0 && near(roundPrice(instrument, price, 'nearest'), price) ? undefined : refusals.minTick;
};

const checkPrices = (
  contract: SimulatedContract,
  type: TwsOrderType,
  place: PlaceOrder,
): TwsRefusal | undefined => {
  const { limitPrice, auxPrice, trailStopPrice } = place;
  const limit = (): TwsRefusal | undefined => checkPrice(contract, 'limit price', limitPrice);
  const stop = (): TwsRefusal | undefined => checkPrice(contract, 'stop price', auxPrice);
  switch (type) {
    case 'LMT':
    case 'LOC':
      return limit();
    case 'STP':
      return stop();
    case 'STP LMT':
      return stop() ?? limit();
    case 'TRAIL':
      if (auxPrice === undefined || !(auxPrice > 0)) return refusals.noTrailingDistance;
      return trailStopPrice === undefined
        ? undefined
        : checkPrice(contract, 'trail stop price', trailStopPrice);
    default:
      return undefined;
  }
};

const checkType = ({ orderTypes: taken }: SimulatedContract, place: PlaceOrder): TwsRefusal | undefined => {
  const { type, algoStrategy, conditions, goodAfterTime, trailingPercent } = place;
  const isTaken = isKnown(orderTypes, type) && taken.split(',').includes(type.replace(' ', ''));
  // Algorithms, conditions and distances in percent are types of their own, which the simulator does not have.
  const isPlain =
    algoStrategy === '' && conditions === 0 && goodAfterTime === '' && trailingPercent === undefined;
  return isTaken && isPlain ? undefined : refusals.orderType;
};

/** @returns the time in force, or why it is none of the order's */
const timeInForceOf = (
  { timeInForce, type }: PlaceOrder,
  preset: TwsTimeInForce,
): TwsTimeInForce | TwsRefusal => {
  const named = timeInForce === '' ? preset : timeInForce;
  if (!isKnown(timesInForce, named)) return refusals.wrongTif;
  if ((type === 'MOC' || type === 'LOC') && named !== 'DAY') return refusals.auctionTif;
  if (named === 'FOK' && type !== 'LMT' && type !== 'MKT') return refusals.wrongTif;
  return named;
};

/**
 * Checks what an order says by itself: type, size, prices, time in force.
 * @param preset - time in force of an order that names none
 * @param now - epoch ms
 */
export const checkTerms = (
  contract: SimulatedContract,
  place: PlaceOrder,
  preset: TwsTimeInForce,
  zone: Zone,
  now: number,
): CheckedTerms => {
  const { action, type, quantity } = place;
  if (action !== 'BUY' && action !== 'SELL') return { refusal: refusals.badAction(action) };
  const refusal =
    checkType(contract, place) ??
    checkSize(contract, quantity) ??
    checkPrices(contract, type as TwsOrderType, place);
  if (refusal !== undefined) return { refusal };
  const timeInForce = timeInForceOf(place, preset);
  if (typeof timeInForce !== 'string') return { refusal: timeInForce };
  const goodTill = timeInForce === 'GTD' ? parseTime(place.goodTillDate, zone, now) : undefined;
  if (timeInForce === 'GTD' && goodTill === undefined) return { refusal: refusals.badGoodTill };
  if (goodTill !== undefined && goodTill <= now) return { refusal: refusals.pastGoodTill };
  const isTrail = type === 'TRAIL';
  return {
    terms: {
      action,
      quantity,
      type: type as TwsOrderType,
      limitPrice: type === 'LMT' || type === 'LOC' || type === 'STP LMT' ? place.limitPrice : undefined,
      auxPrice: type === 'STP' || type === 'STP LMT' || isTrail ? place.auxPrice : undefined,
      trailStopPrice: isTrail ? place.trailStopPrice : undefined,
      timeInForce,
      goodTillDate: place.goodTillDate,
      goodTill,
      ocaGroup: place.ocaGroup,
      ocaType: place.ocaGroup === '' ? 0 : place.ocaType || REDUCE,
      orderRef: place.orderRef,
      outsideRth: place.outsideRth,
      openClose: place.openClose,
      origin: place.origin,
      exchange: place.contract.exchange,
      parentId: place.parentId,
    },
  };
};

/** The others of a group are reduced, without a block: what a group is that names no type. */
export const REDUCE = 3;
