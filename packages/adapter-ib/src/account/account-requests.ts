import { type Contract, EventName, type Order } from '@stoqey/ib';
import type { Request } from '../line/line.js';
import { listen } from '../listen.js';

/** One value of an account, as TWS tells it. */
export interface AccountValue {
  readonly key: string;
  readonly value: string;
  readonly currency: string;
}

/** A holding, as TWS tells it. */
export interface HeldPosition {
  readonly account: string;
  readonly contract: Contract;
  readonly quantity: number;
  /** Cost of one unit, times the multiplier. */
  readonly averageCost: number;
}

/** All values of an account, of one moment. */
export const accountValues = (account: string, timeout: number): Request<AccountValue> => ({
  what: `values of account ${account}`,
  timeout,
  ask: (commands, id) => commands.reqAccountUpdatesMulti(id, account, '', false),
  listen: (events, id, add, done) => {
    const leaves = [
      listen(
        events,
        EventName.accountUpdateMulti,
        (of: number, who: string, _model: string, key: string, value: string, currency: string) => {
          if (of === id && who === account) add({ key, value, currency });
        },
      ),
      // The client library gives the id of this message as text.
      listen(events, EventName.accountUpdateMultiEnd, (of: number | string) => {
        if (Number(of) === id) done();
      }),
    ];
    return () => {
      for (const leave of leaves) leave();
    };
  },
});

/**
 * What the accounts of the login hold, flat positions included. The subscription stays: later changes come as further positions.
 * @param timeout - ms
 */
export const heldPositions = (timeout: number): Request<HeldPosition> => ({
  what: 'positions',
  // The answer carries no id of its request.
  alone: 'positions',
  timeout,
  ask: (commands) => commands.reqPositions(),
  listen: (events, _id, add, done) => {
    const leaves = [
      listen(
        events,
        EventName.position,
        (account: string, contract: Contract, quantity: number, averageCost: number) =>
          add({ account, contract, quantity, averageCost }),
      ),
      listen(events, EventName.positionEnd, () => done()),
    ];
    return () => {
      for (const leave of leaves) leave();
    };
  },
});

/** Ids of the contracts in which orders of an account work, whoever made them. */
export const workingContracts = (account: string, timeout: number): Request<number> => ({
  what: 'open orders',
  alone: 'open orders',
  timeout,
  ask: (commands) => commands.reqAllOpenOrders(),
  listen: (events, _id, add, done) => {
    const leaves = [
      listen(events, EventName.openOrder, (_order: number, contract: Contract, order: Order) => {
        if (order.account === account && contract.conId !== undefined) add(contract.conId);
      }),
      listen(events, EventName.openOrderEnd, () => done()),
    ];
    return () => {
      for (const leave of leaves) leave();
    };
  },
});
