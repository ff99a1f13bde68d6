import { type Amount, abs, divide, ONE, times } from './amounts.js';
import type { FuturesSymbol } from './symbols.js';

/** Whose position an order is for: the net one, or one side of a hedge account. */
export type PositionSide = 'BOTH' | 'LONG' | 'SHORT';

/** One position. What it cost is kept exactly, so that a position that is closed in parts loses nothing to rounding. */
export interface Position {
  readonly symbol: FuturesSymbol;
  readonly side: PositionSide;
  /** Signed. */
  size: Amount;
  /** Sum of price x signed quantity of what is open, in units of 10^-16. */
  cost: bigint;
  /** Fees of what is open, as they were before they were cut: in units of 10^-24. */
  fees: bigint;
  /** Realised before fees, over its life. */
  realised: Amount;
  /** Epoch ms of the last change; 0 before the first. */
  updateTime: number;
}

/** A position that was never opened. */
export const flatPosition = (symbol: FuturesSymbol, side: PositionSide): Position => ({
  symbol,
  side,
  size: 0n,
  cost: 0n,
  fees: 0n,
  realised: 0n,
  updateTime: 0,
});

/**
 * Books a trade on a position, at its average cost.
 * @param quantity - signed
 * @param feeRate - part of the value that the trade costs
 * @returns the profit that it realised, before fees
 */
export const bookTrade = (
  position: Position,
  quantity: Amount,
  price: Amount,
  feeRate: Amount,
  time: number,
): Amount => {
  const { size, cost, fees } = position;
  const against = size !== 0n && size > 0n !== quantity > 0n;
  const closing = !against ? 0n : abs(quantity) < abs(size) ? -quantity : size;
  const closedCost = closing === 0n ? 0n : closing === size ? cost : (cost * closing) / size;
  const opening = quantity + closing;
  position.size = size - closing + opening;
  position.cost = cost - closedCost + opening * price;
  const closedFees = closing === 0n ? 0n : (fees * closing) / size;
  position.fees = fees - closedFees + abs(opening) * price * feeRate;
  position.updateTime = time;
  const profit = (closing * price - closedCost) / ONE;
  position.realised += profit;
  return profit;
};

/** Average price of what is open; 0 when flat. */
export const entryPrice = ({ size, cost }: Position): Amount => (size === 0n ? 0n : divide(cost, size));

/** Price at which closing would pay the fees of opening, too; 0 when flat. */
export const breakEven = ({ size, cost, fees }: Position): Amount =>
  size === 0n ? 0n : divide(cost * ONE + fees, size * ONE);

/** What closing at a price would bring, before fees. */
export const unrealised = ({ size, cost }: Position, mark: Amount): Amount => (size * mark - cost) / ONE;

/** Signed value at a price. */
export const notional = ({ size }: Position, mark: Amount): Amount => times(size, mark);
