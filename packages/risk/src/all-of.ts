import type { RiskPolicy } from '@mikrobot/core';
import { safeDefaults } from './safe-defaults.js';

/**
 * Policies that all must agree: the strictest size wins, a refusal outranks a hold, and the decision lists what each said. What
 * no policy limits (the risk of a trade, the loss of a day and in total, the number of positions, the leverage) gets a
 * conservative limit, and the bot says so at its start.
 * @param policies - in the order in which verdicts are listed; lists are flattened
 *
 * @example
 * ```ts
 * const bot = createBot({
 *   adapter,
 *   run: [{ strategy, symbol: 'EURUSD' }],
 *   risk: allOf(fixedFractional({ risk: 0.0055 }), maxDailyLoss({ fraction: 0.05 })),
 * });
 * ```
 */
export const allOf = (
  ...policies: readonly (RiskPolicy | readonly RiskPolicy[])[]
): readonly RiskPolicy[] => {
  const named = policies.flat() as readonly RiskPolicy[];
  return [...named, ...safeDefaults(named)];
};
