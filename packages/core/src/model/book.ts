import type { AccountState, Position } from './account.js';
import type { Instrument } from './instrument.js';
import type { Quote } from './tick.js';

/** An entry on its way to become a position. */
export interface PendingEntry {
  readonly symbol: string;
  readonly owner: string;
  /** Signed lots not yet filled. */
  readonly quantity: number;
  /** Its limit or trigger; undefined for a market order. */
  readonly price: number | undefined;
  /** Of the bracket that it carries. */
  readonly stop: number | undefined;
}

/**
 * What rules and policies may read: the present of the bot. Within one turn every value stays the same, so reading twice
 * gives the same answer.
 */
export interface Book {
  /** The turn's time, epoch ms. */
  now(): number;
  instrument(symbol: string): Instrument | undefined;
  /** Undefined until the first tick. */
  quote(symbol: string): Quote | undefined;
  /** The account's net position, or with `owner` that ledger's own. */
  position(symbol: string, owner?: string): Position;
  /** Every ledger with a position in `symbol`. */
  owners(symbol: string): readonly { readonly owner: string; readonly position: Position }[];
  /** Signed lots of entries that are approved but neither filled nor dead, of the account or of one owner. */
  pending(symbol: string, owner?: string): number;
  /** The entries that are approved but neither filled nor dead, with what of them is still to be filled. */
  entries(): readonly PendingEntry[];
  /** Prices of the protective stops that the ledger's position has; empty when it has none. */
  stops(symbol: string, owner: string): readonly number[];
  /** All symbols with a position or a pending order. */
  exposed(): readonly string[];
  /** Units of currency `to` for one of `from`, through live crosses; undefined when no rate is known. */
  rate(from: string, to: string): number | undefined;
  /** Account figures with floating profit at the present quotes. What cannot be priced (see {@link unpriced}) counts as 0. */
  account(): AccountState;
  /** Symbols with a position whose floating profit is unknown, because a quote or a conversion rate is missing. */
  unpriced(): readonly string[];
  /** Why all trading is halted; undefined when it is not. */
  readonly halted: string | undefined;
  /** Why one symbol's or one owner's trading is halted, or all. */
  haltOf(symbol: string, owner: string): string | undefined;
}
