import type { TradeRequest, TradeResult } from './exchange/records.js';
import type { LossOptions, RequestJudge, RequestMatch } from './link/request-faults.js';
import type { QuoteDetail } from './market/market.js';
import type { Mt5Bar, Mt5ReplayOptions, Mt5ReplaySummary, Mt5Tick } from './market/replay.js';
import type { UtcOffset } from './server-time.js';
import type { Mt5Truth } from './truth.js';

/** What a person trades by hand beside symbol and lots. */
export interface HandTrade {
  /** Default: the first account. */
  readonly login?: number | undefined;
  /** Ticket of the position that is closed by it. */
  readonly position?: number | undefined;
  readonly sl?: number | undefined;
  readonly tp?: number | undefined;
  readonly comment?: string | undefined;
}

/** An operation on the balance. */
export interface BalanceOperation {
  /** Default: the first account. */
  readonly login?: number | undefined;
  /** DEAL_TYPE_…; default: 2, balance. */
  readonly type?: number | undefined;
  readonly comment?: string | undefined;
}

/** What a test does at the broker. */
export interface Mt5Controls {
  /** Moves the prices of a symbol; what that triggers, happens. */
  quote(symbol: string, bid: number, ask: number, detail?: QuoteDetail): void;
  /** From now on each quote trades at most so many lots a side, of all orders together; undefined: any. Stops and stop-outs trade in full. */
  depth(lots: number | undefined): void;
  /** Opens or closes a market; undefined: by its sessions. */
  marketOpen(symbol: string, open: boolean | undefined): void;
  /** Puts past minute bars in. @returns how many were bars */
  bars(symbol: string, rows: Iterable<Mt5Bar>): number;
  /** Tells recorded ticks or bars as quotes. */
  replay(
    symbol: string,
    rows: AsyncIterable<Mt5Tick | Mt5Bar> | Iterable<Mt5Tick | Mt5Bar>,
    options?: Mt5ReplayOptions,
  ): Promise<Mt5ReplaySummary>;
  /** The next request is refused with this code, and nothing is done. */
  refuseNext(code: number): void;
  /** The next request is answered by a requote. */
  requoteNext(code?: 10004 | 10020): void;
  /** A person trades at the market, magic 0. Negative lots sell. @returns the order's ticket. @throws `MikroBotError` `BAD_CONFIG` when refused */
  byHand(symbol: string, lots: number, trade?: HandTrade): number;
  /** A person makes any request, magic 0. */
  requestByHand(request: Partial<TradeRequest>, login?: number): TradeResult;
  /** Books a deposit, a withdrawal or another operation. @returns the deal's ticket */
  balance(amount: number, operation?: BalanceOperation): number;
  /** The next request that fits never reaches the broker. */
  loseNextRequest(options?: LossOptions): void;
  /** The next request that fits is executed; its result is never told. */
  loseNextResult(options?: LossOptions): void;
  /** The result of the next request that fits comes so many ms late; what it did is told at once. */
  delayNextResult(ms: number, match?: RequestMatch): void;
  /** From now on this is asked about each request as it arrives, before the broker sees it; undefined: nobody is. */
  judgeRequests(judge: RequestJudge | undefined): void;
  /** Forgets faults that have not struck, and who judges requests. */
  clearFaults(): void;
  /** Breaks the connections of all terminals, or of one login. */
  disconnectTerminals(login?: number): void;
  /** While on, the server cannot be reached: connections are cut at once. */
  refuseTerminals(on: boolean): void;
  /** Changes the zone of the server, as at the begin of summer time, and tells it. */
  utcOffset(offset: UtcOffset): void;
  /** What is so at the broker. Default: the first account. */
  truth(login?: number): Mt5Truth;
}
