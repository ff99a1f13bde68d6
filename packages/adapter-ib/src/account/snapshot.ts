import { type Clock, MikroBotError, type OrderReport, type Snapshot } from '@mikrobot/core';
import { EventName, type Execution } from '@stoqey/ib';
import { connectivity } from '../errors.js';
import type { Line } from '../line/line.js';
import { listen } from '../listen.js';
import { accountValues, heldPositions } from './account-requests.js';
import { type AccountFacts, AccountValues } from './account-values.js';
import { type KnownContracts, toPositions } from './positions.js';
import { venueTime } from './venue-time.js';

/** How often a snapshot is read again because a trade came while it was read. */
const READINGS = 3;

/** What a snapshot is read with. */
export interface SnapshotParts {
  readonly clock: Clock;
  readonly facts: AccountFacts;
  readonly contracts: KnownContracts;
  /** Ms that each part may take. */
  readonly timeout: number;
  /** The line, while it reaches IB. */
  readonly line: () => Line | undefined;
  /** Working orders of the account, of every client. Rejects when it cannot be said that these are all. */
  readonly openOrders: () => Promise<readonly OrderReport[]>;
}

/**
 * Reads account, positions and orders: all of them to their end, or nothing. Complete when no trade came in between.
 * @throws `MikroBotError` `TIMED_OUT` when a part did not come whole, or the line did not reach IB all the while
 */
export const readSnapshot = async (parts: SnapshotParts): Promise<Snapshot> => {
  const line = parts.line();
  if (line === undefined) throw unknown('the line does not reach IB');
  let snapshot = await readOnce(parts, line);
  for (let i = 1; i < READINGS && !snapshot.complete; i++) snapshot = await readOnce(parts, line);
  return snapshot;
};

const readOnce = async (parts: SnapshotParts, line: Line): Promise<Snapshot> => {
  const { clock, facts, contracts, timeout, openOrders } = parts;
  const { id } = facts;
  let traded = false;
  let listed = false;
  let interrupted = false;
  const leaves = [
    // Executions that were asked for carry the request's id; those that happen carry -1.
    listen(line.events, EventName.execDetails, (request: number, _: unknown, trade: Execution) => {
      if (request === -1 && trade.acctNumber === id) traded = true;
    }),
    listen(line.events, EventName.positionEnd, () => {
      listed = true;
    }),
    // Trades by hand and of other clients are told by their positions only.
    listen(line.events, EventName.position, (account: string) => {
      if (listed && account === id) traded = true;
    }),
    line.onNotice(({ code }) => {
      if (connectivity.lost.has(code)) interrupted = true;
    }),
  ];
  try {
    const [asOf, told, held, orders] = await Promise.all([
      venueTime(line, clock, timeout),
      valuesOf(line, id, timeout),
      line.request(heldPositions(timeout)),
      openOrders(),
    ]);
    const values = new AccountValues();
    for (const { key, value, currency } of told) values.take(key, value, currency);
    const account = values.state(facts);
    if (account === undefined) throw unknown('net liquidation or margin of the account was not told');
    // An answer of before an interruption says nothing about now.
    if (interrupted || parts.line() !== line) throw unknown('the line was interrupted meanwhile');
    const positions = toPositions(held, id, contracts);
    return { complete: !traded, asOf, account, orders, positions };
  } finally {
    for (const leave of leaves) leave();
  }
};

const valuesOf = async (line: Line, account: string, timeout: number) => {
  const request = accountValues(account, timeout);
  let asked = 0;
  try {
    return await line.request({
      ...request,
      ask: (commands, id) => {
        asked = id;
        request.ask(commands, id);
      },
    });
  } finally {
    line.send((commands) => commands.cancelAccountUpdatesMulti(asked));
  }
};

const unknown = (why: string): MikroBotError =>
  new MikroBotError('TIMED_OUT', `${why}, so that the state of the account is not known.`, {
    where: 'snapshot',
  });
