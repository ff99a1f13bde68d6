import { MikroBotError, normal, seededRandom } from '@mikrobot/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProcessMonitor } from './process-monitor.js';
import { processPlan } from './process-plan.js';

const TIME = Date.UTC(2024, 0, 8);

const plan = processPlan({
  steps: [
    {
      name: 'execution',
      title: 'Execution',
      metrics: [
        {
          kind: 'measured',
          name: 'latency',
          title: 'Latency',
          unit: 'ms',
          specification: { upper: 200, target: 100 },
          practical: 1,
        },
        { kind: 'counted', name: 'failures', title: 'Failures' },
      ],
    },
  ],
});

const LATENCY = 'execution.latency';
const FAILURES = 'execution.failures';

const monitorOf = (): ProcessMonitor => new ProcessMonitor({ plan });

const feed = (monitor: ProcessMonitor, count: number, next: () => number): void => {
  for (let i = 0; i < count; i++) monitor.record(LATENCY, next(), TIME + i);
};

/** Values until the gate pauses; at most `most`. */
const untilPause = (monitor: ProcessMonitor, most: number, next: () => number): number => {
  for (let i = 1; i <= most; i++) {
    monitor.record(LATENCY, next(), TIME + i);
    if (monitor.gate().pause) return i;
  }
  return Number.POSITIVE_INFINITY;
};

const steady = (seed: number, mean = 100, sigma = 10): (() => number) => {
  const random = seededRandom(seed);
  return () => mean + sigma * normal(random);
};

describe('a monitor that learns', () => {
  it('passes and says what it still collects', () => {
    const monitor = monitorOf();
    expect(monitor.gate()).toEqual({ pause: false, reasons: [], collecting: [LATENCY, FAILURES] });
    feed(monitor, 124, steady(1));
    expect(monitor.gate().collecting).toContain(LATENCY);
    expect(monitor.status().steps[0]?.metrics[0]).toMatchObject({ status: 'collecting', usual: undefined });
  });

  it('knows mean and spread of subgroups of five after 125 values', () => {
    const monitor = monitorOf();
    feed(monitor, 125, steady(1));
    const metric = monitor.status().steps[0]?.metrics[0];
    expect(metric?.status).toBe('in-control');
    expect(metric?.kind === 'measured' && metric.usual?.center).toBeCloseTo(100, -1);
    expect(metric?.kind === 'measured' && metric.usual?.sigma).toBeGreaterThan(3);
    expect(metric?.kind === 'measured' && metric.usual?.sigma).toBeLessThan(6);
  });

  it('takes special causes out of what it learns from', () => {
    const clean = monitorOf();
    const dirty = monitorOf();
    feed(clean, 125, steady(4));
    const next = steady(4);
    let i = 0;
    // One subgroup of 25 is a hundred times the spread away.
    feed(dirty, 125, () => next() + (Math.floor(i++ / 5) === 7 ? 1_000 : 0));
    const centers = [clean, dirty].map((monitor) => {
      const metric = monitor.status().steps[0]?.metrics[0];
      return metric?.kind === 'measured' ? metric.usual?.center : undefined;
    });
    expect(centers[1]).toBeCloseTo(centers[0] as number, 0);
  });

  it('does not learn from a process that is not stable, and does once it is', () => {
    const monitor = monitorOf();
    let i = 0;
    // Flat, but for a third of the subgroups that are each far away, on either side.
    feed(monitor, 125, () => {
      const group = Math.floor(i++ / 5);
      return 100 + (group % 3 === 0 ? (group % 2 === 0 ? 1 : -1) * 10 ** (2 + group / 4) : i % 2);
    });
    expect(monitor.gate().collecting).toContain(LATENCY);
    feed(monitor, 250, steady(2));
    expect(monitor.status().steps[0]?.metrics[0]).toMatchObject({
      status: expect.not.stringMatching('collecting'),
    });
  });
});

