import type { Route, VenueCall } from '../../exchange.js';
import type { FuturesAccount } from '../account.js';
import type { FuturesVenue } from '../venue.js';

/** A route with the path that it is found by. */
export type NamedRoute = readonly [path: string, route: Route];

/** Answers a call of an account. */
export type AccountHandler = (account: FuturesAccount, call: VenueCall) => unknown;

/** Makes routes that are handled for the account of the caller. */
export const accountRoutes = (venue: FuturesVenue) => {
  const of =
    (security: Route['security']) =>
    (
      path: string,
      handle: AccountHandler,
      more: Partial<Pick<Route, 'weight' | 'orders' | 'wsMethod'>> = {},
    ): NamedRoute => [
      path,
      {
        security,
        weight: 1,
        ...more,
        handle: (call) => handle(venue.accounts.get(call.account)!, call),
      },
    ];
  return { user: of('USER_DATA'), trade: of('TRADE') };
};
