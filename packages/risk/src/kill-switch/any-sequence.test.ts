import type { RiskEvent } from '@mikrobot/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commanded } from '../test-support/events.js';
import type { Present } from '../test-support/market.js';
import { executedSignal, unknownSignal } from '../test-support/outcomes.js';
import { follow, said } from '../test-support/policy-run.js';
import { killSwitch } from './kill-switch.js';
import type { KillScope } from './scope.js';

const symbols = ['EURUSD', 'USDJPY'];
const owners = ['a', 'b'];

const scopes = fc.record(
  { symbol: fc.constantFrom(...symbols), owner: fc.constantFrom(...owners) },
  { requiredKeys: [] },
);
const people = fc.constantFrom('ann', 'quality');
const policies = fc.constantFrom('policy:killSwitch', 'policy:other');

const steps = fc.oneof(
  fc.record({ do: fc.constant('kill' as const), scope: scopes, by: fc.oneof(people, policies) }),
  fc.record({ do: fc.constant('halt' as const), scope: scopes, by: fc.oneof(people, policies) }),
  fc.record({ do: fc.constant('release' as const), scope: scopes, by: fc.oneof(people, policies) }),
  fc.record({ do: fc.constant('release' as const), scope: scopes, by: people }),
  fc.record({ do: fc.constantFrom('fail' as const, 'fail' as const, 'take' as const) }),
  fc.record({ do: fc.constantFrom('open' as const, 'close' as const, 'start' as const) }),
);
type Step = typeof steps extends fc.Arbitrary<infer T> ? T : never;

/** A scope as a word, as a set can hold it. */
const key = ({ symbol = '*', owner = '*' }: KillScope): string => `${symbol} ${owner}`;

const eventOf = (step: Step): RiskEvent => {
  if (!('scope' in step)) {
    if (step.do === 'fail') return unknownSignal();
    if (step.do === 'take') return executedSignal();
    return { type: step.do === 'start' ? 'start' : 'mark' };
  }
  const { scope, ...rest } = step;
  return commanded({ ...rest, ...scope, reason: 'because' });
};

/** What the latches must be, told in other words: a set of scopes, and orders that failed in a row. */
class Expected {
  readonly latched = new Set<string>();
  #failures = 0;
  /** Whether everything was killed and not only halted: then the trigger rests. */
  #killed = false;

  after(step: Step): void {
    if ('scope' in step) this.#command(step.do, key(step.scope), step.by);
    else if (step.do === 'take' && !this.#killed) this.#failures = 0;
    else if (step.do === 'fail' && !this.#killed && ++this.#failures === 3)
      this.#command('kill', '* *', 'me');
  }

  stops(symbol: string, owner: string): boolean {
    return [key({ symbol, owner }), key({ symbol }), key({ owner }), '* *'].some((k) => this.latched.has(k));
  }

  #command(what: string, scope: string, by: string): void {
    const isPerson = !by.startsWith('policy:');
    if (what === 'kill' || (what === 'halt' && isPerson)) {
      this.latched.add(scope);
      if (what === 'kill' && scope === '* *') this.#killed = true;
    } else if (what === 'release' && isPerson && this.latched.delete(scope) && scope === '* *') {
      this.#failures = 0;
      this.#killed = false;
    }
  }
}

describe('any sequence of kills, halts, releases, failures and restarts', () => {
  it('lets no entry pass in a latched scope, and ends only by the release of a person for exactly it', () => {
    const seen = { refused: 0, passed: 0 };
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 40 }), (walk) => {
        const expected = new Expected();
        let run = follow(killSwitch({ failures: 3 }));
        let present: Present = {};
        for (const step of walk) {
          if (step.do === 'open') present = { positions: [{ symbol: 'EURUSD', owner: 'a', quantity: 1 }] };
          if (step.do === 'close') present = {};
          // Each state goes through JSON here, as a restart would have it.
          run = run.tell(eventOf(step), present);
          expected.after(step);
          for (const symbol of symbols) {
            for (const source of owners) {
              const isStopped = expected.stops(symbol, source);
              seen[isStopped ? 'refused' : 'passed']++;
              const answer = said(run.judge({ symbol, source }, present));
              expect(answer, `${symbol} of ${source}`).toBe(isStopped ? 'refuse KILL_SWITCH' : 'approve');
            }
          }
          expect(run.state.latched.map(key).sort()).toEqual([...expected.latched].sort());
        }
      }),
      { numRuns: 300 },
    );
    expect(Math.min(seen.refused, seen.passed)).toBeGreaterThan(1_000);
  });
});
