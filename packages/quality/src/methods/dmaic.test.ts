import { describe, expect, it } from 'vitest';
import { advanceDmaic, readDmaic, recordDmaic, returnDmaic, startDmaic } from './dmaic.js';
import { dmaicComparison, dmaicGate } from './dmaic-gate.js';
import type { DmaicProject } from './dmaic-record.js';

const T = 1_700_000_000_000;
const act = (hours: number) => ({ by: 'anna', at: T + hours * 3_600_000 });
const badData = expect.objectContaining({ code: 'BAD_DATA' });

const charter = {
  problem: '4 % of orders fill late since May',
  goal: 'below 1 % by August',
  scope: 'EURUSD, London session',
  customer: 'breakout strategies',
  owner: 'anna',
  metric: 'orders later than 200 ms, fraction',
};
const baseline = { kind: 'proportion' as const, defects: 40, n: 1000 };
const measure = { method: 'journal, each order', gauge: 'clock within 1 ms of NTP', baseline };
const cause = 'DNS is asked for each order';
const analyze = { causes: [{ cause, evidence: 'trace 88', verified: true }] };
const actions = [{ what: 'keep the connection', against: cause, owner: 'bob', done: true }];
const improve = { actions, result: { kind: 'proportion' as const, defects: 8, n: 1000 } };
const control = { chart: 'p chart', reaction: 'pause entries', owner: 'cy', standard: 'runbook 3' };

const advanced = (project: DmaicProject, hours: number): DmaicProject => {
  const step = advanceDmaic(project, act(hours));
  if (step.outcome === 'held') throw new Error(step.missing.map(({ what }) => what).join(' '));
  return step.project;
};

const started = (): DmaicProject => startDmaic({ id: 'D-7', title: 'Late fills', ...act(0) });
const measuring = (): DmaicProject => advanced(recordDmaic(started(), 'define', charter, act(1)), 2);
const analyzing = (): DmaicProject => advanced(recordDmaic(measuring(), 'measure', measure, act(3)), 4);
const improving = (): DmaicProject => advanced(recordDmaic(analyzing(), 'analyze', analyze, act(5)), 6);
const where = (project: DmaicProject): readonly string[] => dmaicGate(project).missing.map((m) => m.where);

describe('a DMAIC project', () => {
  it('goes through its five phases to the end', () => {
    const controlling = advanced(recordDmaic(improving(), 'improve', improve, act(7)), 8);
    const closed = advanced(recordDmaic(controlling, 'control', control, act(9)), 10);
    expect(closed.phase).toBe('closed');
    expect(closed.history.filter(({ did }) => did === 'advanced').map(({ phase }) => phase)).toEqual([
      'measure',
      'analyze',
      'improve',
      'control',
      'closed',
    ]);
    expect(closed.history.at(-1)).toEqual({ ...act(10), did: 'advanced', phase: 'closed' });
    expect(dmaicGate(closed)).toEqual({ phase: 'closed', next: undefined, passed: false, missing: [] });
    expect(() => advanceDmaic(closed, act(11))).toThrowError(badData);
  });

  it('is told at each gate what is missing', () => {
    const held = advanceDmaic(started(), act(1));
    expect(held.outcome).toBe('held');
    expect(where(started())).toEqual(Object.keys(charter).map((key) => `define.${key}`));
    expect(where(measuring())).toEqual(['measure.method', 'measure.gauge', 'measure.baseline']);
    expect(where(analyzing())).toEqual(['analyze.causes']);
    expect(where(improving())).toEqual(['improve.actions', 'improve.result']);
  });

  it('does not take a suspicion for a cause', () => {
    const causes = [
      { cause: 'the weather', verified: false, evidence: 'clouds' },
      { cause: 'the moon', verified: true },
    ];
    expect(where(recordDmaic(analyzing(), 'analyze', { causes }, act(5)))).toEqual(['analyze.causes']);
  });

  it('asks that actions are done and aim at verified causes', () => {
    const wrong = [
      { ...actions[0]!, done: false },
      { ...actions[0]!, against: 'the moon' },
    ];
    const project = recordDmaic(improving(), 'improve', { ...improve, actions: wrong }, act(7));
    expect(where(project)).toEqual(['improve.actions.0', 'improve.actions.1']);
  });

  it('does not pass improvement that may be chance', () => {
    // 40 against 30 of 1000: z is 1.22.
    const result = { ...baseline, defects: 30 };
    const project = recordDmaic(improving(), 'improve', { ...improve, result }, act(7));
    expect(dmaicGate(project).missing).toEqual([
      {
        where: 'improve.result',
        what: 'The result is not better than the baseline by more than chance (p = 0.11).',
      },
    ]);
    expect(dmaicComparison(project)).toMatchObject({ test: 'two proportions', improved: false });
  });

  it('wants limits for a measured baseline, and compares it by capability', () => {
    const capability = { kind: 'measured' as const, mean: 150, deviation: 30, n: 100 };
    const content = { ...measure, baseline: capability };
    expect(where(recordDmaic(measuring(), 'measure', content, act(3)))).toEqual(['define.specification']);
    const defined = recordDmaic(started(), 'define', { ...charter, specification: { upper: 200 } }, act(1));
    const measured = recordDmaic(advanced(defined, 2), 'measure', content, act(3));
    const found = recordDmaic(advanced(measured, 4), 'analyze', analyze, act(5));
    const result = { ...capability, mean: 80, deviation: 20 };
    const improved = recordDmaic(advanced(found, 6), 'improve', { actions, result }, act(7));
    // (200 - 150) / 90 before, (200 - 80) / 60 after.
    expect(dmaicComparison(improved)).toMatchObject({
      test: 'capability',
      baseline: { ppk: 50 / 90 },
      result: { ppk: 2 },
      improved: true,
    });
    expect(advanced(improved, 8).phase).toBe('control');
  });

  it('never changes a record that was there', () => {
    const before = started();
    const copy = structuredClone(before);
    const after = recordDmaic(before, 'define', charter, act(1));
    expect(before).toEqual(copy);
    expect(after.define).toEqual(charter);
    expect(() => {
      (after.define as { goal: string }).goal = 'none';
    }).toThrowError(TypeError);
    expect(() => (after.history as unknown[]).push({})).toThrowError(TypeError);
  });

  it('keeps what lies behind a gate until it goes back, which everybody sees', () => {
    const better = { baseline: { ...baseline, defects: 90 } };
    expect(() => recordDmaic(improving(), 'measure', better, act(7))).toThrowError(badData);
    const back = returnDmaic(improving(), 'measure', 'the clock was wrong', act(7));
    expect(back.history.at(-1)).toEqual({
      ...act(7),
      did: 'returned',
      phase: 'measure',
      why: 'the clock was wrong',
    });
    expect(recordDmaic(back, 'measure', better, act(8)).measure.baseline).toEqual(better.baseline);
    expect(() => returnDmaic(back, 'analyze', 'why not', act(8))).toThrowError(badData);
    expect(() => returnDmaic(improving(), 'define', ' ', act(8))).toThrowError(badData);
  });

  it('survives the way through JSON', () => {
    const project = improving();
    expect(readDmaic(JSON.parse(JSON.stringify(project)))).toEqual(project);
    expect(() => readDmaic({ ...project, phase: 'celebrate' })).toThrowError(badData);
  });

  it('does not go back in time', () => {
    expect(() => recordDmaic(measuring(), 'measure', measure, act(1))).toThrowError(badData);
  });
});
