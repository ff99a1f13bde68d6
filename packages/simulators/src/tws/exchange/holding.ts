import type { SecurityType, SimulatedContract } from '../contracts/contract.js';
import { tidy } from './order.js';

/** A position in one contract. */
export interface Holding {
  readonly contract: SimulatedContract;
  /** Positive when long. */
  readonly quantity: number;
  /** Average price of what is open, without commissions. */
  readonly averagePrice: number;
  /**
   * What one contract or share has cost: multiplier and commissions included. Source: TWS API, `updatePortfolio`: "execution price +
   * commission, divided by the quantity of your position".
   */
  readonly averageCost: number;
}

/** What a trade changes. */
export interface Trade {
  readonly side: 'BOT' | 'SLD';
  /** Above zero. */
  readonly quantity: number;
  readonly price: number;
  /** Contract's currency; positive is paid. */
  readonly commission: number;
}

/** Holds nothing. */
export const flat = (contract: SimulatedContract): Holding => ({
  contract,
  quantity: 0,
  averagePrice: 0,
  averageCost: 0,
});

/** Units that one contract stands for. */
export const multiplierOf = ({ multiplier }: Pick<SimulatedContract, 'multiplier'>): number =>
  Number(multiplier) || 1;

/** Kinds that are paid for in full when they are bought. Others only settle their profit. */
const PAID: ReadonlySet<SecurityType> = new Set(['STK', 'OPT', 'CRYPTO']);

/** Whether a contract is paid for in full. Forex is not: the simulator keeps one currency, so a pair settles its profit in it. */
export const isPaidInFull = ({ securityType }: SimulatedContract): boolean => PAID.has(securityType);

/**
 * A holding after a trade, what the trade realized (after the commissions of opening and of closing; undefined where it only opens),
 * and what it does to cash, both in the contract's currency.
 */
export const tradedHolding = (
  before: Holding,
  { side, quantity, price, commission }: Trade,
): { readonly holding: Holding; readonly realized: number | undefined; readonly cash: number } => {
  const { contract } = before;
  const units = multiplierOf(contract);
  const sign = side === 'BOT' ? 1 : -1;
  const held = before.quantity;
  const isAgainst = held !== 0 && Math.sign(held) !== sign;
  const closing = isAgainst ? Math.min(Math.abs(held), quantity) : 0;
  const opening = tidy(quantity - closing);
  const perUnit = commission / quantity;
  const realized =
    closing === 0 ? undefined : tidy(closing * (-sign * (price * units - before.averageCost) - perUnit));
  const gross = -sign * (price - before.averagePrice) * closing * units;
  const cash = isPaidInFull(contract) ? -sign * quantity * price * units - commission : gross - commission;
  const left = tidy(held + sign * quantity);
  // A trade through zero begins a new holding, which has none of the old one's cost.
  const kept = opening === 0 ? Math.abs(left) : isAgainst ? 0 : Math.abs(held);
  const mean = (old: number, fresh: number): number =>
    left === 0 ? 0 : (old * kept + fresh * opening) / (kept + opening);
  const holding: Holding = {
    contract,
    quantity: left,
    averagePrice: mean(before.averagePrice, price),
    averageCost: mean(before.averageCost, price * units + sign * perUnit),
  };
  return { holding, realized, cash };
};
