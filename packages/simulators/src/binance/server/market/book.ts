/** A price level: price and quantity as the venue writes them. */
export type Level = readonly [price: string, quantity: string];

/** What changed in a book between two updates. */
export interface DepthChange {
  /** First and last update id of the change. */
  readonly first: bigint;
  readonly last: bigint;
  /** Last update id of the change before. */
  readonly previous: bigint;
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
}

/** Gathers what changes in a book from one event of a diff stream to the next. */
export class DepthDiff {
  readonly #book: Book;
  readonly #bids = new Map<string, string>();
  readonly #asks = new Map<string, string>();
  #since: bigint;

  constructor(book: Book) {
    this.#book = book;
    this.#since = book.updateId;
  }

  note(side: 'bids' | 'asks', price: string, quantity: string): void {
    (side === 'bids' ? this.#bids : this.#asks).set(price, quantity);
  }

  /** What changed since the last time, or undefined when nothing did. */
  take(): DepthChange | undefined {
    const last = this.#book.updateId;
    if (last === this.#since) return undefined;
    const change = {
      first: this.#since + 1n,
      last,
      previous: this.#since,
      bids: [...this.#bids],
      asks: [...this.#asks],
    };
    this.#since = last;
    this.#bids.clear();
    this.#asks.clear();
    return change;
  }
}

const byPrice = (levels: ReadonlyMap<string, string>, sign: 1 | -1): Level[] =>
  [...levels].sort(([a], [b]) => sign * (Number(a) - Number(b)));

/** The public order book of a symbol. */
export class Book {
  /** Last update of any level. */
  updateId: bigint;
  readonly #bids = new Map<string, string>();
  readonly #asks = new Map<string, string>();
  readonly #diffs = new Set<DepthDiff>();

  constructor(updateId: bigint) {
    this.updateId = updateId;
  }

  /** Begins to gather changes. */
  diff(): DepthDiff {
    const diff = new DepthDiff(this);
    this.#diffs.add(diff);
    return diff;
  }

  drop(diff: DepthDiff): void {
    this.#diffs.delete(diff);
  }

  /** Sets levels to absolute quantities; a quantity of zero removes one. All of it is told under `updateId`. */
  apply(side: 'bids' | 'asks', levels: readonly Level[]): void {
    const own = side === 'bids' ? this.#bids : this.#asks;
    for (const [price, quantity] of levels) {
      if (Number(quantity) === 0) own.delete(price);
      else own.set(price, quantity);
      for (const diff of this.#diffs) diff.note(side, price, quantity);
    }
  }

  /** Makes one side exactly these levels; counts an update for each level that changed. */
  replace(side: 'bids' | 'asks', levels: readonly Level[]): void {
    const own = side === 'bids' ? this.#bids : this.#asks;
    const wanted = new Map(levels);
    const zero = levels[0]?.[1].replaceAll(/\d/g, '0') ?? '0';
    const changes: Level[] = [...own.keys()]
      .filter((price) => !wanted.has(price))
      .map((price) => [price, zero]);
    for (const level of levels) if (own.get(level[0]) !== level[1]) changes.push(level);
    this.updateId += BigInt(changes.length);
    this.apply(side, changes);
  }

  /** The best levels of both sides, best first. */
  top(levels: number): { readonly bids: readonly Level[]; readonly asks: readonly Level[] } {
    return {
      bids: byPrice(this.#bids, -1).slice(0, levels),
      asks: byPrice(this.#asks, 1).slice(0, levels),
    };
  }
}
