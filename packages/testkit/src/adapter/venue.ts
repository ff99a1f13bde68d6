import type { BrokerAdapter, HistoryQuery, MaybePromise } from '@mikrobot/core';

/**
 * What a card can do to the venue under test, beside speaking to the adapter. All are optional: cards that need a missing one are
 * skipped, and say so. A control acts on the venue's side of the line, never on what the adapter concluded.
 */
export interface VenueControls {
  /** The market moves: from now on the venue quotes these prices and trades what they reach. */
  quote?(bid: number, ask: number): MaybePromise<void>;
  /** Lets so many ms pass on the adapter's own clock. Leave it out where time is real: the kit then waits. */
  pass?(ms: number): MaybePromise<void>;
  /** From now on each new quote trades at most so many lots of an order; undefined: any size. */
  depth?(lots: number | undefined): MaybePromise<void>;
  /** The venue does what the next order command asks, but its answer is lost. Events of that moment may be lost, too. */
  loseAnswer?(): MaybePromise<void>;
  /** The next order command is lost on its way: the venue never hears of it. */
  loseRequest?(): MaybePromise<void>;
  /** The venue says no to the next order. */
  refuse?(): MaybePromise<void>;
  /** The venue says no to the next command because there were too many. */
  throttle?(): MaybePromise<void>;
  /** While on, what is asked of the venue's state (account, orders, one order) gets no answer, or only a part of it. */
  blind?(on: boolean): MaybePromise<void>;
  /** The venue tells the next trade twice. */
  repeat?(): MaybePromise<void>;
  /** The line to the venue breaks; the venue goes on. */
  cut?(): MaybePromise<void>;
  /** The line can be built again; the adapter does so by itself. */
  restore?(): MaybePromise<void>;
  /** The bot's process dies without a word, and is started again: a new adapter on the same account, not connected. */
  restart?(): MaybePromise<BrokerAdapter>;
  /** A person trades on the account by other means: signed lots at the market. */
  byHand?(lots: number): MaybePromise<void>;
  /** The venue's clock is so many ms ahead of the adapter's. */
  skew?(ms: number): MaybePromise<void>;
}

/** Names of controls. */
export type ControlName = keyof VenueControls;

/** One venue with one adapter, made anew for each card. The account must be flat, without orders, and not of real money. */
export interface VenueUnderTest {
  /** Not connected. */
  readonly adapter: BrokerAdapter;
  readonly symbol: string;
  readonly controls?: VenueControls;
  /** Where the market is put when a card begins; needs the control `quote`. */
  readonly market?: { readonly bid: number; readonly ask: number };
  /** Size of the cards' orders. Default: ten times the smallest. */
  readonly lots?: number;
  /** A price distance that the market does not cross by itself during a card. Default: half a percent of the price. */
  readonly distance?: number;
  /** Closed bars that the venue has: at least three. Needed where history is declared. */
  readonly past?: HistoryQuery;
  /**
   * Called after the card, when the adapter is closed: the venue is thrown away. Without it the account is kept: each card then
   * cancels and closes what it left, except behind an adapter that it closed (X-01 and X-03, which need controls).
   */
  dispose?(): MaybePromise<void>;
}
