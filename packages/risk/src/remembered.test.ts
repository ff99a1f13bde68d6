import { describe, expect, it } from 'vitest';
import { tradingState } from './kill-switch/trading-state.js';
import { liquidityReport } from './monitors/liquidity-monitor.js';
import { slippageReport } from './monitors/slippage-monitor.js';
import { ladderStatus } from './promotion/ladder-status.js';
import { programmes } from './prop-firm/programmes.js';
import { propFirmStatus } from './prop-firm/status.js';
import { bookWith } from './test-support/market.js';

const slippage = { pips: 0.3 };
const look = { balance: 1, equity: 1, now: 0 };

/** What reads the memory of a policy, and of which. */
const readers: readonly (readonly [string, string, (state: unknown) => unknown])[] = [
  ['tradingState', 'killSwitch', (state) => tradingState(state, bookWith())],
  ['liquidityReport', 'liquidityMonitor', liquidityReport],
  ['slippageReport', 'slippageMonitor', slippageReport],
  [
    'ladderStatus',
    'promotionLadder',
    (state) => ladderStatus(state, 'a', { settings: { slippage }, now: 0 }),
  ],
  ['propFirmStatus', 'propFirm', (state) => propFirmStatus(state, look, programmes.ftmoTwoStep)],
];

describe('what reads the memory of a policy for dashboards', () => {
  it.each(readers)('%s names the policy %s when the bot has none', (where, policy, read) => {
    for (const state of [undefined, { other: 1 }]) {
      expect(() => read(state)).toThrowError(
        expect.objectContaining({ code: 'BAD_CONFIG', where, hint: expect.stringContaining(`'${policy}'`) }),
      );
    }
  });
});
