import { setImmediate } from 'node:timers/promises';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { MikroBotError } from '../errors/mikrobot-error.js';
import type { CircuitState } from './circuit-breaker.js';
import type { Clock } from './clock.js';
import { seededRandom } from './random.js';
import { type CallOptions, type ResilienceOptions, resilience } from './resilience.js';
import { wasNotBegun } from './retry.js';
import { VirtualClock } from './virtual-clock.js';

/** How a call ended, once it has. */
interface Ending<T> {
  value?: T;
  error?: unknown;
}

const watch = <T>(call: Promise<T>): Ending<T> => {
  const ending: Ending<T> = {};
  call.then(
    (value) => {
      ending.value = value;
    },
    (error) => {
      ending.error = error;
    },
  );
  return ending;
};

const codeOf = ({ error }: Ending<unknown>): unknown => (error instanceof MikroBotError ? error.code : error);

const START = 1_000_000;

/** A dependency whose answers the test gives, and a guard on a virtual clock in front of it. */
const stage = (options: Partial<ResilienceOptions> = {}) => {
  const clock = new VirtualClock(START);
  const guard = resilience({ clock, random: () => 0.999, name: 'acme', ...options });
  const begun: { readonly at: number; readonly what: string; readonly abort: AbortSignal }[] = [];
  const states: CircuitState[] = [];
  guard.state$.subscribe((state) => states.push(state));
  const answers: { resolve(value: string): void; reject(error: unknown): void }[] = [];
  return {
    clock,
    guard,
    begun,
    states,
    answers,
    /** A call that stays open until the test answers. */
    ask(what: string, call: CallOptions = {}) {
      return watch(
        guard.call<string, string>(
          what,
          (abort) => {
            begun.push({ at: clock.now() - START, what, abort });
            return new Promise<string>((resolve, reject) => {
              answers.push({ resolve, reject });
            });
          },
          call,
        ),
      );
    },
    /** A call that fails or succeeds at once. */
    async now(ok: boolean, call: CallOptions = {}) {
      const ending = watch(
        guard.call<string, string>(
          'read',
          () => {
            begun.push({ at: clock.now() - START, what: 'read', abort: new AbortController().signal });
            if (!ok) throw new Error('down');
            return 'fine';
          },
          call,
        ),
      );
      await setImmediate();
      return ending;
    },
    async pass(ms: number) {
      clock.advance(clock.now() + ms);
      await setImmediate();
    },
  };
};

describe('a guarded call', () => {
  it('gives back what the work gives, also when it gives it at once', async () => {
    const { guard } = stage();
    expect(await guard.call('read', async () => 7)).toBe(7);
    expect(await guard.call('read', () => 8)).toBe(8);
  });

  it('passes on the failure of work that is not repeatable as it is, after one try', async () => {
    const { guard, begun, now } = stage();
    const failure = new Error('connection reset');
    const ending = watch(
      guard.call('submit', () => {
        throw failure;
      }),
    );
    await setImmediate();
    expect(ending.error).toBe(failure);
    await now(false);
    expect(begun).toHaveLength(1);
  });

  it('leaves no timer behind that would keep a process from its end', async () => {
    const armed = new Set<string>();
    const clock = new VirtualClock();
    const { now } = stage({
      clock: {
        now: () => clock.now(),
        arm(id, at, wake) {
          armed.add(id);
          const disarm = clock.arm(id, at, wake);
          return () => {
            armed.delete(id);
            disarm();
          };
        },
      },
    });
    await now(true);
    await now(false);
    expect(armed.size).toBe(0);
  });
});

