import { normal, seededRandom } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { ProcessMonitor } from '../monitor/process-monitor.js';
import { allOf, type Read, readMarkup } from '../testing/read-svg.js';
import { qualitySection } from './quality-section.js';

const plan = {
  steps: [
    {
      name: 'work',
      title: 'Work <1>',
      metrics: [
        {
          kind: 'measured' as const,
          name: 'latency',
          title: 'Latency',
          unit: 'ms',
          specification: { upper: 200 },
          practical: 1,
        },
        {
          kind: 'measured' as const,
          name: 'age',
          title: 'Age',
          unit: 'ms',
          specification: { upper: 300 },
          practical: 1,
          gates: [],
        },
        { kind: 'counted' as const, name: 'refusals', title: 'Refusals' },
        { kind: 'counted' as const, name: 'failures', title: 'Failures' },
      ],
    },
  ],
};

const START = Date.UTC(2024, 0, 8);

/** A monitor after so many values of each metric; the last `slow` are 80 ms later. */
const after = (count: number, slow = 0): ProcessMonitor => {
  const monitor = new ProcessMonitor({ plan });
  const random = seededRandom(7);
  for (let i = 0; i < count; i++) {
    const time = START + i * 60_000;
    monitor.record('work.latency', 100 + 5 * normal(random) + (i >= count - slow ? 80 : 0), time);
    monitor.record('work.age', 50 + 5 * normal(random), time);
    monitor.count('work.refusals', i % 25 === 0 ? 'STALE' : undefined, time);
    monitor.count('work.failures', i % 100 === 0 ? 'STALE' : i % 100 === 1 ? 'LOST' : undefined, time);
  }
  return monitor;
};

const read = (html: string): Read => readMarkup(html);
const named = (root: Read, name: string): Read[] => allOf(root).filter((element) => element.name === name);
const svgs = (root: Read): string[] =>
  named(root, 'svg').map(({ attributes }) => attributes['aria-label'] ?? '');

describe('qualitySection', () => {
  it('has the shape of a section, and the words that it is given', () => {
    const status = after(0).status();
    expect(Object.keys(qualitySection(status))).toEqual(['id', 'title', 'html']);
    expect(qualitySection(status)).toMatchObject({ id: 'quality', title: 'Quality' });
    expect(qualitySection(status, { id: 'spc', title: 'SPC' })).toMatchObject({ id: 'spc', title: 'SPC' });
  });

  it('says that it collects, with a table but no pictures, before anything is known', () => {
    const root = read(qualitySection(after(0).status()).html);
    expect(named(root, 'p')[0]?.text).toBe(
      'Collecting: what is usual is not known yet for 3 of the 3 metrics that can pause trading.',
    );
    expect(named(root, 'tr')).toHaveLength(1 + 4);
    expect(svgs(root)).toEqual([]);
    expect(root.text).toContain('—too few values');
  });

  it('says that all is in control, and draws each measured metric and the causes of defects', () => {
    const root = read(qualitySection(after(400).status()).html);
    expect(named(root, 'p')[0]?.text).toBe('In control: all 3 metrics that can pause trading are as usual.');
    expect(svgs(root).map((about) => about.split(':')[0])).toEqual([
      'Control chart',
      'Histogram',
      'Control chart',
      'Histogram',
      'Pareto chart',
    ]);
    // The metric that pauses nothing is folded away.
    const [folded, ...rest] = named(root, 'details');
    expect(rest).toEqual([]);
    expect(folded?.text).toMatch(/Age \(only reported, in control\)/);
    // 16 and 4 stale ones of two metrics together, and 4 lost ones.
    expect(svgs(root).at(-1)).toContain('1 of 2 causes makes 83.3 % of the loss.');
  });

  it('tells count, defects, mean and the lower bound of Cpk', () => {
    const monitor = after(400);
    const [metric] = monitor.status().steps[0]!.metrics;
    const rows = named(read(qualitySection(monitor.status()).html), 'tr').map((row) =>
      row.children.map(({ text }) => text),
    );
    const [step, title, state, count, outside, mean, bound, usual] = rows[1]!;
    expect([step, title, state, count, outside]).toEqual([
      'Work <1>',
      'Latencywork.latency',
      'in control',
      '400',
      '0USL 200',
    ]);
    expect(mean).toMatch(/^(99|100)\.\d+ mslast 300$/);
    expect(metric?.kind === 'measured' && bound?.startsWith(metric.capable!.lower!.toFixed(2))).toBe(true);
    expect(usual).toMatch(/^(98|99|100|101)\.\d+ mssigma of a point \d/);
    expect(rows[3]!.slice(2, 6)).toEqual(['in control', '400', '16defects', '4.00 %']);
  });

  it('says why it is paused and since when', () => {
    const root = read(qualitySection(after(400, 60).status()).html);
    expect(named(root, 'p')[0]?.attributes.class).toBe('shout');
    expect(named(root, 'p')[0]?.text).toMatch(/^There (is one reason|are \d+ reasons) to pause trading\.$/);
    const reasons = named(root, 'li').map(({ text }) => text);
    expect(reasons[0]).toMatch(
      /^Work <1>: Latency is (out of control|not capable) .* since 2024-01-08 0\d:\d\d UTC$/,
    );
    expect(root.text).toMatch(/points break a rule: beyond the limits/);
  });

  it('uses nothing that a page without script and requests forbids', () => {
    const { html } = qualitySection(after(400).status());
    expect(html.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(
      /https?:|<script|\son[a-z]+=|url\(|\sid=/,
    );
  });
});
