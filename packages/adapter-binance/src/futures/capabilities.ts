import type { Capabilities } from '@mikrobot/core';

const [native, none] = ['native', 'none'] as const;

/**
 * What USD-M futures do themselves. The venue's trailing stop follows by a percentage and not by a distance, so core trails; it
 * has no order pairs, so core keeps brackets; only limit orders can be amended.
 */
export const futuresCapabilities: Capabilities = {
  orderTypes: { market: native, limit: native, stop: native, 'stop-limit': native, 'trailing-stop': none },
  timeInForce: { GTC: native, DAY: none, GTD: native, IOC: native, FOK: native },
  bracket: none,
  amend: 'limits',
  reduceOnly: native,
  history: native,
};