describe('a monitor that watches', () => {
  it('pauses when the mean moves by 1.5 standard deviations, and says which metric', () => {
    const monitor = monitorOf();
    feed(monitor, 200, steady(3));
    const values = untilPause(monitor, 200, steady(30, 115));
    expect(values).toBeLessThanOrEqual(20 * 5);
    expect(monitor.gate().reasons).toMatchObject([{ metric: LATENCY, code: 'OUT_OF_CONTROL', limit: 8 }]);
    expect(monitor.status()).toMatchObject({ status: 'out-of-control' });
  });

  it('does not pause when latency gets better, and says so', () => {
    const monitor = monitorOf();
    feed(monitor, 200, steady(3));
    expect(untilPause(monitor, 400, steady(30, 80))).toBe(Number.POSITIVE_INFINITY);
    expect(monitor.status().steps[0]?.metrics[0]).toMatchObject({ drift: 'better', status: 'in-control' });
  });

  it('does not pause for less than what is worth a pause', () => {
    const careless = processPlan({
      steps: [
        {
          name: 'execution',
          title: 'E',
          metrics: [{ ...plan.steps[0]!.metrics[0]!, practical: 30 } as never],
        },
      ],
    });
    const monitor = new ProcessMonitor({ plan: careless });
    feed(monitor, 200, steady(3, 100, 1));
    expect(untilPause(monitor, 500, steady(5, 110, 1))).toBe(Number.POSITIVE_INFINITY);
    expect(untilPause(monitor, 500, steady(6, 140, 1))).toBeLessThan(100);
  });

  it('is not stopped by one wild value', () => {
    const monitor = monitorOf();
    feed(monitor, 200, steady(3));
    monitor.record(LATENCY, 199_000, TIME);
    expect(monitor.gate().pause).toBe(false);
    expect(monitor.status().steps[0]?.metrics[0]).toMatchObject({ outside: 1 });
  });

  it('pauses when defects become frequent, and names their codes', () => {
    const monitor = monitorOf();
    for (let i = 0; i < 200; i++) monitor.count(FAILURES, i === 50 ? 'UNKNOWN' : undefined, TIME + i);
    expect(monitor.gate()).toMatchObject({ pause: false });
    for (let i = 0; i < 60 && !monitor.gate().pause; i++)
      monitor.count(FAILURES, i % 4 === 0 ? 'VENUE_REJECTED' : undefined, TIME + 200 + i);
    expect(monitor.gate().reasons).toMatchObject([{ metric: FAILURES, code: 'OUT_OF_CONTROL' }]);
    const metric = monitor.status().steps[0]?.metrics[1];
    expect(metric?.kind === 'counted' && Object.keys(metric.codes)).toEqual(['UNKNOWN', 'VENUE_REJECTED']);
  });

  it('keeps at most fifty codes apart', () => {
    const monitor = monitorOf();
    for (let i = 0; i < 80; i++) monitor.count(FAILURES, `CODE_${i}`, TIME);
    const metric = monitor.status().steps[0]?.metrics[1];
    const codes = metric?.kind === 'counted' ? metric.codes : {};
    expect(Object.keys(codes)).toHaveLength(51);
    expect(codes.OTHER).toBe(30);
  });
});

describe('codes of defects', () => {
  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])('may have the name %s', (name) => {
    const monitor = monitorOf();
    for (let i = 0; i < 3; i++) monitor.count(FAILURES, name, TIME);
    const metric = monitor.status().steps[0]?.metrics[1];
    expect(metric?.kind === 'counted' && Object.entries(metric.codes)).toEqual([
      [name === '__proto__' ? 'OTHER' : name, 3],
    ]);
    const again = new ProcessMonitor({ plan, state: JSON.parse(JSON.stringify(monitor.state())) });
    expect(again.state()).toEqual(monitor.state());
  });
});