describe('a call that is repeatable', () => {
  it('is tried four times, with pauses that double, and then fails with the last failure', async () => {
    const { begun, now, pass } = stage({ random: () => 0.5, retry: { first: 100 } });
    const ending = await now(false, { repeatable: true });
    for (let i = 0; i < 400; i++) await pass(1);
    // Half of 100, 200 and 400 ms.
    expect(begun.map(({ at }) => at)).toEqual([0, 50, 150, 350]);
    expect(String(ending.error)).toBe('Error: down');
  });

  it('pauses evenly between nothing and a bound that stops to grow', async () => {
    const pauses: number[] = [];
    for (let seed = 0; seed < 200; seed++) {
      const clock = new VirtualClock();
      const recording: Clock = {
        now: () => clock.now(),
        arm(id, at, wake) {
          // The deadline of each try is the other timer.
          if (at - clock.now() < 10_000) pauses.push(at - clock.now());
          return clock.arm(id, at, wake);
        },
      };
      const { now } = stage({
        clock: recording,
        random: seededRandom(seed),
        retry: { attempts: 8, first: 100, longest: 400 },
        breaker: { failures: 100 },
      });
      await now(false, { repeatable: true });
      for (let i = 0; i < 7; i++) {
        clock.advance(clock.now() + 400);
        await setImmediate();
      }
    }
    expect(pauses).toHaveLength(7 * 200);
    const third = pauses.filter((_, i) => i % 7 === 2);
    expect(Math.min(...third)).toBeGreaterThanOrEqual(0);
    expect(Math.min(...third)).toBeLessThan(20);
    expect(Math.max(...third)).toBeLessThan(400);
    expect(Math.max(...third)).toBeGreaterThan(380);
    // The mean of a uniform draw below 400 is 200; four standard errors of 200 draws are 33.
    const mean = third.reduce((sum, ms) => sum + ms, 0) / third.length;
    expect(Math.abs(mean - 200)).toBeLessThan(33);
    expect(Math.max(...pauses)).toBeLessThan(400);
  });

  it('ends with the first success', async () => {
    const { ask, answers, begun, pass } = stage();
    const ending = ask('snapshot', { repeatable: true });
    answers[0]?.reject(new Error('503'));
    await setImmediate();
    await pass(250);
    answers[1]?.resolve('state');
    await setImmediate();
    expect(ending.value).toBe('state');
    await pass(60_000);
    expect(begun).toHaveLength(2);
  });

  it('is not tried again when the failure is an answer', async () => {
    const { ask, answers, begun, pass } = stage({ transient: (error) => String(error) !== 'Error: 400' });
    const ending = ask('snapshot', { repeatable: true });
    answers[0]?.reject(new Error('503'));
    await setImmediate();
    await pass(250);
    answers[1]?.reject(new Error('400'));
    await setImmediate();
    expect(String(ending.error)).toBe('Error: 400');
    await pass(60_000);
    expect(begun).toHaveLength(2);
  });

  it('waits for as long as the dependency asks, and fails when that is too long', async () => {
    const after = (error: unknown): number | undefined => (error as { after?: number }).after;
    const { ask, answers, begun, pass } = stage({ retry: { after, longest: 5_000 } });
    const ending = ask('snapshot', { repeatable: true });
    answers[0]?.reject({ after: 3_000 });
    await setImmediate();
    await pass(2_999);
    expect(begun).toHaveLength(1);
    await pass(1);
    expect(begun).toHaveLength(2);
    answers[1]?.reject({ after: 5_001 });
    await setImmediate();
    expect(ending.error).toEqual({ after: 5_001 });
  });

  it('fails with the failure itself, not with the circuit that it opened', async () => {
    const { now, pass, states } = stage({ breaker: { failures: 2 }, retry: { attempts: 10 } });
    const ending = await now(false, { repeatable: true });
    await pass(250);
    await pass(500);
    expect(states).toEqual(['closed', 'open']);
    expect(String(ending.error)).toBe('Error: down');
  });

  it('cannot be an order command, neither for the compiler nor at run time', async () => {
    const { guard, ask, begun } = stage();
    for (const what of ['submit', 'amend', 'cancel', 'submit order 7']) {
      const ending = ask(what, { repeatable: true });
      await setImmediate();
      expect(codeOf(ending)).toBe('BAD_CONFIG');
    }
    expect(begun).toHaveLength(0);
    // @ts-expect-error an order command takes no `repeatable: true`
    await expect(guard.call('submit', () => 1, { repeatable: true })).rejects.toThrow('order command');
    expectTypeOf(guard.call('snapshot', () => 1, { repeatable: true })).toEqualTypeOf<Promise<number>>();
  });
});

