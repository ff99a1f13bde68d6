import { MikroBotError } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { ProcessMonitor } from '../monitor/process-monitor.js';
import { sixSigmaService } from './six-sigma-service.js';

const TIME = Date.UTC(2024, 0, 8);
const LATENCY = 'work.latency';
const FAILURES = 'work.failures';

const plan = {
  steps: [
    {
      name: 'work',
      title: 'Work',
      metrics: [
        {
          kind: 'measured' as const,
          name: 'latency',
          title: 'Latency',
          unit: 'ms',
          specification: { upper: 200 },
          practical: 1,
        },
        { kind: 'counted' as const, name: 'failures', title: 'Failures' },
      ],
    },
    {
      name: 'check',
      title: 'Check',
      metrics: [{ kind: 'counted' as const, name: 'errors', title: 'Errors' }],
    },
  ],
};

const serviceOf = () => sixSigmaService(new ProcessMonitor({ plan }));

/** 10 of 100 latencies late, 4 of 100 failures, 5 of 50 errors. */
const busy = () => {
  const service = serviceOf();
  for (let i = 0; i < 100; i++) {
    service.recordMeasurement({ metric: LATENCY, value: i % 10 === 0 ? 250 : 100 + (i % 7), time: TIME + i });
    service.recordMeasurement({ metric: FAILURES, defect: i % 25 === 0 ? 'LOST' : null, time: TIME + i });
    if (i % 2 === 0)
      service.recordMeasurement({
        metric: 'check.errors',
        defect: i % 20 === 0 ? 'E' : null,
        time: TIME + i,
      });
  }
  return service;
};

describe('the report of the six sigma service', () => {
  it('counts defects per million opportunities of each step and of all', () => {
    const { steps, total } = busy().sixSigmaReport();
    // 14 of 200, 5 of 50, 19 of 250.
    expect(steps.map(({ rates }) => [rates.opportunities, rates.dpmo])).toEqual([
      [200, expect.closeTo(70_000, 6)],
      [50, expect.closeTo(100_000, 6)],
    ]);
    expect(total.rates.dpmo).toBeCloseTo(76_000, 6);
  });

  it('has the share that passes everything: the product of what passes each metric', () => {
    // 0.90 of the latencies, 0.96 of the failures, 0.90 of the errors.
    expect(busy().sixSigmaReport().rolledThroughputYield).toBeCloseTo(0.9 * 0.96 * 0.9, 12);
  });

  it('has no such share while a step was never entered', () => {
    const service = serviceOf();
    service.recordMeasurement({ metric: FAILURES, defect: null, time: TIME });
    expect(service.sixSigmaReport().rolledThroughputYield).toBeUndefined();
  });

  it('has the sigma level of published tables, with a shift of 1.5', () => {
    // 3 sigma is 66,807 DPMO; 668 of 10,000 are 66,800.
    const service = serviceOf();
    for (let i = 0; i < 10_000; i++)
      service.recordMeasurement({ metric: 'check.errors', defect: i < 668 ? 'E' : null, time: TIME });
    expect(service.sixSigmaReport().steps[1]?.rates.sigmaLevel).toBeCloseTo(3, 3);
  });

  it('claims an aim only when the upper bound is within it', () => {
    const clean = (opportunities: number) => {
      const service = serviceOf();
      for (let i = 0; i < opportunities; i++)
        service.recordMeasurement({ metric: 'check.errors', defect: null, time: TIME });
      return service.sixSigmaReport({ dpmo: 30_000 }).steps[1];
    };
    // 1 - 0.05^(1/n): 29,513 in a million for 100, and 30,106 for 98.
    expect(clean(100)).toMatchObject({ claim: 'shown', rates: { dpmoUpper: expect.closeTo(29_513, 0) } });
    expect(clean(98)).toMatchObject({ claim: 'open' });
    expect(busy().sixSigmaReport({ dpmo: 30_000 }).total.claim).toBe('missed');
    expect(serviceOf().sixSigmaReport().total.claim).toBe('open');
  });

  it('bounds by the confidence that is asked for', () => {
    const service = serviceOf();
    for (let i = 0; i < 100; i++)
      service.recordMeasurement({ metric: 'check.errors', defect: null, time: TIME });
    // 1 - 0.01^(1/100).
    const { rates } = service.sixSigmaReport({ confidence: 0.99 }).steps[1]!;
    expect(rates.dpmoUpper).toBeCloseTo(45_007.4, 1);
  });
});

describe('the answers of the six sigma service', () => {
  it('tell of a metric what was recorded', () => {
    const service = busy();
    expect(service.processCapability({ metric: LATENCY })).toMatchObject({ count: 100, outside: 10 });
    expect(service.processCapability({ metric: FAILURES })).toMatchObject({ defects: 4, codes: { LOST: 4 } });
  });

  it('say at once when the gate shuts, and in the status, too', () => {
    const service = serviceOf();
    const record = (defect: string | null) =>
      service.recordMeasurement({ metric: FAILURES, defect, time: TIME });
    for (let i = 0; i < 125; i++) expect(record(null).pause).toBe(false);
    let verdict = record('LOST');
    for (let i = 0; i < 20 && !verdict.pause; i++) verdict = record('LOST');
    expect(verdict.reasons).toMatchObject([{ metric: FAILURES, code: 'OUT_OF_CONTROL' }]);
    expect(service.monitoringStatus()).toMatchObject({
      gate: verdict,
      process: { status: 'out-of-control' },
    });
  });

  it.each([serviceOf, busy])('go through JSON with nothing lost but what is unknown (%#)', (make) => {
    const service = make();
    for (const answer of [
      service.sixSigmaReport(),
      service.monitoringStatus(),
      service.processCapability({ metric: LATENCY }),
      service.processCapability({ metric: FAILURES }),
    ])
      expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
  });
});

describe('bad input of the six sigma service', () => {
  it.each([
    [null],
    [undefined],
    ['text'],
    [[]],
    [{}],
    [{ metric: LATENCY, value: Number.NaN, time: TIME }],
    [{ metric: LATENCY, value: '12', time: TIME }],
    [{ metric: LATENCY, value: 12 }],
    [{ metric: LATENCY, value: 12, defect: null, time: TIME }],
    [{ metric: FAILURES, time: TIME }],
  ])('is refused with what is right: %j', (input) => {
    const service = serviceOf();
    expect(() => service.recordMeasurement(input as never)).toThrow(
      /\{ metric, value, time \}.*\{ metric, defect, time \}/,
    );
    expect(service.sixSigmaReport().total.rates.opportunities).toBe(0);
  });

  it.each(['__proto__', 'constructor.name', 'work', 'work.latency.x', 'work.toString'])(
    'that names the metric %s is answered with those that there are',
    (metric) => {
      const service = serviceOf();
      for (const ask of [
        () => service.recordMeasurement({ metric, value: 1, time: TIME }),
        () => service.processCapability({ metric }),
      ])
        expect(ask).toThrow(/no metric.*work\.latency, work\.failures, check\.errors/);
    },
  );

  it.each([[null], [{ dpmo: 0 }], [{ dpmo: 2_000_000 }], [{ confidence: 1 }], [{ sigma: 6 }]])(
    'of a report is refused: %j',
    (query) => {
      expect(() => serviceOf().sixSigmaReport(query as never)).toThrow(MikroBotError);
      expect(() => serviceOf().sixSigmaReport(query as never)).toThrow(/^report query/);
    },
  );
});
