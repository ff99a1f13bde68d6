import type {
  Bar,
  Book,
  Decision,
  Fill,
  IssueCode,
  OrderEvent,
  Signal,
  Tick,
  Timeframe,
} from '@mikrobot/core';

/** A stream of events that can be listened to; every RxJS Observable is one. */
export interface Told<T> {
  subscribe(next: (value: T) => void): { unsubscribe(): void };
}

/** Something that went wrong on the way without ending the run. */
export interface ObservedIssue {
  readonly code: IssueCode;
  readonly detail: string;
  /** Epoch ms, UTC. */
  readonly time: number;
  readonly symbol: string | undefined;
}

/** A strategy on a symbol, with the ledger that its trades belong to. */
export interface ObservedRun {
  readonly owner: string;
  /** The strategy's name. */
  readonly name: string;
  readonly symbol: string;
  readonly timeframes: readonly Timeframe[];
}

/** What the recorder hears and reads of a bot. Core's `Bot` is one. */
export interface ObservedBot {
  readonly runs: readonly ObservedRun[];
  readonly config: { readonly timeframes?: readonly Timeframe[] };
  readonly state$: Told<string>;
  readonly signals$: Told<Signal>;
  readonly decisions$: Told<Decision>;
  readonly orders$: Told<OrderEvent>;
  readonly fills$: Told<Fill>;
  readonly issues$: Told<ObservedIssue>;
  readonly book: Book;
  /** Both from the state `confirming` on. */
  ticks$(symbol: string): Told<Tick>;
  bars$(symbol: string, timeframe: Timeframe): Told<Bar>;
  /** Resolves when the feed has ended and everything is settled. */
  run(): Promise<void>;
}
