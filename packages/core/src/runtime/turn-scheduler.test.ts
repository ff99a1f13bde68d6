import fc from 'fast-check';
import {
  auditTime,
  bufferTime,
  debounceTime,
  delay,
  interval,
  type MonoTypeOperatorFunction,
  map,
  mergeMap,
  type Observable,
  type OperatorFunction,
  type SchedulerAction,
  type SchedulerLike,
  Subject,
  sampleTime,
  take,
  throttleTime,
  timer,
  VirtualTimeScheduler,
} from 'rxjs';
import { describe, expect, it } from 'vitest';
import { TurnScheduler } from './turn-scheduler.js';
import { VirtualClock } from './virtual-clock.js';

/** A scheduler of `owner` on a clock, with the ids that it woke. */
const onClock = (owner = 'run', clock = new VirtualClock()) => {
  const woken: string[] = [];
  const scheduler: TurnScheduler = new TurnScheduler(
    owner,
    clock,
    () => clock.now(),
    (id) => {
      woken.push(id);
      scheduler.fire(id);
    },
  );
  return { clock, scheduler, woken };
};

type Pipe = (scheduler: SchedulerLike) => OperatorFunction<number, unknown>;

const operators: Readonly<Record<string, Pipe>> = {
  debounceTime: (s) => debounceTime(20, s),
  bufferTime: (s) => bufferTime(25, s),
  'bufferTime with overlap': (s) => bufferTime(30, 10, s),
  delay: (s) => delay(15, s),
  throttleTime: (s) => throttleTime(20, s, { leading: true, trailing: true }),
  auditTime: (s) => auditTime(20, s),
  sampleTime: (s) => sampleTime(13, s),
  'timers within': (s) => mergeMap((v) => timer(v % 7, 5, s).pipe(take(3))),
};

/** Sends `values` at their times through an operator; gives what came out with the time at which it did. */
const play = (
  scheduler: SchedulerLike,
  run: (to: number) => void,
  pipe: Pipe,
  times: readonly number[],
): readonly string[] => {
  const source = new Subject<number>();
  const out: string[] = [];
  const running = source
    .pipe(pipe(scheduler))
    .subscribe((value) => out.push(`${JSON.stringify(value)} at ${scheduler.now()}`));
  times.forEach((time, i) => {
    scheduler.schedule(() => source.next(i), time);
  });
  scheduler.schedule(() => running.unsubscribe(), 300);
  run(400);
  return out;
};

describe('RxJS operators on a TurnScheduler', () => {
  it.each(Object.keys(operators))(
    '%s tells the same at the same times as on the scheduler of RxJS',
    (name) => {
      const pipe = operators[name] as Pipe;
      fc.assert(
        fc.property(fc.array(fc.nat(200), { maxLength: 25 }), (times) => {
          const { clock, scheduler } = onClock();
          const ours = play(scheduler, (to) => clock.advance(to), pipe, times);
          const theirs = new VirtualTimeScheduler();
          theirs.maxFrames = 400;
          expect(ours).toEqual(play(theirs, () => theirs.flush(), pipe, times));
        }),
      );
    },
  );

  it('interval ticks at its multiples and stops when it is left', () => {
    const { clock, scheduler, woken } = onClock('sma:EURUSD');
    const seen: string[] = [];
    const leave = interval(60_000, scheduler).subscribe((n) => seen.push(`${n} at ${clock.now()}`));
    clock.advance(180_000);
    expect(seen).toEqual(['0 at 60000', '1 at 120000', '2 at 180000']);
    leave.unsubscribe();
    clock.advance(600_000);
    expect(woken).toHaveLength(3);
  });

  it('debounceTime, by hand: only what is followed by silence comes through', () => {
    const { clock, scheduler } = onClock();
    const source = new Subject<string>();
    const seen: string[] = [];
    source.pipe(debounceTime(100, scheduler)).subscribe((v) => seen.push(`${v} at ${clock.now()}`));
    source.next('a');
    clock.advance(60);
    source.next('b');
    clock.advance(159);
    expect(seen).toEqual([]);
    clock.advance(160);
    expect(seen).toEqual(['b at 160']);
  });
});

