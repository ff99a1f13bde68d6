import type { Field } from './wire/field.js';

/** What a client's connection is to the rooms of the simulator, once it has started its API. */
export interface TwsSession {
  /** Id that the client gave itself: orders belong to it. */
  readonly clientId: number;
  /** Version that both sides speak: layouts of messages depend on it. */
  readonly serverVersion: number;
  /** Whether the socket still stands. */
  readonly open: boolean;
  /** Sends one message, its id first. Messages arrive in the order in which they are sent. */
  send(fields: readonly Field[]): void;
  /** Sends an error or a notice (message 4). `requestId` is -1 where it concerns none. */
  error(requestId: number, code: number, text: string, advancedReject?: string): void;
  /** Called once when the socket has gone: subscriptions end then. */
  onEnd(listener: () => void): void;
  /** Called whenever TWS has forgotten the requests of market data of this connection (1101); the connection lives on. */
  onDataLost(listener: () => void): void;
}

/** The connections of the moment. */
export interface TwsSessions extends Iterable<TwsSession> {
  get(clientId: number): TwsSession | undefined;
}
