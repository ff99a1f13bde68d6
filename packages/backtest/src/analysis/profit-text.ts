import { sumMoney } from './metrics/trade-statistics.js';
import type { BacktestResult } from './result.js';

/**
 * Says what of a change of equity is earned and what only floats: `+74.20 of 42 finished trades, +499.71 floating in 2 open ones`.
 * What open trades have realised, and financing and corrections, follow where there are any, so that the parts add up.
 *
 * @param signed - writes an amount with its sign
 * @returns empty when nothing is open at the end
 */
export const profitText = (
  { performance, openTrades, account }: BacktestResult,
  signed: (amount: number) => string,
): string => {
  if (openTrades.length === 0) return '';
  const { trades, realised, floating, other } = performance;
  const open = sumMoney([realised, -trades.net], account.currency);
  const ones = openTrades.length === 1 ? 'one' : 'ones';
  return [
    `${signed(trades.net)} of ${grouped(trades.trades)} finished trade${trades.trades === 1 ? '' : 's'}`,
    `${signed(floating)} floating in ${grouped(openTrades.length)} open ${ones}`,
    ...(open === 0 ? [] : [`${signed(open)} realised in the open ${ones}, commission included`]),
    ...(other === 0 ? [] : [`${signed(other)} of financing and corrections`]),
  ].join(', ');
};

const grouped = (n: number): string => n.toLocaleString('en-US');
