import { describe, expect, it } from 'vitest';
import type { DepthDiff, DepthSnapshot, PriceLevel } from '../mapper/market-events.js';
import { LocalBook } from './local-book.js';

const diff = (first: number, last: number, change: Partial<DepthDiff> = {}): DepthDiff => ({
  kind: 'depth',
  symbol: 'BNBBTC',
  time: 1_000 + last,
  first,
  last,
  previous: undefined,
  bids: [],
  asks: [],
  ...change,
});
const snapshot = (
  updateId: number,
  bids: readonly PriceLevel[] = [],
  asks: readonly PriceLevel[] = [],
): DepthSnapshot => ({
  kind: 'book',
  symbol: 'BNBBTC',
  updateId,
  time: undefined,
  bids,
  asks,
});

// web-socket-streams.md, "How to manage a local order book correctly".
describe('a book of spot', () => {
  const synced = (): LocalBook => {
    const book = new LocalBook({ venue: 'spot' });
    book.snapshot(
      snapshot(
        160,
        [
          [10, 1],
          [9, 2],
        ],
        [
          [11, 3],
          [12, 4],
        ],
      ),
    );
    return book;
  };

  it('buffers until there is a snapshot, and leaves out what the snapshot holds', () => {
    const book = new LocalBook({ venue: 'spot' });
    expect(book.diff(diff(150, 155, { bids: [[10, 7]] }))).toBe('buffered');
    expect(book.diff(diff(156, 161, { bids: [[10, 8]] }))).toBe('buffered');
    expect(book.diff(diff(162, 163, { bids: [[9.5, 1]] }))).toBe('buffered');
    expect(book.synced).toBe(false);
    expect(book.snapshot(snapshot(158, [[10, 1]]))).toBe(true);
    expect([book.bids(5), book.updateId, book.time]).toEqual([
      [
        [10, 8],
        [9.5, 1],
      ],
      163,
      1163,
    ]);
  });

  it('asks for another snapshot when it is older than the first diff', () => {
    const book = new LocalBook({ venue: 'spot' });
    book.diff(diff(170, 175, { bids: [[10, 7]] }));
    expect(book.snapshot(snapshot(160, [[10, 1]]))).toBe(false);
    expect([book.synced, book.bid]).toEqual([false, 0]);
    expect(book.snapshot(snapshot(171, [[10, 1]]))).toBe(true);
    expect(book.bidQuantity).toBe(7);
  });

  it('sets, adds and removes levels; what is not there may be removed', () => {
    const book = synced();
    expect(
      book.diff(
        diff(161, 162, {
          bids: [
            [10, 0],
            [9.5, 5],
            [1, 0],
          ],
          asks: [
            [11, 9],
            [10.5, 1],
          ],
        }),
      ),
    ).toBe('applied');
    expect(book.bids(9)).toEqual([
      [9.5, 5],
      [9, 2],
    ]);
    expect(book.asks(9)).toEqual([
      [10.5, 1],
      [11, 9],
      [12, 4],
    ]);
    expect([book.bid, book.bidQuantity, book.ask, book.askQuantity]).toEqual([9.5, 5, 10.5, 1]);
    expect([book.quantityAt('bids', 9), book.quantityAt('asks', 9)]).toEqual([2, 0]);
  });

  it('ignores a diff that it holds already, as after a doubled message', () => {
    const book = synced();
    expect(book.diff(diff(150, 160, { bids: [[10, 5]] }))).toBe('stale');
    expect(book.bidQuantity).toBe(1);
  });

  it('takes a diff that begins before its own end and reaches beyond it', () => {
    expect(synced().diff(diff(155, 165))).toBe('applied');
  });

  it('is void after a gap, and continues from a snapshot with the diff that showed the gap', () => {
    const book = synced();
    expect(book.diff(diff(162, 165, { bids: [[10, 5]] }))).toBe('gap');
    expect([book.synced, book.bid, book.ask]).toEqual([false, 0, 0]);
    expect(book.snapshot(snapshot(163, [[10, 1]], [[11, 1]]))).toBe(true);
    expect([book.bidQuantity, book.updateId]).toEqual([5, 165]);
  });

  it('forgets when it is cleared', () => {
    const book = synced();
    book.clear();
    expect([book.synced, book.bid, book.askQuantity, book.updateId]).toEqual([false, 0, 0, 0]);
  });
});

// developers.binance.com, USD-M futures, "How to manage a local order book correctly".
describe('a book of futures', () => {
  it('begins with the diff that spans the snapshot, then follows pu', () => {
    const book = new LocalBook({ venue: 'futures' });
    book.diff(diff(100, 110, { previous: 99, bids: [[10, 1]] }));
    book.diff(diff(115, 120, { previous: 110, bids: [[10, 2]] }));
    book.diff(diff(130, 140, { previous: 120, bids: [[10, 3]] }));
    expect(book.snapshot(snapshot(118, [[10, 9]]))).toBe(true);
    expect([book.bidQuantity, book.updateId]).toEqual([3, 140]);
    // Ids have holes: only pu tells whether a diff is missing.
    expect(book.diff(diff(150, 160, { previous: 140, bids: [[10, 4]] }))).toBe('applied');
    expect(book.diff(diff(161, 170, { previous: 159 }))).toBe('gap');
    expect(book.synced).toBe(false);
  });

  it('takes the diff that ends with the snapshot, and one that continues it', () => {
    const ends = new LocalBook({ venue: 'futures' });
    ends.snapshot(snapshot(120, [[10, 9]]));
    expect(ends.diff(diff(115, 120, { previous: 110, bids: [[10, 2]] }))).toBe('applied');
    expect(ends.diff(diff(115, 120, { previous: 110, bids: [[10, 2]] }))).toBe('stale');
    const continues = new LocalBook({ venue: 'futures' });
    continues.snapshot(snapshot(120));
    expect(continues.diff(diff(125, 130, { previous: 120 }))).toBe('applied');
  });

  it('needs a newer snapshot when the first diff begins after it', () => {
    const book = new LocalBook({ venue: 'futures' });
    book.diff(diff(125, 130, { previous: 122 }));
    expect(book.snapshot(snapshot(120))).toBe(false);
    expect(book.snapshot(snapshot(126))).toBe(true);
  });
});

describe('a bounded book', () => {
  const levels = (count: number, from: number): readonly PriceLevel[] =>
    Array.from({ length: count }, (_, i) => [from - i, 1] as const);

  it('keeps the best levels and takes no news of those beyond', () => {
    const book = new LocalBook({ venue: 'spot', depth: 10 });
    book.snapshot(snapshot(1, levels(100, 1000)));
    const kept = book.bids(1000).length;
    expect(kept).toBeGreaterThanOrEqual(10);
    expect(kept).toBeLessThanOrEqual(15);
    book.diff(diff(2, 2, { bids: [[902, 7]] }));
    expect(book.quantityAt('bids', 902)).toBe(0);
    expect(book.bids(10)).toEqual(levels(10, 1000));
  });

  it('needs a snapshot when the market has eaten into what it knows', () => {
    const book = new LocalBook({ venue: 'spot', depth: 10 });
    book.snapshot(snapshot(1, levels(100, 1000)));
    const gone = book
      .bids(1000)
      .slice(0, -4)
      .map(([price]) => [price, 0] as const);
    expect(book.diff(diff(2, 2, { bids: gone }))).toBe('gap');
    expect(book.synced).toBe(false);
  });
});
