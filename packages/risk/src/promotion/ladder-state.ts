import * as z from 'zod';
import { slippageWindowsSchema } from '../monitors/slippage-window.js';
import { type LadderSettings, type Stage, stages } from './ladder-settings.js';

/** Strategies that are followed at once: any further one stays in the first stage. */
const MOST_OWNERS = 1_000;

const rungSchema = z.strictObject({
  owner: z.string(),
  stage: z.enum(stages),
  /** Epoch ms at which its time in the stage began; null when it has not: paper time runs on paper accounts only. */
  since: z.number().nullable(),
  /** Why it is in this stage. */
  why: z.string(),
  /** All of the stage: entries that it would have asked for in monitor; finished trades, and those with a profit. */
  signals: z.int().min(0),
  trades: z.int().min(0),
  wins: z.int().min(0),
  /** Of the last trades, oldest first: whether they won. */
  recent: z.array(z.boolean()).readonly(),
  slippage: slippageWindowsSchema,
  /** Who approved the next stage. */
  approvals: z.array(z.string()).readonly(),
});

/** Checks a saved state of {@link promotionLadder}. */
export const ladderStateSchema = z.strictObject({ rungs: z.array(rungSchema).readonly() });

/** What {@link promotionLadder} remembers. */
export type LadderState = z.output<typeof ladderStateSchema>;
/** Where one strategy stands, and what it did there. */
export type Rung = Readonly<z.output<typeof rungSchema>>;

/** A strategy at the beginning of a stage. */
export const newRung = (owner: string, stage: Stage, since: number | null, why: string): Rung => ({
  owner,
  stage,
  since,
  why,
  signals: 0,
  trades: 0,
  wins: 0,
  recent: [],
  slippage: [],
  approvals: [],
});

/** Where a strategy stands; one that was never seen is at the beginning of the first stage. */
export const rungOf = (state: LadderState, owner: string, { first }: Pick<LadderSettings, 'first'>): Rung =>
  state.rungs.find((rung) => rung.owner === owner) ?? newRung(owner, first, null, 'it is new');

/** The state with a strategy elsewhere. */
export const withRung = (state: LadderState, rung: Rung): LadderState => {
  const others = state.rungs.filter(({ owner }) => owner !== rung.owner);
  return others.length === MOST_OWNERS ? state : { rungs: [...others, rung] };
};

/** The stage above or below; undefined at the end of the ladder. */
export const stageFrom = (stage: Stage, steps: 1 | -1): Stage | undefined =>
  stages[stages.indexOf(stage) + steps];
