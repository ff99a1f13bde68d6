import type { FuturesAccount } from './account.js';
import { type Amount, abs, divide, larger, ONE, times } from './amounts.js';
import type { FuturesMarket } from './market.js';
import { type FuturesOrder, type OrderDraft, reduces } from './orders.js';
import { notional, type Position, unrealised } from './positions.js';
import type { FuturesSymbol } from './symbols.js';

/** What open orders of one position would buy and sell, by value. */
interface OpenValue {
  readonly bids: Amount;
  readonly asks: Amount;
}

/** An order that is not there yet, or one that is about to change. */
export type Hypothesis = Pick<OrderDraft, 'symbol' | 'side' | 'positionSide' | 'reduceOnly'> & {
  readonly value: Amount;
  readonly instead: FuturesOrder | undefined;
};

/** Margin of one position and of the orders that would enlarge it. */
export interface PositionMargin {
  /** At the mark price. */
  readonly value: Amount;
  readonly profit: Amount;
  readonly initial: Amount;
  readonly ofOrders: Amount;
  readonly maintenance: Amount;
  readonly bids: Amount;
  readonly asks: Amount;
}

/** Margin of one asset's positions, and what is left. */
export interface AssetMargin {
  readonly wallet: Amount;
  readonly profit: Amount;
  readonly initial: Amount;
  readonly ofOrders: Amount;
  readonly maintenance: Amount;
  /** What a new order may need. */
  readonly available: Amount;
}

/** Maintenance margin of a position's value: each bracket's part of what lies in it. */
const maintenanceOf = ({ brackets }: FuturesSymbol, value: Amount): Amount => {
  let margin = 0n;
  let floor = 0n;
  for (const { cap, maintenance } of brackets) {
    if (value <= floor) break;
    margin += times((value < cap ? value : cap) - floor, maintenance);
    floor = cap;
  }
  return margin;
};

/** The largest notional that a leverage allows. */
export const maxNotional = ({ options }: FuturesSymbol, leverage: number): number =>
  options.brackets.reduce(
    (most, bracket) => (bracket.leverage >= leverage ? Math.max(most, bracket.cap) : most),
    0,
  );

const openValue = (account: FuturesAccount, position: Position, extra: Hypothesis | undefined): OpenValue => {
  const { symbol, side } = position;
  const values = { BUY: 0n, SELL: 0n };
  for (const order of account.open) {
    if (order.symbol !== symbol || order.positionSide !== side || reduces(order)) continue;
    if (order === extra?.instead) continue;
    values[order.side] += times(order.price, order.quantity - order.executed);
  }
  if (extra !== undefined && extra.symbol === symbol && extra.positionSide === side && !reduces(extra))
    values[extra.side] += extra.value;
  return { bids: values.BUY, asks: values.SELL };
};

/**
 * Initial margin is that of the larger of what a position would be if all its buys, or all its sells, traded. Simplified: isolated
 * positions are reckoned like crossed ones, and limit orders have no opening loss.
 */
export const positionMargin = (
  account: FuturesAccount,
  market: FuturesMarket,
  position: Position,
  extra?: Hypothesis,
): PositionMargin => {
  const { symbol } = position;
  const mark = market.mark(symbol);
  const value = notional(position, mark);
  const { bids, asks } = openValue(account, position, extra);
  const leverage = BigInt(account.settings(symbol).leverage);
  const initial = abs(value) / leverage;
  const worst = larger(abs(value + bids), abs(value - asks));
  return {
    value,
    profit: unrealised(position, mark),
    initial,
    ofOrders: larger(0n, worst / leverage - initial),
    maintenance: maintenanceOf(symbol, abs(value)),
    bids,
    asks,
  };
};

/** Margin of an asset; of all together on an account with multi-assets margin, where each counts one to one. */
export const assetMargin = (
  account: FuturesAccount,
  market: FuturesMarket,
  asset: string,
  extra?: Hypothesis,
): AssetMargin => {
  const isMeant = (other: string): boolean => account.multiAssets || other === asset;
  let wallet = 0n;
  for (const [other, amount] of account.wallets) if (isMeant(other)) wallet += amount;
  let [profit, initial, ofOrders, maintenance] = [0n, 0n, 0n, 0n];
  for (const { symbol } of market.contracts.values()) {
    if (!isMeant(symbol.options.quote)) continue;
    for (const position of account.positionsOf(symbol)) {
      const margin = positionMargin(account, market, position, extra);
      profit += margin.profit;
      initial += margin.initial;
      ofOrders += margin.ofOrders;
      maintenance += margin.maintenance;
    }
  }
  return { wallet, profit, initial, ofOrders, maintenance, available: wallet + profit - initial - ofOrders };
};

/** Whether the account can carry an order: one that needs no more margin than before always. */
export const carries = (account: FuturesAccount, market: FuturesMarket, extra: Hypothesis): boolean => {
  const asset = extra.symbol.options.quote;
  const before = assetMargin(account, market, asset);
  const after = assetMargin(account, market, asset, extra);
  return after.initial + after.ofOrders <= before.initial + before.ofOrders || after.available >= 0n;
};

/** Price at which a lone position would be liquidated, all else equal; 0 where no price above zero would. */
export const liquidationPrice = (
  account: FuturesAccount,
  market: FuturesMarket,
  position: Position,
): Amount => {
  const { size, symbol } = position;
  if (size === 0n) return 0n;
  const { wallet, profit, maintenance } = assetMargin(account, market, symbol.options.quote);
  const slack = wallet + profit - maintenance;
  // Each step of the price changes the slack by the size, and a little by the maintenance margin of the first bracket.
  const rate = symbol.brackets[0]?.maintenance ?? 0n;
  const perPoint = size - times(abs(size), rate);
  if (perPoint === 0n) return 0n;
  const price = market.mark(symbol) - divide(slack * ONE, perPoint);
  return larger(0n, price);
};
