import type { Capabilities } from '@mikrobot/core';

const [native, none] = ['native', 'none'] as const;

/**
 * What the spot venue can do. Its trailing stop is a share of the price in basis points, not a distance, so core trails. A closing
 * order locks what it would sell, so stop and target go as one OCO pair.
 */
export const spotCapabilities: Capabilities = {
  orderTypes: { market: native, limit: native, stop: native, 'stop-limit': native, 'trailing-stop': none },
  timeInForce: { GTC: native, DAY: none, GTD: none, IOC: native, FOK: native },
  bracket: none,
  amend: none,
  reduceOnly: none,
  history: native,
  closingLocks: true,
  shorting: none,
};
