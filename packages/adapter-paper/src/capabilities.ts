import type { Capabilities, Support } from '@mikrobot/core';

/** What the simulated venue can do; brackets and history depend on how it was made. */
export const capabilitiesOf = (bracket: Support, history: Support): Capabilities => ({
  orderTypes: {
    market: 'native',
    limit: 'native',
    stop: 'native',
    'stop-limit': 'native',
    'trailing-stop': 'native',
  },
  timeInForce: { GTC: 'native', DAY: 'native', GTD: 'native', IOC: 'native', FOK: 'native' },
  bracket,
  amend: 'native',
  reduceOnly: 'native',
  history,
});
