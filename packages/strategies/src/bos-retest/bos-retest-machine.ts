import { type Quote, timeframeMs } from '@mikrobot/core';
import { AverageTrueRange } from '../market-structure/average-true-range.js';
import type { PriceBar } from '../market-structure/price-bar.js';
import { type StructureBreak, StructureTracker } from '../market-structure/structure-tracker.js';
import { SwingDetector } from '../market-structure/swing-detector.js';
import { displacementOf, scoreSetup } from './confidence.js';
import type { BosRetestParams } from './params.js';
import type { Setup, SetupFailure } from './setup.js';

/** What the machine reads of the parameters; what it does not read is for the strategy around it. */
export type BosRetestRules = Omit<BosRetestParams, 'rMultiple' | 'trailPips' | 'partialAtR' | 'reverse'>;

/** Differences of decimal prices are off by binary dust; a millionth of a pip decides nothing. */
const DUST_PIPS = 1e-6;

const NONE: readonly Setup[] = Object.freeze([]);

/**
 * The four phases of break of structure and retest, as a pure state machine. Feed closed bars and ticks in the order of time;
 * at one instant the structure bar first, then the entry bar, then the tick. Every method tells the new states of setups that
 * its input brought about. One setup lives at a time: a newer break of structure supersedes it.
 *
 * 1. `bos`: a structure bar closes beyond a confirmed, uncrossed swing, its level.
 * 2. `break`: an entry bar that opened after that close closes beyond the level too.
 * 3. `retest`: an entry bar (the break bar or a later one) closes beyond the level by more than the tolerance, and a later one
 *    comes back to within the tolerance. Its extreme may lie on either side of the level.
 * 4. `trigger`: the bid moves `triggerPips` from the lowest bid of the retest (for a break down: the highest) in the direction
 *    of the break.
 *
 * Until the trigger, a structure bar that does not close beyond the level ends the setup, and so does a retest that goes through
 * the level by more than the tolerance, or a phase that comes too late. Deadlines count time on the clock (`bars` times the
 * entry timeframe), so a weekend or a hole in the data ages a setup.
 *
 * All prices are bids, for both directions: bars and charts are bids, and a widening spread is no movement. Only the stop of a
 * short, which fills at the ask, lies farther by the spread at the trigger, so that it too is reached when the bid is
 * `bufferPips` beyond the extreme.
 */
export class BosRetestMachine {
  readonly #rules: BosRetestRules;
  readonly #swings: SwingDetector;
  readonly #structure: StructureTracker;
  readonly #atr: AverageTrueRange;
  readonly #entryMs: number;
  readonly #dust: number;
  readonly #tolerance: number;
  readonly #trigger: number;
  readonly #buffer: number;

  #setup: Setup | undefined;
  #sign: 1 | -1 = 1;
  #displacement = 0;
  #extreme = 0;
  /** Whether an entry bar has closed away from the level since it broke: only then can price come back. */
  #away = false;
  /** The next phase must come by then, epoch ms. */
  #deadline = 0;

  /**
   * @param pipSize - a pip of the instrument, in price
   * @throws `MikroBotError` `BAD_CONFIG` when a number of bars is not a whole number in its range.
   */
  constructor(rules: BosRetestRules, pipSize: number) {
    this.#rules = rules;
    this.#swings = new SwingDetector({ left: rules.swingLeft, right: rules.swingRight });
    this.#structure = new StructureTracker(rules.swingMemory);
    this.#atr = new AverageTrueRange(rules.atrPeriod);
    this.#entryMs = timeframeMs(rules.entry);
    this.#dust = DUST_PIPS * pipSize;
    this.#tolerance = rules.tolerancePips * pipSize;
    this.#trigger = rules.triggerPips * pipSize;
    this.#buffer = rules.bufferPips * pipSize;
  }

  /** The setup that lives; undefined when there is none. */
  get setup(): Setup | undefined {
    return this.#setup;
  }

