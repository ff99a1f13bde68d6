import { defer, type Observable, startWith, tap } from 'rxjs';
import { MikroBotError } from '../errors/mikrobot-error.js';
import { Tap } from '../market/tap.js';
import type { Priority } from '../model/signal.js';
import { Bulkhead, type BulkheadOptions } from './bulkhead.js';
import {
  type BreakerOptions,
  type CallEnding,
  CircuitBreaker,
  type CircuitState,
} from './circuit-breaker.js';
import type { Clock } from './clock.js';
import { type AbortableWork, abortable, withDeadline } from './deadline.js';
import type { Random } from './random.js';
import { checkCall, checkOptions } from './resilience-checks.js';
import { type RetryOptions, retried } from './retry.js';
import { TurnScheduler } from './turn-scheduler.js';

/** How calls of one dependency are guarded. Times in ms. */
export interface ResilienceOptions {
  readonly clock: Clock;
  /** Draws the jitter of pauses. */
  readonly random: Random;
  /** Names the dependency in errors and timers, such as `binance rest`. */
  readonly name: string;
  /** The longest that a try may take once it has begun. Default 10,000. */
  readonly timeout?: number;
  /** Of calls that are `repeatable`. */
  readonly retry?: Partial<RetryOptions>;
  readonly breaker?: Partial<BreakerOptions>;
  readonly bulkhead?: Partial<BulkheadOptions>;
  /**
   * Whether a failure is the dependency's trouble, which may pass: a broken line, a status of 5xx. Others (a bad request) are
   * answers: they are never tried again, and count as success for the circuit. Default: all are trouble.
   */
  readonly transient?: (error: unknown) => boolean;
}

/** How one call is made. */
export interface CallOptions {
  /** The call may be made several times with the effect of one, as reading may: only then it is tried again. Default false. */
  readonly repeatable?: boolean;
  /**
   * Who goes first when calls wait. What is `critical`, such as the protection of a position, also goes out while the circuit is
   * open. Default `normal`.
   */
  readonly priority?: Priority;
  /** Instead of the guard's, ms. */
  readonly timeout?: number;
  /** Ends the call, waiting or running, with the signal's reason. */
  readonly abort?: AbortSignal;
}

/** Order commands: a second one is a second order, whatever the caller believes. */
export type OrderCommand = 'submit' | 'amend' | 'cancel';

/** How an order command is made: never `repeatable`. */
export interface CommandCallOptions extends Omit<CallOptions, 'repeatable'> {
  readonly repeatable?: false;
}

/** Guards the calls of one dependency; made by {@link resilience}. */
export class Resilience {
  readonly #options: ResilienceOptions;
  readonly #retry: RetryOptions;
  readonly #breaker: CircuitBreaker;
  readonly #bulkhead: Bulkhead;
  readonly #timers: TurnScheduler;
  readonly #states = new Tap<CircuitState>();
  #failure: unknown;

  /** The state of the circuit now, and each change. It is `half-open` from its first trial on. */
  readonly state$: Observable<CircuitState> = defer(() =>
    this.#states.observable.pipe(startWith(this.state)),
  );

