import { type FillEvent, type OrderReport, type OrderRequest, sign } from '@mikrobot/core';

/** An order that a client sent. */
export interface Sent {
  readonly id: string;
  readonly request: Pick<OwnedOrder, 'symbol' | 'side' | 'quantity' | 'legOf'>;
  /** When it arrived, epoch ms. */
  readonly at: number;
  readonly accepted: boolean;
}

/** A trade, and whose it was. */
export interface Traded {
  readonly owner: string;
  readonly fill: Fill;
}

/** What the judge wants to know of a trade. */
export type Fill = Pick<FillEvent, 'id' | 'symbol' | 'tradeId' | 'side' | 'quantity' | 'price' | 'time'>;

/** What the judge wants to know of an order that works. */
export type WorkingOrder = Pick<
  OrderReport,
  'id' | 'symbol' | 'side' | 'type' | 'quantity' | 'filled' | 'price'
>;

/** An order, and whose it is. */
export interface OwnedOrder extends Pick<OrderRequest, 'id' | 'symbol' | 'owner' | 'side' | 'quantity'> {
  /** The entry that it came with as a leg, where each leg is an order of its own. */
  readonly legOf?: string | undefined;
}

const tidy = (lots: number): number => Math.round(lots * 1e6) / 1e6;

/** What happened at the venue, kept apart from the engine: the judge's truth. */
export class VenueRecord {
  readonly sent: Sent[] = [];
  readonly trades: Traded[] = [];
  /** Amendments, cancellations and queries that arrived, by name. */
  readonly asked: Record<string, number> = {};
  readonly #requests = new Map<string, OwnedOrder>();
  /** Signed lots by `owner|symbol`. */
  readonly #ledgers = new Map<string, number>();
  /** Since when a ledger's position has had too little of a stop while a client was there to see it, epoch ms. */
  readonly #nakedSince = new Map<string, number>();
  #longestNaked = 0;

  took(request: OwnedOrder, accepted: boolean, at: number): void {
    this.sent.push({ id: request.id, request, at, accepted });
    if (!this.#requests.has(request.id)) this.#requests.set(request.id, request);
  }

  /** Knows an order before the engine tells of it: a trade can come out of the submit itself. */
  expect(request: OwnedOrder): void {
    if (!this.#requests.has(request.id)) this.#requests.set(request.id, request);
  }

  traded(fill: Fill): void {
    const owner = this.ownerOf(fill.id);
    this.trades.push({ owner, fill });
    const key = `${owner}|${fill.symbol}`;
    const lots = tidy((this.#ledgers.get(key) ?? 0) + sign(fill.side) * fill.quantity);
    if (lots === 0) this.#ledgers.delete(key);
    else this.#ledgers.set(key, lots);
  }

  /** Legs that the venue keeps are named after their entry, which is the one that was sent. */
  ownerOf(id: string): string {
    return (this.#requests.get(id) ?? this.#requests.get(id.slice(0, -1)))?.owner ?? '(nobody)';
  }

  get ledgers(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#ledgers);
  }

  /** A client is there from now on: what it finds naked is its to protect. */
  met(now: number): void {
    for (const key of this.#nakedSince.keys()) this.#nakedSince.set(key, now);
  }

  /** Looks which positions have less than their size of stops. @param watched - whether a client is there */
  look(working: readonly WorkingOrder[], now: number, watched: boolean): void {
    const stops = stopsOf(working, (id) => this.ownerOf(id));
    for (const key of this.#nakedSince.keys()) if (!this.#ledgers.has(key)) this.#covered(key, now, watched);
    for (const [key, lots] of this.#ledgers) {
      const missing = Math.abs(lots) - (stops.get(`${key}|${lots > 0 ? 'sell' : 'buy'}`) ?? 0);
      if (missing < 1e-6) this.#covered(key, now, watched);
      else if (!this.#nakedSince.has(key)) this.#nakedSince.set(key, now);
    }
  }

  /** The longest time without protection under a client's eyes since it was asked, ms. */
  takeLongestNaked(now: number, watched: boolean): number {
    if (watched)
      for (const since of this.#nakedSince.values())
        this.#longestNaked = Math.max(this.#longestNaked, now - since);
    const longest = this.#longestNaked;
    this.#longestNaked = 0;
    return longest;
  }

  #covered(key: string, now: number, watched: boolean): void {
    const since = this.#nakedSince.get(key);
    if (since === undefined) return;
    this.#nakedSince.delete(key);
    if (watched) this.#longestNaked = Math.max(this.#longestNaked, now - since);
  }
}

/** Lots of working stops by `owner|symbol|side`. */
export const stopsOf = (
  working: readonly WorkingOrder[],
  ownerOf: (id: string) => string,
): ReadonlyMap<string, number> => {
  const stops = new Map<string, number>();
  for (const order of working) {
    // A stop entry is no protection: protection is named after its entry's leg.
    if (!isStop(order.id)) continue;
    const key = `${ownerOf(order.id)}|${order.symbol}|${order.side}`;
    stops.set(key, tidy((stops.get(key) ?? 0) + order.quantity - order.filled));
  }
  return stops;
};

/** Whether a client order id is a stop leg's: `…-es`, or `…-es1` at a later attempt. */
export const isStop = (id: string): boolean => /-[exp]s[0-9a-z]*$/.test(id);
