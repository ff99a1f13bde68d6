import { MikroBotError } from '@mikrobot/core';
import { action, filling, orderTime, reason } from './constants.js';
import type { BalanceOperation, HandTrade, Mt5Controls } from './controls.js';
import { bookBalance } from './exchange/balance.js';
import type { TradeRequest, TradeResult } from './exchange/records.js';
import type { TradeServer } from './exchange/trade-server.js';
import { lineOf } from './link/fields.js';
import type { LinkServer } from './link/link-server.js';
import { barLine } from './link/records.js';
import type { RequestFaults } from './link/request-faults.js';
import type { MinuteBar } from './market/bar-book.js';
import { isBar, type Mt5Bar, replayRows } from './market/replay.js';
import { retcode } from './retcodes.js';
import { type Mt5Truth, truthOf } from './truth.js';

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
    judgeRequests(judge) {
      faults.judge = judge;
    },
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
