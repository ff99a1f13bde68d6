import { describe, expect, it } from 'vitest';
import { MarketMapper } from '../mapper/market.js';
import type { BookTicker, MarketEvent } from '../mapper/market-events.js';
import { hasRecording, recordedMessages } from '../testing/recording.js';
import { LocalBook } from './local-book.js';

describe.skipIf(!hasRecording())('six recorded minutes of BTCUSDT', () => {
  const read = () => {
    const mapper = new MarketMapper();
    const messages = recordedMessages();
    // The snapshot stands among the messages of the socket, bare, as REST answered it.
    const isSnapshot = (text: string): boolean => text.startsWith('{"lastUpdateId"');
    const events = messages.map((text): MarketEvent | undefined =>
      isSnapshot(text) ? mapper.depth(JSON.parse(text), 'BTCUSDT') : mapper.read(text),
    );
    return { events, mapper };
  };

  it('are read whole: no message is dropped', () => {
    const { events, mapper } = read();
    const kinds = events.map((event) => event?.kind);
    const count = (kind: string) => kinds.filter((k) => k === kind).length;
    // Counted in the file with grep.
    expect([count('quote'), count('depth'), count('trade'), count('book')]).toEqual([28040, 3451, 9757, 1]);
    expect(Object.values(mapper.malformed).every((n) => n === 0)).toBe(true);
  });

  it('give a book that equals the bookTicker at all 3,449 diffs', () => {
    const { events } = read();
    const tickers = events
      .filter((event): event is BookTicker => event?.kind === 'quote')
      .sort((a, b) => a.updateId - b.updateId);
    const book = new LocalBook({ venue: 'spot' });
    let newest = 0;
    let compared = 0;
    for (const event of events) {
      if (event?.kind === 'book') expect(book.snapshot(event)).toBe(true);
      else if (event?.kind !== 'depth') continue;
      else if (book.diff(event) === 'buffered') continue;
      // After the snapshot the book is at the end of the third diff, which was buffered; then each diff takes it one further.
      expect(book.synced).toBe(true);
      while (tickers[newest + 1] !== undefined && tickers[newest + 1]!.updateId <= book.updateId) newest += 1;
      const { bid, bidQuantity, ask, askQuantity } = tickers[newest]!;
      expect([book.bid, book.bidQuantity, book.ask, book.askQuantity]).toEqual([
        bid,
        bidQuantity,
        ask,
        askQuantity,
      ]);
      compared += 1;
    }
    expect(compared).toBe(3449);
  });

  it('give a bounded book the best levels of the whole one, with snapshots where the market leaves what was kept', () => {
    const { events } = read();
    const whole = new LocalBook({ venue: 'spot' });
    const bounded = new LocalBook({ venue: 'spot', depth: 100 });
    let resyncs = 0;
    let compared = 0;
    for (const event of events) {
      if (event?.kind === 'book') for (const book of [whole, bounded]) book.snapshot(event);
      if (event?.kind !== 'depth') continue;
      whole.diff(event);
      if (bounded.diff(event) === 'gap') {
        const { updateId, time } = whole;
        const [bids, asks] = [whole.bids(1000), whole.asks(1000)];
        bounded.snapshot({ kind: 'book', symbol: 'BTCUSDT', updateId, time, bids, asks });
        resyncs += 1;
      }
      if (!whole.synced) continue;
      expect([bounded.bids(20), bounded.asks(20)]).toEqual([whole.bids(20), whole.asks(20)]);
      compared += 1;
    }
    expect(compared).toBe(3448);
    expect(resyncs).toBeLessThan(50);
  });
});