describe('TurnScheduler', () => {
  it('names timers by owner and number, so that owners do not disturb each other', () => {
    const clock = new VirtualClock();
    const a = onClock('a', clock);
    const b = onClock('b', clock);
    const arm = (scheduler: SchedulerLike): Observable<number> => timer(10, scheduler);
    arm(a.scheduler).subscribe();
    arm(b.scheduler).subscribe();
    arm(a.scheduler).subscribe();
    clock.advance(10);
    expect([a.woken, b.woken]).toEqual([['a.0', 'a.1'], ['b.0']]);
    expect(a.scheduler.fire('b.0')).toBe(false);
  });

  it('runs a timer once, in the turn that fires it and not when the clock wakes', () => {
    const clock = new VirtualClock();
    const woken: string[] = [];
    let turn = 0;
    const scheduler = new TurnScheduler(
      'run',
      clock,
      () => turn,
      (id) => woken.push(id),
    );
    const ran: number[] = [];
    scheduler.timer(10, () => ran.push(scheduler.now()));
    clock.advance(12);
    expect([woken, ran]).toEqual([['run.0'], []]);
    turn = 12;
    expect(scheduler.fire('run.0')).toBe(true);
    expect(scheduler.fire('run.0')).toBe(false);
    expect(ran).toEqual([12]);
  });

  it('runs nothing for a timer that was cancelled between its waking and its turn', () => {
    const clock = new VirtualClock();
    const scheduler = new TurnScheduler(
      'run',
      clock,
      () => clock.now(),
      () => undefined,
    );
    const ran: string[] = [];
    const timer = scheduler.timer(10, () => ran.push('no'));
    clock.advance(10);
    timer.unsubscribe();
    expect(scheduler.fire('run.0')).toBe(false);
    expect(ran).toEqual([]);
  });

  it('takes a delay below zero as none: it does not push in before what is due now', () => {
    const { clock, scheduler } = onClock('run', new VirtualClock(1_000));
    const ran: string[] = [];
    scheduler.timer(0, () => ran.push(`first at ${clock.now()}`));
    scheduler.timer(-500, () => ran.push(`second at ${clock.now()}`));
    clock.advance(1_000);
    expect(ran).toEqual(['first at 1000', 'second at 1000']);
  });

  it('passes the state of an action on from one run to the next', () => {
    const { clock, scheduler } = onClock();
    const seen: number[] = [];
    scheduler.schedule<number>(
      function (n) {
        seen.push(n as number);
        if ((n as number) < 3) this.schedule((n as number) + 1, 10);
      },
      10,
      1,
    );
    clock.advance(1_000);
    expect(seen).toEqual([1, 2, 3]);
  });

  it('moves an action that is scheduled again while it waits, as RxJS does', () => {
    const ran: number[] = [];
    const { clock, scheduler } = onClock();
    const action = scheduler.schedule(() => ran.push(scheduler.now()), 10) as SchedulerAction<unknown>;
    clock.advance(5);
    action.schedule(undefined, 30);
    clock.advance(100);
    expect(ran).toEqual([35]);
  });

  it('runs nothing for an action that was unsubscribed, nor arms it again', () => {
    const ran: number[] = [];
    const { clock, scheduler, woken } = onClock();
    const action = scheduler.schedule(() => ran.push(scheduler.now()), 10) as SchedulerAction<unknown>;
    action.unsubscribe();
    action.schedule(undefined, 30);
    clock.advance(100);
    expect([ran, woken]).toEqual([[], []]);
  });

  it('forgets what an ended stream had armed', () => {
    const { clock, scheduler, woken } = onClock();
    const source = new Subject<number>();
    const same: MonoTypeOperatorFunction<number> = delay(50, scheduler);
    const leave = source.pipe(same, map(String)).subscribe();
    for (let i = 0; i < 5; i++) source.next(i);
    leave.unsubscribe();
    clock.advance(1_000);
    expect(woken).toEqual([]);
  });
});
