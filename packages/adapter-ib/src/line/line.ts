import type { IBApi } from '@stoqey/ib';

/** What may be sent over a line: commands of the client library, without those that manage its connection. */
export type Commands = Omit<IBApi, 'connect' | 'disconnect' | keyof import('eventemitter3').EventEmitter>;

/** Which goes first when more is to be sent than TWS takes in a second. */
export type Urgency = 'order' | 'request';

/** An error or a notice of TWS. */
export interface Notice {
  /** Of an order or a request; -1 where it concerns none. */
  readonly id: number;
  readonly code: number;
  readonly text: string;
}

/** A request with an answer of one or many messages. */
export interface Request<T> {
  /** For errors: what was asked. */
  readonly what: string;
  /** Sends it. */
  readonly ask: (commands: Commands, requestId: number) => void;
  /**
   * Listens for the answer: calls `add` for each part and `done` when TWS has said that this was all.
   * @returns the way to stop listening
   */
  readonly listen: (
    events: LineEvents,
    requestId: number,
    add: (part: T) => void,
    done: () => void,
  ) => () => void;
  /** Ms until an incomplete answer counts as none. */
  readonly timeout?: number;
  /** Codes of notices with this request's id that do not end it. */
  readonly tolerate?: readonly number[];
}

/** Where messages of TWS are listened to. */
export type LineEvents = Pick<IBApi, 'on' | 'off'>;

/**
 * One connection to TWS or IB Gateway, from its handshake to its end; it is never used again. Opened by `openLine()`, which resolves
 * when TWS has told its accounts and the next order id.
 */
export interface Line {
  readonly serverVersion: number;
  readonly accounts: readonly string[];
  /** The next order id as TWS told it at the handshake. It may have been rolled back: never use it without looking at known orders. */
  readonly nextOrderId: number;
  readonly isOpen: boolean;
  readonly events: LineEvents;
  /**
   * Sends, at most so many messages a second as TWS takes, orders first.
   * @returns false when the line has ended, and nothing was or will be sent. Nothing waits for another line.
   */
  send(command: (commands: Commands) => void, urgency?: Urgency): boolean;
  /**
   * Asks, and gives all parts of the answer.
   * @throws `MikroBotError` `TIMED_OUT` for an incomplete answer, `VENUE_ERROR` (see errors.ts) for one of TWS, `LINE_DOWN` when the line
   * ended meanwhile. Never a part of an answer: unknown is not empty.
   */
  request<T>(request: Request<T>): Promise<readonly T[]>;
  /** Notices without a request of {@link request}: connectivity, farms, orders. */
  onNotice(listener: (notice: Notice) => void): () => void;
  /** Called once when the line has ended, by whomever. */
  onEnd(listener: (why: string) => void): () => void;
  close(why: string): void;
}
