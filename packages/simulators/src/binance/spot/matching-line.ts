import { defineInstrument, type OrderEvent, type OrderRequest, seededRandom } from '@mikrobot/core';
import { costPresets, MatchingEngine, tickKinds } from '@mikrobot/matching';
import { SCALE } from '../filters/filter-checks.js';
import { fromUnits } from '../shared/decimal.js';
import type { SpotMarket } from './market.js';
import type { WireSide, WireTimeInForce } from './order.js';

/** Currency of the engine's own books, which nobody reads: the exchange keeps balances itself. */
const CURRENCY = 'XXX';
/** A quote that lets nothing trade: less than any step, but more than zero, which would mean any size. */
const NOTHING = 1e-12;

/** An order as the book works it. Price 0 is any price. Units of 10^-8. */
export interface BookOrder {
  readonly id: bigint;
  readonly side: WireSide;
  readonly quantity: bigint;
  readonly price: bigint;
  readonly timeInForce: WireTimeInForce;
}

/** What the book did with an order. `ended`: what is left of it can not trade any more, by its time in force. */
export type BookEvent =
  | {
      readonly type: 'fill';
      readonly id: bigint;
      readonly quantity: bigint;
      readonly price: bigint;
      readonly isMaker: boolean;
    }
  | { readonly type: 'ended'; readonly id: bigint };

/**
 * One account's line to the matching engine, which decides when and at what price an order trades. The engine sees plain limit and
 * market orders under the exchange's order ids; what else the venue knows (funds, triggers, lists, names) is the exchange's.
 */
export class MatchingLine {
  readonly #engine: MatchingEngine;
  readonly #markets: readonly SpotMarket[];
  readonly #told: OrderEvent[] = [];

  constructor(name: string, markets: readonly SpotMarket[]) {
    this.#markets = markets;
    this.#engine = new MatchingEngine({
      instruments: markets.map(({ symbol, tickScale, step, stepScale }) =>
        defineInstrument({
          symbol: symbol.symbol,
          assetClass: 'crypto',
          currency: CURRENCY,
          contractSize: 1,
          tickSize: Number(`1e-${tickScale}`),
          pipSize: Number(`1e-${tickScale}`),
          quantityStep: Number(fromUnits(step, SCALE)),
          minQuantity: Number(`1e-${stepScale}`),
          maxQuantity: 1e15,
        }),
      ),
      // So rich that the engine never refuses an order for want of margin.
      account: {
        id: name,
        currency: CURRENCY,
        balance: '1000000000000000',
        mode: 'netting',
        leverage: 1e9,
        stopOut: 0,
      },
      costs: { ...costPresets.none, liquidity: { kind: 'volume-share', share: 1 } },
      random: seededRandom(1),
      emit: (event) => this.#told.push(event),
    });
  }

  /** The market's quote moved. A resting order trades at its own price, however far the quote went through it. */
  tick(market: SpotMarket, time: number): readonly BookEvent[] {
    const { bid, ask, depth, index } = market;
    const volume = depth === undefined ? 0 : Math.max(depth, NOTHING);
    this.#engine.tick(index, time, num(bid), num(ask), volume, tickKinds.UNKNOWN);
    return this.#take(undefined);
  }

  /** Puts an order on the book; what trades at once is a taker. */
  submit(order: BookOrder, market: SpotMarket, now: number): readonly BookEvent[] {
    const { outcome, ...why } = this.#engine.submit(this.#request(order, market), now);
    if (outcome !== 'accepted')
      throw new Error(`The matching engine refused order ${order.id}: ${JSON.stringify(why)}`);
    return this.#take(order.id);
  }

  cancel(id: bigint, market: SpotMarket, now: number): void {
    this.#engine.cancel({ id: id.toString(), symbol: market.symbol.symbol }, now);
    this.#told.length = 0;
  }

  /** Shrinks an order that keeps its place. */
  resize(order: BookOrder, market: SpotMarket, now: number): readonly BookEvent[] {
    const request = this.#request(order, market);
    this.#engine.amend(request, { id: request.id, symbol: request.symbol }, now);
    return this.#take(undefined);
  }

  #request({ id, side, quantity, price, timeInForce }: BookOrder, market: SpotMarket): OrderRequest {
    return {
      id: id.toString(),
      symbol: market.symbol.symbol,
      owner: '',
      purpose: 'enter',
      side: side === 'BUY' ? 'buy' : 'sell',
      quantity: num(quantity),
      type: price === 0n ? 'market' : 'limit',
      price: price === 0n ? undefined : num(price),
      limitPrice: undefined,
      trail: undefined,
      timeInForce,
      goodTill: undefined,
      bracket: undefined,
      reduceOnly: false,
    };
  }

  /** @param arriving - the order that was submitted just now: its trades take */
  #take(arriving: bigint | undefined): readonly BookEvent[] {
    const events: BookEvent[] = [];
    for (const event of this.#told.splice(0)) {
      const id = BigInt(event.id);
      if (event.type === 'cancelled') events.push({ type: 'ended', id });
      if (event.type !== 'fill') continue;
      const market = this.#markets.find(({ symbol }) => symbol.symbol === event.symbol)!;
      events.push({
        type: 'fill',
        id,
        quantity: market.quantityUnits(event.quantity),
        price: market.priceUnits(event.price),
        isMaker: id !== arriving,
      });
    }
    return events;
  }
}

const num = (units: bigint): number => Number(fromUnits(units, SCALE));
