/** `closed`: calls go through. `open`: they are refused. `half-open`: one at a time is tried. */
export type CircuitState = 'closed' | 'open' | 'half-open';

/** When a circuit opens, and when it closes again. */
export interface BreakerOptions {
  /** Failures in a row that open the circuit. Default 5. */
  readonly failures: number;
  /** Ms for which it stays open. Default 30,000. */
  readonly pause: number;
  /** Trials in a row that must succeed before it closes. Default 3. */
  readonly successes: number;
}

/** How a call ended. `dropped` says nothing of the dependency: the caller lost interest. */
export type CallEnding = 'success' | 'failure' | 'dropped';

/**
 * A circuit breaker as a pure state machine: it holds no timer, time is told. A call counts only for the state in which it
 * began, so that answers that come late neither open a circuit that was just closed nor close one that was just opened.
 */
export class CircuitBreaker {
  readonly #options: BreakerOptions;
  #state: CircuitState = 'closed';
  /** Failures in a row while closed, successes in a row while half-open. */
  #count = 0;
  #trials = 0;
  #until = 0;
  #epoch = 0;

  constructor(options: BreakerOptions) {
    this.#options = options;
  }

  get state(): CircuitState {
    return this.#state;
  }

  /** Epoch ms from which an open circuit lets a trial through. */
  get until(): number {
    return this.#until;
  }

  /** Whether a call may begin. */
  admits(now: number): boolean {
    if (this.#state === 'open') return now >= this.#until;
    return this.#state === 'closed' || this.#trials === 0;
  }

  /** Begins a call, admitted or not, and returns its permit for {@link end}. */
  begin(now: number): number {
    if (this.#state === 'open' && now >= this.#until) this.#become('half-open');
    this.#trials++;
    return this.#epoch;
  }

  /** Ends a call. */
  end(permit: number, ending: CallEnding, now: number): void {
    if (permit !== this.#epoch) return;
    this.#trials--;
    if (ending === 'dropped' || this.#state === 'open') return;
    const { failures, pause, successes } = this.#options;
    if (ending === 'failure') {
      this.#count = this.#state === 'closed' ? this.#count + 1 : failures;
      if (this.#count < failures) return;
      this.#until = now + pause;
      this.#become('open');
    } else if (this.#state === 'closed') {
      this.#count = 0;
    } else if (++this.#count >= successes) {
      this.#become('closed');
    }
  }

  #become(state: CircuitState): void {
    this.#state = state;
    this.#count = 0;
    this.#trials = 0;
    this.#epoch++;
  }
}
