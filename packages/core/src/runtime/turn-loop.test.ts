import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Priority, priorities } from '../model/signal.js';
import { TurnLoop } from './turn-loop.js';
import { VirtualClock } from './virtual-clock.js';

/** A loop that writes down what it does. */
const recorded = () => {
  const clock = new VirtualClock(1_000);
  const log: string[] = [];
  let overflows = 0;
  const loop = new TurnLoop(clock, () => {
    overflows++;
  });
  const say = (what: string) => () => {
    log.push(what);
  };
  return { clock, loop, log, say, overflows: () => overflows };
};

describe('TurnLoop', () => {
  it('runs what enters at once while it rests, with the clock read once', () => {
    const { clock, loop, log } = recorded();
    clock.advance(1_234);
    expect(loop.now).toBe(1_000);
    loop.enter(() => {
      log.push(`at ${loop.now}, busy ${loop.busy}`);
      clock.advance(2_000);
      log.push(`at ${loop.now}`);
    });
    expect(log).toEqual(['at 1234, busy true', 'at 1234']);
    expect(loop.busy).toBe(false);
  });

  it('runs a turn to its end before what arrived inside it', () => {
    const { loop, log, say } = recorded();
    loop.enter(() => {
      log.push('begin');
      loop.enter(say('arrived'));
      log.push('end');
    });
    expect(log).toEqual(['begin', 'end', 'arrived']);
  });

  it('serves what waits by priority, then in the order of arrival, however deep it is nested', () => {
    interface Work {
      readonly priority: Priority;
      readonly inside: readonly Work[];
    }
    const work: fc.Memo<Work> = fc.memo((depth) =>
      fc.record({
        priority: fc.constantFrom(...priorities),
        inside: depth === 1 ? fc.constant([]) : fc.array(work(), { maxLength: 3 }),
      }),
    );
    fc.assert(
      fc.property(fc.array(work(4), { maxLength: 4 }), (works) => {
        const { loop } = recorded();
        let depth = 0;
        let arrivals = 0;
        const waiting: { readonly rank: number; readonly arrival: number }[] = [];
        const ran: number[] = [];
        const arrive = ({ priority, inside }: Work): void => {
          const entry = { rank: priorities.indexOf(priority), arrival: arrivals++ };
          waiting.push(entry);
          loop.enter(() => {
            expect(++depth).toBe(1);
            const next = [...waiting].sort((a, b) => a.rank - b.rank || a.arrival - b.arrival)[0];
            expect(entry).toEqual(next);
            waiting.splice(waiting.indexOf(entry), 1);
            ran.push(entry.arrival);
            inside.forEach(arrive);
            depth--;
          }, priority);
        };
        loop.enter(() => works.forEach(arrive));
        expect(ran).toHaveLength(arrivals);
        expect(waiting).toEqual([]);
        expect(loop.busy).toBe(false);
      }),
    );
  });

  it('does work that was put off right after its input, before the next one, however urgent that is', () => {
    const { loop, log, say } = recorded();
    loop.enter(() => {
      loop.enter(() => {
        log.push('high');
        loop.defer(say('put off by high'));
      });
      loop.enter(say('critical'), 'critical');
      loop.defer(say('put off'));
      log.push('begin');
    });
    expect(log).toEqual(['begin', 'put off', 'critical', 'high', 'put off by high']);
  });

  it('is usable after a turn that threw, and has served what that turn left behind', () => {
    const { loop, log, say } = recorded();
    const failing = (): void => {
      loop.enter(say('left behind'));
      throw new Error('turn');
    };
    expect(() => loop.enter(failing)).toThrowError('turn');
    expect(log).toEqual(['left behind']);
    expect(loop.busy).toBe(false);
    loop.enter(say('next'));
    expect(log).toEqual(['left behind', 'next']);
  });

  it('serves everything that waits before it rests, although some of it throws, and tells of the first failure', () => {
    const { loop, log, say } = recorded();
    const fail = (what: string) => () => {
      log.push(what);
      throw new Error(what);
    };
    const turn = (): void => {
      loop.enter(fail('first'), 'high');
      loop.enter(say('a fill'), 'high');
      loop.enter(fail('second'), 'normal');
      loop.enter(say('a tick'), 'normal');
    };
    expect(() => loop.enter(turn)).toThrowError('first');
    expect(log).toEqual(['first', 'a fill', 'second', 'a tick']);
    expect(loop.busy).toBe(false);
  });

  it('drops what comes when a hundred thousand already wait, and says so', () => {
    const { loop, overflows } = recorded();
    let served = 0;
    loop.enter(() => {
      for (let i = 0; i < 100_001; i++) {
        loop.enter(() => {
          served++;
        }, 'normal');
      }
    });
    expect(served).toBe(100_000);
    expect(overflows()).toBe(1);
  });
});
