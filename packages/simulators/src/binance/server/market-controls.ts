import type { VenueError } from '../exchange.js';
import type { BuiltVenue } from './build-venue.js';
import type { KlineRow } from './market/kline-rows.js';
import { type ReplayOptions, type ReplaySummary, replayLines } from './replay.js';

/** What moves the market of a venue, and what people do there beside the bot. Times are epoch ms; default: the venue's. */
export interface VenueControls {
  /** The market moves: best prices of a symbol. What they reach, trades. */
  quote(symbol: string, bid: number, ask: number, time?: number): void;
  /** A trade of the market at large, in units of the base asset. */
  trade(symbol: string, price: number, quantity: number, buyerIsMaker?: boolean, time?: number): void;
  /** From now on each quote trades, and shows, at most so many units; undefined: any size. */
  depth(symbol: string, quantity: number | undefined): void;
  /** Futures: the mark price from now on; undefined: the middle of the quote. */
  mark(symbol: string, price: number | undefined): void;
  /** Futures: what longs pay to shorts at the next funding, as a part of the position's value. */
  fundingRate(symbol: string, rate: number): void;
  /** Money comes in, or goes out where it is negative: an exact decimal such as `-12.5`. */
  transfer(account: string, asset: string, amount: string): void;
  /** Spot: opens or closes a symbol for trading. */
  status(symbol: string, status: 'TRADING' | 'HALT' | 'BREAK'): void;
  /** The market had these klines: rows as REST lists them (at least six columns), oldest first. */
  history(symbol: string, interval: string, rows: readonly KlineRow[]): void;
  /** A person trades at the market by other means: signed units. */
  byHand(account: string, symbol: string, quantity: number): void;
  /** The next order of the account is refused with this error. */
  refuseNext(account: string, error: VenueError): void;
  /**
   * Tells recorded lines of streams as they are, and moves the market by the book tickers among them.
   * @see replayLines
   */
  replay(lines: AsyncIterable<string> | Iterable<string>, options?: ReplayOptions): Promise<ReplaySummary>;
}

/** The controls of a venue's market. */
export const marketControls = (venue: BuiltVenue): VenueControls => {
  const { exchange, feed } = venue;
  const timeOr = (time: number | undefined): number => time ?? Math.floor(venue.now());
  return {
    quote(symbol, bid, ask, time) {
      const at = timeOr(time);
      exchange.quote(symbol, at, bid, ask);
      feed.quote(symbol, at, bid, ask);
    },
    trade(symbol, price, quantity, buyerIsMaker = false, time) {
      const at = timeOr(time);
      exchange.trade(symbol, at, price, quantity, buyerIsMaker);
      feed.trade(symbol, at, price, quantity, buyerIsMaker);
    },
    depth(symbol, quantity) {
      exchange.depth(symbol, quantity);
      feed.market(symbol).shown = quantity;
    },
    mark(symbol, price) {
      feed.market(symbol).mark = price;
      exchange.mark?.(symbol, price, timeOr(undefined));
    },
    fundingRate(symbol, rate) {
      feed.market(symbol).fundingRate = rate;
      exchange.setFundingRate?.(symbol, rate);
    },
    transfer: (account, asset, amount) => exchange.transfer?.(account, asset, amount),
    status: (symbol, status) => exchange.setStatus?.(symbol, status),
    history: (symbol, interval, rows) => feed.preset(symbol, interval, rows),
    byHand: (account, symbol, quantity) => exchange.byHand(account, symbol, quantity),
    refuseNext: (account, error) => exchange.refuseNext(account, error),
    replay: (lines, options) => replayLines(venue, lines, options),
  };
};
