/**
 * Where a bot is in its life. Only `active` takes signals that add exposure; `paused`, `killing` and `halted` take those that
 * reduce it.
 */
export type BotState =
  | 'idle'
  | 'preflight'
  | 'configuring'
  | 'confirming'
  | 'active'
  | 'paused'
  | 'killing'
  | 'halted'
  | 'stopping'
  | 'stopped'
  | 'failed';

const next: Readonly<Record<BotState, readonly BotState[]>> = {
  idle: ['preflight', 'stopped'],
  preflight: ['configuring', 'failed', 'stopping'],
  configuring: ['confirming', 'failed', 'stopping'],
  confirming: ['active', 'failed', 'stopping'],
  active: ['paused', 'killing', 'halted', 'stopping'],
  paused: ['active', 'killing', 'halted', 'stopping'],
  killing: ['halted', 'stopping'],
  halted: ['active', 'paused', 'killing', 'stopping'],
  stopping: ['stopped', 'failed'],
  stopped: [],
  failed: [],
};

/** Whether a bot may go from one state to another. */
export const mayBecome = (from: BotState, to: BotState): boolean => next[from].includes(to);

/** States in which market data and order events mean something to the bot. */
export const isRunning = (state: BotState): boolean =>
  state === 'active' ||
  state === 'paused' ||
  state === 'killing' ||
  state === 'halted' ||
  state === 'stopping';
