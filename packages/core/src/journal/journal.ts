import type { MaybePromise } from '../execution/broker-adapter.js';

/**
 * `in:*` is what the world said: a replay feeds it in again. `out:*` is what the bot concluded: a replay must conclude it
 * again, byte for byte.
 */
export type EntryKind =
  | 'in:account'
  | 'in:answer'
  | 'in:books'
  | 'in:command'
  | 'in:connection'
  | 'in:mark'
  | 'in:order'
  | 'in:policies'
  | 'in:signal'
  | 'in:timer'
  | 'in:venue'
  | 'out:books'
  | 'out:command'
  | 'out:config'
  | 'out:decision'
  | 'out:halt'
  | 'out:intent'
  | 'out:issue'
  | 'out:mark'
  | 'out:order'
  | 'out:signal'
  | 'out:state'
  | 'out:trade';

/** One line of the log. */
export interface Entry {
  /** 0, 1, 2 … without a gap. */
  readonly seq: number;
  readonly kind: EntryKind;
  /** The turn's clock reading, epoch ms. */
  readonly at: number;
  /** Ticks that the bot had seen. */
  readonly tape: number;
  readonly data: unknown;
}

/** Where the log ends: the next sequence number, and the hash that vouches for all before it. */
export interface JournalHead {
  readonly seq: number;
  /** SHA-256, hex; empty for an empty journal. */
  readonly hash: string;
}

/** The append-only log of everything that went in and came out. Implementations may keep it in memory or on disk. */
export interface Journal {
  /** Names this journal in client order ids: at most 6 characters of a-z and 0-9, different for every journal. */
  readonly id: string;
  /** Adds an entry and returns its number. Data must not be changed afterwards: its text may be made later. */
  append(kind: EntryKind, at: number, tape: number, data: unknown): number;
  /**
   * A barrier: once done, everything appended so far survives a crash. The order manager waits for it before the venue hears of
   * an intent. Throws or rejects with a `MikroBotError` `JOURNAL_FAILED` when it cannot: then nothing new is entered.
   */
  commit(): MaybePromise<void>;
  head(): JournalHead;
  /**
   * Entries from a number on, in order, with all that was appended before the call. A bot that is started on a journal with
   * entries goes on from them; journals that cannot be read leave it out.
   */
  read?(from?: number): Iterable<Entry>;
  /** The newest entry of a kind; undefined when there is none. */
  last?(kind: EntryKind): Entry | undefined;
  /** Told now and then between turns: the time for work that must not stand in an order's way, such as making texts. */
  idle?(): void;
}
