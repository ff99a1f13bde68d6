import type { OrderState, OrderType } from '@mikrobot/core';

/**
 * The venue's order types in the model's words. A take-profit waits on the far side of the market, as a limit does: it counts as a
 * limit at its trigger, because called a stop it would count as protection.
 */
const types: Readonly<Record<string, OrderType>> = {
  MARKET: 'market',
  LIMIT: 'limit',
  // Spot: never takes liquidity.
  LIMIT_MAKER: 'limit',
  STOP_LOSS: 'stop',
  STOP_LOSS_LIMIT: 'stop-limit',
  TAKE_PROFIT: 'limit',
  TAKE_PROFIT_LIMIT: 'limit',
  // Futures.
  STOP: 'stop-limit',
  STOP_MARKET: 'stop',
  TAKE_PROFIT_MARKET: 'limit',
  TRAILING_STOP_MARKET: 'trailing-stop',
  // What the venue closes with by itself.
  LIQUIDATION: 'market',
};

/** The model's word for a venue's order type, or undefined for one that is not documented. */
export const orderTypeOf = (wire: string): OrderType | undefined =>
  Object.hasOwn(types, wire) ? types[wire] : undefined;

/** Whether an order of this type waits for a trigger. */
export const waitsForTrigger = (wire: string): boolean => /^(?:STOP|TAKE_PROFIT|TRAILING)/.test(wire);

/** The venue's order statuses in the model's words. `PENDING_NEW` waits for the order before it in its list. */
const states: Readonly<Record<string, OrderState>> = {
  NEW: 'accepted',
  PENDING_NEW: 'accepted',
  PARTIALLY_FILLED: 'partially-filled',
  FILLED: 'filled',
  CANCELED: 'cancelled',
  // Documented as unused; until the cancel is told, the order works.
  PENDING_CANCEL: 'accepted',
  REJECTED: 'rejected',
  EXPIRED: 'expired',
  EXPIRED_IN_MATCH: 'expired',
  // Liquidations that the insurance fund or others take over.
  NEW_INSURANCE: 'accepted',
  NEW_ADL: 'accepted',
};

/** The model's word for a venue's order status, or undefined for one that is not documented. */
export const orderStateOf = (wire: string): OrderState | undefined =>
  Object.hasOwn(states, wire) ? states[wire] : undefined;

/** Statuses of a conditional futures order, while it waits and after its trigger. */
export const algoStatuses = [
  'NEW',
  'TRIGGERING',
  'TRIGGERED',
  'FINISHED',
  'CANCELED',
  'REJECTED',
  'EXPIRED',
] as const;
/** See {@link algoStatuses}. */
export type AlgoStatus = (typeof algoStatuses)[number];

/**
 * The model's word for a conditional order's status. `FINISHED` says only that the order which it triggered has ended: filled if all of
 * it traded, cancelled else.
 */
export const algoStateOf = (status: AlgoStatus, filled: number, quantity: number): OrderState => {
  switch (status) {
    case 'NEW':
    case 'TRIGGERING':
      return 'accepted';
    case 'TRIGGERED':
      return filled > 0 ? 'partially-filled' : 'accepted';
    case 'FINISHED':
      return filled > 0 && filled >= quantity ? 'filled' : 'cancelled';
    case 'CANCELED':
      return 'cancelled';
    case 'REJECTED':
      return 'rejected';
    case 'EXPIRED':
      return 'expired';
  }
};