  constructor(options: ResilienceOptions) {
    const { clock, name } = options;
    const parts = checkOptions(options);
    this.#options = options;
    this.#retry = parts.retry;
    this.#timers = new TurnScheduler(
      name,
      clock,
      () => clock.now(),
      (id) => this.#timers.fire(id),
    );
    this.#breaker = new CircuitBreaker(parts.breaker);
    this.#bulkhead = new Bulkhead(name, parts.bulkhead, this.#timers);
  }

  /** The state of the circuit. An open one whose pause is over stays `open` until the next call. */
  get state(): CircuitState {
    return this.#breaker.state;
  }

  /**
   * Makes a call.
   * @param what - the call's name, for errors; `submit`, `amend` and `cancel` are order commands and never repeated
   * @param work - does it, and gives up when its signal aborts; its failure is passed on as it is
   * @throws `MikroBotError` `CIRCUIT_OPEN` or `BULKHEAD_FULL` when the work was not begun, `TIMED_OUT` when it was and nobody
   * knows how it ended, `BAD_CONFIG` for an order command that is called repeatable.
   */
  async call<const Name extends string, T>(
    what: Name,
    work: AbortableWork<T>,
    call: Name extends OrderCommand ? CommandCallOptions : CallOptions = {},
  ): Promise<T> {
    const { name, random } = this.#options;
    const options: CallOptions = call;
    checkCall(name, what, options);
    const tries = this.#try(what, work, options);
    const worth = (error: unknown): boolean => options.repeatable === true && this.#isTrouble(error);
    return settled(tries.pipe(retried(this.#retry, worth, random, this.#timers)), options.abort);
  }

  /** One try: the circuit is asked before the call waits, so that it fails fast, and again when its turn has come. */
  #try<T>(
    what: string,
    work: AbortableWork<T>,
    { priority = 'normal', timeout }: CallOptions,
  ): Observable<T> {
    const { name } = this.#options;
    const ms = timeout ?? this.#options.timeout ?? 10_000;
    const guarded = this.#guarded(
      what,
      priority,
      withDeadline(what, abortable(work), ms, this.#timers, name),
    );
    return defer(() => {
      this.#check(what, priority);
      return this.#bulkhead.enter(what, priority, guarded);
    });
  }

  #guarded<T>(what: string, priority: Priority, work: Observable<T>): Observable<T> {
    return defer(() => {
      this.#check(what, priority);
      const permit = this.#note(() => this.#breaker.begin(this.#options.clock.now()));
      const end = (ending: CallEnding): void =>
        this.#note(() => this.#breaker.end(permit, ending, this.#options.clock.now()));
      return work.pipe(
        tap({
          next: () => end('success'),
          error: (error) => {
            const trouble = this.#isTrouble(error);
            if (trouble) this.#failure = error;
            end(trouble ? 'failure' : 'success');
          },
          unsubscribe: () => end('dropped'),
        }),
      );
    });
  }

  #check(what: string, priority: Priority): void {
    const now = this.#options.clock.now();
    if (priority === 'critical' || this.#breaker.admits(now)) return;
    const wait = Math.max(0, this.#breaker.until - now);
    throw new MikroBotError('CIRCUIT_OPEN', `${what} was not begun: calls have failed one after the other.`, {
      where: this.#options.name,
      hint: wait > 0 ? `It is tried again in ${Math.ceil(wait)} ms.` : 'A trial is under way.',
      cause: this.#failure,
    });
  }

  #isTrouble(error: unknown): boolean {
    const timedOut = error instanceof MikroBotError && error.code === 'TIMED_OUT';
    return timedOut || (this.#options.transient?.(error) ?? true);
  }

  #note<R>(step: () => R): R {
    const before = this.state;
    const result = step();
    if (this.state !== before) this.#states.next(this.state);
    return result;
  }
}

/** The one result as a promise, unless the caller loses interest before. */
const settled = <T>(work: Observable<T>, abort: AbortSignal | undefined): Promise<T> =>
  new Promise<T>((resolve, reject) => {
    abort?.throwIfAborted();
    const running = work.subscribe({ next: resolve, error: reject });
    const stop = (): void => {
      running.unsubscribe();
      reject(abort?.reason);
    };
    abort?.addEventListener('abort', stop, { once: true });
    running.add(() => abort?.removeEventListener('abort', stop));
  });

/**
 * Makes the guard of one dependency: deadlines, a circuit breaker, a bound on calls at once, and repetition of calls that are
 * safe to repeat. Time comes from the clock and jitter from `random`, so that a test needs no wait and a run can be repeated.
 *
 * @example
 * ```ts
 * const guard = resilience({ clock, random: seededRandom(1), name: 'acme rest', timeout: 5_000 });
 * const state = await guard.call('snapshot', (abort) => fetch(url, { signal: abort }), { repeatable: true });
 * ```
 * @throws `MikroBotError` `BAD_CONFIG` when a figure makes no sense.
 */
export const resilience = (options: ResilienceOptions): Resilience => new Resilience(options);
