import type { DepthDiff, DepthSnapshot, PriceLevel } from '../mapper/market-events.js';
import { BookSide } from './book-side.js';

/** How a book is kept. */
export interface LocalBookOptions {
  readonly venue: 'spot' | 'futures';
  /** Levels a side that are surely known; further ones may be dropped. Default: all. */
  readonly depth?: number;
}

/**
 * What became of a diff: `buffered` until there is a snapshot, `applied`, `stale` for one that the book already holds, `gap` when diffs
 * are missing: the book is then void and needs a snapshot.
 */
export type DiffOutcome = 'buffered' | 'applied' | 'stale' | 'gap';

/** So many diffs are kept while a snapshot is awaited: about 16 minutes of the fastest stream. */
const BUFFER = 10_000;

/**
 * The venue's order book, kept from a snapshot and the diffs since by the procedure that the venue documents ("How to manage a local
 * order book correctly", for spot and for USD-M futures): diffs are buffered until there is a snapshot that they continue; on spot the
 * next diff starts at most one id after the last one, on futures it names the last one as `pu`.
 */
export class LocalBook {
  readonly #venue: 'spot' | 'futures';
  readonly #bids: BookSide;
  readonly #asks: BookSide;
  #buffer: DepthDiff[] = [];
  /** Id of the last change in the book; undefined while it is void. */
  #updateId: number | undefined;
  /** Futures: the first diff after a snapshot must span it; the later ones continue each other. */
  #chained = false;
  #time = 0;

  constructor({ venue, depth }: LocalBookOptions) {
    this.#venue = venue;
    this.#bids = new BookSide('bids', depth);
    this.#asks = new BookSide('asks', depth);
  }

  /** Whether it shows the market. While it does not, a snapshot is needed. */
  get synced(): boolean {
    return this.#updateId !== undefined;
  }

  /** Id of the last change in it; 0 while it is void. */
  get updateId(): number {
    return this.#updateId ?? 0;
  }

  /** Venue time of the last change in it, epoch ms; 0 while none has told its time. */
  get time(): number {
    return this.#time;
  }

  /** Best bid; 0 where there is none. */
  get bid(): number {
    return this.#bids.price;
  }

  /** Lots at the best bid. */
  get bidQuantity(): number {
    return this.#bids.quantity;
  }

  /** Best ask; 0 where there is none. */
  get ask(): number {
    return this.#asks.price;
  }

  /** Lots at the best ask. */
  get askQuantity(): number {
    return this.#asks.quantity;
  }

  /** The best bids, best first. */
  bids(count: number): readonly PriceLevel[] {
    return this.#bids.top(count);
  }

  /** The best asks, best first. */
  asks(count: number): readonly PriceLevel[] {
    return this.#asks.top(count);
  }

  /** Lots at a price; 0 where none stand. */
  quantityAt(side: 'bids' | 'asks', price: number): number {
    return (side === 'bids' ? this.#bids : this.#asks).at(price);
  }

  /** Takes a diff of the stream. */
  diff(diff: DepthDiff): DiffOutcome {
    if (this.#updateId === undefined) {
      if (this.#buffer.length === BUFFER) this.#buffer.shift();
      this.#buffer.push(diff);
      return 'buffered';
    }
    const outcome = this.#apply(diff, this.#updateId);
    if (outcome !== 'gap') return outcome;
    this.clear();
    this.#buffer.push(diff);
    return 'gap';
  }

  /**
   * Takes a snapshot, and the buffered diffs that continue it.
   * @returns whether the book is now synced; if not, the snapshot is older than the buffer and another one is needed
   */
  snapshot({ updateId, time, bids, asks }: DepthSnapshot): boolean {
    const buffered = this.#buffer;
    this.#bids.reset(bids);
    this.#asks.reset(asks);
    this.#updateId = updateId;
    this.#chained = false;
    this.#time = time ?? 0;
    for (const diff of buffered) {
      if (this.#apply(diff, this.#updateId) !== 'gap') continue;
      this.clear();
      // The diffs are good; it is the snapshot that does not reach them.
      this.#buffer = buffered;
      return false;
    }
    this.#buffer = [];
    return true;
  }

  /** Forgets everything, as when the stream broke. */
  clear(): void {
    this.#bids.reset([]);
    this.#asks.reset([]);
    this.#buffer = [];
    this.#updateId = undefined;
    this.#chained = false;
    this.#time = 0;
  }

  #apply(diff: DepthDiff, updateId: number): 'applied' | 'stale' | 'gap' {
    const { last, bids, asks, time } = diff;
    if (this.#venue === 'spot' || this.#chained ? last <= updateId : last < updateId) return 'stale';
    if (!this.#continues(diff, updateId)) return 'gap';
    for (const [price, quantity] of bids) this.#bids.set(price, quantity);
    for (const [price, quantity] of asks) this.#asks.set(price, quantity);
    this.#updateId = last;
    this.#chained = true;
    this.#time = time;
    return this.#bids.thin || this.#asks.thin ? 'gap' : 'applied';
  }

  #continues({ first, previous }: DepthDiff, updateId: number): boolean {
    // Ids of spot have no holes. Those of futures do, so that only the name of the diff before proves that none is missing.
    if (this.#venue === 'spot') return first <= updateId + 1;
    return previous === updateId || (!this.#chained && first <= updateId);
  }
}