describe('the deadline of a call', () => {
  it('aborts the work, and says that nobody knows what it did', async () => {
    const { ask, begun, pass } = stage({ timeout: 5_000 });
    const ending = ask('submit');
    await pass(4_999);
    expect(begun[0]?.abort.aborted).toBe(false);
    expect(ending).toEqual({});
    await pass(1);
    expect(begun[0]?.abort.aborted).toBe(true);
    expect(String(ending.error)).toBe(
      'MikroBotError: acme: submit had no answer within 5000 ms. Whether it took effect is unknown: ask before it is repeated.',
    );
    expect(wasNotBegun(ending.error)).toBe(false);
  });

  it('is 10 s unless said otherwise, for the guard or the call', async () => {
    const { ask, pass } = stage();
    const [usual, short] = [ask('a'), ask('b', { timeout: 10 })];
    await pass(10);
    expect([usual, short].map(codeOf)).toEqual([undefined, 'TIMED_OUT']);
    await pass(9_989);
    expect(codeOf(usual)).toBe(undefined);
    await pass(1);
    expect(codeOf(usual)).toBe('TIMED_OUT');
  });

  it('is one of each try, and a late answer of an earlier try is dropped', async () => {
    const { ask, answers, pass } = stage({ timeout: 1_000 });
    const ending = ask('snapshot', { repeatable: true });
    await pass(1_000);
    await pass(250);
    answers[0]?.resolve('old');
    await setImmediate();
    expect(ending).toEqual({});
    answers[1]?.resolve('new');
    await setImmediate();
    expect(ending.value).toBe('new');
  });

  it('does not abort work that is done, whose body may still be read', async () => {
    const { ask, answers, begun, pass } = stage();
    ask('snapshot');
    answers[0]?.resolve('state');
    await setImmediate();
    await pass(60_000);
    expect(begun[0]?.abort.aborted).toBe(false);
  });
});

describe('a caller that loses interest', () => {
  it('ends a running call with its reason, and neither fails nor heals the circuit', async () => {
    const { ask, begun, states, guard } = stage({ breaker: { failures: 1 } });
    const controller = new AbortController();
    const ending = ask('snapshot', { abort: controller.signal, repeatable: true });
    controller.abort(new Error('the bot stops'));
    await setImmediate();
    expect(String(ending.error)).toBe('Error: the bot stops');
    expect(begun[0]?.abort.aborted).toBe(true);
    expect(states).toEqual(['closed']);
    expect(guard.state).toBe('closed');
  });

  it('begins nothing when its signal was aborted before', async () => {
    const { ask, begun } = stage();
    const ending = ask('snapshot', { abort: AbortSignal.abort('no') });
    await setImmediate();
    expect(ending.error).toBe('no');
    expect(begun).toHaveLength(0);
  });

  it('stops the pause before another try', async () => {
    const { ask, answers, begun, pass } = stage();
    const controller = new AbortController();
    ask('snapshot', { abort: controller.signal, repeatable: true });
    answers[0]?.reject(new Error('503'));
    await setImmediate();
    controller.abort();
    await pass(60_000);
    expect(begun).toHaveLength(1);
  });
});