describe('the capability that a gate asks for', () => {
  it('pauses below the minimum and goes on when it is shown again', () => {
    // True Cpk: (200 - 100) / (3 * 10) = 3.33; then (200 - 100) / (3 * 25) = 1.33.
    const monitor = monitorOf();
    feed(monitor, 300, steady(7));
    expect(monitor.gate()).toMatchObject({ pause: false, collecting: [FAILURES] });
    feed(monitor, 300, steady(8, 100, 25));
    expect(monitor.gate().reasons).toMatchObject([{ metric: LATENCY, code: 'NOT_CAPABLE', limit: 2 }]);
    expect(monitor.status().steps[0]?.metrics[0]).toMatchObject({ status: 'not-capable' });
    feed(monitor, 400, steady(9));
    expect(monitor.gate().pause).toBe(false);
  });

  it('waits for enough values unless it is ruled out before', () => {
    // True Cpk: (200 - 100) / (3 * 16) = 2.08, which 200 values can neither show nor rule out.
    const open = new ProcessMonitor({ plan, rules: { minimumValues: 200 } });
    feed(open, 175, steady(8, 100, 16));
    expect(open.gate()).toMatchObject({ pause: false, collecting: [LATENCY, FAILURES] });
    feed(open, 25, steady(9, 100, 16));
    expect(open.gate().reasons).toMatchObject([{ code: 'NOT_CAPABLE' }]);
    const hopeless = new ProcessMonitor({ plan, rules: { minimumValues: 200 } });
    feed(hopeless, 50, steady(8, 100, 40));
    expect(hopeless.gate().reasons).toMatchObject([{ code: 'NOT_CAPABLE' }]);
  });

  it('is not judged by fewer values than the minimum, which is no multiple of 25', () => {
    // Cpk 2.08 as above: 25 values cannot show 2, nor rule it out.
    const monitor = new ProcessMonitor({ plan, rules: { minimumValues: 30 } });
    feed(monitor, 49, steady(8, 100, 16));
    expect(monitor.gate().pause).toBe(false);
    feed(monitor, 1, steady(9, 100, 16));
    expect(monitor.gate().reasons).toMatchObject([{ code: 'NOT_CAPABLE' }]);
  });

  it('has a margin, so that it does not flutter', () => {
    const rules = { minimumCpk: 2.5, margin: 2 };
    const strict = new ProcessMonitor({ plan, rules: { ...rules, margin: 0 } });
    const lenient = new ProcessMonitor({ plan, rules });
    for (const monitor of [strict, lenient]) {
      feed(monitor, 300, steady(7, 100, 9));
      expect(monitor.gate().pause).toBe(false);
      feed(monitor, 300, steady(8, 100, 14));
    }
    expect(strict.gate().reasons).toMatchObject([{ code: 'NOT_CAPABLE' }]);
    expect(lenient.gate().reasons).toEqual([]);
  });

  it('of values that are all the same is judged by where they are', () => {
    const inside = monitorOf();
    feed(inside, 300, () => 150);
    expect(inside.gate()).toMatchObject({ pause: false, collecting: [FAILURES] });
    const outside = monitorOf();
    feed(outside, 150, () => 250);
    expect(outside.gate().reasons).toMatchObject([
      { code: 'NOT_CAPABLE', actual: 'beyond the specification' },
    ]);
    expect(outside.status().steps[0]?.metrics[0]).toMatchObject({ count: 150, outside: 150 });
  });
});

describe('the release of a person', () => {
  const paused = (): ProcessMonitor => {
    const monitor = monitorOf();
    feed(monitor, 200, steady(3));
    untilPause(monitor, 300, steady(30, 125));
    expect(monitor.gate().pause).toBe(true);
    return monitor;
  };

  it('opens the gate, which stays latched without it', () => {
    const monitor = paused();
    feed(monitor, 200, steady(31));
    expect(monitor.gate().pause).toBe(true);
    monitor.release();
    expect(monitor.gate().pause).toBe(false);
    feed(monitor, 400, steady(32));
    expect(monitor.gate().pause).toBe(false);
  });

  it('keeps what is usual, so that the same shift is found again', () => {
    const monitor = paused();
    monitor.release({ metric: LATENCY });
    expect(untilPause(monitor, 100, steady(33, 125))).toBeLessThan(100);
  });

  it('can learn anew, for a process that was changed on purpose', () => {
    const monitor = paused();
    monitor.release({ metric: LATENCY, relearn: true });
    expect(monitor.gate().collecting).toContain(LATENCY);
    expect(untilPause(monitor, 2_000, steady(34, 125))).toBe(Number.POSITIVE_INFINITY);
  });

  it('of one metric leaves the others', () => {
    const monitor = paused();
    for (let i = 0; i < 200; i++) monitor.count(FAILURES, undefined, TIME);
    for (let i = 0; i < 60; i++) monitor.count(FAILURES, 'UNKNOWN', TIME);
    monitor.release({ metric: LATENCY });
    expect(monitor.gate().reasons).toMatchObject([{ metric: FAILURES }]);
  });

  it('of a metric that the plan has not is refused, so that nobody takes it for done', () => {
    const monitor = paused();
    expect(() => monitor.release({ metric: 'execution.latecny' })).toThrow(/no metric "execution.latecny"/);
    expect(monitor.gate().pause).toBe(true);
  });
});

