import type { AccountMode, Capabilities } from '@mikrobot/core';

const [native, none] = ['native', 'none'] as const;

/**
 * What MetaTrader 5 does itself. A pending order's price can be changed, its volume cannot. Its stop-limit is another order than ours:
 * a buy's limit has to be below its trigger, so that it waits for the market to come back ("a stop level is set above the current Ask
 * price, while Stop Limit price is set below the stop level", metatrader5.com/en/terminal/help/trading/general_concept). On a hedging account stop and target are
 * levels of the position, which the server keeps, and an exit names the positions that it closes, so that it never opens one. On a netting
 * account a position has one level of each for all of its owners, and a closing order is one like any other: there core keeps both.
 */
export const capabilitiesOf = (mode: AccountMode): Capabilities => ({
  orderTypes: { market: native, limit: native, stop: native, 'stop-limit': none, 'trailing-stop': none },
  timeInForce: { GTC: native, DAY: native, GTD: native, IOC: none, FOK: none },
  bracket: mode === 'hedging' ? native : none,
  amend: 'prices',
  reduceOnly: mode === 'hedging' ? native : none,
  history: native,
  shorting: native,
});