describe('the circuit of a dependency', () => {
  it('opens after 5 failures in a row, is tried after 30 s, and closes after 3 successes', async () => {
    const { begun, now, pass, states } = stage();
    for (const ok of [false, false, true, false, false, false, false]) await now(ok);
    expect(states).toEqual(['closed']);
    await now(false);
    expect(states).toEqual(['closed', 'open']);
    const refused = await now(true);
    expect(codeOf(refused)).toBe('CIRCUIT_OPEN');
    expect(wasNotBegun(refused.error)).toBe(true);
    expect(begun).toHaveLength(8);
    await pass(29_999);
    expect(String((await now(true)).error)).toBe(
      'MikroBotError: acme: read was not begun: calls have failed one after the other. It is tried again in 1 ms.',
    );
    await pass(1);
    for (let i = 0; i < 2; i++) await now(true);
    expect(states).toEqual(['closed', 'open', 'half-open']);
    await now(true);
    expect(states).toEqual(['closed', 'open', 'half-open', 'closed']);
  });

  it('opens again at the first failure of a trial, for another 30 s', async () => {
    const { now, pass, states } = stage();
    for (let i = 0; i < 5; i++) await now(false);
    await pass(30_000);
    await now(true);
    await now(false);
    expect(states.slice(2)).toEqual(['half-open', 'open']);
    await pass(29_999);
    expect(codeOf(await now(true))).toBe('CIRCUIT_OPEN');
  });

  it('takes one trial at a time, and the next when a trial was dropped', async () => {
    const { ask, begun, now, pass } = stage({ breaker: { failures: 1, pause: 100 } });
    await now(false);
    await pass(100);
    const controller = new AbortController();
    ask('snapshot', { abort: controller.signal });
    const second = ask('snapshot');
    await setImmediate();
    expect(codeOf(second)).toBe('CIRCUIT_OPEN');
    controller.abort();
    ask('snapshot');
    await setImmediate();
    expect(begun).toHaveLength(3);
  });

  it('counts answers that are no trouble as life, and missed deadlines as trouble whatever the adapter thinks', async () => {
    const { ask, now, pass, states } = stage({ transient: () => false, timeout: 100 });
    for (let i = 0; i < 10; i++) await now(false);
    expect(states).toEqual(['closed']);
    for (let i = 0; i < 5; i++) ask('snapshot');
    await pass(100);
    expect(states).toEqual(['closed', 'open']);
  });

  it('lets through what is critical while it is open, such as the protection of a position', async () => {
    const { ask, begun, now } = stage({ breaker: { failures: 1 } });
    await now(false);
    expect(codeOf(ask('submit'))).toBe(undefined);
    const protection = ask('submit', { priority: 'critical' });
    await setImmediate();
    expect(begun.map(({ what }) => what)).toEqual(['read', 'submit']);
    expect(protection).toEqual({});
  });

  it('tells a new listener where it is', async () => {
    const { guard, now } = stage({ breaker: { failures: 1 } });
    await now(false);
    const states: CircuitState[] = [];
    guard.state$.subscribe((state) => states.push(state));
    expect(states).toEqual(['open']);
  });

  it('names the failure that opened it as the cause', async () => {
    const { now } = stage({ breaker: { failures: 1 } });
    await now(false);
    const { error } = await now(true);
    expect(String((error as Error).cause)).toBe('Error: down');
  });
});

