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

/**
 * A trade that the venue made by itself (a stop-out, a person at another terminal), shared among the ledgers that it closes,
 * the oldest holding first. What closes nothing goes to a ledger of its own, so that the net stays what the venue has.
 */
export const foreignFills = (
  event: FillEvent,
  owners: readonly { readonly owner: string; readonly position: Position }[],
  instrument: Instrument | undefined,
): readonly Fill[] => {
  if (instrument === undefined) return [];
  const direction = sign(event.side);
  const held = owners
    .filter(({ position }) => position.quantity * direction < 0)
    .sort((a, b) => a.position.since - b.position.since);
  const fills: Fill[] = [];
  let left = event.quantity;
  const take = (owner: string, quantity: number, purpose: Purpose): void => {
    if (quantity <= 0) return;
    const part = quantity / event.quantity;
    const { commission, profit } = event;
    const share = { ...event, quantity, commission: commission * part, profit: profit * part };
    fills.push(bookedFill(share, owner, purpose, ''));
    left = tidyQuantity(instrument, left - quantity);
  };
  for (const { owner, position } of held) take(owner, Math.min(left, Math.abs(position.quantity)), 'flatten');
  take(VENUE, left, 'enter');
  return fills;
};
