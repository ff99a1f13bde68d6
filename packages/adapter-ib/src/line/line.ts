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
  /** Ms from its sending until an incomplete answer counts as none. Default 10,000. */
  readonly timeout?: number;
  /** Codes of notices with this request's id that do not end it; those of information never do. */
  readonly tolerate?: readonly number[];
  /**
   * For answers that carry no request id, such as open orders: requests of the same name wait for each other, and what is left of an
   * answer that came too late is not taken for a part of the next.
   */
  readonly alone?: string;
}

/** Where messages of TWS are listened to. Errors and notices come by {@link Line.onNotice} only. */
export type LineEvents = Pick<IBApi, 'on' | 'off'>;

/**
 * One connection to TWS or IB Gateway, from its handshake to its end; it is never used again. Opened by `openLine()`, which resolves
 * when TWS has told its accounts and the next order id.
 *
 * Messages are told whole or not at all. One that cannot be read is dropped and counted, fails every open {@link Line.request}, as it
 * may have been a part of the answer, and ends the line when it told of an order, a fill or a position: the next line asks anew.
 */
export interface Line {
  readonly serverVersion: number;
  readonly accounts: readonly string[];
  /** The next order id as TWS told it at the handshake. It may have been rolled back: never use it without looking at known orders. */
  readonly nextOrderId: number;
  readonly isOpen: boolean;
  /** When the last message was heard, ms of the clock. */
  readonly heardAt: number;
  /** Messages that were dropped, by kind and reason, such as `11 too short`. */
  readonly drops: Readonly<Record<string, number>>;
  readonly events: LineEvents;
  /** An id for a standing stream: from the same counter as those of {@link request}, never that of an order. */
  nextRequestId(): number;
  /**
   * Sends, at most so many messages a second as TWS takes, orders first. What one command sends leaves together.
   * @param unsent - called when it waited for its turn and was dropped: it was not sent, for certain
   * @returns false when nothing was or will be sent: the line has ended, the other side does not read (orders only), or an order could
   * not leave within a second. Nothing waits for another line.
   */
  send(command: (commands: Commands) => void, urgency?: Urgency, unsent?: () => void): boolean;
  /**
   * Asks, and gives all parts of the answer.
   * @throws `TwsError` for an error of TWS, `LineEndedError` when the line ended meanwhile, `MikroBotError` `TIMED_OUT` for an answer
   * that is incomplete. Never a part of an answer: unknown is not empty.
   */
  request<T>(request: Request<T>): Promise<readonly T[]>;
  /** Notices without a request of {@link request}, and those of information: connectivity, farms, orders, standing streams. */
  onNotice(listener: (notice: Notice) => void): () => void;
  /** Called once when the line has ended, by whomever. At once when it has ended already. */
  onEnd(listener: (why: string) => void): () => void;
  close(why: string): void;
}
