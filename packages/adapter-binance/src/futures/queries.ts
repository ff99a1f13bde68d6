import {
  type FillEvent,
  type Instrument,
  type OrderRef,
  type OrderReport,
  type QueryOutcome,
  tidyQuantity,
} from '@mikrobot/core';
import { isUnknownOrder } from '../errors.js';
import { type AlgoOrder, readAlgoOrder } from '../mapper/algo-orders.js';
import { isClientId } from '../mapper/client-id.js';
import { readFuturesOrder } from '../mapper/futures-orders.js';
import { readVenue } from '../mapper/schemas.js';
import type { VenueOrder } from '../mapper/venue-order.js';
import type { RestClient } from '../transport/rest-client.js';
import type { Params } from '../transport/signing.js';
import type { Bookings } from './bookings.js';
import type { KnownOrders } from './known-orders.js';
import { ownTrades } from './own-trades.js';
import { createdSchema } from './wire.js';

interface Read {
  readonly order: VenueOrder;
  /** Venue time, epoch ms. */
  readonly created: number;
}

/** What queries are answered from. */
export interface QueryParts {
  readonly rest: RestClient;
  readonly known: KnownOrders;
  readonly bookings: Bookings;
  readonly instrument: (symbol: string) => Instrument | undefined;
  /** For how long a request is taken after its timestamp, ms. */
  readonly recvWindow: number;
  /** How long the venue may take for what came in time, ms. */
  readonly absentAfter: number;
  /** Venue time when this process began, epoch ms. */
  readonly startedAt: number;
}

/**
 * Looks orders up. A conditional order is kept by one desk of the venue, and what it became by another; both are told as one order
 * under our id. Absent is what no desk has and what can no longer arrive: the venue takes a request until its `recvWindow` is over
 * and may be busy with it for a while, and so long one that is still under way, perhaps from before a restart, would prove us wrong.
 */
export class FuturesQueries {
  readonly #parts: QueryParts;

  constructor(parts: QueryParts) {
    this.#parts = parts;
  }

  async query({ id, symbol }: OrderRef): Promise<QueryOutcome> {
    // No such id can have been sent.
    if (!isClientId(id)) return { outcome: 'absent' };
    try {
      return (await this.#look(id, symbol)) ?? this.#missing(id);
    } catch (error) {
      return { outcome: 'unknown', detail: error instanceof Error ? error.message : String(error) };
    }
  }

  async #look(id: string, symbol: string): Promise<QueryOutcome | undefined> {
    const asRegular = async (): Promise<QueryOutcome | undefined> => {
      const order = await this.#order({ symbol, origClientOrderId: id });
      return order && this.#found(id, order.order.report, order);
    };
    const asAlgo = async (): Promise<QueryOutcome | undefined> => {
      const algo = await this.#algo(id);
      return algo && this.#foundAlgo(id, algo);
    };
    // The desk of conditional orders goes first: what triggers between the two questions is then found by the second.
    const regularFirst = this.#parts.known.sent(id)?.desk === 'regular';
    const [first, second] = regularFirst ? [asRegular, asAlgo] : [asAlgo, asRegular];
    return (await first()) ?? (await second());
  }

  #missing(id: string): QueryOutcome {
    const { known, rest, recvWindow, absentAfter, startedAt } = this.#parts;
    const sent = known.sent(id);
    const latest = (sent?.left ?? startedAt) + recvWindow + absentAfter;
    if (sent?.refused === true || rest.now() > latest) return { outcome: 'absent' };
    return { outcome: 'unknown', detail: `order ${id} is not found, and may still be under way` };
  }

  async #foundAlgo(id: string, algo: AlgoOrder): Promise<QueryOutcome> {
    const { report } = algo.order;
    const { symbol } = report;
    const orderId = algo.actualOrderId;
    if (orderId === undefined) return { outcome: 'found', report, fills: [] };
    this.#parts.known.became(id, orderId);
    const order = await this.#order({ symbol, orderId });
    if (order !== undefined) return this.#found(id, report, order);
    // The venue forgets what was cancelled without a trade after three days.
    if (report.state === 'cancelled' && report.filled === 0) return { outcome: 'found', report, fills: [] };
    return { outcome: 'unknown', detail: `order ${orderId}, which ${id} became, is not found` };
  }

  /** @param wanted - the order as it was placed. @param order - the order as it trades */
  async #found(id: string, wanted: OrderReport, { order, created }: Read): Promise<QueryOutcome> {
    const { rest, bookings } = this.#parts;
    const { state, filled, averagePrice, venueId, quantity, symbol } = order.report;
    const instrument = this.#parts.instrument(symbol);
    let left = quantity;
    const fills: FillEvent[] = [];
    for (const trade of await ownTrades(rest, order, created)) {
      left -= trade.quantity;
      fills.push(
        bookings.fill(trade, id, instrument === undefined ? left : tidyQuantity(instrument, left) + 0),
      );
    }
    // The reason of an expiry is told by the user stream alone, and one end shall have one name.
    const end = state === 'expired' && this.#parts.known.wasKnockedOut(id) ? 'cancelled' : state;
    const report = { ...wanted, id, venueId, state: end, quantity, filled, averagePrice };
    return { outcome: 'found', report, fills };
  }

  async #order(params: Params): Promise<Read | undefined> {
    const answer = await this.#ask('/fapi/v1/order', params);
    if (answer === undefined) return undefined;
    const order = readFuturesOrder(answer);
    return { order, created: readVenue(createdSchema, answer, 'order').time ?? order.time };
  }

  async #algo(clientAlgoId: string): Promise<AlgoOrder | undefined> {
    const answer = await this.#ask('/fapi/v1/algoOrder', { clientAlgoId });
    return answer === undefined ? undefined : readAlgoOrder(answer);
  }

  /** @returns undefined when the venue says that it does not have it */
  async #ask(path: string, params: Params): Promise<unknown> {
    try {
      return await this.#parts.rest.request({
        method: 'GET',
        path,
        params,
        security: 'signed',
        weight: 1,
        priority: 'high',
      });
    } catch (error) {
      if (isUnknownOrder(error)) return undefined;
      throw error;
    }
  }
}
