import { VirtualClock } from '@mikrobot/core';
import type { Contract, Order, OrderAction, OrderType } from '@stoqey/ib';
import { Decoder } from '@stoqey/ib/dist/core/io/decoder.js';
import { Encoder } from '@stoqey/ib/dist/core/io/encoder.js';
import { ContractBook } from '../../contracts/contract-book.js';
import { defaultContracts } from '../../contracts/default-contracts.js';
import type { TwsSession, TwsSessions } from '../../session.js';
import type { Field } from '../../wire/field.js';
import { FieldReader } from '../../wire/field-reader.js';
import { fieldsOf, frameOf } from '../../wire/message.js';
import type { TwsExchangeOptions } from '../options.js';
import { TwsExchange } from '../tws-exchange.js';

/** Something that a client was told: the name of the client library's event, and its arguments. */
export interface Told {
  readonly name: string;
  readonly args: readonly unknown[];
}

/** A Wednesday, 15:00 in London and 10:00 in New York: all markets are open. */
export const T0 = Date.UTC(2026, 0, 14, 15);

const overWire = (fields: readonly Field[]): readonly string[] => fieldsOf(frameOf(fields).subarray(4));

/** A client without a socket: it writes requests and reads answers by the encoder and decoder of `@stoqey/ib`. */
export class BenchClient implements TwsSession {
  readonly clientId: number;
  readonly serverVersion: number;
  open = true;
  /** Everything that it was told, decoded. */
  readonly told: Told[] = [];
  /** What the decoder found wrong with messages. */
  readonly broken: string[] = [];
  readonly encoder: Encoder;
  readonly #decoder: Decoder;
  readonly #ends: (() => void)[] = [];

  constructor(
    clientId: number,
    serverVersion: number,
    handle: (client: BenchClient, fields: readonly string[]) => void,
  ) {
    this.clientId = clientId;
    this.serverVersion = serverVersion;
    this.#decoder = new Decoder({
      serverVersion,
      emitEvent: (name, ...args) => void this.told.push({ name, args }),
      emitError: (text, code, id) => {
        if (id === undefined) this.broken.push(text);
        else this.told.push({ name: 'error', args: [id, code, text] });
      },
      emitInfo: (text, code) => void this.told.push({ name: 'info', args: [code, text] }),
    });
    this.encoder = new Encoder({
      serverVersion,
      sendMsg: (...tokens) => handle(this, overWire(tokens.flat(Number.POSITIVE_INFINITY) as Field[])),
      emitError: (text) => void this.broken.push(text),
    });
  }

  send(fields: readonly Field[]): void {
    this.#decoder.enqueueMessage([...overWire(fields)]);
    this.#decoder.process();
  }

  error(requestId: number, code: number, text: string): void {
    this.send([4, 2, requestId, code, text, ...(this.serverVersion >= 166 ? [''] : [])]);
  }

  onEnd(listener: () => void): void {
    this.#ends.push(listener);
  }

  onDataLost(): void {}

  end(): void {
    this.open = false;
    for (const listener of this.#ends) listener();
  }

  /** What it was told since it was last asked. */
  news(): readonly Told[] {
    return this.told.splice(0);
  }

  /** Names of what it was told since it was last asked: events, statuses by their status, errors by their code. */
  story(): readonly string[] {
    return this.news().map(({ name, args }) => {
      if (name === 'orderStatus') return String(args[1]);
      if (name === 'openOrder') return `openOrder ${(args[3] as { status: string }).status}`;
      return name === 'error' ? `error ${String(args[1])}` : name;
    });
  }

  place(orderId: number, contract: Contract, order: Partial<Order>): void {
    this.encoder.placeOrder(orderId, contract, { transmit: true, tif: 'GTC', ...order } as Order);
  }

  cancel(orderId: number): void {
    this.encoder.cancelOrder(orderId, {});
  }
}

const order =
  (action: 'BUY' | 'SELL') =>
  (totalQuantity: number, orderType: string, more: Partial<Order> = {}): Partial<Order> => ({
    action: action as OrderAction,
    totalQuantity,
    orderType: orderType as OrderType,
    ...more,
  });

/** An order to buy, as a client writes it. */
export const buy = order('BUY');

/** An order to sell, as a client writes it. */
export const sell = order('SELL');

/** Statuses that a client was told by `orderStatus` since it was last asked. */
export const statusesOf = (client: BenchClient): readonly string[] =>
  client.news().flatMap(({ name, args }) => (name === 'orderStatus' ? [String(args[1])] : []));

/** Contracts as a client names them. */
export const named = {
  aapl: { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' } as Contract,
  spy: { symbol: 'SPY', secType: 'STK', exchange: 'SMART', currency: 'USD' } as Contract,
  es: {
    symbol: 'ES',
    secType: 'FUT',
    exchange: 'CME',
    currency: 'USD',
    lastTradeDateOrContractMonth: '202603',
  } as Contract,
  eurusd: { symbol: 'EUR', secType: 'CASH', exchange: 'IDEALPRO', currency: 'USD' } as Contract,
} as const;

/** An exchange in virtual time, with clients but without sockets. */
export class ExchangeBench {
  readonly clock = new VirtualClock(T0);
  readonly book: ContractBook;
  readonly exchange: TwsExchange;
  readonly #sessions = new Map<number, BenchClient>();
  readonly #serverVersion: number;

  constructor(options: Partial<TwsExchangeOptions> = {}, serverVersion = 193) {
    this.#serverVersion = serverVersion;
    this.book = new ContractBook(defaultContracts(T0), this.clock);
    const sessions = this.#sessions;
    const all: TwsSessions = {
      get: (clientId) => sessions.get(clientId),
      [Symbol.iterator]: () => sessions.values(),
    };
    this.exchange = new TwsExchange(
      { accounts: [{ id: 'DU1' }], commission: () => 0, ...options },
      { contracts: this.book, sessions: all, clock: this.clock },
    );
  }

  client(clientId = 1): BenchClient {
    const client = new BenchClient(clientId, this.#serverVersion, (session, [id, ...fields]) =>
      this.exchange.handlers[Number(id)]!(session, new FieldReader(fields)),
    );
    this.#sessions.set(clientId, client);
    return client;
  }

  quote(name: string | number, bid: number, ask: number): this {
    this.exchange.onQuote(this.book.named(name).contractId, bid, ask);
    return this;
  }

  pass(ms: number): this {
    this.clock.advance(this.clock.now() + ms);
    return this;
  }

  get truth(): ReturnType<TwsExchange['controls']['truth']> {
    return this.exchange.controls.truth();
  }
}
