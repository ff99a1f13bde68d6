import { type CommandOutcome, type OrderEvent, type OrderRequest, seededRandom } from '@mikrobot/core';
import { costPresets, MatchingEngine } from '@mikrobot/matching';
import type { Quote } from './market.js';
import { remainingOf, type TwsOrder } from './order.js';

/** Each quote trades at most its depth; commissions, margin and money are the exchange's own. */
const costs = { ...costPresets.none, liquidity: { kind: 'volume-share', share: 1 } } as const;

/** Its own money must never be what stops an order: margin is reckoned by the exchange. */
const PLENTY = { balance: '1000000000000', mode: 'netting', leverage: 1e9, stopOut: 0 } as const;

/** A depth of nothing: 0 would mean any. */
const NOTHING = 1e-9;

const kinds = {
  MKT: 'market',
  MOC: 'market',
  LMT: 'limit',
  LOC: 'limit',
  STP: 'stop',
  'STP LMT': 'stop-limit',
  TRAIL: 'trailing-stop',
} as const;

const fillingOf = ({ type, timeInForce }: TwsOrder['terms']): 'GTC' | 'IOC' | 'FOK' => {
  // An auction trades once.
  if (type === 'MOC' || type === 'LOC') return 'IOC';
  return timeInForce === 'IOC' || timeInForce === 'FOK' ? timeInForce : 'GTC';
};

/**
 * Decides when, how much and at what price one order trades. Each order has an engine of its own: so an execution is told before the
 * next order is looked at, and an order of a group with overfill protection never trades on the quote that filled its neighbour.
 */
export class MatchingLine {
  readonly #order: TwsOrder;
  readonly #engine: MatchingEngine;
  /** What had filled before it was put to this engine. */
  readonly #before: number;

  /** @param onEvent - told what becomes of the order while a method runs */
  constructor(order: TwsOrder, onEvent: (event: OrderEvent) => void) {
    const { instrument } = order.contract;
    this.#order = order;
    this.#before = order.filled;
    this.#engine = new MatchingEngine({
      instruments: [instrument],
      account: { id: order.account.id, currency: instrument.currency, ...PLENTY },
      costs,
      random: seededRandom(1),
      emit: onEvent,
    });
  }

  /** Meets the first quote. */
  begin(quote: Quote, depth: number | undefined, now: number): CommandOutcome {
    this.quote(quote, depth, now);
    return this.#engine.submit(this.#request(), now);
  }

  /** Trades what a quote reaches. `depth` in contracts; undefined for any size. */
  quote({ bid, ask }: Quote, depth: number | undefined, now: number): void {
    this.#engine.tick(0, now, bid, ask, depth === undefined ? 0 : Math.max(depth, NOTHING));
  }

  /** Takes the terms that the order has now. */
  amend(now: number): void {
    this.#engine.amend(this.#request(), this.#ref(), now);
  }

  /** Where a trailing stop stands now; undefined for other orders, and before it stands. */
  trigger(): number | undefined {
    if (this.#order.terms.type !== 'TRAIL') return undefined;
    const found = this.#engine.query(this.#ref().id);
    return found.outcome === 'found' ? found.report.price : undefined;
  }

  #ref(): { readonly id: string; readonly symbol: string } {
    return { id: String(this.#order.permId), symbol: this.#order.contract.instrument.symbol };
  }

  #request(): OrderRequest {
    const { terms, triggered } = this.#order;
    const { action, type, limitPrice, auxPrice, trailStopPrice } = terms;
    const kind = kinds[type];
    return {
      ...this.#ref(),
      owner: '',
      purpose: 'enter',
      side: action === 'BUY' ? 'buy' : 'sell',
      // The engine counts what fills in it.
      quantity: remainingOf(this.#order) + (this.#order.filled - this.#before),
      type: kind,
      price: {
        market: undefined,
        limit: limitPrice,
        stop: auxPrice,
        // Once triggered it is a limit order, and its limit is what an amendment moves.
        'stop-limit': triggered ? limitPrice : auxPrice,
        'trailing-stop': trailStopPrice,
      }[kind],
      limitPrice: kind === 'stop-limit' ? limitPrice : undefined,
      trail: kind === 'trailing-stop' ? auxPrice : undefined,
      timeInForce: fillingOf(terms),
      goodTill: undefined,
      bracket: undefined,
      reduceOnly: false,
    };
  }
}
