import { type Contract, EventName } from '@stoqey/ib';
import type { Line, Request } from '../line/line.js';
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

/** Positions of every account of the login. Its answer carries no request's id: ask for it once at a time. */
const positions = (timeout: number): Request<HeldPosition> => ({
  what: 'positions',
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

const asked = new WeakMap<Line, Promise<readonly HeldPosition[]>>();

/**
 * What the accounts of the login hold, flat positions included. Who asks while an answer is on its way shares it.
 * @param timeout - ms
 * @throws what `Line.request` throws
 */
export const heldPositions = (line: Line, timeout: number): Promise<readonly HeldPosition[]> => {
  const running = asked.get(line);
  if (running !== undefined) return running;
  const answer = line.request(positions(timeout)).finally(() => {
    asked.delete(line);
    line.send((commands) => commands.cancelPositions());
  });
  asked.set(line, answer);
  return answer;
};
