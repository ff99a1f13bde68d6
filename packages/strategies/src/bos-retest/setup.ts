import type { Quote } from '@mikrobot/core';
import type { Direction } from '../market-structure/price-bar.js';
import type { SetupFeatures } from './confidence.js';

/** The last phase that a setup has passed. */
export type SetupPhase = 'bos' | 'break' | 'retest' | 'trigger';

/**
 * Why a setup ended without a signal. `no-break`, `no-retest`, `no-trigger`: the next phase did not come in time.
 * `closed-inside`: a structure bar closed back on the wrong side of the level. `too-deep`: the retest went through the level by
 * more than the tolerance. `superseded`: a newer break of structure took its place.
 */
export type SetupFailure =
  | 'no-break'
  | 'no-retest'
  | 'no-trigger'
  | 'closed-inside'
  | 'too-deep'
  | 'superseded';

/** What the fourth phase adds: the signal. */
export interface SetupTrigger {
  /** The quote that triggered. */
  readonly quote: Quote;
  /** Protective stop, in price, not yet on the instrument's grid. */
  readonly stop: number;
  /** 0 to 1; see `scoreSetup`. */
  readonly confidence: number;
  readonly features: SetupFeatures;
}

/**
 * A setup as it was known at one moment; never changed afterwards. Times are epoch ms UTC and say when the phase became
 * knowable: the close of its bar, or the tick.
 */
export interface Setup {
  readonly direction: Direction;
  /** Whether structure broke with the bias or against it. */
  readonly kind: 'BOS' | 'CHoCH';
  /** Price of the swing that was broken. */
  readonly level: number;
  readonly phase: SetupPhase;
  /** Undefined while the setup lives, and when it has triggered. */
  readonly failure: SetupFailure | undefined;
  /** Open of the bar (or time of the tick) that brought this state about. */
  readonly time: number;
  /** When this state became known. */
  readonly confirmedAt: number;
  readonly bosAt: number;
  readonly breakAt: number | undefined;
  readonly retestAt: number | undefined;
  readonly triggerAt: number | undefined;
  /** Lowest bid (highest for a break down) since the retest began; undefined before. */
  readonly extreme: number | undefined;
  readonly trigger: SetupTrigger | undefined;
}
