import type { Command } from '@mikrobot/core';
import { effectiveFloor, nextFloor } from './floors.js';
import type { PhaseRules } from './phase-rules.js';
import type { PropFirmProgress } from './progress.js';
import type { PropFirmSettings } from './settings.js';

const BY = 'policy:propFirm';
const iso = (time: number): string => new Date(time).toISOString();

/** Marks that positions are to be closed, because little is left above a floor; and that they are, once nothing floats. */
export const keepFloor = (
  progress: PropFirmProgress,
  rules: PhaseRules,
  { buffer, closeAt, overnight, beforeRoll }: PropFirmSettings,
  equity: number,
  now: number,
): PropFirmProgress => {
  if (Number.isNaN(equity) || progress.day === null) return progress;
  const floats = equity !== progress.balance;
  if (progress.closing) return floats ? progress : { ...progress, closing: false };
  const reserve = buffer * closeAt;
  if (!floats || reserve === 0 || progress.breach !== null) return progress;
  const rolls = overnight && now >= progress.day.end - beforeRoll;
  const low =
    equity <= effectiveFloor(progress, rules, reserve) ||
    (rolls && equity <= nextFloor(progress, rules, equity, reserve));
  return low ? { ...progress, closing: true } : progress;
};

interface News {
  readonly what: 'breach' | 'lock' | 'close';
  readonly text: string;
}

/** What newly happened, in words. `before` is undefined at a start: then a breach that stands is news again. */
export const newsOf = (
  before: PropFirmProgress | undefined,
  { breach, lockedUntil, closing }: PropFirmProgress,
  { title }: PhaseRules,
): News | undefined => {
  if (breach !== null) {
    if (before !== undefined && before.breach !== null) return undefined;
    const { rule, floor, equity, time } = breach;
    const text = `${title}: equity ${equity.toFixed(2)} broke the ${rule} floor ${floor.toFixed(2)} at ${iso(time)}`;
    return { what: 'breach', text };
  }
  if (lockedUntil !== null && (before?.lockedUntil ?? null) === null)
    return { what: 'lock', text: `${title}: daily loss limit reached, locked until ${iso(lockedUntil)}` };
  if (closing && before?.closing !== true)
    return { what: 'close', text: `${title}: little is left above the floor, positions are closed` };
  return undefined;
};

/** What is to be done about the news. */
export const commandsFor = (
  news: News | undefined,
  { onBreach }: Pick<PropFirmSettings, 'onBreach'>,
): readonly Command[] => {
  if (news === undefined || (news.what === 'breach' && onBreach === 'none')) return [];
  const said = { by: BY, reason: news.text };
  return news.what === 'breach' && onBreach === 'kill'
    ? [{ do: 'kill', ...said }]
    : [
        { do: 'cancel-all', ...said },
        { do: 'flatten', ...said },
      ];
};