describe('the state of a monitor', () => {
  it('is JSON from which another goes on identically', () => {
    const action = fc.oneof(
      fc.record({ value: fc.double({ min: -1e6, max: 1e6, noNaN: true }) }),
      fc.record({ defect: fc.constantFrom(undefined, 'A', 'B') }),
      fc.constant({ release: true as const }),
    );
    fc.assert(
      fc.property(
        fc.array(action, { maxLength: 400 }),
        fc.array(action, { maxLength: 60 }),
        (first, then) => {
          const play = (monitor: ProcessMonitor, actions: typeof first): void => {
            for (const one of actions) {
              if ('value' in one) monitor.record(LATENCY, one.value, TIME);
              else if ('defect' in one) monitor.count(FAILURES, one.defect, TIME);
              else monitor.release();
            }
          };
          const whole = monitorOf();
          play(whole, first);
          const restored = new ProcessMonitor({ plan, state: JSON.parse(JSON.stringify(whole.state())) });
          play(whole, then);
          play(restored, then);
          expect(restored.state()).toEqual(whole.state());
          expect(restored.status()).toEqual(whole.status());
        },
      ),
      { numRuns: 40 },
    );
  });

  it.each([[null], [{}], [{ process: { x: 1 }, gate: {} }], ['text']])(
    'is refused when it is %j',
    (state) => {
      expect(() => new ProcessMonitor({ plan, state })).toThrow(MikroBotError);
    },
  );

  it('does not grow', () => {
    const monitor = monitorOf();
    feed(monitor, 2_000, steady(1));
    const size = JSON.stringify(monitor.state()).length;
    feed(monitor, 2_000, steady(2));
    expect(JSON.stringify(monitor.state()).length).toBeLessThan(size * 1.05);
  });
});

describe('a plan that changes between two runs', () => {
  const [latency, failures] = plan.steps[0]!.metrics;
  const planWith = (metrics: readonly (object | undefined)[]): never =>
    ({ steps: [{ name: 'execution', title: 'Execution', metrics }] }) as never;

  const paused = (): unknown => {
    const monitor = monitorOf();
    feed(monitor, 200, steady(3));
    untilPause(monitor, 300, steady(30, 125));
    return JSON.parse(JSON.stringify(monitor.state()));
  };

  it('makes a metric learn anew of which it says something else, and leaves the pause to a person', () => {
    const other = planWith([{ ...latency, subgroup: 4 }, failures]);
    const monitor = new ProcessMonitor({ plan: other, state: paused() });
    expect(monitor.gate()).toMatchObject({ pause: true, collecting: [LATENCY, FAILURES] });
    monitor.release();
    expect(monitor.gate().pause).toBe(false);
  });

  it('keeps what is known of a metric that only pauses by something else', () => {
    const other = planWith([{ ...latency, gates: ['control'] }, failures]);
    const monitor = new ProcessMonitor({ plan: other, state: paused() });
    expect(monitor.gate().collecting).toEqual([FAILURES]);
  });

  it('ends the pauses of metrics that it no longer has', () => {
    const monitor = new ProcessMonitor({ plan: planWith([failures]), state: paused() });
    expect(monitor.gate()).toMatchObject({ pause: false, reasons: [] });
    expect(monitor.status().reasons).toEqual([]);
  });
});

