import type { OrderRequest, OrderType, Side, TimeInForce } from '@mikrobot/core';
import { OrderAction, TimeInForce as TwsTif, OrderType as TwsType } from '@stoqey/ib';

/** BUY or SELL. */
export const actionOf = (side: Side): OrderAction => (side === 'buy' ? OrderAction.BUY : OrderAction.SELL);

/** The side of an order; short sales of institutions are sales. */
export const sideOfAction = (action: string | undefined): Side | undefined => {
  if (action === 'BUY') return 'buy';
  return action === 'SELL' || action === 'SSHORT' || action === 'SLONG' ? 'sell' : undefined;
};

/** The side of an execution. */
export const sideOfExecution = (side: string | undefined): Side | undefined => {
  if (side === 'BOT') return 'buy';
  return side === 'SLD' ? 'sell' : undefined;
};

const types: Readonly<Record<OrderType, TwsType>> = {
  market: TwsType.MKT,
  limit: TwsType.LMT,
  stop: TwsType.STP,
  'stop-limit': TwsType.STP_LMT,
  'trailing-stop': TwsType.TRAIL,
};

/** The order type as TWS names it; undefined for one that cannot wait for the close. */
export const twsTypeOf = ({
  type,
  timeInForce,
}: Pick<OrderRequest, 'type' | 'timeInForce'>): TwsType | undefined => {
  if (timeInForce !== 'CLS') return types[type];
  if (type === 'market') return TwsType.MOC;
  return type === 'limit' ? TwsType.LOC : undefined;
};

const ours: ReadonlyMap<string, OrderType> = new Map([
  ['MKT', 'market'],
  ['MOC', 'market'],
  ['MTL', 'market'],
  ['LMT', 'limit'],
  ['LOC', 'limit'],
  ['STP', 'stop'],
  ['STP LMT', 'stop-limit'],
  ['TRAIL', 'trailing-stop'],
]);

/** The order type in our words; what we have no word for counts by whether it carries a limit. */
export const orderTypeOf = (twsType: string | undefined, lmtPrice: number | undefined): OrderType =>
  ours.get(twsType ?? '') ?? (lmtPrice === undefined || lmtPrice === 0 ? 'market' : 'limit');

/** The time in force as TWS names it. Orders at the close are of the day: code 113 of TWS. */
export const twsTifOf = (tif: TimeInForce): TwsTif => TwsTif[tif === 'CLS' ? 'DAY' : tif];

/** Statuses of an order that TWS or the exchange has taken, and that has not ended. */
export const working: ReadonlySet<string> = new Set(['PreSubmitted', 'Submitted']);

/** Statuses after which an order cannot trade. `Inactive` is not one: TWS may be looking for shares to borrow. */
export const ended: ReadonlySet<string> = new Set(['Filled', 'Cancelled', 'ApiCancelled']);
