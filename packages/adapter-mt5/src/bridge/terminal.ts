import type { AccountFigures } from '../protocol/account-figures.js';
import type { Beat, Hello, Log } from '../protocol/from-ea.js';
import type { DealRecord, OrderRecord, PositionEvent } from '../protocol/records.js';
import type { Answers, Parts } from '../protocol/replies.js';
import type { Requests, RequestType } from '../protocol/requests.js';
import type { TickRow } from '../protocol/tick.js';

/** What became of a request. A request that may have arrived and has no answer is `lost`: unknown, and never sent again. */
export type AskOutcome<T extends RequestType> =
  | {
      readonly outcome: 'answer';
      /** The last line of the reply. */
      readonly answer: Answers[T];
      /** Items of the `part` lines before it, by kind. */
      readonly parts: Parts;
      /** Items that could not be read and are missing: the answer is not complete. */
      readonly dropped: number;
    }
  /** The EA answered `error`: certain, nothing was done. */
  | { readonly outcome: 'refused'; readonly code: string; readonly detail: string }
  /** Certain: nothing left this process. */
  | {
      readonly outcome: 'not-sent';
      readonly code: 'LINE_DOWN' | 'BUSY' | 'TOO_LONG';
      readonly detail: string;
    }
  /** It was sent; no answer came in time, or none that can be read. */
  | { readonly outcome: 'lost'; readonly detail: string };

/** How a request is made. */
export interface AskOptions {
  /** Ms until a missing answer counts as lost, or until a request that still waits for its turn is not sent. Default 10,000. */
  readonly timeout?: number;
  /** Called when the EA has said that it has written the order down, before it sends it. */
  readonly onAck?: () => void;
}

/** How the line came up. */
export interface Up {
  readonly hello: Hello;
  /** Whether all trade events since the last connection were told. If not, some may be missing: take a snapshot. */
  readonly resumed: boolean;
}

/** What a {@link Terminal} tells. Trade events come in the order of their numbers, each once. */
export interface TerminalEvents {
  /** The line is up. When it was resumed, the events that were missed were told just before. */
  up: (up: Up) => void;
  /** The line is down; every open request was answered before. */
  down: (detail: string) => void;
  /** Trade events were lost while the line is up: take a snapshot. */
  reset: (detail: string) => void;
  beat: (beat: Beat) => void;
  tick: (tick: TickRow) => void;
  /** @param seq - as in `asOfSeq` of a snapshot: what it holds already is not above that */
  deal: (deal: DealRecord, seq: number) => void;
  order: (order: OrderRecord, seq: number) => void;
  position: (position: PositionEvent, seq: number) => void;
  account: (figures: AccountFigures) => void;
  log: (log: Log) => void;
}

/** The terminal of one account as an adapter sees it, over all of its connections, from `Mt5Bridge.open()` to `close()`. */
export interface Terminal {
  readonly account: string;
  readonly state: 'up' | 'down';
  /** What the EA said of itself on this connection, or on the last one; undefined before the first. */
  readonly hello: Hello | undefined;
  /** Lines and items that were not taken, by kind and reason, such as `tick unreadable`. */
  readonly drops: Readonly<Record<string, number>>;
  /**
   * Asks the EA. At most 16 requests are open at a time; up to 1,024 wait for their turn, what changes orders before the rest, and the excess is
   * `not-sent`, `BUSY`. Never rejects.
   */
  ask<T extends RequestType>(type: T, data: Requests[T], options?: AskOptions): Promise<AskOutcome<T>>;
  /** @returns the way to stop listening */
  on<K extends keyof TerminalEvents>(name: K, listener: TerminalEvents[K]): () => void;
  /** Takes leave of the EA. Nothing is told afterwards but `down`. The bridge stops listening with its last terminal. */
  close(): Promise<void>;
}
