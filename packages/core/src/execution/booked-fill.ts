import type { Position } from '../model/account.js';
import { tidyQuantity } from '../model/grid.js';
import type { Instrument } from '../model/instrument.js';
import type { Fill, FillEvent, Purpose } from '../model/order.js';
import { sign } from '../model/side.js';

/** Whose ledger a trade belongs to that no order of ours made and that closes nothing of ours. */
const VENUE = 'venue';

/** The order of a trade that nobody told of and that must have been, as the venue's holdings show. */
export const RECONCILED = 'reconciled';

/** A trade with whose it is. Every field is named: a spread copy that grows becomes a slow dictionary. */
export const bookedFill = (event: FillEvent, owner: string, purpose: Purpose, signal: string): Fill => ({
  type: 'fill',
  id: event.id,
  symbol: event.symbol,
  time: event.time,
  venueId: event.venueId,
  tradeId: event.tradeId,
  side: event.side,
  quantity: event.quantity,
  price: event.price,
  remaining: event.remaining,
  arrived: event.arrived,
  commission: event.commission,
  profit: event.profit,
  owner,
  purpose,
  signal,
});

/** What is known of a symbol when a trade comes that no order of ours made. */
export interface Holders {
  readonly instrument: Instrument | undefined;
  readonly owners: readonly { readonly owner: string; readonly position: Position }[];
  /** Signed lots that are known to be somebody else's, and are in no ledger. */
  readonly others: number;
  /** Whether what somebody else opens goes to a ledger. */
  readonly adopts: boolean;
}

/** What such a trade does. */
export interface ForeignTrade {
  /** For each ledger that it changes. */
  readonly fills: readonly Fill[];
  /** Signed lots in no ledger afterwards. */
  readonly others: number;
}

/**
 * A trade that the venue made by itself (a stop-out, a person at another terminal). It closes first what is known to be somebody
 * else's, then what our ledgers hold, the oldest holding first. What closes nothing is somebody else's, so that the net stays what
 * the venue has.
 */
export const foreignTrade = (
  event: FillEvent,
  { instrument, owners, others, adopts }: Holders,
): ForeignTrade => {
  if (instrument === undefined) return { fills: [], others };
  const direction = sign(event.side);
  const held = owners
    .filter(({ position }) => position.quantity * direction < 0)
    .sort((a, b) => a.position.since - b.position.since);
  const fills: Fill[] = [];
  // What was reconciled is ours already: the others' part was taken off before.
  const off = event.id === RECONCILED ? 0 : Math.min(event.quantity, Math.max(0, -others * direction));
  let left = tidyQuantity(instrument, event.quantity - off);
  const take = (owner: string, quantity: number, purpose: Purpose): void => {
    if (quantity <= 0) return;
    const part = quantity / event.quantity;
    const { commission, profit } = event;
    const share = { ...event, quantity, commission: commission * part, profit: profit * part };
    fills.push(bookedFill(share, owner, purpose, ''));
  };
  const adopted = held.find(({ owner }) => owner === VENUE);
  const theirs = Math.min(left, Math.abs(adopted?.position.quantity ?? 0));
  left = tidyQuantity(instrument, left - theirs);
  for (const { owner, position } of held) {
    if (owner === VENUE) continue;
    const part = Math.min(left, Math.abs(position.quantity));
    take(owner, part, 'flatten');
    left = tidyQuantity(instrument, left - part);
  }
  // One fill for what it closes and opens of one ledger, like any trade that turns a position.
  const opened = adopts ? left : 0;
  take(VENUE, tidyQuantity(instrument, theirs + opened), opened > 0 ? 'enter' : 'flatten');
  return { fills, others: tidyQuantity(instrument, others + direction * (off + left - opened)) };
};

/** Notes the signed lots of a symbol that are somebody else's. */
export const setOthers = (others: Map<string, number>, symbol: string, lots: number): void => {
  if (lots === 0) others.delete(symbol);
  else others.set(symbol, lots);
};