describe('the bulkhead of a dependency', () => {
  it('runs so many calls at once, and the rest in turn, the most urgent first', async () => {
    const { ask, answers, begun } = stage({ bulkhead: { concurrent: 2 } });
    for (const what of ['a', 'b', 'c', 'd']) ask(what);
    ask('low', { priority: 'low' });
    ask('high', { priority: 'high' });
    ask('stop', { priority: 'critical' });
    await setImmediate();
    expect(begun.map(({ what }) => what)).toEqual(['a', 'b']);
    for (let i = 0; i < 5; i++) {
      answers[i]?.resolve('');
      await setImmediate();
    }
    expect(begun.map(({ what }) => what)).toEqual(['a', 'b', 'stop', 'high', 'c', 'd', 'low']);
  });

  it('refuses the newest of the least urgent when too many wait', async () => {
    const { ask, begun } = stage({ bulkhead: { concurrent: 1, waiting: 2 } });
    const [running, low, normal, urgent, late] = [
      ask('running'),
      ask('low', { priority: 'low' }),
      ask('normal'),
      ask('urgent', { priority: 'critical' }),
      ask('late'),
    ];
    await setImmediate();
    expect([running, low, normal, urgent, late].map(codeOf)).toEqual([
      undefined,
      'BULKHEAD_FULL',
      undefined,
      undefined,
      'BULKHEAD_FULL',
    ]);
    expect(wasNotBegun(low?.error)).toBe(true);
    expect(begun).toHaveLength(1);
  });

  it('lets nobody wait for more than a second, so that no order goes out late', async () => {
    const { ask, answers, begun, pass } = stage({ bulkhead: { concurrent: 1 } });
    ask('running');
    const waiting = ask('submit');
    await pass(999);
    expect(codeOf(waiting)).toBe(undefined);
    await pass(1);
    expect(codeOf(waiting)).toBe('BULKHEAD_FULL');
    answers[0]?.resolve('');
    await pass(60_000);
    expect(begun).toHaveLength(1);
  });

  it('does not count the wait once the work has begun', async () => {
    const { ask, answers, begun, pass } = stage({ bulkhead: { concurrent: 1 } });
    ask('running');
    const waiting = ask('submit');
    answers[0]?.resolve('');
    await setImmediate();
    await pass(9_999);
    expect(begun).toHaveLength(2);
    expect(waiting).toEqual({});
  });

  it('is not waited for while the circuit is open', async () => {
    const { ask, guard, pass } = stage({
      bulkhead: { concurrent: 2 },
      timeout: 500,
      breaker: { failures: 1 },
    });
    ask('hangs', { timeout: 60_000 });
    ask('hangs, too');
    await pass(500);
    ask('protection', { priority: 'critical' });
    expect(guard.state).toBe('open');
    const refused = ask('snapshot');
    await setImmediate();
    expect(codeOf(refused)).toBe('CIRCUIT_OPEN');
  });

  it('gives the place of who left, and the room of who timed out, to the next', async () => {
    const { ask, begun, pass } = stage({ bulkhead: { concurrent: 1, wait: 10_000 }, timeout: 1_000 });
    const controller = new AbortController();
    ask('running');
    ask('left', { abort: controller.signal });
    ask('next');
    controller.abort();
    await pass(1_000);
    expect(begun.map(({ what }) => what)).toEqual(['running', 'next']);
  });

  it('asks the circuit again when a call has waited', async () => {
    const { ask, answers, begun } = stage({ bulkhead: { concurrent: 1 }, breaker: { failures: 1 } });
    ask('first');
    const waiting = ask('second');
    answers[0]?.reject(new Error('down'));
    await setImmediate();
    expect(codeOf(waiting)).toBe('CIRCUIT_OPEN');
    expect(begun).toHaveLength(1);
  });

  it('never runs more than it may nor loses a call, whatever happens', async () => {
    const random = seededRandom(3);
    const { guard, clock } = stage({ bulkhead: { concurrent: 3, waiting: 5, wait: 40 }, timeout: 30 });
    let running = 0;
    let most = 0;
    const endings: Ending<string>[] = [];
    for (let i = 0; i < 2_000; i++) {
      const takes = random() * 50;
      const fails = random() < 0.1;
      const work = (abort: AbortSignal): Promise<string> =>
        new Promise((resolve, reject) => {
          running++;
          most = Math.max(most, running);
          let ended = false;
          const end = (): void => {
            if (ended) return;
            ended = true;
            running--;
            if (fails) reject(new Error('down'));
            else resolve('');
          };
          clock.arm('work', clock.now() + takes, end);
          abort.addEventListener('abort', end);
        });
      endings.push(watch(guard.call<string, string>('read', work, { repeatable: random() < 0.5 })));
      if (random() < 0.3) {
        clock.advance(clock.now() + random() * 30);
        await setImmediate();
      }
    }
    for (let i = 0; i < 200; i++) {
      clock.advance(clock.now() + 1_000);
      await setImmediate();
    }
    expect(most).toBe(3);
    expect(running).toBe(0);
    expect(endings.filter((ending) => !('value' in ending) && !('error' in ending))).toHaveLength(0);
    expect(new Set(endings.map(codeOf).map(String))).toEqual(
      new Set(['undefined', 'BULKHEAD_FULL', 'CIRCUIT_OPEN', 'TIMED_OUT', 'Error: down']),
    );
  });
});

describe('resilience', () => {
  it.each<Partial<ResilienceOptions>>([
    { timeout: 0 },
    { timeout: Number.NaN },
    { retry: { attempts: 0 } },
    { retry: { attempts: 1.5 } },
    { retry: { attempts: Number.POSITIVE_INFINITY } },
    { retry: { longest: -1 } },
    { breaker: { failures: 0 } },
    { breaker: { pause: Number.POSITIVE_INFINITY } },
    { breaker: { successes: -3 } },
    { bulkhead: { concurrent: 0 } },
    { bulkhead: { waiting: Number.POSITIVE_INFINITY } },
    { bulkhead: { wait: Number.NaN } },
  ])('refuses figures that make no sense or know no bound: %j', (options) => {
    expect(() => stage(options)).toThrow(expect.objectContaining({ code: 'BAD_CONFIG', where: 'acme' }));
  });

  it('says what is wrong with a figure, and what would be right', () => {
    expect(() => stage({ retry: { attempts: 0 } })).toThrow(
      'acme: attempts is 0. Use a whole number from 1.',
    );
    expect(() => stage({ timeout: -5 })).toThrow('acme: timeout is -5. Use a number of ms above 0.');
  });
});
