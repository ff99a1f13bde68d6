import type { Clock, CommandOutcome, OrderRef, OrderRequest, QueryOutcome } from '@mikrobot/core';
import { BinanceError, isUnknownOrder, outcomeOf } from '../errors.js';
import { checkFilters, type FilterMarket, type WireParams } from '../filters/check-filters.js';
import { isClientId } from '../mapper/client-id.js';
import { readSpotOrder } from '../mapper/spot-orders.js';
import { pairLegs, spotOrder, spotPair } from '../mapper/spot-params.js';
import { readSpotTrade, toFill, type VenueTrade } from '../mapper/trades.js';
import type { RestClient } from '../transport/rest-client.js';
import type { TradedSymbol } from './account-desk.js';
import type { SentOrders } from './sent-orders.js';
import { toNumber, unitsOf } from './units.js';
import { placedOf, readRows, venueIdOf } from './wire.js';

/** Ms after which an order command or a look-up counts as unanswered. */
const TIMEOUT = 5_000;
/** Most trades of one look-up. */
const PAGE = 1_000;

/** The order ended without a trade, more than 90 days ago. Source: errors.md, -2026. */
const ARCHIVED = -2026;

/** The name that an order has once a cancel of ours took its first one from it. Source: web-socket-api.md, Cancel order. */
const cancelIdOf = (id: string): string | undefined => (id.length < 36 ? `${id}c` : undefined);

const isGone = (error: unknown): boolean =>
  isUnknownOrder(error) || (error instanceof BinanceError && error.code === ARCHIVED);

/** What orders need. */
export interface SpotOrdersParts {
  readonly rest: RestClient;
  readonly clock: Clock;
  readonly sent: SentOrders;
  readonly traded: (symbol: string) => TradedSymbol | undefined;
  readonly market: (symbol: string) => FilterMarket;
  /** An order command was taken: its report must follow in the user stream. @param venueId - of the order */
  readonly taken: (symbol: string, venueId: string, what: 'working' | 'ended') => void;
}

const rejected = (code: string, detail: string): CommandOutcome => ({ outcome: 'rejected', code, detail });

/**
 * Order commands and look-ups, all by REST. Each is a request of its own: no order waits behind another, and a user stream that is
 * being rebuilt keeps no exit from the market.
 */
export class SpotOrders {
  readonly #parts: SpotOrdersParts;

  constructor(parts: SpotOrdersParts) {
    this.#parts = parts;
  }

