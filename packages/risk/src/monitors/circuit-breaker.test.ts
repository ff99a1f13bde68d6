import { describe, expect, it } from 'vitest';
import { commanded, refusedSignal, sent } from '../test-support/events.js';
import { bookWith, MOMENT } from '../test-support/market.js';
import { executedSignal, filled, lineIs, refusedAtVenue, unknownSignal } from '../test-support/outcomes.js';
import { follow, type PolicyRun, said } from '../test-support/policy-run.js';
import { type CircuitState, circuitBreaker } from './circuit-breaker.js';

const policy = circuitBreaker();
const at = (ms: number) => ({ now: MOMENT + ms });

type Run = PolicyRun<CircuitState>;
const times = (run: Run, count: number, event: Parameters<Run['tell']>[0], ms = 0): Run =>
  Array.from({ length: count }).reduce<Run>((now) => now.tell(event, at(ms)), run);

const broken = (): Run => times(follow(policy), 5, refusedAtVenue());
const told = (say: string, dependency: string, by = 'news client') =>
  commanded({ do: 'tell', policy: 'circuitBreaker', say, data: { dependency }, by });

describe('circuitBreaker', () => {
  it('lets entries pass until the venue has failed five times in a row', () => {
    expect(said(times(follow(policy), 4, refusedAtVenue()).judge())).toBe('approve');
    expect(said(broken().judge())).toBe('refuse CIRCUIT_OPEN');
  });

  it('says what is open, for how long, and for how long at most', () => {
    expect(broken().judge({}, at(12_000))).toEqual({
      code: 'CIRCUIT_OPEN',
      limit: '30000 ms open',
      actual: 'venue open for 12000 ms',
    });
  });

  it.each([
    ['orders that nobody knows the fate of', unknownSignal()],
    ['orders that the venue rejects', refusedAtVenue()],
    ['a line that goes down', lineIs('down')],
  ])('counts %s as failures', (_name, event) => {
    expect(said(times(follow(policy), 5, event).judge())).toBe('refuse CIRCUIT_OPEN');
  });

  it.each([
    ['what was refused before it got to the venue', refusedSignal()],
    ['what expired or was halted in the queue', refusedAtVenue({}, 'HALTED')],
    ['a line that is degraded', lineIs('degraded')],
    ['fills', filled()],
  ])('does not count %s', (_name, event) => {
    const run = follow(policy);
    expect(said(times(run, 9, event).judge())).toBe('approve');
    expect(policy.memory?.next(run.state, event, bookWith())).toBe(run.state);
  });

  it('begins to count anew when an order is taken, not when the line comes back', () => {
    const four = times(follow(policy), 4, lineIs('down'));
    expect(said(times(four.tell(executedSignal()), 4, lineIs('down')).judge())).toBe('approve');
    expect(said(four.tell(lineIs('up')).tell(lineIs('down')).judge())).toBe('refuse CIRCUIT_OPEN');
  });

  it('lets one entry at a time try after 30 seconds', () => {
    const run = broken();
    expect(said(run.judge({}, at(29_999)))).toBe('refuse CIRCUIT_OPEN');
    expect(said(run.judge({}, at(30_000)))).toBe('approve');
    const trying = run.tell(sent(), at(30_000));
    expect(trying.judge({}, at(30_001))).toEqual({
      code: 'CIRCUIT_OPEN',
      limit: 'one trial at a time',
      actual: 'venue is being tried',
    });
  });

  it('closes after three trials that succeed', () => {
    let run = broken();
    for (const id of ['a', 'b', 'c']) {
      run = run.tell(sent({}, { id }), at(30_000));
      expect(said(run.judge({}, at(30_000)))).toBe('refuse CIRCUIT_OPEN');
      run = run.tell(executedSignal({ id }), at(30_000));
      expect(said(run.judge({}, at(30_000)))).toBe('approve');
    }
    expect(run.state).toEqual({ circuits: [], trial: null });
  });

  it('opens again at a trial that fails', () => {
    const run = broken()
      .tell(sent({}, { id: 'a' }), at(30_000))
      .tell(refusedAtVenue({ id: 'a' }), at(31_000));
    expect(said(run.judge({}, at(60_999)))).toBe('refuse CIRCUIT_OPEN');
    expect(said(run.judge({}, at(61_000)))).toBe('approve');
  });

  it('waits for the decision on its own trial only', () => {
    const trying = broken().tell(sent({}, { id: 'a' }), at(30_000));
    expect(said(trying.tell(refusedSignal({ id: 'b' }), at(30_001)).judge({}, at(30_001)))).toBe(
      'refuse CIRCUIT_OPEN',
    );
    expect(said(trying.tell(refusedSignal({ id: 'a' }), at(30_001)).judge({}, at(30_001)))).toBe('approve');
  });

  it('gives up a trial that nobody heard of again', () => {
    const trying = broken().tell(sent(), at(30_000));
    expect(said(trying.judge({}, at(59_999)))).toBe('refuse CIRCUIT_OPEN');
    expect(said(trying.judge({}, at(60_000)))).toBe('approve');
  });

  it('takes no order for a trial that closes a position, or that was sent while closed', () => {
    const closing = broken().tell(sent({ purpose: 'flatten' }), at(30_000));
    expect(closing.state.trial).toBeNull();
    expect(follow(policy).tell(sent()).state.trial).toBeNull();
  });

  it('has a breaker for each dependency that others tell of', () => {
    const news = times(follow(policy), 4, told('failure', 'news'));
    expect(said(news.tell(told('failure', 'scorer')).judge())).toBe('approve');
    const open = news.tell(told('failure', 'news'));
    expect(open.judge()).toMatchObject({ actual: 'news open for 0 ms' });
    expect(said(times(open, 9, executedSignal(), 30_000).judge({}, at(29_000)))).toBe('refuse CIRCUIT_OPEN');
    const closed = times(open, 3, told('success', 'news'), 30_000);
    expect(closed.state.circuits).toEqual([]);
  });

  it('closes at once when a person resets it, not when a policy does', () => {
    expect(
      said(
        broken()
          .tell(told('reset', 'venue', 'ann'))
          .judge(),
      ),
    ).toBe('approve');
    expect(
      said(
        broken()
          .tell(told('reset', 'venue', 'policy:x'))
          .judge(),
      ),
    ).toBe('refuse CIRCUIT_OPEN');
  });

  it.each([
    { do: 'tell', policy: 'other', say: 'failure', data: { dependency: 'news' }, by: 'x' },
    { do: 'tell', policy: 'circuitBreaker', say: 'oops', data: { dependency: 'news' }, by: 'x' },
    { do: 'tell', policy: 'circuitBreaker', say: 'failure', data: 'news', by: 'x' },
    { do: 'tell', policy: 'circuitBreaker', say: 'failure', by: 'x' },
    { do: 'pause', by: 'x' },
  ])('does not understand %j', (command) => {
    const run = follow(policy);
    expect(policy.memory?.next(run.state, commanded(command), bookWith())).toBe(run.state);
  });

  it('keeps at most 65 breakers, and refuses for those beyond under one name', () => {
    let run = follow(policy);
    for (let i = 0; i < 100; i++) run = run.tell(told('failure', `d${i}`));
    expect(run.state.circuits).toHaveLength(65);
    expect(run.judge()).toMatchObject({ actual: 'others open for 0 ms' });
    // One that is well does not speak for the others.
    expect(times(run, 3, told('success', 'healthy'), 30_000).state).toEqual(run.state);
    expect(times(run, 3, told('success', 'others'), 30_000).state.circuits).toHaveLength(64);
  });

  it('alerts once when a circuit opens, and again when a bot starts with an open one', () => {
    const alerts = policy.memory?.alerts;
    const before = times(follow(policy), 4, refusedAtVenue()).state;
    const after = broken().state;
    const line = 'the circuit of venue is open; entries are refused until it proves itself';
    expect(alerts?.(before, after, bookWith())).toEqual([line]);
    expect(alerts?.(after, { ...after, trial: { signal: 'a', at: 1 } }, bookWith())).toEqual([]);
    expect(alerts?.(undefined, after, bookWith())).toEqual([line]);
    expect(alerts?.(undefined, before, bookWith())).toEqual([]);
  });

  it('keeps to other rules', () => {
    const quick = circuitBreaker({ failures: 1, wait: 10, successes: 1 });
    const open = follow(quick).tell(unknownSignal());
    expect(said(open.judge({}, at(9)))).toBe('refuse CIRCUIT_OPEN');
    expect(open.tell(executedSignal(), at(10)).state.circuits).toEqual([]);
  });
});