describe('a process that fails from its first day', () => {
  it('is not taken for usual', () => {
    const monitor = monitorOf();
    for (let i = 0; i < 150; i++) monitor.count(FAILURES, i % 2 === 0 ? 'VENUE_REJECTED' : undefined, TIME);
    expect(monitor.gate().reasons).toMatchObject([{ metric: FAILURES, code: 'OUT_OF_CONTROL' }]);
  });
});

describe('a monitor that is given nonsense', () => {
  it.each([Number.NaN, Number.POSITIVE_INFINITY, undefined as never, '12' as never])(
    'refuses %j as a value',
    (value) => {
      const monitor = monitorOf();
      expect(() => monitor.record(LATENCY, value, TIME)).toThrow(/for "Latency" is/);
      expect(monitor.status().steps[0]?.metrics[0]).toMatchObject({ count: 0 });
    },
  );

  it('refuses a value that no moments can be made of, and goes on', () => {
    const monitor = monitorOf();
    feed(monitor, 24, steady(1));
    expect(() => monitor.record(LATENCY, -1e71, TIME)).toThrow(MikroBotError);
    feed(monitor, 24, steady(1));
    expect(monitor.status().steps[0]?.metrics[0]).toMatchObject({ count: 48 });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %d as a time', (time) => {
    expect(() => monitorOf().record(LATENCY, 1, time)).toThrow(/the time/);
    expect(() => monitorOf().count(FAILURES, undefined, time)).toThrow(/the time/);
  });

  it.each([
    [{ minimumCpk: Number.NaN }, /minimumCpk/],
    [{ margin: -1 }, /margin/],
    // More than is kept: it would never be reached.
    [{ minimumValues: 301 }, /minimumValues/],
    [{ cpk: 2 }, /minimumCpk, margin, minimumValues/],
  ])('refuses the rules %j', (rules, sentence) => {
    expect(() => new ProcessMonitor({ plan, rules: rules as never })).toThrow(sentence);
  });

  it('names the metrics that there are when one is unknown', () => {
    expect(() => monitorOf().record('execution.speed', 1, TIME)).toThrow(
      /execution\.latency, execution\.failures/,
    );
    expect(() => monitorOf().record('__proto__', 1, TIME)).toThrow(/no metric/);
  });

  it('refuses a value for what is counted, and an opportunity for what is measured', () => {
    expect(() => monitorOf().record(FAILURES, 1, TIME)).toThrow(/is counted/);
    expect(() => monitorOf().count(LATENCY, undefined, TIME)).toThrow(/is measured/);
  });

  it.each([
    [{ steps: [] }],
    [{ steps: [plan.steps[0]!, plan.steps[0]!] }],
    [{ steps: [{ name: 'a.b', title: 'x', metrics: plan.steps[0]!.metrics }] }],
    [{ steps: [{ name: 'a', title: 'x', metrics: [{ ...plan.steps[0]!.metrics[0]!, specification: {} }] }] }],
    [
      {
        steps: [
          {
            name: 'a',
            title: 'x',
            metrics: [{ ...plan.steps[0]!.metrics[0]!, specification: { lower: 2, upper: 1 } }],
          },
        ],
      },
    ],
  ])('refuses a plan that makes no sense (%#)', (bad) => {
    expect(() => new ProcessMonitor({ plan: bad as never })).toThrow(MikroBotError);
  });

  it('says of which metric a specification makes no sense', () => {
    const metric = { ...plan.steps[0]!.metrics[0]!, name: 'wait', specification: { lower: 2, upper: 1 } };
    const bad = { steps: [{ name: 'queue', title: 'Queue', metrics: [metric] }] };
    expect(() => new ProcessMonitor({ plan: bad as never })).toThrow(/^process plan: queue\.wait: the lower/);
  });

  it('asks for epoch ms where a time is something else', () => {
    expect(() => monitorOf().record(LATENCY, 1, new Date(TIME) as never)).toThrow(/Give epoch ms/);
  });
});
