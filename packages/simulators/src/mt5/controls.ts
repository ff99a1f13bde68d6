import { MikroBotError } from '@mikrobot/core';
import { action, filling, orderTime, reason } from './constants.js';
import { bookBalance } from './exchange/balance.js';
import type { TradeRequest, TradeResult } from './exchange/records.js';
import type { TradeServer } from './exchange/trade-server.js';
import { lineOf } from './link/fields.js';
import type { LinkServer } from './link/link-server.js';
import { barLine } from './link/records.js';
import type { LossOptions, RequestFaults, RequestMatch } from './link/request-faults.js';
import type { MinuteBar } from './market/bar-book.js';
import type { QuoteDetail } from './market/market.js';
import {
  isBar,
  type Mt5Bar,
  type Mt5ReplayOptions,
  type Mt5ReplaySummary,
  type Mt5Tick,
  replayRows,
} from './market/replay.js';
import { retcode } from './retcodes.js';
import type { UtcOffset } from './server-time.js';
import { type Mt5Truth, truthOf } from './truth.js';

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
  /** Forgets faults that have not struck. */
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

const nothing: TradeRequest = {
  action: action.DEAL,
  magic: '0',
  order: 0,
  symbol: '',
  volume: 0,
  price: 0,
  stopLimit: 0,
  sl: 0,
  tp: 0,
  deviation: Number.MAX_SAFE_INTEGER,
  type: 0,
  typeFilling: filling.FOK,
  typeTime: orderTime.GTC,
  expiration: 0,
  comment: '',
  position: 0,
  positionBy: 0,
};

/** The parts that controls work on. */
export interface ControlParts {
  readonly server: TradeServer;
  readonly link: LinkServer;
  readonly faults: RequestFaults;
}

/** Controls of what people and the broker's office do. */
const officeControls = ({ server }: ControlParts) => {
  const first = [...server.accounts.keys()][0] ?? 0;
  const { market } = server.desk;
  const requestByHand = (request: Partial<TradeRequest>, login = first): TradeResult =>
    server.request(server.account(login), { ...nothing, ...request }, reason.CLIENT);
  return {
    requestByHand,
    byHand(symbol: string, lots: number, trade: HandTrade = {}): number {
      const { quote, symbol: terms } = market.get(symbol);
      const { login, position = 0, sl = 0, tp = 0, comment = '' } = trade;
      const price = (lots > 0 ? quote?.ask : quote?.bid) ?? 0;
      const typeFilling = (terms.fillingMode & 1) !== 0 ? filling.FOK : filling.IOC;
      const what = { symbol, volume: Math.abs(lots), type: lots > 0 ? 0 : 1, price, typeFilling };
      const result = requestByHand({ ...what, position, sl, tp, comment }, login);
      if (result.order > 0) return result.order;
      throw new MikroBotError(
        'BAD_CONFIG',
        `The trade server refused: ${result.retcode} ${result.comment}.`,
        {
          where: `byHand(${symbol}, ${lots})`,
        },
      );
    },
    balance: (amount: number, { login = first, type, comment }: BalanceOperation = {}): number =>
      bookBalance(server.desk, server.account(login), amount, type, comment),
    truth: (login = first): Mt5Truth => truthOf(server.desk, server.account(login)),
  };
};

const toMinute = (server: TradeServer, row: Mt5Bar): MinuteBar => ({
  time: server.desk.time.of(row.time),
  open: row.open,
  high: row.high,
  low: row.low,
  close: row.close,
  tickVolume: row.tickVolume ?? 1,
  spread: row.spread ?? 0,
  realVolume: row.realVolume ?? 0,
});

/** Everything that a test can do to the trade server. */
export const mt5Controls = (parts: ControlParts): Mt5Controls => {
  const { server, link, faults } = parts;
  const { market, time } = server.desk;
  return {
    ...officeControls(parts),
    quote: (symbol, bid, ask, detail) => market.quote(symbol, bid, ask, detail),
    depth: (volume) => market.depth(volume),
    marketOpen(symbol, open) {
      market.get(symbol).open = open;
    },
    bars(symbol, rows) {
      const bars = [...rows].filter(isBar).map((row) => toMinute(server, row));
      market.get(symbol).bars.add(bars);
      for (const session of link.sessions) for (const bar of bars) session.tell(barLine(symbol, bar));
      return bars.length;
    },
    replay: (symbol, rows, options) => replayRows(market, symbol, rows, options),
    refuseNext: (code) => void server.forced.push(code),
    requoteNext: (code = retcode.REQUOTE) => void server.forced.push(code),
    loseNextRequest: (options = {}) => faults.add({ kind: 'lose-request', ...options }),
    loseNextResult: (options = {}) => faults.add({ kind: 'lose-result', ...options }),
    delayNextResult: (ms, match = {}) => faults.add({ kind: 'delay-result', ms, ...match }),
    clearFaults() {
      faults.clear();
      server.forced.length = 0;
    },
    disconnectTerminals: (login) => link.drop(login),
    refuseTerminals(on) {
      link.refusing = on;
    },
    utcOffset(offset) {
      time.move(offset);
      server.rearm();
      for (const session of link.sessions) session.tell(lineOf('time', time.now(), time.offset));
    },
  };
};
