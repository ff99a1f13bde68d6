import { type Clock, systemClock } from '@mikrobot/core';
import { faultControls, type TwsFaults } from './fault-controls.js';
import { FaultState } from './fault-state.js';
import type { ServerParts, TwsIgnored, TwsServerVersion, TwsVenue } from './parts.js';
import type { Sessions } from './sessions.js';
import { TwsServer } from './tws-server.js';

/** What the door of the simulator is like. */
export interface ServeOptions {
  /** Version that TWS speaks; a client that offers less gets its own highest, down to 176. Default: 193. */
  readonly serverVersion?: TwsServerVersion | undefined;
  /** Default: the machine's. */
  readonly clock?: Clock | undefined;
  /** Default: 0, any that is free. */
  readonly port?: number | undefined;
  /** Messages that are taken of a client within a second; above, they are refused with error 100. Default: 50. */
  readonly messagesPerSecond?: number | undefined;
  /** A client is disconnected after so many seconds with too many messages. Default: never. */
  readonly violationsAllowed?: number | undefined;
}

/** The door of a simulated TWS, open. */
export interface ServedTws {
  readonly host: string;
  /** Changes with {@link TwsFaults.resetPort}. */
  readonly port: number;
  /** What goes wrong. */
  readonly faults: TwsFaults;
  /** Open connections: to see that a client leaks none. */
  readonly connections: number;
  /** Messages that came from clients, by name, such as `placeOrder`; also those that a fault made vanish. */
  readonly received: ReadonlyMap<string, number>;
  /** Messages and connections that were not handled, by the reason. */
  readonly ignored: ReadonlyMap<TwsIgnored, number>;
  /** What broke inside of the simulator itself: must stay empty. */
  readonly failures: readonly unknown[];
  /** Ends all connections and timers. */
  close(): Promise<void>;
}

/**
 * Serves rooms on a port of the loopback, in the protocol of TWS.
 * @param sessions - the connections, none yet: the rooms speak to them
 */
export const serveTws = async (
  venue: TwsVenue,
  sessions: Sessions,
  options: ServeOptions = {},
): Promise<ServedTws> => {
  const clock = options.clock ?? systemClock();
  const parts: ServerParts = {
    venue,
    sessions,
    clock,
    faults: new FaultState(),
    serverVersion: options.serverVersion ?? 193,
    messagesPerSecond: options.messagesPerSecond ?? 50,
    violationsAllowed: options.violationsAllowed,
    held: [],
    received: new Map(),
    ignored: new Map(),
    failures: [],
  };
  const server = new TwsServer(parts);
  await server.listen(options.port ?? 0);
  return {
    host: '127.0.0.1',
    get port() {
      return server.port;
    },
    faults: faultControls(server, parts),
    get connections() {
      return server.connections;
    },
    received: parts.received,
    ignored: parts.ignored,
    failures: parts.failures,
    close: () => server.close(),
  };
};
