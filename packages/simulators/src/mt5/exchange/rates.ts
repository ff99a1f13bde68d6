import { MikroBotError } from '@mikrobot/core';
import { calcMode } from '../constants.js';
import type { Market, Quote, SymbolMarket } from '../market/market.js';

/** What one unit of a currency is worth in another, by the quoted pairs, else by fixed rates. */
export class Rates {
  readonly #market: Market;
  readonly #pairs = new Map<string, SymbolMarket>();
  readonly #fixed: Readonly<Record<string, number>>;

  /** @param fixed - such as `{ CHFUSD: 1.1 }`, for pairs that are not quoted */
  constructor(market: Market, fixed: Readonly<Record<string, number>> = {}) {
    this.#market = market;
    this.#fixed = fixed;
    for (const one of market.all) {
      const { symbol } = one;
      if (symbol.calcMode === calcMode.FOREX || symbol.calcMode === calcMode.FOREX_NO_LEVERAGE)
        this.#pairs.set(symbol.currencyBase + symbol.currencyProfit, one);
    }
  }

  /** @throws `MikroBotError` `BAD_CONFIG` where a symbol's money could never be converted */
  check(account: string): void {
    for (const { symbol } of this.#market.all)
      for (const from of [symbol.currencyProfit, symbol.currencyMargin])
        if (!this.#known(from, account))
          throw new MikroBotError('BAD_CONFIG', `${from} cannot be converted to ${account}.`, {
            where: `symbol ${symbol.name}`,
            hint: `Add the symbol ${from}${account}, or rates: { ${from}${account}: … }.`,
          });
  }

  /** Units of `to` for one of `from`: what is got when it is sold, or paid when it is bought. Undefined: no prices yet. */
  rate(from: string, to: string, deal: 'sold' | 'bought'): number | undefined {
    if (from === to) return 1;
    const straight = this.#quote(from + to);
    if (straight !== undefined) return deal === 'sold' ? straight.bid : straight.ask;
    const inverse = this.#quote(to + from);
    if (inverse !== undefined) return 1 / (deal === 'sold' ? inverse.ask : inverse.bid);
    const fixed = this.#fixed[from + to];
    if (fixed !== undefined) return fixed;
    const other = this.#fixed[to + from];
    return other === undefined ? undefined : 1 / other;
  }

  /** An amount in another currency: a profit is sold, a loss has to be bought. */
  money(amount: number, from: string, to: string): number | undefined {
    const rate = this.rate(from, to, amount > 0 ? 'sold' : 'bought');
    return rate === undefined ? undefined : amount * rate;
  }

  #quote(pair: string): Quote | undefined {
    return this.#pairs.get(pair)?.quote;
  }

  #known(from: string, to: string): boolean {
    const [a, b] = [from + to, to + from];
    return from === to || this.#pairs.has(a) || this.#pairs.has(b) || a in this.#fixed || b in this.#fixed;
  }
}
