import type { OrderReport, Snapshot } from '@mikrobot/core';
import { readAlgoOrder } from '../mapper/algo-orders.js';
import { readFuturesOrder } from '../mapper/futures-orders.js';
import { readVenue } from '../mapper/schemas.js';
import type { RestClient } from '../transport/rest-client.js';
import { type FuturesAccount, toPositions } from './account.js';
import type { FuturesCommands } from './commands.js';
import { ACCOUNT, type EchoWatch } from './echo-watch.js';
import type { KnownOrders } from './known-orders.js';
import type { FuturesQueries } from './queries.js';
import type { FuturesSettings } from './settings.js';
import type { UserStream } from './user-stream.js';
import { accountSchema, positionsSchema, timeSchema } from './wire.js';

const TIME = '/fapi/v1/time';
/** Readings of the account until one is of a single moment. */
const ATTEMPTS = 3;
/** Events that change what a snapshot tells. */
const CHANGES: ReadonlySet<unknown> = new Set(['ORDER_TRADE_UPDATE', 'ALGO_UPDATE', 'ACCOUNT_UPDATE']);

/** What trading on an account is made of. */
export interface TradingParts {
  readonly rest: RestClient;
  readonly account: FuturesAccount;
  readonly known: KnownOrders;
  readonly commands: FuturesCommands;
  readonly queries: FuturesQueries;
  readonly settings: FuturesSettings;
  readonly user: UserStream;
  readonly echo: EchoWatch;
}

/** An account: its commands, questions, settings and events. */
export class Trading {
  readonly commands: FuturesCommands;
  readonly queries: FuturesQueries;
  readonly settings: FuturesSettings;
  readonly user: UserStream;
  readonly account: FuturesAccount;
  readonly #echo: EchoWatch;
  readonly #rest: RestClient;
  readonly #known: KnownOrders;
  #changes = 0;

  constructor(parts: TradingParts) {
    this.commands = parts.commands;
    this.queries = parts.queries;
    this.settings = parts.settings;
    this.user = parts.user;
    this.account = parts.account;
    this.#echo = parts.echo;
    this.#rest = parts.rest;
    this.#known = parts.known;
    this.user.on('event', ({ e }) => {
      if (CHANGES.has(e)) this.#changes += 1;
    });
  }

  /**
   * All of the account, or a rejection. It takes several questions, so that it is asked again when something happened meanwhile, and is
   * not complete where things go on and on.
   */
  async snapshot(): Promise<Snapshot> {
    for (let attempt = 1; ; attempt++) {
      const before = this.#changes;
      const snapshot = await this.#read();
      if (before === this.#changes) return snapshot;
      if (attempt === ATTEMPTS) return { ...snapshot, complete: false };
    }
  }

  /**
   * Conditional orders are read before the others: one that triggers meanwhile is then told
   * twice under one id rather than not at all.
   */
  async #read(): Promise<Snapshot> {
    // The venue's own word: our idea of its clock may be ahead of it by half a round trip.
    const { serverTime } = readVenue(timeSchema, await this.#get(TIME, 1), 'time');
    const waiting = listOf(await this.#get('/fapi/v1/openAlgoOrders', 40)).map(readAlgoOrder);
    const [open, positions, figures] = await Promise.all([
      this.#get('/fapi/v1/openOrders', 40).then((answer) => listOf(answer).map(readFuturesOrder)),
      this.#get('/fapi/v3/positionRisk', 5).then((raw) => readVenue(positionsSchema, raw, 'positionRisk')),
      this.#get('/fapi/v3/account', 5).then((raw) => readVenue(accountSchema, raw, 'account')),
    ]);
    // What the account had without a word of the user stream, it must tell now.
    if (!this.account.read(figures, positions)) this.#echo.leaving(ACCOUNT)(true);
    const orders = new Map<string, OrderReport>();
    // What has triggered is no longer waiting, and is told as the order that it became.
    for (const { order, actualOrderId } of waiting)
      if (actualOrderId === undefined) orders.set(order.report.id, order.report);
    for (const { report } of open) {
      const id = this.#known.idOf(report.id, report.venueId);
      const request = this.#known.sent(id)?.request;
      orders.set(id, {
        ...report,
        id,
        ...(request?.type === 'stop-limit' ? { type: request.type, price: request.price } : {}),
      });
    }
    const asOf = Math.max(
      serverTime,
      ...open.map(({ time }) => time),
      ...positions.map(({ updateTime }) => updateTime),
    );
    return {
      complete: true,
      asOf,
      account: this.account.state,
      orders: [...orders.values()],
      positions: toPositions(positions),
    };
  }

  /** Sets it, and remembers it for the account's figures. */
  async setLeverage(symbol: string, leverage: number): Promise<void> {
    await this.settings.leverage(symbol, leverage);
    this.account.setLeverage(symbol, leverage);
  }

  /** Reads what events do not tell. */
  async refresh(): Promise<void> {
    const [positions, figures] = await Promise.all([
      this.#get('/fapi/v3/positionRisk', 5).then((raw) => readVenue(positionsSchema, raw, 'positionRisk')),
      this.#get('/fapi/v3/account', 5).then((raw) => readVenue(accountSchema, raw, 'account')),
    ]);
    this.account.read(figures, positions);
  }

  close(): void {
    this.#echo.clear();
    this.user.close();
  }

  #get(path: string, weight: number): Promise<unknown> {
    const security = path === TIME ? 'none' : 'signed';
    return this.#rest.request({ method: 'GET', path, security, weight });
  }
}

const listOf = (answer: unknown): readonly unknown[] => {
  if (Array.isArray(answer)) return answer;
  throw new Error('the venue did not answer with a list of orders');
};
