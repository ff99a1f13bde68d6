import type { Finding, ParsedCommand, RiskEvent } from '@mikrobot/core';
import * as z from 'zod';
import { definePolicy, type PolicyBody } from '../policy-definition.js';
import {
  afterFailure,
  afterSuccess,
  type Breaker,
  type BreakerState,
  breakerSchema,
  breakerState,
  closedBreaker,
} from './breaker.js';
import { orderOutcome } from './order-outcome.js';

const NAME = 'circuitBreaker';

/** The dependency that orders and the line to the broker tell of. */
const VENUE = 'venue';

/** Most dependencies in trouble that are told apart; further ones share a breaker of this name. */
const MOST = 64;
const OTHERS = 'others';

const settings = z.strictObject({
  failures: z.number().int().min(1).default(5).describe('failures in a row that open a circuit, count'),
  wait: z.number().positive().default(30_000).describe('how long it is open before trials pass, ms'),
  successes: z.number().int().min(1).default(3).describe('trials that succeed until it closes, count'),
});

const stateSchema = z.strictObject({
  /** Of dependencies in trouble: one that is closed and without failures is not kept. */
  circuits: z.array(z.strictObject({ dependency: z.string(), breaker: breakerSchema })).readonly(),
  /** The signal of the order that tries whether the venue is back, and when it was sent (epoch ms). */
  trial: z.strictObject({ signal: z.string(), at: z.number() }).nullable(),
});

/** What {@link circuitBreaker} remembers. */
export type CircuitState = z.output<typeof stateSchema>;

type Change = 'failure' | 'success' | 'reset';

interface Told {
  readonly dependency: string;
  readonly change: Change;
}

const toldBy = (command: ParsedCommand): Told | undefined => {
  if (command.do !== 'tell' || command.policy !== NAME) return undefined;
  const change = z.enum(['failure', 'success', 'reset']).safeParse(command.say).data;
  const dependency = z.object({ dependency: z.string().min(1).max(100) }).safeParse(command.data)
    .data?.dependency;
  if (change === undefined || dependency === undefined) return undefined;
  return change === 'reset' && command.by.startsWith('policy:') ? undefined : { dependency, change };
};

const toldOf = (event: RiskEvent): Told | undefined => {
  if (event.type === 'command') return toldBy(event.command);
  // That the line is up again is no success: one that comes and goes would never open the circuit.
  if (event.type === 'connection')
    return event.connection.state === 'down' ? { dependency: VENUE, change: 'failure' } : undefined;
  const change = event.type === 'decision' ? orderOutcome(event.decision) : undefined;
  return change === undefined ? undefined : { dependency: VENUE, change };
};

const breakerOf = ({ circuits }: CircuitState, dependency: string): Breaker =>
  circuits.find((circuit) => circuit.dependency === dependency)?.breaker ?? closedBreaker;

const withBreaker = (state: CircuitState, dependency: string, breaker: Breaker): CircuitState => {
  if (breaker === breakerOf(state, dependency)) return state;
  const others = state.circuits.filter((circuit) => circuit.dependency !== dependency);
  return {
    ...state,
    circuits: breaker === closedBreaker ? others : [...others, { dependency, breaker }],
  };
};

/**
 * Refuses entries while something that trading depends on is broken: one breaker for each dependency. After `failures` failures in
 * a row it opens, and no entry passes; after `wait` it is half open, and `successes` successes in a row close it, where one
 * failure opens it again.
 *
 * The dependency `venue` is fed by the bot itself: an order that the venue rejects or leaves unknown, and a line that goes down,
 * are failures; an order that it takes is a success. While it is half open, one entry at a time is let through to try. Others (a
 * news service, a scorer) are fed by whoever calls them:
 * `{ do: 'tell', policy: 'circuitBreaker', say: 'failure', data: { dependency: 'news' }, by: 'news client' }`.
 */
export const circuitBreaker = /* @__PURE__ */ definePolicy({
  name: NAME,
  about: 'Refuses entries while the venue, or another dependency that tells of its failures, is broken.',
  settings,
  codes: {
    CIRCUIT_OPEN:
      'A dependency failed `failures` times in a row and has not proved itself again, or its one trial is still under way.',
  },
  tells: {
    failure: 'A call to `data.dependency` failed.',
    success: 'A call to `data.dependency` succeeded.',
    reset: 'Closes the circuit of `data.dependency` at once. Ignored when a policy says it.',
  },
  make: (rules): PolicyBody<CircuitState> => {
    const stateOf = (state: CircuitState, dependency: string, now: number): BreakerState =>
      breakerState(breakerOf(state, dependency), now, rules);

    const changed = (breaker: Breaker, change: Change, now: number): Breaker => {
      if (change === 'reset') return closedBreaker;
      return change === 'failure' ? afterFailure(breaker, now, rules) : afterSuccess(breaker, now, rules);
    };

    const fed = (state: CircuitState, { dependency, change }: Told, now: number): CircuitState => {
      const isKnown = state.circuits.some((circuit) => circuit.dependency === dependency);
      // What is not in trouble has nothing to recover from, and must not speak for others.
      if (!isKnown && change !== 'failure') return state;
      const name = isKnown || state.circuits.length < MOST ? dependency : OTHERS;
      return withBreaker(state, name, changed(breakerOf(state, name), change, now));
    };

    const tried = (state: CircuitState, event: RiskEvent, now: number): CircuitState => {
      if (event.type === 'decision')
        return event.decision.signal.id === state.trial?.signal ? { ...state, trial: null } : state;
      if (event.type !== 'sent' || event.order.purpose !== 'enter') return state;
      return stateOf(state, VENUE, now) === 'half-open'
        ? { ...state, trial: { signal: event.signal.id, at: now } }
        : state;
    };

    return {
      memory: {
        initial: { circuits: [], trial: null },
        schema: stateSchema,
        next(before, event, book) {
          const now = book.now();
          const state = tried(before, event, now);
          const told = toldOf(event);
          return told === undefined ? state : fed(state, told, now);
        },
        alerts: (before, after) =>
          after.circuits
            .filter(
              ({ dependency, breaker }) =>
                breaker.opened !== null &&
                (before === undefined || breakerOf(before, dependency).opened === null),
            )
            .map(
              ({ dependency }) =>
                `the circuit of ${dependency} is open; entries are refused until it proves itself`,
            ),
      },
      judge(_order, _signal, book, state): Finding | undefined {
        const now = book.now();
        const broken = state.circuits.find(({ dependency }) => stateOf(state, dependency, now) === 'open');
        if (broken !== undefined) {
          const since = now - (broken.breaker.opened ?? now);
          return {
            code: 'CIRCUIT_OPEN',
            limit: `${rules.wait} ms open`,
            actual: `${broken.dependency} open for ${since} ms`,
          };
        }
        const { trial } = state;
        // A trial that nobody heard of again must not keep the circuit from closing.
        if (trial === null || now - trial.at >= rules.wait || stateOf(state, VENUE, now) !== 'half-open')
          return undefined;
        return { code: 'CIRCUIT_OPEN', limit: 'one trial at a time', actual: `${VENUE} is being tried` };
      },
    };
  },
});
