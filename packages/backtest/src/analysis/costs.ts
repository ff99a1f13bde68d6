import { type Fill, type Quote, sign } from '@mikrobot/core';
import { sumMoney } from './metrics/trade-statistics.js';

/** What the venue charged by its own description: a title and one plain sentence a line. */
export interface CostsStatement {
  /** `'none'` when nothing is charged. */
  readonly name: string;
  readonly lines?: readonly string[];
}

const UNSTATED: CostsStatement = { name: 'unstated' };

/** Slippage of one symbol: how far fills were from the price they were sent at. Positive is worse than meant. */
export interface Slippage {
  readonly symbol: string;
  /** Fills whose price could be compared. */
  readonly fills: number;
  /** In pips. */
  readonly mean: number | null;
  readonly worst: number | null;
}

/** What trading cost. Account currency, positive is paid. */
export interface CostsPaid {
  /** What the costs were said to be; `'none'` and `'unstated'` are said aloud in every report. */
  readonly stated: 'modelled' | 'none' | 'unstated';
  readonly name: string;
  readonly lines: readonly string[];
  readonly commission: number;
  /** Half the quoted spread at each fill. It is within the prices of the trades already, not on top of them. */
  readonly spread: number;
  /** Also within the prices of the trades. */
  readonly slippage: number;
  readonly slippageBySymbol: readonly Slippage[];
}

/** What the meter must know of a fill's instrument. */
export interface FillMarket {
  readonly quote: Quote | undefined;
  readonly pipSize: number;
  /** Account currency that one lot makes when the price moves by 1; `null` when no conversion rate is known. */
  readonly moneyPerPrice: number | null;
}

interface SlippageSum {
  fills: number;
  pips: number;
  worst: number;
}

/** Adds up commission, spread and slippage of fills. */
export class CostMeter {
  readonly #currency: string;
  readonly #commissions: number[] = [];
  readonly #slippage = new Map<string, SlippageSum>();
  #spread = 0;
  #slipped = 0;

  constructor(currency: string) {
    this.#currency = currency;
  }

  /** @param expected - the price at which the fill was meant to happen; `null` when it is not known */
  add(fill: Fill, expected: number | null, market: FillMarket): void {
    this.#commissions.push(fill.commission);
    const money = fill.quantity * (market.moneyPerPrice ?? 0);
    if (market.quote !== undefined) this.#spread += ((market.quote.ask - market.quote.bid) / 2) * money;
    if (expected === null) return;
    const worse = (fill.price - expected) * sign(fill.side);
    this.#slipped += worse * money;
    const sum = this.#slippage.get(fill.symbol) ?? { fills: 0, pips: 0, worst: Number.NEGATIVE_INFINITY };
    sum.fills += 1;
    sum.pips += worse / market.pipSize;
    sum.worst = Math.max(sum.worst, worse / market.pipSize);
    this.#slippage.set(fill.symbol, sum);
  }

  result(statement: string | CostsStatement | undefined): CostsPaid {
    const { name, lines = [] } =
      typeof statement === 'string' ? { name: statement } : (statement ?? UNSTATED);
    return {
      stated: name === 'none' || name === 'unstated' ? name : 'modelled',
      name,
      lines: [...lines],
      commission: sumMoney(this.#commissions, this.#currency),
      spread: sumMoney([this.#spread], this.#currency),
      slippage: sumMoney([this.#slipped], this.#currency),
      slippageBySymbol: [...this.#slippage].map(([symbol, { fills, pips, worst }]) => ({
        symbol,
        fills,
        mean: pips / fills,
        worst,
      })),
    };
  }
}
