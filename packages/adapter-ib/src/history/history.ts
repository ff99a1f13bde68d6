import { type Bar, type HistoryQuery, type Timeframe, zoneOf } from '@mikrobot/core';
import { WhatToShow } from '@stoqey/ib';
import type { ResolvedContract } from '../contracts/resolved-contract.js';
import { exchangeZone } from '../contracts/time-zone.js';
import { type AskParts, askBars, askHead, type BarsJob } from './ask-history.js';
import { type BarRow, readRow, toGrid } from './bar-rows.js';
import { barSizeOf, gridEnd, gridStart } from './bar-sizes.js';
import { type Page, pagesOf, pageToNow } from './pages.js';

/** How far a request for past bars has come. */
export interface HistoryProgress {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Pages read, of `total`. */
  readonly done: number;
  readonly total: number;
  /** Ms that the next page waits at least for the limits of TWS. */
  readonly waitingMs: number;
  /** Bars that made no sense, or had one side only, and are left out. */
  readonly dropped: number;
}

/** What past bars are read with. */
export interface HistoryParts extends AskParts {
  readonly contract: (symbol: string) => ResolvedContract;
  readonly onProgress?: ((progress: HistoryProgress) => void) | undefined;
}

/** Pages from which on it pays to ask where the data begins. */
const MANY_PAGES = 4;

/** What is asked for, one after the other: bid and ask are two. Coins have their trades under a name of their own. */
const showsOf = ({ spec }: ResolvedContract): readonly WhatToShow[] => {
  if (spec.bars === 'quotes') return [WhatToShow.BID, WhatToShow.ASK];
  if (spec.bars === 'midpoint') return [WhatToShow.MIDPOINT];
  return [spec.kind === 'crypto' ? WhatToShow.AGGTRADES : WhatToShow.TRADES];
};

const toBar = (symbol: string, timeframe: Timeframe, closeTime: number, bid: BarRow, ask: BarRow): Bar => ({
  symbol,
  timeframe,
  time: bid.time,
  closeTime,
  open: bid.open,
  high: bid.high,
  low: bid.low,
  close: bid.close,
  askOpen: ask.open,
  askHigh: ask.high,
  askLow: ask.low,
  askClose: ask.close,
  volume: bid.volume,
  ticks: bid.ticks,
});

/**
 * Closed bars of the past, oldest first: `from` inclusive, `to` exclusive. Bars of trades have the same prices on both sides, those of
 * quotes bid and ask. Days are dates of the exchange, from its midnight to the next, although the session of a date may have begun the
 * evening before; finer bars lie on the grid that counts from midnight UTC. Stretches without a bar are not told.
 * @throws `MikroBotError` `UNKNOWN_INSTRUMENT`; `BAD_CONFIG` for more than TWS gives of a continuous future; `TwsError` for what TWS
 * refuses; `TIMED_OUT` where it does not answer
 */
export async function* history(parts: HistoryParts, query: HistoryQuery): AsyncGenerator<Bar> {
  const { symbol, timeframe, from, to } = query;
  const { clock, onProgress } = parts;
  const contract = parts.contract(symbol);
  const zone = exchangeZone(contract.facts.timeZoneId) ?? zoneOf('UTC');
  const size = barSizeOf(timeframe, zone, from, to);
  const last = Math.min(to, clock.now());
  if (!(from < last)) return;
  const shows = showsOf(contract);
  let progress: HistoryProgress = { symbol, timeframe, done: 0, total: 0, waitingMs: 0, dropped: 0 };
  const tell = (news: Partial<HistoryProgress>): void => {
    progress = { ...progress, ...news };
    onProgress?.(progress);
  };
  const jobOf = (show: WhatToShow, page: Page): BarsJob => ({
    symbol,
    small: size.small,
    query: {
      contract: contract.historyContract,
      end: page.end,
      duration: page.duration,
      size: size.setting,
      show,
      regularHours: !contract.spec.outsideRegularHours,
    },
    onWait: (waitingMs) => tell({ waitingMs }),
  });

  const start = gridStart(timeframe, zone, from);
  const end = Math.min(gridEnd(timeframe, zone, gridStart(timeframe, zone, last - 1)), clock.now());
  const endless = contract.historyContract.secType === 'CONTFUT';
  let pages = endless
    ? [pageToNow(size, start, clock.now(), `history of ${symbol}`)]
    : pagesOf(size, timeframe, zone, start, end);
  if (pages.length > MANY_PAGES) {
    const head = await askHead(parts, jobOf(shows[0]!, pages[0]!));
    if (head !== undefined) pages = pages.filter((page) => page.to > head);
  }
  tell({ total: pages.length });
  for (const page of pages) {
    const sides = await Promise.all(shows.map((show) => askBars(parts, jobOf(show, page))));
    let dropped = 0;
    const [bids, asks = bids] = sides.map((raws) => {
      const rows = raws.map((raw) => readRow(raw, zone));
      dropped += rows.filter((row) => row === undefined).length;
      return toGrid(
        rows.filter((row) => row !== undefined),
        timeframe,
        zone,
      );
    });
    for (const [time, bid] of bids!) {
      const closeTime = gridEnd(timeframe, zone, time);
      // Durations reach back further than the page, and the running bar is not closed.
      if (time < Math.max(from, page.from) || time >= Math.min(to, page.to) || closeTime > clock.now())
        continue;
      const ask = asks!.get(time);
      if (ask === undefined) dropped += 1;
      else yield toBar(symbol, timeframe, closeTime, bid, ask);
    }
    tell({ done: progress.done + 1, waitingMs: 0, dropped: progress.dropped + dropped });
  }
}
