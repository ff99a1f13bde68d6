import type { Book, PendingEntry, Side } from '@mikrobot/core';
import { type Ledger, sameLedger } from './ledgers.js';

/** Lots of one symbol, positions and entries on their way together. */
export interface OpenLots {
  /** The most that they can come to, whichever entries fill: what margin and leverage count. */
  readonly gross: number;
  /** Lots that an order can add before `gross` grows: in a netting account, from the net to as much on the other side. */
  readonly free: number;
}

const heldOf = (book: Book, ledger: Ledger | undefined): number =>
  ledger === undefined ? 0 : book.position(ledger.symbol, ledger.owner).quantity;

/**
 * Lots of a symbol as the venue counts them. A hedging account keeps every position, so all ledgers and entries add up. A netting
 * account has one net: its entries may fill or not, so the worse of both ends counts.
 * @param leaving - a ledger that the order closes first
 * @param entries - those on their way; all of the book when left out
 */
export const openLots = (
  book: Book,
  symbol: string,
  side: Side,
  leaving: Ledger | undefined,
  entries: readonly PendingEntry[] = book.entries(),
): OpenLots => {
  let buys = 0;
  let sells = 0;
  for (const entry of entries) {
    if (entry.symbol !== symbol) continue;
    if (entry.quantity > 0) buys += entry.quantity;
    else sells -= entry.quantity;
  }
  if (book.account().mode === 'hedging') {
    let gross = buys + sells;
    for (const { owner, position } of book.owners(symbol))
      if (!sameLedger({ symbol, owner }, leaving)) gross += Math.abs(position.quantity);
    return { gross, free: 0 };
  }
  const net = book.position(symbol).quantity - (leaving?.symbol === symbol ? heldOf(book, leaving) : 0);
  const long = net + buys;
  const short = sells - net;
  const gross = Math.max(long, short);
  return { gross, free: gross - (side === 'buy' ? long : short) };
};
