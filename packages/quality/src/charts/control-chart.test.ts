import { normal, seededRandom } from '@mikrobot/core';
import { from, lastValueFrom, map, of, take, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { chartSamples } from './chart-samples.js';
import { ControlChart, controlChart } from './control-chart.js';
import { t2Chart } from './hotelling-t2.js';
import { individuals } from './individuals-charts.js';
import { phaseOne } from './phase-one.js';
import { westernElectric } from './rules.js';
import { xbarR } from './subgroup-charts.js';

const random = seededRandom(12);
const calm = Array.from({ length: 100 }, () => 20 + normal(random));
const shifted = Array.from({ length: 50 }, () => 23 + normal(random));
const outliers = calm.with(30, 40).with(31, 34);

describe('phase I', () => {
  it('removes special causes round by round, and reports each round', () => {
    // The first outlier hides nothing here; the second shows only when the first no longer widens the limits.
    const samples = [1, 2, 1, 2, 1, 2, 1, 2, 60, 1, 2, 1, 2, 9, 2, 1];
    const { rounds, removed, kept, design } = phaseOne(individuals(), samples);
    expect(rounds.map((round) => round.removed)).toEqual([[9], [14], []]);
    expect(removed).toEqual([9, 14]);
    expect(kept).toHaveLength(14);
    expect(design?.center).toBeCloseTo(21 / 14, 12);
    expect(rounds[0]?.limits?.center).toBeCloseTo(90 / 16, 12);
    expect(rounds[1]?.points[8]?.value).toBe(1);
    expect(rounds[1]?.kept[8]).toBe(10);
  });

  it('keeps everything when it may not purge', () => {
    const { rounds, removed } = phaseOne(individuals(), outliers, { maxRounds: 0 });
    expect(removed).toEqual([]);
    expect(rounds).toHaveLength(1);
    expect(phaseOne(individuals(), outliers, { purge: [] }).design).toEqual(rounds[0]?.design);
  });

  it('gives no common limits where sizes differ', () => {
    const groups = [
      [1, 2],
      [2, 1, 3],
      [1, 3],
    ];
    expect(phaseOne(xbarR(), groups).rounds[0]?.limits).toBeUndefined();
  });

  it('says why there are no limits', () => {
    expect(phaseOne(individuals(), [])).toMatchObject({ design: undefined, notes: [{ code: 'EMPTY' }] });
    expect(phaseOne(individuals(), [5, 5, 5])).toMatchObject({ rounds: [], notes: [{ code: 'NO_SPREAD' }] });
  });
});

describe('a control chart through its life', () => {
  const options = { kind: individuals(), phaseOne: 100, rules: westernElectric };
  const plot = (samples: readonly number[]) =>
    lastValueFrom(from(samples).pipe(controlChart(options), toArray()));

  it('is silent while it collects, then tells phase I at once and phase II point by point', () => {
    const chart = new ControlChart(options);
    for (const x of calm.slice(0, 99)) expect(chart.push(x)).toEqual([]);
    expect(chart.phase).toBe('one');
    const points = chart.push(calm[99]!);
    expect(points.map(({ index }) => index)).toEqual(calm.map((_, i) => i + 1));
    expect(points.every(({ phase }) => phase === 'one')).toBe(true);
    expect(chart.phase).toBe('two');
    expect(chart.push(20)).toMatchObject([{ index: 101, phase: 'two' }]);
  });

  it('judges a stream as a batch with the limits of purged phase I', async () => {
    const points = await plot([...outliers, ...shifted]);
    const { design, removed } = phaseOne(individuals(), outliers);
    expect(removed).toContain(31);
    expect(points[0]?.limits.center).toBe(design?.center);
    const running = individuals().running(design!, { rules: westernElectric });
    const batch = [...outliers, ...shifted].map((x) => running.push(x));
    expect(points.map(({ phase, ...point }) => point)).toEqual(batch);
    // Purged samples are still told, with what is wrong with them.
    expect(points[30]?.violations).toContain('we1');
  });

  it('finds a shift soon after the limits are frozen, and freezes them for good', async () => {
    const points = await plot([...calm, ...shifted]);
    const first = points.find(({ phase, violations }) => phase === 'two' && violations.length > 0);
    expect(first!.index).toBeLessThan(106);
    expect(points.at(-1)?.limits).toEqual(points[0]?.limits);
    expect(points[0]?.limits).toEqual(chartSamples(individuals(), calm).points[0]?.limits);
  });

  it.each([0, 1, 57, 99, 100, 101, 130])(
    'goes on after a restart at sample %d as if nothing had been',
    async (cut) => {
      const all = [...outliers, ...shifted];
      const first = new ControlChart(options);
      const before = await lastValueFrom(from(all.slice(0, cut)).pipe(controlChart(first), toArray()));
      const state = JSON.parse(JSON.stringify(first.state()));
      const after = await lastValueFrom(
        from(all.slice(cut)).pipe(controlChart({ ...options, state }), toArray()),
      );
      expect([...before, ...after]).toEqual(await plot(all));
    },
  );

  it('tells what phase I found when it freezes', () => {
    const found: (readonly number[])[] = [];
    const chart = new ControlChart({ ...options, frozen: ({ removed }) => found.push(removed) });
    for (const x of [...outliers, ...shifted]) chart.push(x);
    expect(found).toEqual([phaseOne(individuals(), outliers).removed]);
  });

  it('collects on where phase I has no spread', () => {
    const chart = new ControlChart({ kind: individuals(), phaseOne: 3 });
    expect([5, 5, 5, 5, 6].flatMap((x) => chart.push(x))).toEqual([]);
    expect(chart.push(5)).toHaveLength(6);
  });

  it('holds only the newest samples while there is no design, and makes it from these', () => {
    const flat = { kind: individuals(), phaseOne: 300, purge: [] };
    const chart = new ControlChart(flat);
    for (let i = 0; i < 10_000; i++) expect(chart.push(5)).toEqual([]);
    const { samples } = chart.state() as { readonly samples: readonly number[] };
    expect(samples.length).toBeLessThan(1200);
    const resumed = new ControlChart({ ...flat, state: chart.state() });
    for (const living of [chart, resumed]) {
      // What ended the flat stretch comes in the middle of a length of phase I, 10,000 being no multiple of 300.
      const points = Array.from({ length: 300 }, (_, i) => living.push(6 + (i % 2))).flat();
      expect(living.phase).toBe('two');
      expect(points.length).toBeLessThanOrEqual(1200 + 100);
      expect(points.map(({ index }) => index)).toEqual(points.map((_, i) => i + 1));
    }
  });

  it('waits for as many samples as a kind needs, however short phase I is', () => {
    const chart = new ControlChart({ kind: individuals(), phaseOne: 1, purge: [] });
    for (let i = 0; i < 50; i++) chart.push(5);
    expect(chart.push(6)).toHaveLength(51);
  });

  it('refuses in phase I a sample that does not go with the first', () => {
    const chart = new ControlChart({ kind: t2Chart(), phaseOne: 20 });
    chart.push([1, 2]);
    expect(() => chart.push([1, 2, 3])).toThrow(expect.objectContaining({ code: 'BAD_DATA' }));
    expect(chart.state()).toEqual({ phase: 'one', samples: [[1, 2]] });
  });

  it('starts in phase II where the design is known', async () => {
    const { design } = individuals().estimate(calm);
    const points = await lastValueFrom(
      of(20, 60).pipe(controlChart({ kind: individuals(), phaseOne: { design: design! } }), toArray()),
    );
    expect(points.map(({ phase, violations }) => [phase, violations])).toEqual([
      ['two', []],
      ['two', ['beyondLimits']],
    ]);
  });

  it('gives every subscriber a chart of its own, and stops when they have enough', async () => {
    const piped = from([...calm, ...shifted]).pipe(
      controlChart(options),
      map(({ index }) => index),
      take(101),
      toArray(),
    );
    expect(await lastValueFrom(piped)).toEqual(await lastValueFrom(piped));
  });

  it('refuses bad samples without keeping them, and bad options before anything flows', async () => {
    const chart = new ControlChart({ kind: individuals(), phaseOne: 3 });
    chart.push(1);
    expect(() => chart.push(Number.NaN)).toThrow(/NaN/);
    expect(chart.state()).toEqual({ phase: 'one', samples: [1] });
    await expect(lastValueFrom(of(1, Infinity).pipe(controlChart(options)))).rejects.toThrow(/Infinity/);
    expect(() => controlChart({ kind: individuals(), phaseOne: 0 })).toThrow(/0 samples/);
    expect(() => controlChart({ kind: individuals() } as never)).toThrow(/undefined samples/);
    expect(() => phaseOne(individuals(), [1, 2, 3], { maxRounds: Number.NaN })).toThrow(/NaN/);
    expect(() => controlChart({ ...options, rules: ['we7' as never] })).toThrow(/we7/);
    expect(() => controlChart({ ...options, state: { phase: 'three' } })).toThrow(/state of a control chart/);
  });
});
