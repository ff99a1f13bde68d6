import { type CommandOutcome, type OrderEvent, type OrderRequest, seededRandom } from '@mikrobot/core';
import { costPresets, MatchingEngine } from '@mikrobot/matching';
import { numberOf } from './amounts.js';
import type { ContractMarket, FuturesMarket } from './market.js';
import { type FuturesOrder, reduces } from './orders.js';

/** Each quote trades at most its depth; fees, margin and money are the exchange's own. */
const costs = { ...costPresets.none, liquidity: { kind: 'volume-share', share: 1 } } as const;

/** Prices that no order meets, so that orders can rest before the first quote. */
const NO_MARKET = { bid: 1e-12, ask: 1e12 };

/** A depth of nothing: 0 would mean any. */
const NOTHING = 1e-9;

const requestOf = (order: FuturesOrder): OrderRequest => ({
  id: order.orderId.toString(),
  symbol: order.symbol.name,
  owner: '',
  purpose: 'enter',
  side: order.side === 'BUY' ? 'buy' : 'sell',
  quantity: numberOf(order.quantity),
  type: order.type === 'LIMIT' ? 'limit' : 'market',
  price: order.type === 'LIMIT' ? numberOf(order.price) : undefined,
  limitPrice: undefined,
  trail: undefined,
  // What a market order cannot fill at once expires.
  timeInForce: order.type !== 'LIMIT' || order.timeInForce === 'IOC' ? 'IOC' : fillOf(order),
  goodTill: undefined,
  bracket: undefined,
  reduceOnly: reduces(order),
});

const fillOf = ({ timeInForce }: FuturesOrder): 'FOK' | 'GTC' => (timeInForce === 'FOK' ? 'FOK' : 'GTC');

/**
 * Decides when, how much and at what price the orders of one position side trade. A hedge account has one for each side: in it
 * the orders that close are reduce-only.
 */
export class MatchingBook {
  readonly #engine: MatchingEngine;

  /** @param onEvent - told what becomes of orders, by their ids, while a method runs */
  constructor(market: FuturesMarket, onEvent: (event: OrderEvent) => void) {
    this.#engine = new MatchingEngine({
      instruments: [...market.contracts.values()].map(({ symbol }) => symbol.instrument),
      // Its own money must never be what stops an order: margin is reckoned by the exchange.
      account: {
        id: 'book',
        currency: 'USDT',
        balance: '1000000000',
        mode: 'netting',
        leverage: 1e9,
        stopOut: 0,
      },
      costs,
      random: seededRandom(1),
      emit: onEvent,
    });
    for (const contract of market.contracts.values()) this.quote(contract, market.now);
  }

  /** Trades what the present quote of a contract reaches. */
  quote({ symbol, quote, depth }: ContractMarket, time: number): void {
    const bid = quote?.bidNumber ?? NO_MARKET.bid;
    const ask = quote?.askNumber ?? NO_MARKET.ask;
    const volume = depth === undefined ? 0 : Math.max(depth, NOTHING);
    this.#engine.tick(this.#engine.indexOf(symbol.name), time, bid, ask, volume);
  }

  submit(order: FuturesOrder, now: number): CommandOutcome {
    return this.#engine.submit(requestOf(order), now);
  }

  /** Gives a resting order the price and quantity that it now has. */
  amend(order: FuturesOrder, now: number): CommandOutcome {
    return this.#engine.amend(requestOf(order), refOf(order), now);
  }

  cancel(order: FuturesOrder, now: number): CommandOutcome {
    return this.#engine.cancel(refOf(order), now);
  }
}

const refOf = ({ orderId, symbol }: FuturesOrder): { readonly id: string; readonly symbol: string } => ({
  id: orderId.toString(),
  symbol: symbol.name,
});
