import type { RiskPolicy } from '@mikrobot/core';
import { maxDailyLoss } from './account/max-daily-loss.js';
import { maxDrawdown } from './account/max-drawdown.js';
import { maxLeverage } from './account/max-leverage.js';
import { maxPositions } from './account/max-positions.js';
import { maxTradeRisk } from './account/max-trade-risk.js';
import type { GuardedArea, GuardedPolicy } from './policy-definition.js';

/** The limit that guards an area when nobody named one. */
const defaults: Readonly<Record<GuardedArea, () => GuardedPolicy>> = {
  trade: () => maxTradeRisk(),
  day: () => maxDailyLoss(),
  total: () => maxDrawdown(),
  positions: () => maxPositions(),
  leverage: () => maxLeverage(),
};

/** What each area limits, for people. */
const areas: Readonly<Record<GuardedArea, string>> = {
  trade: 'the risk of one trade',
  day: 'the loss of a day',
  total: 'the loss in total',
  positions: 'the number of open positions',
  leverage: 'the leverage',
};

const covered = (policy: RiskPolicy): readonly GuardedArea[] => (policy as GuardedPolicy).covers ?? [];

/** The conservative limits for what these policies leave open, each with a notice that the bot tells at its start. */
export const safeDefaults = (policies: readonly RiskPolicy[]): readonly RiskPolicy[] => {
  const guarded = new Set(policies.flatMap(covered));
  const open = (Object.keys(defaults) as GuardedArea[]).filter((area) => !guarded.has(area));
  return open.map((area) => {
    const policy = defaults[area]();
    const settings = JSON.stringify(policy.settings?.value);
    const how = `name your own, or leave it unlimited with unlimited('${area}', why)`;
    return {
      ...policy,
      notice: `nothing limited ${areas[area]}, so ${settings} applies; ${how}`,
    } as RiskPolicy;
  });
};

/**
 * Leaves an area without a limit, on purpose. It objects to nothing; the bot tells the reason at its start.
 *
 * @example
 * ```ts
 * const risk = allOf(fixedFractional(), unlimited('leverage', 'cash account'));
 * ```
 */
export const unlimited = (area: GuardedArea, why: string): GuardedPolicy => ({
  name: `unlimited(${area})`,
  covers: [area],
  notice: `nothing limits ${areas[area]}: ${why}`,
  judge: () => undefined,
});
