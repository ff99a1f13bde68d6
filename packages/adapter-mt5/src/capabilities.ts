import type { AccountMode, Capabilities } from '@mikrobot/core';

const [native, none] = ['native', 'none'] as const;

/**
 * What MetaTrader 5 does itself. A pending order's price can be changed, its volume cannot. On a hedging account stop and target are
 * levels of the position, which the server keeps, and an exit names the positions that it closes, so that it never opens one. On a netting
 * account a position has one level of each for all of its owners, and a closing order is one like any other: there core keeps both.
 */
export const capabilitiesOf = (mode: AccountMode): Capabilities => ({
  orderTypes: { market: native, limit: native, stop: native, 'stop-limit': native, 'trailing-stop': none },
  timeInForce: { GTC: native, DAY: native, GTD: native, IOC: none, FOK: none },
  bracket: mode === 'hedging' ? native : none,
  amend: 'prices',
  reduceOnly: mode === 'hedging' ? native : none,
  history: native,
  shorting: native,
});
