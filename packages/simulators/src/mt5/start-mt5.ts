import { type Clock, MikroBotError, systemClock } from '@mikrobot/core';
import { trimList } from '../past.js';
import type { Mt5Controls } from './controls.js';
import type { Mt5AccountOptions } from './exchange/account.js';
import type { CommentRule } from './exchange/desk.js';
import type { TradeRequest } from './exchange/records.js';
import { TradeServer, type TradeServerOptions } from './exchange/trade-server.js';
import { LinkServer } from './link/link-server.js';
import { RequestFaults } from './link/request-faults.js';
import { mt5Controls } from './make-controls.js';
import { Market } from './market/market.js';
import { defaultMt5Symbols, type Mt5Symbol } from './market/symbol.js';
import { ServerTime, type UtcOffset } from './server-time.js';

/** What a simulated MetaTrader 5 trade server is made of. */
export interface Mt5Options extends TradeServerOptions {
  /** Default: one hedging account, 5000001, with 10000 USD. */
  readonly accounts?: readonly Mt5AccountOptions[] | undefined;
  /** Default: {@link defaultMt5Symbols}. */
  readonly symbols?: readonly Mt5Symbol[] | undefined;
  /** Default: the machine's. */
  readonly clock?: Clock | undefined;
  /** Default: 0, any that is free. */
  readonly port?: number | undefined;
  /** How far the server's wall clock is ahead of UTC, ms. Default: two hours. */
  readonly utcOffset?: UtcOffset | undefined;
  /** Whether a request's result is told before the news of what it did. Default: false. */
  readonly resultFirst?: boolean | undefined;
  /** The broker does not keep comments: `true` empties them, a function rewrites them. Default: they are kept, 31 characters. */
  readonly lossyComments?: boolean | ((comment: string) => string) | undefined;
  /** Whether symbols trade in their sessions only. Default false: around the clock, so that a test does not depend on the day. */
  readonly keepSessions?: boolean | undefined;
  /** Default: `MikroBot-Demo`. */
  readonly server?: string | undefined;
  /** Default: `MikroBot Simulated Broker`. */
  readonly company?: string | undefined;
}

/** A request that a terminal made. */
export interface ReceivedRequest {
  readonly login: number;
  readonly request: TradeRequest;
}

/** A simulated trade server that runs on loopback. It outlives its terminals, and ends with the process. */
export interface Mt5Simulator {
  readonly host: string;
  readonly port: number;
  /** What moves the market, what people do, what goes wrong, and what is so at the broker. */
  readonly controls: Mt5Controls;
  /** Logins of the terminals that are connected. */
  readonly terminals: readonly number[];
  /** Requests that terminals made, oldest first; also those that a fault made vanish. */
  readonly requests: readonly ReceivedRequest[];
  /** Lines of terminals that were not understood. */
  readonly ignored: number;
  /** Ends all connections and timers. */
  close(): Promise<void>;
}

/** MT5 keeps so many characters of a comment. */
const COMMENT = 31;

const commentRule =
  (lossy: Mt5Options['lossyComments']): CommentRule =>
  (comment) => {
    if (lossy === true) return '';
    const kept = lossy === undefined || lossy === false ? comment : lossy(comment);
    return kept.slice(0, COMMENT);
  };

const hour = 3_600_000;

/**
 * Starts a trade server on 127.0.0.1 for the simulated terminals of `@mikrobot/mql5`. No order ever leaves the machine.
 *
 * The market stands still until `controls.quote(...)` (or a replay of recorded ticks) moves it.
 *
 * @example
 * ```ts
 * const mt5 = await startMt5({ accounts: [{ login: 5000001, marginMode: 'netting' }] });
 * mt5.controls.quote('EURUSD', 1.085, 1.0851);
 * ```
 * @throws `MikroBotError` `BAD_CONFIG` for options that make no sense
 */
export const startMt5 = async (options: Mt5Options = {}): Promise<Mt5Simulator> => {
  const { accounts = [{ login: 5_000_001 }], symbols = defaultMt5Symbols() } = options;
  if (new Set(accounts.map(({ login }) => login)).size !== accounts.length || accounts.length === 0)
    throw new MikroBotError('BAD_CONFIG', 'Each account needs a login of its own, and there must be one.');
  if (new Set(symbols.map(({ name }) => name)).size !== symbols.length)
    throw new MikroBotError('BAD_CONFIG', 'Two symbols have the same name.');
  const time = new ServerTime(options.clock ?? systemClock(), options.utcOffset ?? 2 * hour);
  const market = new Market(symbols, time, options.keepSessions ?? false);
  const requests: ReceivedRequest[] = [];
  const faults = new RequestFaults();
  // Terminals are told a quote before what it does to their account.
  market.onQuote((moved) => link.quote(moved));
  const server = new TradeServer(market, accounts, commentRule(options.lossyComments), options);
  const link = new LinkServer({
    server,
    faults,
    names: {
      server: options.server ?? 'MikroBot-Demo',
      company: options.company ?? 'MikroBot Simulated Broker',
    },
    resultFirst: options.resultFirst ?? false,
    onRequest(login, request) {
      requests.push({ login, request });
      trimList(requests);
    },
  });
  await link.listen(options.port ?? 0);
  return {
    host: '127.0.0.1',
    get port() {
      return link.port;
    },
    controls: mt5Controls({ server, link, faults }),
    get terminals() {
      return link.logins;
    },
    requests,
    get ignored() {
      return link.ignored;
    },
    async close() {
      server.close();
      await link.close();
    },
  };
};
