import { roundPrice, tidyQuantity } from '../model/grid.js';
import type { Instrument } from '../model/instrument.js';
import type { ApprovedOrder, LegName } from '../risk/approved-order.js';
import type { Capabilities } from './broker-adapter.js';

/** The two legs, the more urgent first. */
export const LEGS: readonly LegName[] = ['stop', 'target'];

/** One protective order as the venue has it. */
export interface Leg {
  /** Client order id of the present attempt. */
  readonly id: string;
  readonly attempt: number;
  /** Lots at the venue. */
  quantity: number;
  /** Price at the venue. */
  price: number | undefined;
  /** A command for it is under way: the next change waits for the answer. */
  busy: boolean;
}

/** The protection of one entry: what has filled of it, what was closed again, and the legs that guard the rest. */
export interface BracketState {
  readonly entry: ApprovedOrder;
  readonly owner: string;
  readonly symbol: string;
  readonly instrument: Instrument;
  readonly long: boolean;
  /** What each leg is taken from: the entry, or a later adjustment. */
  readonly approvals: Record<LegName, ApprovedOrder>;
  /** Where each leg should be; undefined where the approval has none. */
  readonly wanted: Record<LegName, number | undefined>;
  readonly legs: Partial<Record<LegName, Leg>>;
  /** Attempts made for each leg: part of the client order id. */
  readonly attempts: Record<LegName, number>;
  /** Volume-weighted entry price. */
  price: number;
  filled: number;
  closed: number;
  /** Core keeps the legs, although the venue could: it has lost one that it should have kept. */
  own: boolean;
  /** How often the venue ended its stop though nobody wanted that. */
  lost: number;
  /** The venue would not have its legs: they are tried again when a trade or a person changes something, not at once. */
  refused: boolean;
  /** Since when the position has been without a working stop, epoch ms; undefined while protected or in need of none. */
  nakedSince: number | undefined;
}

/** The bracket of an entry that begins to fill. */
export const newBracket = (entry: ApprovedOrder, instrument: Instrument, now: number): BracketState => {
  const { owner, symbol, side, bracket } = entry.request;
  return {
    entry,
    owner,
    symbol,
    instrument,
    long: side === 'buy',
    approvals: { stop: entry, target: entry },
    wanted: { stop: bracket?.stop, target: bracket?.target },
    legs: {},
    attempts: { stop: 0, target: 0 },
    price: 0,
    filled: 0,
    closed: 0,
    own: false,
    lost: 0,
    refused: false,
    nakedSince: bracket?.stop === undefined && bracket?.trail === undefined ? undefined : now,
  };
};

/** Lots that have filled: never more than were approved, should the venue fill more. */
const guardable = (bracket: BracketState): number => Math.min(bracket.filled, bracket.entry.request.quantity);

/** Lots that still need protection. */
export const openLots = (bracket: BracketState): number =>
  Math.max(0, tidy(bracket, guardable(bracket) - bracket.closed));

/** Whether its legs came with its entry and wait for the entry to fill whole. */
export const sleeps = ({ own }: BracketState, { bracket }: Capabilities): boolean =>
  bracket === 'attached' && !own;

/** How large the venue has made the legs that it was given with the entry. */
export const attachedLots = (state: BracketState, { bracket }: Capabilities): number =>
  bracket === 'attached' ? state.entry.request.quantity : guardable(state);

/** A quantity without the dust of binary fractions. */
export const tidy = ({ instrument }: BracketState, quantity: number): number =>
  tidyQuantity(instrument, quantity);

/** Distance at which the stop trails; undefined when it does not. */
export const trailOf = (bracket: BracketState): number | undefined =>
  bracket.approvals.stop.request.bracket?.trail;

/** Where a stop that trails by `trail` stands when the market is at `price`: on the grid, never nearer than the distance. */
export const trailedStop = ({ instrument, long }: BracketState, price: number, trail: number): number =>
  roundPrice(instrument, long ? price - trail : price + trail, long ? 'down' : 'up');

/** Whether a stop at `a` protects more than one at `b`. */
export const isTighter = ({ long }: BracketState, a: number, b: number | undefined): boolean =>
  b === undefined || (long ? a > b : a < b);

/** From here on core keeps the legs: the ids of the venue's own are used up. */
export const takeOver = (bracket: BracketState): void => {
  bracket.own = true;
  for (const name of LEGS) bracket.attempts[name] = Math.max(1, bracket.attempts[name]);
};
