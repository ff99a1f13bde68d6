import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from './virtual-clock.js';

/** A clock whose timers write down their name and the time that they see. */
const recorded = (start = 0) => {
  const clock = new VirtualClock(start);
  const fired: string[] = [];
  const note = (id: string): void => {
    fired.push(`${id}@${clock.now()}`);
  };
  return { clock, fired, note };
};

describe('VirtualClock', () => {
  it('stands where it was started, and moves only when told to', () => {
    const clock = new VirtualClock(1_000);
    expect(clock.now()).toBe(1_000);
    clock.advance(1_500.25);
    expect(clock.now()).toBe(1_500.25);
    clock.advance(1_200);
    expect(clock.now()).toBe(1_500.25);
  });

  it('fires timers in the order of their time and then of their arming, each at its own time', () => {
    const armed = fc.record({ at: fc.integer({ min: 0, max: 30 }), cancelled: fc.boolean() });
    fc.assert(
      fc.property(
        fc.array(armed, { maxLength: 60 }),
        fc.array(fc.nat(12), { maxLength: 12 }),
        (timers, moves) => {
          const { clock, fired, note } = recorded();
          timers.forEach(({ at, cancelled }, i) => {
            const cancel = clock.arm(`${i}`, at, note);
            if (cancelled) cancel();
          });
          let to = 0;
          for (const move of [0, ...moves]) {
            to += move;
            clock.advance(to);
            const due = timers
              .map((timer, i) => ({ ...timer, i }))
              .filter(({ at, cancelled }) => !cancelled && at <= to)
              .sort((a, b) => a.at - b.at || a.i - b.i);
            expect(fired).toEqual(due.map(({ at, i }) => `${i}@${at}`));
            expect(clock.now()).toBe(to);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('fires a timer once, when its time is exactly reached', () => {
    const { clock, fired, note } = recorded();
    clock.arm('a', 10, note);
    clock.advance(9.999);
    expect(fired).toEqual([]);
    clock.advance(10);
    clock.advance(100);
    expect(fired).toEqual(['a@10']);
  });

  it('fires what was armed for the past at the next move, without going back', () => {
    const { clock, fired, note } = recorded(100);
    clock.arm('late', 50, note);
    expect(fired).toEqual([]);
    clock.advance(100);
    expect(fired).toEqual(['late@100']);
  });

  it('fires timers that a timer arms, if they are due on the way', () => {
    const { clock, fired, note } = recorded();
    clock.arm('first', 10, (id) => {
      note(id);
      clock.arm('same time', 10, note);
      clock.arm('between', 15, note);
      clock.arm('beyond', 31, note);
    });
    clock.arm('last', 20, note);
    clock.advance(30);
    expect(fired).toEqual(['first@10', 'same time@10', 'between@15', 'last@20']);
    clock.advance(31);
    expect(fired.at(-1)).toBe('beyond@31');
  });

  it('lets a timer cancel another one that is due at the same time', () => {
    const { clock, fired, note } = recorded();
    let cancel = (): void => undefined;
    clock.arm('a', 10, (id) => {
      note(id);
      cancel();
    });
    cancel = clock.arm('b', 10, note);
    clock.advance(10);
    expect(fired).toEqual(['a@10']);
  });

  it('takes a cancellation of a timer that has fired as nothing', () => {
    const { clock, fired, note } = recorded();
    const cancel = clock.arm('a', 10, note);
    clock.advance(10);
    cancel();
    clock.arm('b', 20, note);
    clock.advance(20);
    expect(fired).toEqual(['a@10', 'b@20']);
  });

  it('goes on with its other timers after one has thrown', () => {
    const { clock, fired, note } = recorded();
    clock.arm('bad', 10, () => {
      throw new Error('out of order');
    });
    clock.arm('good', 20, note);
    expect(() => clock.advance(30)).toThrowError('out of order');
    expect(clock.now()).toBe(10);
    clock.advance(30);
    expect(fired).toEqual(['good@20']);
  });

  it('may be moved by a timer, and never goes back after it', () => {
    const { clock, fired, note } = recorded();
    clock.arm('mover', 10, (id) => {
      note(id);
      clock.advance(50);
    });
    clock.arm('inner', 40, note);
    clock.advance(20);
    expect(fired).toEqual(['mover@10', 'inner@40']);
    expect(clock.now()).toBe(50);
  });
});

describe('tracked work', () => {
  /** A promise that the test settles. */
  const pending = () => {
    let resolve = (): void => undefined;
    let reject = (_: Error): void => undefined;
    const promise = new Promise<void>((yes, no) => {
      resolve = yes;
      reject = no;
    });
    return { promise, resolve, reject };
  };

  it('keeps the clock busy until it is settled', async () => {
    const clock = new VirtualClock();
    expect(clock.busy).toBe(false);
    await clock.settled();
    const work = pending();
    clock.track(work.promise);
    expect(clock.busy).toBe(true);
    let settled = false;
    const waiting = clock.settled().then(() => {
      settled = true;
    });
    await Promise.resolve();
    expect(settled).toBe(false);
    work.resolve();
    await waiting;
    expect(clock.busy).toBe(false);
  });

  it('is awaited together with the work that it started', async () => {
    const clock = new VirtualClock();
    const outer = pending();
    const inner = pending();
    const steps: string[] = [];
    clock.track(
      outer.promise.then(() => {
        steps.push('outer');
        clock.track(inner.promise.then(() => steps.push('inner')));
        queueMicrotask(inner.resolve);
      }),
    );
    outer.resolve();
    await clock.settled();
    expect(steps).toEqual(['outer', 'inner']);
    expect(clock.busy).toBe(false);
  });

  it('that fails counts as settled, and its error stays with whoever started it', async () => {
    const clock = new VirtualClock();
    const work = pending();
    const seen = work.promise.catch((error: Error) => error.message);
    clock.track(work.promise);
    work.reject(new Error('the line is dead'));
    await clock.settled();
    expect(clock.busy).toBe(false);
    expect(await seen).toBe('the line is dead');
  });

  it('holds the clock at the timer that started it, be it the last one or not', async () => {
    for (const later of [[], [15]]) {
      const { clock, fired, note } = recorded();
      const work = pending();
      clock.arm('a', 10, (id) => {
        note(id);
        clock.track(work.promise);
      });
      for (const at of later) clock.arm('b', at, note);
      clock.advance(20);
      expect([fired, clock.now(), clock.busy]).toEqual([['a@10'], 10, true]);
      work.resolve();
      await clock.settled();
      clock.advance(20);
      expect([fired, clock.now()]).toEqual([['a@10', ...later.map((at) => `b@${at}`)], 20]);
    }
  });
});

describe('a clock of a market', () => {
  it('begins where it is first advanced to, and counts what was armed before from there', () => {
    const clock = VirtualClock.ofMarket();
    const fired: string[] = [];
    for (const at of [60, 0, 20])
      clock.arm(`${at}`, clock.now() + at, (id) => fired.push(`${id}@${clock.now()}`));
    clock.advance(1_000);
    expect([clock.now(), fired]).toEqual([1_000, ['0@1000']]);
    clock.advance(1_050);
    expect(fired).toEqual(['0@1000', '20@1020']);
    clock.arm('new', 1_055, (id) => fired.push(`${id}@${clock.now()}`));
    clock.advance(1_060);
    expect(fired.slice(2)).toEqual(['new@1055', '60@1060']);
  });
});
