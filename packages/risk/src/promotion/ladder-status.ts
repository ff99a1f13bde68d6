import { tidy } from '../limits/measure.js';
import type { SlippageWindows } from '../monitors/slippage-window.js';
import { remembered } from '../remembered.js';
import {
  type LadderSettings,
  type LadderSettingsInput,
  ladderSettings,
  type Stage,
} from './ladder-settings.js';
import { ladderStateSchema, type Rung, rungOf, stageFrom } from './ladder-state.js';

const DAY = 86_400_000;

/** One condition of the next stage. */
export interface Requirement {
  readonly what: 'days' | 'signals' | 'trades' | 'winRate' | 'slippageRatio' | 'approvals';
  /** The least, but for `slippageRatio` the most. */
  readonly need: number;
  /** Undefined while there is nothing to measure. */
  readonly have: number | undefined;
  readonly met: boolean;
}

/** Where a strategy stands, for dashboards. */
export interface LadderStatus {
  readonly owner: string;
  readonly stage: Stage;
  /** Epoch ms; undefined before its time in the stage has begun. */
  readonly since: number | undefined;
  readonly why: string;
  /** Undefined at the top. */
  readonly next: Stage | undefined;
  readonly requirements: readonly Requirement[];
  /** Those that are not met. */
  readonly missing: readonly Requirement[];
  readonly approvedBy: readonly string[];
}

/** Fraction of the trades in the stage that won; undefined before the first. */
const winRate = ({ wins, trades }: Rung): number | undefined => (trades === 0 ? undefined : wins / trades);

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** Ratio of realised to modelled slippage of all fills in the windows; undefined when none is known. */
export const slippageRatio = (windows: SlippageWindows): number | undefined => {
  const fills = windows.flatMap((window) => window.fills);
  const modelled = sum(fills.map((fill) => fill.modelled));
  return modelled > 0 ? tidy(sum(fills.map((fill) => fill.realised)) / modelled) : undefined;
};

const atLeast = (what: Requirement['what'], need: number, have: number | undefined): Requirement => ({
  what,
  need,
  have,
  met: (have ?? 0) >= need,
});

/** What it takes to go one stage up, and what of it there is. Empty at the top. */
export const requirementsOf = (rung: Rung, settings: LadderSettings, now: number): readonly Requirement[] => {
  const days = rung.since === null ? 0 : (now - rung.since) / DAY;
  const approvals = rung.approvals.length;
  const next = stageFrom(rung.stage, 1);
  if (next === undefined || next === 'monitor') return [];
  if (next === 'paper') {
    const need = settings.paper;
    return [
      atLeast('days', need.days, days),
      atLeast('signals', need.signals, rung.signals),
      atLeast('approvals', need.approvals, approvals),
    ];
  }
  const need = settings[next];
  const ratio = slippageRatio(rung.slippage);
  return [
    atLeast('days', need.days, days),
    atLeast('trades', need.trades, rung.trades),
    atLeast('winRate', need.winRate, winRate(rung)),
    // Where nothing could slip, as with limits, nothing slipped.
    { what: 'slippageRatio', need: need.slippageRatio, have: ratio, met: (ratio ?? 0) <= need.slippageRatio },
    atLeast('approvals', need.approvals, approvals),
  ];
};

/**
 * Where a strategy stands on the ladder, and what it lacks for the next stage.
 * @param state - what the policy remembers: `bot.policyState('promotionLadder')`
 * @param owner - name of the run: the `source` of its signals, as in `smaCross:EURUSD`
 * @param at - the settings of the policy, and epoch ms
 * @throws `MikroBotError` `BAD_CONFIG` when the state is something else
 *
 * @example
 * ```ts
 * const state = bot.policyState('promotionLadder');
 * const { stage, missing } = ladderStatus(state, signal.source, { settings, now: bot.book.now() });
 * ```
 */
export const ladderStatus = (
  state: unknown,
  owner: string,
  at: { readonly settings: LadderSettingsInput; readonly now: number },
): LadderStatus => {
  const settings = ladderSettings.parse(at.settings);
  const memory = remembered(ladderStateSchema, state, 'promotionLadder', 'ladderStatus');
  const rung = rungOf(memory, owner, settings);
  const requirements = requirementsOf(rung, settings, at.now);
  return {
    owner,
    stage: rung.stage,
    since: rung.since ?? undefined,
    why: rung.why,
    next: stageFrom(rung.stage, 1),
    requirements,
    missing: requirements.filter(({ met }) => !met),
    approvedBy: rung.approvals,
  };
};
