import type { AccountMode, AccountState } from '@mikrobot/core';
import type { AccountFigures } from '../protocol/account-figures.js';
import type { Hello } from '../protocol/from-ea.js';

/** The account as core knows it. A contest's money is not real. */
export const accountState = (
  { account, currency, tradeMode, leverage }: Hello,
  { balance, equity, margin }: AccountFigures,
  mode: AccountMode,
): AccountState => ({
  id: account,
  currency,
  mode,
  live: tradeMode === 'real',
  balance,
  equity,
  margin,
  // 0 stands for an account without a bound of its own.
  leverage: leverage > 0 ? leverage : 1,
});
