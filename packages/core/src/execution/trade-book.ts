import type { Position } from '../model/account.js';
import type { Fill, OrderRequest } from '../model/order.js';
import { sign } from '../model/side.js';
import type { Trade, TradeExit } from '../model/trade.js';

/** A round trip that is not finished. */
export interface OpenTrade {
  readonly owner: string;
  readonly symbol: string;
  /** Epoch ms. */
  readonly opened: number;
  /** Lots held at most. */
  most: number;
  /** Account currency, after commission. */
  profit: number;
}

const exitOf = ({ purpose }: Fill, request: OrderRequest | undefined): TradeExit => {
  if (request === undefined) return 'venue';
  if (purpose !== 'protect') return 'order';
  return request.type === 'limit' ? 'target' : 'stop';
};

/** Puts fills together to round trips, one ledger's of one symbol at a time. */
export class TradeBook {
  readonly #open = new Map<string, Map<string, OpenTrade>>();

  /** The round trips that are not finished. */
  open(): readonly OpenTrade[] {
    return [...this.#open.values()].flatMap((owners) => [...owners.values()].map((trade) => ({ ...trade })));
  }

  /** Takes up round trips of an earlier life. */
  restore(trades: readonly OpenTrade[]): void {
    for (const trade of trades) this.#of(trade.symbol).set(trade.owner, { ...trade });
  }

  #of(symbol: string): Map<string, OpenTrade> {
    let open = this.#open.get(symbol);
    if (open === undefined) {
      open = new Map();
      this.#open.set(symbol, open);
    }
    return open;
  }

  /**
   * Takes a fill that is booked already.
   * @param after - the ledger's position after it
   * @param request - the order that it belongs to; undefined when the venue made it by itself
   * @returns the round trip that it finished
   */
  add(fill: Fill, after: Position, request: OrderRequest | undefined): Trade | undefined {
    const { owner, symbol, time } = fill;
    const open = this.#of(symbol);
    const signed = sign(fill.side) * fill.quantity;
    const present = open.get(owner) ?? { owner, symbol, opened: time, most: 0, profit: 0 };
    present.profit += fill.profit - fill.commission;
    const closes = after.quantity === 0 || Math.sign(after.quantity) !== Math.sign(after.quantity - signed);
    const opens = Math.sign(after.quantity) === Math.sign(signed);
    if (!closes || present.most === 0) {
      present.most = Math.max(present.most, Math.abs(after.quantity));
      open.set(owner, present);
      return undefined;
    }
    if (opens && after.quantity !== 0)
      open.set(owner, { owner, symbol, opened: time, most: Math.abs(after.quantity), profit: 0 });
    else open.delete(owner);
    return {
      owner,
      symbol,
      side: signed > 0 ? 'sell' : 'buy',
      quantity: present.most,
      opened: present.opened,
      closed: time,
      profit: present.profit,
      exit: exitOf(fill, request),
    };
  }
}
