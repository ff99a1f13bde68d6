import { MikroBotError } from '@mikrobot/core';
import { defer, filter, map, type OperatorFunction } from 'rxjs';
import * as z from 'zod';
import { checkWhole } from '../numeric/check.js';
import { readSaved } from '../saved.js';
import { SerialMoments } from '../streaming/serial-moments.js';
import { SlidingWindow } from '../streaming/sliding-window.js';
import { capabilityFromMoments, type ValueFigures } from './capability-from-moments.js';
import { type CapabilityResult, falloutOf, noFallout } from './result.js';
import { checkStudyOptions, type StudyOptions } from './study-options.js';

/** Options of {@link RunningCapability}. */
export interface RunningCapabilityOptions extends StudyOptions {
  /** The last so many values count; default all. */
  readonly window?: number | undefined;
  /** `lognormal` judges logarithms: for latencies and all else that is above 0 with a long tail. Default `normal`. */
  readonly method?: 'normal' | 'lognormal' | undefined;
}

const count = z.number().int().nonnegative();

const stateSchema = z.strictObject({
  window: z.number().int().positive().optional(),
  method: z.enum(['normal', 'lognormal']),
  series: z.unknown(),
  logarithms: z.unknown().optional(),
  limits: z.strictObject({ lower: z.number().optional(), upper: z.number().optional() }),
  seen: count,
  below: count,
  above: count,
  flags: z.array(z.number().int().min(0).max(2)),
});

/** What a {@link RunningCapability} remembers. Plain JSON; the options are not in it. */
export type RunningCapabilityState = Readonly<z.infer<typeof stateSchema>>;

const BELOW = 1;
const ABOVE = 2;

type Series = SerialMoments | SlidingWindow;

const figuresOf = (series: Series): ValueFigures => {
  const { movingRange, autocorrelation } = series;
  const { n, mean, deviation, skewness, excessKurtosis } =
    series instanceof SlidingWindow ? series : series.moments;
  return { n, mean, deviation, skewness, excessKurtosis, movingRange, autocorrelation };
};

/**
 * Capability of a stream: of all values, or of the last ones. A value costs constant time; so does {@link RunningCapability.result},
 * which makes all intervals and is better not asked for at every tick.
 *
 * @example
 * ```ts
 * const latency = new RunningCapability({ specification: { upper: 250 }, method: 'lognormal', window: 1000 });
 * for (const ms of latencies) latency.push(ms);
 * latency.result().indices.ppu;
 * ```
 */
export class RunningCapability {
  readonly #options: RunningCapabilityOptions;
  #series: Series;
  /** Of natural logarithms; undefined unless they are judged. */
  #logarithms: Series | undefined;
  /** Where each value of the window lies, so that those that leave can be counted back. */
  readonly #flags: Uint8Array;
  #seen = 0;
  #below = 0;
  #above = 0;

  /** @throws `MikroBotError` `BAD_CONFIG` when an option makes no sense. */
  constructor(options: RunningCapabilityOptions) {
    checkStudyOptions(options);
    const { window, method = 'normal' } = options;
    if (window !== undefined) checkWhole(window, 'the window of a running capability', 2);
    if (method !== 'normal' && method !== 'lognormal') {
      throw new MikroBotError(
        'BAD_CONFIG',
        `there is no running capability by the method '${String(method)}'.`,
        {
          hint: "Use 'normal' or 'lognormal'; others need all values at once, as capability() does.",
        },
      );
    }
    const begin = (): Series =>
      window === undefined ? SerialMoments.empty() : new SlidingWindow({ size: window });
    this.#options = options;
    this.#series = begin();
    this.#logarithms = method === 'lognormal' ? begin() : undefined;
    this.#flags = new Uint8Array(window ?? 0);
  }

