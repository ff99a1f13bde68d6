import type { FuturesAccount } from './account.js';
import { type Amount, fixed, short } from './amounts.js';
import { positionMargin } from './margin.js';
import { breakEven, entryPrice, type Position, unrealised } from './positions.js';
import type { FuturesVenue } from './venue.js';

/** A message of the user stream. */
export type UserPayload = Readonly<Record<string, unknown>>;

/** Why a balance or a position changed. */
export type UpdateReason =
  | 'ORDER'
  | 'FUNDING_FEE'
  | 'INSURANCE_CLEAR'
  | 'DEPOSIT'
  | 'WITHDRAW'
  | 'MARGIN_TYPE_CHANGE';

/**
 * ACCOUNT_UPDATE. Source: page "Event: Balance and Position Update".
 * @param changes - by asset: the change of its wallet except for profit and commission
 */
export const accountUpdate = (
  venue: FuturesVenue,
  account: FuturesAccount,
  reason: UpdateReason,
  changes: Readonly<Record<string, Amount>>,
  positions: readonly Position[],
): UserPayload => ({
  e: 'ACCOUNT_UPDATE',
  E: venue.market.now,
  T: venue.market.now,
  a: {
    m: reason,
    B: Object.entries(changes).map(([asset, change]) => ({
      a: asset,
      wb: fixed(account.wallet(asset), 8),
      cw: fixed(account.wallet(asset), 8),
      bc: short(change),
    })),
    P: positions.map((position) => ({
      s: position.symbol.name,
      pa: short(position.size),
      ep: short(entryPrice(position)),
      bep: short(breakEven(position)),
      cr: short(position.realised),
      up: short(unrealised(position, venue.market.mark(position.symbol))),
      mt: account.settings(position.symbol).marginType === 'ISOLATED' ? 'isolated' : 'cross',
      iw: '0',
      ps: position.side,
      ma: position.symbol.options.quote,
    })),
  },
});

/** ACCOUNT_CONFIG_UPDATE. Source: page "Event: Account Configuration Update previous Leverage Update". */
export const configUpdate = (
  venue: FuturesVenue,
  change: { readonly ac: { s: string; l: number } } | { readonly ai: { j: boolean } },
): UserPayload => ({ e: 'ACCOUNT_CONFIG_UPDATE', E: venue.market.now, T: venue.market.now, ...change });

/** MARGIN_CALL. Source: page "Event: Margin Call". */
export const marginCall = (
  venue: FuturesVenue,
  account: FuturesAccount,
  asset: string,
  positions: readonly Position[],
): UserPayload => ({
  e: 'MARGIN_CALL',
  E: venue.market.now,
  cw: short(account.wallet(asset)),
  p: positions.map((position) => {
    const { profit, maintenance } = positionMargin(account, venue.market, position);
    return {
      s: position.symbol.name,
      ps: position.side,
      pa: short(position.size),
      mt: account.settings(position.symbol).marginType,
      iw: '0',
      mp: short(venue.market.mark(position.symbol)),
      up: short(profit),
      mm: short(maintenance),
    };
  }),
});
