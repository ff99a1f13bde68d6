import type { Capabilities, OrderType, TimeInForce } from '@mikrobot/core';
import type { CardHead } from '../suite/result.js';
import type { Bench } from './bench.js';
import type { ControlName } from './venue.js';

/** The groups of cards, by the letter that their numbers begin with. */
export const cardGroups = {
  M: 'Market data',
  H: 'History',
  O: 'Orders by type and time in force',
  B: 'Brackets',
  A: 'Amendments',
  C: 'Cancels and their races',
  P: 'Partial fills',
  D: 'Duplicates',
  R: 'Rejections',
  L: 'The line: lost and restored in each phase',
  U: 'Unknown outcomes',
  S: 'Snapshots',
  T: 'Time and rate limits',
  X: 'Shutdown',
} as const;

/** See {@link cardGroups}. */
export type CardGroup = keyof typeof cardGroups;

/** What an adapter must declare for a card to be run: an order type, a time in force, or a capability, `native` or `none`. */
export type CapabilityNeed =
  | OrderType
  | TimeInForce
  | Exclude<keyof Capabilities, 'orderTypes' | 'timeInForce'>
  | 'amended quantity'
  | 'no bracket'
  | 'kept bracket'
  | 'attached bracket'
  | 'something undeclared';

/** One numbered test of an adapter. */
export interface AdapterCard extends CardHead {
  /** What the adapter must declare; else the card is skipped. */
  readonly needs: readonly CapabilityNeed[];
  /** What the venue under test must be able to do; else the card is skipped. */
  readonly controls: readonly ControlName[];
  /** What each order must tell, by its part in the card; see {@link storyPattern}. Checked when the card ends. */
  readonly events: Readonly<Record<string, string>>;
  /** When the card is passed, as a sentence. Printed with a failure. */
  readonly pass: string;
  /**
   * How far the kit brings the venue first. `bot`: a bot runs on it and the market quotes (the default). `line`: it is connected.
   * `new`: nothing was called yet.
   */
  readonly begin?: 'bot' | 'line' | 'new';
  /** @throws AssertionError when the adapter does something else. */
  readonly check: (bench: Bench) => Promise<void>;
}

/** The group that a card belongs to. */
export const groupOf = ({ id }: Pick<AdapterCard, 'id'>): CardGroup => id.slice(0, 1) as CardGroup;
