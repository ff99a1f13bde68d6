import { EventEmitter } from 'eventemitter3';
import type { Exchange, ExchangeEvents, Route, SymbolRule, VenueError } from '../exchange.js';
import { SCALE } from '../filters/filter-checks.js';
import { fromUnits, toUnits, trimZeros } from '../shared/decimal.js';
import type { OrderTerms } from './order.js';
import { OrderDesk } from './order-desk.js';
import { accountRoutes } from './routes/account-routes.js';
import { amendRoutes } from './routes/amend-routes.js';
import { cancelRoutes } from './routes/cancel-routes.js';
import { exchangeInfoRoute } from './routes/exchange-info-route.js';
import { listRoutes } from './routes/list-routes.js';
import { placeRoutes } from './routes/place-routes.js';
import { queryRoutes } from './routes/query-routes.js';
import { replaceRoutes } from './routes/replace-routes.js';
import type { SymbolStatus } from './symbols.js';
import { filterOf } from './symbols.js';
import { triggerDue } from './triggers.js';
import { type SpotOptions, SpotVenue } from './venue.js';

/**
 * The spot exchange behind the simulator's door: accounts, orders, order lists and user events as the venue's documentation
 * describes them. What trades, and at what price, says the matching engine; an account's orders never meet each other.
 *
 * @example
 * ```ts
 * const exchange = new SpotExchange({ accounts: [{ name: 'me', balances: { USDT: '10000' } }] });
 * exchange.on('user', (account, event) => console.log(account, event));
 * exchange.quote('BTCUSDT', Date.UTC(2026, 0, 1), 90_000, 90_000.01);
 * ```
 */
export class SpotExchange extends EventEmitter<ExchangeEvents> implements Exchange {
  readonly routes: ReadonlyMap<string, Route>;
  readonly symbols: readonly SymbolRule[];
  readonly #venue: SpotVenue;
  readonly #desk: OrderDesk;

  constructor(options: SpotOptions = {}) {
    super();
    this.#venue = new SpotVenue(options, {
      user: (account, payload) => this.emit('user', account, payload),
      print: (symbol, time, price, quantity, buyerIsMaker) =>
        this.emit('print', symbol, time, asNumber(price), asNumber(quantity), buyerIsMaker),
    });
    this.#desk = new OrderDesk(this.#venue);
    this.symbols = this.#venue.markets.map(({ symbol }) => ({
      symbol: symbol.symbol,
      base: symbol.baseAsset,
      quote: symbol.quoteAsset,
      tickSize: trimZeros(filterOf(symbol, 'PRICE_FILTER')?.tickSize ?? '0.00000001'),
      stepSize: trimZeros(filterOf(symbol, 'LOT_SIZE')?.stepSize ?? '0.00000001'),
    }));
    const desk = this.#desk;
    this.routes = new Map(
      [
        exchangeInfoRoute(this.#venue, options.limits),
        ...placeRoutes(desk),
        ...cancelRoutes(desk),
        ...replaceRoutes(desk),
        ...amendRoutes(desk),
        ...listRoutes(desk),
        ...queryRoutes(desk),
        ...accountRoutes(desk),
      ].map(([name, route]) => [name, this.#timed(route)]),
    );
  }

  quote(symbol: string, time: number, bid: number, ask: number): void {
    this.pass(time);
    const market = this.#venue.market(symbol);
    const isFirst = !market.quoted;
    if (!market.quote(bid, ask)) return;
    for (const { name } of this.#venue.accounts) {
      // One order at a time is booked, told and followed by the balances that it changed.
      for (const event of this.#venue.line(name).tick(market, this.#venue.now)) {
        this.#desk.trading.handle([event]);
        this.#venue.settle();
      }
    }
    if (isFirst) this.#desk.trading.open(market);
    this.#venue.settle();
    triggerDue(this.#venue, this.#desk.trading, market);
  }

  depth(symbol: string, quantity: number | undefined): void {
    this.#venue.market(symbol).depth = quantity;
  }

  trade(symbol: string, time: number, price: number, quantity: number, _buyerIsMaker: boolean): void {
    this.pass(time);
    const market = this.#venue.market(symbol);
    market.print(this.#venue.now, price, quantity);
    triggerDue(this.#venue, this.#desk.trading, market);
  }

  refuseNext(account: string, error: VenueError): void {
    this.#desk.refuseNext(account, error);
  }

  byHand(account: string, symbol: string, quantity: number): void {
    const market = this.#venue.market(symbol);
    const terms: OrderTerms = {
      side: quantity > 0 ? 'BUY' : 'SELL',
      type: 'MARKET',
      timeInForce: 'GTC',
      quantity: market.quantityUnits(Math.abs(quantity)),
      quoteOrderQty: 0n,
      price: 0n,
      stopPrice: 0n,
      trailingDelta: undefined,
      icebergQty: undefined,
      strategyId: undefined,
      strategyType: undefined,
      clientOrderId: `web_${this.#venue.newClientId()}`,
    };
    this.#desk.place(account, market, terms);
    this.#venue.settle();
  }

  pass(now: number): void {
    this.#venue.now = Math.max(this.#venue.now, Math.floor(now));
  }

  /**
   * Pays an amount (decimal text) into an account, or out of it when negative: told as `balanceUpdate`.
   * @throws RangeError for what is no decimal of at most eight places
   */
  transfer(account: string, asset: string, amount: string): void {
    const units = toUnits(amount, SCALE);
    const { now } = this.#venue;
    this.#venue.account(account).book(asset, units);
    const event = { e: 'balanceUpdate', E: now, a: asset, d: fromUnits(units, SCALE), T: now };
    this.#venue.listener.user(account, event);
    this.#venue.settle();
  }

  /** Opens or closes a symbol for trading. */
  setStatus(symbol: string, status: SymbolStatus): void {
    this.#venue.market(symbol).setStatus(status);
  }

  /** A command moves the venue's time before it is handled. */
  #timed(route: Route): Route {
    return {
      ...route,
      handle: (call) => {
        this.pass(call.now);
        return route.handle(call);
      },
    };
  }
}

const asNumber = (units: bigint): number => Number(fromUnits(units, SCALE));
