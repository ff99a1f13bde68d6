import type { Capabilities } from '@mikrobot/core';

const [native, none] = ['native', 'none'] as const;

/**
 * What TWS does itself. An order that could only shrink a position does not exist there. A trailing stop follows by a distance in price,
 * as ours does; orders at the close are its MOC and LOC. It takes a bracket's legs with the entry and wakes them when all of it has filled;
 * that another order closes the position, they do not notice.
 */
export const capabilities: Capabilities = {
  orderTypes: {
    market: native,
    limit: native,
    stop: native,
    'stop-limit': native,
    'trailing-stop': native,
  },
  timeInForce: { GTC: native, DAY: native, GTD: native, IOC: native, FOK: native, CLS: native },
  bracket: 'attached',
  amend: native,
  reduceOnly: none,
  history: native,
  shorting: native,
};