  submit(request: OrderRequest): Promise<CommandOutcome> {
    const { symbol } = request;
    return this.#place([request], symbol, '/api/v3/order', (traded) => {
      const params = spotOrder(request, traded.symbol.instrument);
      return { params, legs: [params] };
    });
  }

  submitPair(stop: OrderRequest, target: OrderRequest): Promise<CommandOutcome> {
    return this.#place([stop, target], stop.symbol, '/api/v3/orderList/oco', (traded) => {
      const params = spotPair(stop, target, traded.symbol.instrument);
      return { params, legs: pairLegs(params) };
    });
  }

  /** Cancels an order; of a pair the venue cancels both. */
  async cancel({ id, symbol }: OrderRef): Promise<CommandOutcome> {
    if (!isClientId(id)) return rejected('-2011', `the venue has no order '${id}'`);
    try {
      const answer = await this.#parts.rest.command({
        method: 'DELETE',
        path: '/api/v3/order',
        params: { symbol, origClientOrderId: id, newClientOrderId: cancelIdOf(id) },
        security: 'signed',
        weight: 1,
        command: 'cancel',
        priority: 'critical',
        timeout: TIMEOUT,
      });
      const venueId = venueIdOf(answer);
      if (venueId !== undefined) this.#parts.taken(symbol, venueId, 'ended');
      return { outcome: 'accepted', venueId };
    } catch (error) {
      return outcomeOf(error, 'spot');
    }
  }

  /** Cancels all orders of a symbol, lists included. Without any there is nothing to do, and that is well. */
  async cancelAll(symbol: string): Promise<CommandOutcome> {
    try {
      await this.#parts.rest.command({
        method: 'DELETE',
        path: '/api/v3/openOrders',
        params: { symbol },
        security: 'signed',
        weight: 1,
        command: 'cancel',
        priority: 'critical',
        timeout: TIMEOUT,
      });
      return { outcome: 'accepted' };
    } catch (error) {
      return isUnknownOrder(error) ? { outcome: 'accepted' } : outcomeOf(error, 'spot');
    }
  }

  /**
   * Looks an order up by all the names that it can have: a cancel gives it a new one, so that only an order which none of them finds
   * is absent.
   */
  async query({ id, symbol, venueId }: OrderRef): Promise<QueryOutcome> {
    const { clock, sent, traded } = this.#parts;
    // No such id can have been sent.
    if (!isClientId(id)) return { outcome: 'absent' };
    const ledger = traded(symbol)?.ledger;
    if (ledger === undefined) return { outcome: 'unknown', detail: `${symbol} is not traded here` };
    try {
      const order = readSpotOrder(await this.#find(symbol, id, venueId ?? sent.venueIdOf(id)));
      const { report } = order;
      const trades = report.filled > 0 ? await this.trades(symbol, report.venueId ?? '') : [];
      let executed = 0n;
      let held = 0n;
      let open = unitsOf(report.quantity);
      const fills = trades.map((trade) => {
        const booked = ledger.book(trade);
        executed += unitsOf(trade.quantity);
        held += unitsOf(booked.quantity);
        open -= unitsOf(trade.quantity);
        return toFill(trade, { id, arrived: order.arrived }, { ...booked, remaining: toNumber(open) });
      });
      const state = report.state === 'expired' && order.listId !== undefined ? 'cancelled' : report.state;
      // Trades are kept elsewhere than orders and may come later: a report without them would be half a truth.
      if (executed < unitsOf(report.filled))
        return {
          outcome: 'unknown',
          detail: `the venue counts ${report.filled} of ${id} as traded, and does not list it yet`,
        };
      return { outcome: 'found', report: { ...report, id, filled: toNumber(held), state }, fills };
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      if (!isGone(error)) return { outcome: 'unknown', detail };
      if (sent.mayAppear(id, clock.now()))
        return { outcome: 'unknown', detail: `${detail} It may still be on its way.` };
      return { outcome: 'absent' };
    }
  }

  async #find(symbol: string, id: string, venueId: string | undefined): Promise<unknown> {
    const names = [
      { origClientOrderId: id },
      ...(venueId === undefined ? [] : [{ orderId: venueId }]),
      { origClientOrderId: cancelIdOf(id) },
    ];
    let failure: unknown;
    for (const name of names) {
      try {
        return await this.#read('/api/v3/order', { symbol, ...name }, 4);
      } catch (error) {
        if (!isUnknownOrder(error)) throw error;
        failure = error;
      }
    }
    throw failure;
  }

  /** The trades of an order, the first one first. */
  async trades(symbol: string, orderId: string): Promise<readonly VenueTrade[]> {
    const trades: VenueTrade[] = [];
    for (;;) {
      const fromId = trades.length === 0 ? undefined : String(BigInt(trades.at(-1)!.id) + 1n);
      const page = readRows(
        await this.#read('/api/v3/myTrades', { symbol, orderId, fromId, limit: PAGE }, 5),
      ).map(readSpotTrade);
      trades.push(...page);
      if (page.length < PAGE) return trades;
    }
  }

  async #place(
    requests: readonly OrderRequest[],
    symbol: string,
    path: string,
    toWire: (traded: TradedSymbol) => { params: WireParams; legs: readonly WireParams[] },
  ): Promise<CommandOutcome> {
    const { clock, sent, taken } = this.#parts;
    const ids = requests.map(({ id }) => id);
    let isStamped = false;
    const left = (): void => {
      isStamped = true;
      for (const id of ids) sent.left(id, clock.now());
    };
    const before = ids.find((id) => sent.knows(id));
    // What became of the first, a query tells.
    if (before !== undefined)
      return { outcome: 'unknown', detail: `order ${before} was sent before; it is not sent again` };
    const traded = this.#parts.traded(symbol);
    if (traded === undefined) return rejected('UNKNOWN_INSTRUMENT', `${symbol} is not traded here`);
    try {
      const { params, legs } = toWire(traded);
      // What leaves a position is not judged by a market that has moved on since its price was told: the venue shall say no to that.
      const market = requests.every(({ purpose }) => purpose === 'enter') ? this.#parts.market(symbol) : {};
      for (const leg of legs) {
        const finding = checkFilters(leg, traded.symbol.filters, market);
        if (finding !== undefined) return rejected(finding.code, `${finding.message}: ${finding.detail}`);
      }
      for (const id of ids) sent.note(id);
      const answer = await this.#parts.rest.command({
        method: 'POST',
        path,
        params: { ...params, newOrderRespType: 'RESULT' },
        security: 'signed',
        weight: 1,
        orders: requests.length,
        command: 'submit',
        // What reduces risk goes out even when the budget of requests is used up.
        priority: requests.some(({ purpose }) => purpose === 'enter') ? 'normal' : 'critical',
        timeout: TIMEOUT,
        onStamp: left,
      });
      left();
      for (const placed of placedOf(answer)) sent.taken(placed.clientOrderId, placed.orderId);
      const venueId = venueIdOf(answer);
      if (venueId !== undefined) taken(symbol, venueId, 'working');
      // A pair has two ids, and the one of its first order would name the wrong one of the second.
      return { outcome: 'accepted', venueId: requests.length > 1 ? undefined : venueId };
    } catch (error) {
      const outcome = outcomeOf(error, 'spot');
      // Without an answer it counts from its stamp: the venue takes it until its window is over, however long we wait.
      if (outcome.outcome !== 'unknown') for (const id of ids) sent.refused(id);
      else if (!isStamped) left();
      return outcome;
    }
  }

  #read(
    path: string,
    params: Readonly<Record<string, string | number | undefined>>,
    weight: number,
  ): Promise<unknown> {
    return this.#parts.rest.request({
      method: 'GET',
      path,
      params,
      security: 'signed',
      weight,
      timeout: TIMEOUT,
    });
  }
}
