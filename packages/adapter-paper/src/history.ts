import { type Bar, BarBuilder, type HistoryQuery, type MarketFeed } from '@mikrobot/core';
import type { AskModel } from '@mikrobot/matching';

/**
 * Bars of what was played so far, built by playing the feed again from its beginning up to `now`: nothing is kept on the way, and
 * nothing of the future can be seen. Costs a pass over the played part of the feed at each call.
 * @param now - epoch ms; a bar that ends later is not given
 */
export async function* playedBars(
  feed: MarketFeed,
  query: HistoryQuery,
  asks: AskModel,
  index: number,
  now: number,
): AsyncGenerator<Bar> {
  const { symbol, timeframe, from, to } = query;
  const builder = new BarBuilder(symbol, [timeframe]);
  const closed: Bar[] = [];
  builder.series(timeframe).bars.observable.subscribe((bar) => closed.push(bar));
  for await (const row of rows(feed, symbol, now)) {
    const bid = row.bid;
    const ask = Number.isNaN(row.ask) ? asks.ask(index, row.time, bid) : row.ask;
    if (bid > 0 && ask >= bid) builder.tick(row.time, bid, ask, row.volume);
    if (closed.length > 0) yield* take(closed, from, to);
    if (row.time >= to) return;
  }
  builder.finish();
  yield* take(
    closed.filter((bar) => bar.closeTime <= now),
    from,
    to,
  );
}

/** Gives the bars that begin within [from, to) and empties the list. */
function* take(bars: Bar[], from: number, to: number): Generator<Bar> {
  for (const bar of bars.splice(0)) if (bar.time >= from && bar.time < to) yield bar;
}

/** Rows of one symbol up to `now`, in one object that is used again. */
async function* rows(feed: MarketFeed, symbol: string, now: number): AsyncGenerator<Row> {
  const row: Row = { time: 0, bid: 0, ask: 0, volume: 0 };
  for await (const batch of feed.batches()) {
    for (let i = 0; i < batch.length; i++) {
      if (batch.time[i]! > now) return;
      if (batch.symbols[batch.symbol[i]!] !== symbol) continue;
      row.time = batch.time[i]!;
      row.bid = batch.bid[i]!;
      row.ask = batch.ask[i]!;
      row.volume = batch.volume[i]!;
      yield row;
    }
  }
}

interface Row {
  time: number;
  bid: number;
  ask: number;
  volume: number;
}
