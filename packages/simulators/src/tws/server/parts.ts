import type { Clock } from '@mikrobot/core';
import type { Handlers } from '../handler.js';
import type { TwsSession } from '../session.js';
import type { FaultState } from './fault-state.js';
import type { Sessions } from './sessions.js';

/** What the server asks of the rooms behind it. */
export interface TwsVenue {
  /** Accounts of the login. */
  readonly accounts: readonly string[];
  readonly handlers: Handlers;
  /** The next order id that a client may use, as TWS tells it at the start and when asked. */
  nextOrderId(clientId: number): number;
  /** TWS was restarted and its order ids go back by so many; orders live on. */
  rollBackOrderIds(by: number): void;
  /** The next order is refused with this error. */
  refuseNextOrder(code: number, text: string): void;
  /** A client has started: it was told its accounts and the next order id. */
  onStart?(session: TwsSession): void;
}

/** Server versions that TWS can be made to speak. */
export type TwsServerVersion = 176 | 193;

/** What is known of messages that were not handled, by the reason. */
export type TwsIgnored =
  | 'not-started'
  | 'unknown-message'
  | 'bad-frame'
  | 'bad-version'
  | 'too-many-messages'
  /** A client did not read what it was told, and was disconnected. */
  | 'slow-client';

/** What all connections share. */
export interface ServerParts {
  readonly venue: TwsVenue;
  readonly sessions: Sessions;
  readonly clock: Clock;
  readonly faults: FaultState;
  readonly serverVersion: TwsServerVersion;
  readonly messagesPerSecond: number;
  /** Seconds with too many messages after which a client is disconnected; undefined: never. */
  readonly violationsAllowed: number | undefined;
  /** Requests that were held while TWS did not reach IB. */
  readonly held: (() => void)[];
  /** How many messages came, by name. */
  readonly received: Map<string, number>;
  readonly ignored: Map<TwsIgnored, number>;
  /** What broke inside of the simulator. */
  readonly failures: unknown[];
}

/** Counts one more. */
export const countUp = <K>(counts: Map<K, number>, key: K): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};
