import type { AccountState, Position } from './account.js';
import type { Instrument } from './instrument.js';
import type { Quote } from './tick.js';

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
  /** Signed lots that are approved but neither filled nor dead, of the account or of one owner. */
  pending(symbol: string, owner?: string): number;
  /** All symbols with a position or a pending order. */
  exposed(): readonly string[];
  /** Units of currency `to` for one of `from`, through live crosses; undefined when no rate is known. */
  rate(from: string, to: string): number | undefined;
  /** Account figures with floating profit at the present quotes. */
  account(): AccountState;
  /** Why trading is halted; undefined when it is not. */
  readonly halted: string | undefined;
}