  /**
   * Goes on with what was saved.
   * @param options - those that the state was made with: its window, method and limits must be the same
   * @throws `MikroBotError` `BAD_DATA` when it is no state, or one of another window, method or limits.
   */
  static from(state: unknown, options: RunningCapabilityOptions): RunningCapability {
    const saved = readSaved(stateSchema, state, 'the state of a running capability');
    const running = new RunningCapability(options);
    const { window, method = 'normal', specification } = options;
    const same =
      saved.window === window &&
      saved.method === method &&
      saved.limits.lower === specification.lower &&
      saved.limits.upper === specification.upper;
    if (!same || saved.flags.length !== (window ?? 0)) {
      throw new MikroBotError(
        'BAD_DATA',
        'the saved running capability has another window, method or limits.',
        {
          hint: 'Give the options that it was made with, or begin anew.',
        },
      );
    }
    const read = (part: unknown): Series =>
      window === undefined ? SerialMoments.from(part) : SlidingWindow.from(part);
    running.#series = read(saved.series);
    running.#logarithms = method === 'lognormal' ? read(saved.logarithms) : undefined;
    running.#flags.set(saved.flags);
    running.#seen = saved.seen;
    running.#below = saved.below;
    running.#above = saved.above;
    return running;
  }

  /** Plain JSON, from which {@link RunningCapability.from} goes on. */
  state(): RunningCapabilityState {
    const { window, method = 'normal', specification } = this.#options;
    const { lower, upper } = specification;
    return {
      ...(window !== undefined && { window }),
      method,
      series: this.#series.state(),
      ...(this.#logarithms && { logarithms: this.#logarithms.state() }),
      limits: { ...(lower !== undefined && { lower }), ...(upper !== undefined && { upper }) },
      seen: this.#seen,
      below: this.#below,
      above: this.#above,
      flags: [...this.#flags],
    };
  }

  /**
   * Takes in a value; with a full window the oldest leaves.
   * @throws `MikroBotError` `BAD_DATA` when it is not finite, or not above 0 with the method `lognormal`. It is not taken in.
   */
  push(x: number): void {
    if (this.#logarithms !== undefined && x <= 0) {
      throw new MikroBotError('BAD_DATA', `a value for a lognormal capability is ${x}.`, {
        hint: 'Only values above 0 have a logarithm.',
      });
    }
    this.#series.push(x);
    this.#logarithms?.push(Math.log(x));
    const { lower, upper } = this.#options.specification;
    const isBelow = lower !== undefined && x < lower;
    const isAbove = upper !== undefined && x > upper;
    if (isBelow) this.#below++;
    else if (isAbove) this.#above++;
    const flags = this.#flags;
    if (flags.length > 0) {
      // A window that is not full yet has zeros there.
      const place = this.#seen % flags.length;
      if (flags[place] === BELOW) this.#below--;
      else if (flags[place] === ABOVE) this.#above--;
      flags[place] = isBelow ? BELOW : isAbove ? ABOVE : 0;
    }
    this.#seen++;
  }

  /** What the values show by now. */
  result(): CapabilityResult {
    const { specification } = this.#options;
    const { n, mean } = figuresOf(this.#series);
    const observed =
      n === 0
        ? noFallout
        : falloutOf(
            specification.lower === undefined ? undefined : this.#below / n,
            specification.upper === undefined ? undefined : this.#above / n,
          );
    const figures = figuresOf(this.#logarithms ?? this.#series);
    const scale = this.#logarithms === undefined ? {} : { figuresOf: 'logarithms' as const, mean };
    return capabilityFromMoments(figures, { ...this.#options, ...scale, observed });
  }
}

/** {@link RunningCapabilityOptions}, and how often to tell. */
export interface RunningCapabilityOperatorOptions extends RunningCapabilityOptions {
  /** After every so many values; default 1. */
  readonly every?: number | undefined;
}

/**
 * After every value, or every few, the capability of all values so far or of the last ones. Every subscriber has figures of its
 * own. A value that is not finite errors the stream with `MikroBotError` `BAD_DATA`.
 * @throws `MikroBotError` `BAD_CONFIG` when an option makes no sense, at once.
 *
 * @example
 * ```ts
 * slippage$.pipe(runningCapability({ specification: { upper: 3 }, window: 500, every: 50, minimum: 1.33 }));
 * ```
 */
export const runningCapability = (
  options: RunningCapabilityOperatorOptions,
): OperatorFunction<number, CapabilityResult> => {
  const { every = 1, ...others } = options;
  checkWhole(every, 'how often a running capability is told', 1);
  // Made once for its checks, so that a mistake shows where it was made and not when somebody subscribes.
  new RunningCapability(others);
  return (source) =>
    defer(() => {
      const running = new RunningCapability(others);
      let pushed = 0;
      return source.pipe(
        filter((x) => {
          running.push(x);
          pushed++;
          return pushed % every === 0;
        }),
        map(() => running.result()),
      );
    });
};
