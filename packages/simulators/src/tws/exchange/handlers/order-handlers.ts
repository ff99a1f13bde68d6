import type { Handlers } from '../../handler.js';
import type { TwsSession } from '../../session.js';
import { cancelOrder } from '../cancel.js';
import type { Desk } from '../desk.js';
import { openOrderEndMessage, openOrderMessage, orderBoundMessage } from '../messages/open-order.js';
import { orderStatusMessage } from '../messages/order-status.js';
import type { TwsOrder } from '../order.js';
import type { OrderEntry } from '../order-entry.js';
import { readPlaceOrder } from '../place-order.js';
import { refusals } from '../refusal.js';
import type { ExchangeState } from '../state.js';

const CME_TAGGING = 192;

/** Tells one client of an order as it is now. */
export const tellOpenOrder = (session: TwsSession, order: TwsOrder): void => {
  session.send(openOrderMessage(session.serverVersion, order));
  session.send(orderStatusMessage(order));
};

/** Gives an order that was made by hand an order id of client 0, and tells it. */
export const bindOrder = ({ orders, sessions }: ExchangeState, order: TwsOrder): void => {
  order.orderId = orders.nextBoundId();
  orders.name(order);
  sessions.get(0)?.send(orderBoundMessage(order));
};

/** Who has asked for orders made by hand from now on. */
export interface AutoBind {
  session: TwsSession | undefined;
}

/** Answers messages 3 to 5, 15, 16 and 58: orders are placed, changed, cancelled and asked for. */
export const orderHandlers = (
  state: ExchangeState,
  entry: OrderEntry,
  desk: Desk,
  autoBind: AutoBind,
): Handlers => {
  const { orders, options } = state;
  const transmitted = (): readonly TwsOrder[] =>
    orders.live().filter(({ stage }) => stage !== 'untransmitted');

  return {
    3: (session, fields) => entry.take(session, readPlaceOrder(fields, session.serverVersion)),
    4: (session, fields) => {
      if (session.serverVersion < CME_TAGGING) fields.skip(1);
      const orderId = fields.integer();
      const refusal = cancelOrder(state, desk, session, orderId);
      if (refusal !== undefined) session.error(orderId, refusal.code, refusal.text);
    },
    5: (session) => {
      // Source: IBKR Campus, "API client's orders": client 0 binds, so it may not ask in read-only mode.
      if (session.clientId === 0 && options.readOnly) {
        session.error(-1, refusals.readOnly.code, refusals.readOnly.text);
        return;
      }
      for (const order of transmitted()) {
        if (session.clientId === 0 && order.byHand && order.orderId === 0) bindOrder(state, order);
        if (order.clientId === session.clientId) tellOpenOrder(session, order);
      }
      session.send(openOrderEndMessage());
    },
    15: (session, fields) => {
      fields.skip(1);
      const wanted = fields.boolean();
      if (session.clientId !== 0) session.error(-1, refusals.bindByZero.code, refusals.bindByZero.text);
      else autoBind.session = wanted ? session : undefined;
    },
    16: (session) => {
      for (const order of transmitted()) tellOpenOrder(session, order);
      session.send(openOrderEndMessage());
    },
    58: (session) => {
      if (options.readOnly) session.error(-1, refusals.readOnly.code, refusals.readOnly.text);
      else for (const order of orders.live()) if (order.end === undefined) desk.cancel(order);
    },
  };
};
