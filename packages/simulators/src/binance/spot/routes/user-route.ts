import type { Route, VenueCall } from '../../exchange.js';
import type { OrderDesk } from '../order-desk.js';

/** What a route of an account does. */
export type Handle = (desk: OrderDesk, call: VenueCall) => unknown;

/** Makes routes by which a user asks for what is the account's own. */
export const userRoutes =
  (desk: OrderDesk) =>
  (weight: Route['weight'], wsMethod: string, handle: Handle): Route => ({
    security: 'USER_DATA',
    weight,
    wsMethod,
    handle: (call) => handle(desk, call),
  });
