import type { SimulatedContract } from '../contracts/contract.js';
import type { SimulatedAccount } from './account.js';
import { type Holding, isPaidInFull, multiplierOf } from './holding.js';
import type { ExchangeMarket } from './market.js';
import { tidy } from './order.js';

/** Part of the initial margin that must be kept. */
const MAINTENANCE = 0.9;

/** Figures of an account at the present quotes, in its base currency. */
export interface Valuation {
  readonly cash: number;
  /** Cash, what paid holdings are worth, and the floating profit of the others. */
  readonly netLiquidation: number;
  /** Worth of what is held, long and short added. */
  readonly grossValue: number;
  readonly initialMargin: number;
  readonly maintenanceMargin: number;
  /** After commissions of opening. */
  readonly unrealized: number;
}

/** Price that a holding is valued at: the quote's middle, or before any quote what it has cost. */
export const markOf = (market: ExchangeMarket, { contract, averagePrice }: Holding): number =>
  market.mark(contract) ?? averagePrice;

/** What a quantity at a price takes as initial margin, in the contract's currency. */
const initialOf = (contract: SimulatedContract, quantity: number, price: number): number =>
  Math.abs(quantity) * price * multiplierOf(contract) * contract.marginRate;

/** Values an account. A currency that has no rate counts one to one: it can only have come into it with a rate. */
export const valuation = (market: ExchangeMarket, account: SimulatedAccount): Valuation => {
  let [net, gross, initial, unrealized] = [account.cash, 0, 0, 0];
  for (const holding of account.holdings) {
    const { contract, quantity, averagePrice, averageCost } = holding;
    if (quantity === 0) continue;
    const rate = market.rate(contract.currency, account.currency) ?? 1;
    const units = multiplierOf(contract);
    const mark = markOf(market, holding);
    const worth = quantity * mark * units;
    net += (isPaidInFull(contract) ? worth : quantity * (mark - averagePrice) * units) * rate;
    gross += Math.abs(worth) * rate;
    initial += initialOf(contract, quantity, mark) * rate;
    unrealized += (worth - averageCost * quantity) * rate;
  }
  return {
    cash: account.cash,
    netLiquidation: tidy(net),
    grossValue: tidy(gross),
    initialMargin: tidy(initial),
    maintenanceMargin: tidy(initial * MAINTENANCE),
    unrealized: tidy(unrealized),
  };
};

/**
 * What an order would add to the margin if it traded in full, in the base currency; negative where it frees some.
 * @param quantity - signed
 */
export const marginChange = (
  market: ExchangeMarket,
  account: SimulatedAccount,
  contract: SimulatedContract,
  quantity: number,
  price: number,
): { readonly initial: number; readonly maintenance: number } => {
  const holding = account.holding(contract);
  const rate = market.rate(contract.currency, account.currency) ?? 1;
  const mark = market.mark(contract) ?? price;
  const before = initialOf(contract, holding.quantity, mark);
  const initial = (initialOf(contract, holding.quantity + quantity, mark) - before) * rate;
  return { initial: tidy(initial), maintenance: tidy(initial * MAINTENANCE) };
};