  /** Takes a closed bar of the structure timeframe. It can end a setup and begin another. */
  structureBar(bar: PriceBar): readonly Setup[] {
    const atr = this.#atr.value;
    this.#atr.push(bar);
    const broken = this.#structure.push(bar, this.#swings.push(bar));
    const inside = this.#setup !== undefined && this.#depth(bar.close) >= 0;
    if (!inside && broken === undefined) return NONE;

    const changes: Setup[] = [];
    if (inside) changes.push(this.#fail('closed-inside', bar.time, bar.closeTime));
    if (broken === undefined || atr === undefined) return changes;
    if (broken.kind === 'CHoCH' && !this.#rules.acceptChoch) return changes;
    if (this.#setup !== undefined) changes.push(this.#fail('superseded', bar.time, bar.closeTime));
    changes.push(this.#begin(broken, displacementOf(bar, atr)));
    return changes;
  }

  /** Takes a closed bar of the entry timeframe: the break, the retest, or the end of a phase's time. */
  entryBar(bar: PriceBar): Setup | undefined {
    const setup = this.#setup;
    if (setup === undefined || setup.phase === 'retest') return undefined;
    const late = bar.closeTime > this.#deadline;
    if (setup.phase === 'bos') {
      if (late) return this.#fail('no-break', bar.time, bar.closeTime);
      // The bar that was open while structure broke closes at the same price: it would prove nothing.
      if (bar.time < setup.bosAt || this.#depth(bar.close) >= 0) return undefined;
      this.#deadline = bar.closeTime + this.#rules.retestBars * this.#entryMs;
      this.#away = this.#isAway(bar.close);
      return this.#advance({ ...setup, phase: 'break', breakAt: bar.closeTime }, bar.time, bar.closeTime);
    }
    if (late) return this.#fail('no-retest', bar.time, bar.closeTime);
    const extreme = this.#sign === 1 ? bar.low : bar.high;
    if (!this.#away || this.#isAway(extreme)) {
      this.#away ||= this.#isAway(bar.close);
      return undefined;
    }
    this.#extreme = extreme;
    if (this.#tooDeep(extreme)) return this.#fail('too-deep', bar.time, bar.closeTime);
    this.#deadline = bar.closeTime + this.#rules.triggerBars * this.#entryMs;
    return this.#advance(
      { ...setup, phase: 'retest', retestAt: bar.closeTime, extreme },
      bar.time,
      bar.closeTime,
    );
  }

  /** Takes a quote. It speaks only when it triggers a setup or ends one; otherwise it allocates nothing. */
  tick(quote: Quote): Setup | undefined {
    const setup = this.#setup;
    if (setup === undefined || setup.phase !== 'retest') return undefined;
    const { time, bid, ask } = quote;
    if (time > this.#deadline) return this.#fail('no-trigger', time, time);
    const moved = this.#sign * (bid - this.#extreme);
    if (moved < 0) {
      this.#extreme = bid;
      return this.#tooDeep(bid) ? this.#fail('too-deep', time, time) : undefined;
    }
    if (moved < this.#trigger - this.#dust) return undefined;

    const extreme = this.#extreme;
    const spread = this.#sign === 1 ? 0 : ask - bid;
    const features = {
      displacement: this.#displacement,
      accuracy: Math.max(0, 1 - Math.abs(this.#depth(extreme)) / this.#tolerance),
      freshness: 1 - (setup.retestAt! - setup.breakAt!) / (this.#rules.retestBars * this.#entryMs),
      withBias: setup.kind === 'BOS' ? 1 : 0,
    };
    this.#setup = undefined;
    return {
      ...setup,
      phase: 'trigger',
      time,
      confirmedAt: time,
      triggerAt: time,
      extreme,
      trigger: {
        quote: { time, bid, ask },
        stop: extreme - this.#sign * this.#buffer + spread,
        confidence: scoreSetup(features),
        features,
      },
    };
  }

  /** How far a price lies behind the level, in price; negative beyond it, in the direction of the break. */
  #depth(price: number): number {
    return this.#sign * (this.#setup!.level - price);
  }

  #isAway(price: number): boolean {
    return this.#depth(price) < -this.#tolerance - this.#dust;
  }

  #tooDeep(price: number): boolean {
    return this.#depth(price) > this.#tolerance + this.#dust;
  }

  #begin(broken: StructureBreak, displacement: number): Setup {
    const { kind, direction, level, time, confirmedAt } = broken;
    this.#sign = direction === 'up' ? 1 : -1;
    this.#displacement = displacement;
    this.#deadline = confirmedAt + this.#rules.breakBars * this.#entryMs;
    this.#setup = {
      direction,
      kind,
      level,
      phase: 'bos',
      failure: undefined,
      time,
      confirmedAt,
      bosAt: confirmedAt,
      breakAt: undefined,
      retestAt: undefined,
      triggerAt: undefined,
      extreme: undefined,
      trigger: undefined,
    };
    return this.#setup;
  }

  #advance(setup: Setup, time: number, confirmedAt: number): Setup {
    this.#setup = { ...setup, time, confirmedAt };
    return this.#setup;
  }

  #fail(failure: SetupFailure, time: number, confirmedAt: number): Setup {
    const setup = this.#setup!;
    this.#setup = undefined;
    const extreme = setup.phase === 'retest' || failure === 'too-deep' ? this.#extreme : undefined;
    return { ...setup, failure, time, confirmedAt, extreme };
  }
}
