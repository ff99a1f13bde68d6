import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CallEnding, CircuitBreaker, type CircuitState } from './circuit-breaker.js';

interface Call {
  /** How many changes of state the circuit had seen when it began. */
  readonly changes: number;
  ended: boolean;
}

/** What the description says, in the plainest words: the whole history is kept, and read again for each question. */
class NaiveCircuit {
  readonly calls: Call[] = [];
  readonly changes: { readonly to: CircuitState; readonly at: number }[] = [];
  /** Endings that counted since the last change. */
  counted: CallEnding[] = [];
  readonly #failures: number;
  readonly #pause: number;
  readonly #successes: number;

  constructor(failures: number, pause: number, successes: number) {
    this.#failures = failures;
    this.#pause = pause;
    this.#successes = successes;
  }

  get state(): CircuitState {
    return this.changes.at(-1)?.to ?? 'closed';
  }

  admits(now: number): boolean {
    if (this.state === 'closed') return true;
    if (this.state === 'open') return now - (this.changes.at(-1)?.at ?? 0) >= this.#pause;
    return !this.calls.some((call) => !call.ended && call.changes === this.changes.length);
  }

  begin(now: number): void {
    if (this.state === 'open' && this.admits(now)) this.#change('half-open', now);
    this.calls.push({ changes: this.changes.length, ended: false });
  }

  end(index: number, ending: CallEnding, now: number): void {
    const call = this.calls[index] as Call;
    call.ended = true;
    if (call.changes !== this.changes.length || this.state === 'open' || ending === 'dropped') return;
    this.counted.push(ending);
    const last = (n: number, what: CallEnding): boolean =>
      this.counted.length >= n && this.counted.slice(-n).every((e) => e === what);
    if (this.state === 'closed') {
      if (last(this.#failures, 'failure')) this.#change('open', now);
    } else if (ending === 'failure') this.#change('open', now);
    else if (last(this.#successes, 'success')) this.#change('closed', now);
  }

  #change(to: CircuitState, at: number): void {
    this.changes.push({ to, at });
    this.counted = [];
  }
}

const endings: readonly CallEnding[] = ['success', 'success', 'success', 'failure', 'failure', 'dropped'];
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('begin' as const), urgent: fc.boolean() }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('end' as const),
      which: fc.nat(20),
      how: fc.constantFrom(...endings),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ max: 60, min: 0 }) }),
  },
);

describe('CircuitBreaker', () => {
  it('does what its description says, in any order of calls, endings and waits', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 3 }),
        fc.array(step, { maxLength: 150, size: 'max' }),
        (failures, successes, steps) => {
          const breaker = new CircuitBreaker({ failures, pause: 50, successes });
          const naive = new NaiveCircuit(failures, 50, successes);
          const permits: number[] = [];
          let now = 1_000;
          for (const what of steps) {
            expect(breaker.admits(now)).toBe(naive.admits(now));
            const before = naive.state;
            if (what.do === 'wait') now += what.ms;
            else if (what.do === 'begin') {
              if (!what.urgent && !naive.admits(now)) continue;
              permits.push(breaker.begin(now));
              naive.begin(now);
            } else {
              const open = naive.calls.flatMap((call, i) => (call.ended ? [] : [i]));
              const index = open[what.which % Math.max(1, open.length)];
              if (index === undefined) continue;
              breaker.end(permits[index] as number, what.how, now);
              naive.end(index, what.how, now);
            }
            expect(breaker.state).toBe(naive.state);
            if (naive.state !== before) seen.add(`${before} > ${naive.state}`);
          }
        },
      ),
      { numRuns: 500 },
    );
    // The property means nothing unless each move was made.
    expect([...seen].sort()).toEqual([
      'closed > open',
      'half-open > closed',
      'half-open > open',
      'open > half-open',
    ]);
  });
});
