import type { MetricStatus, ProcessStatus } from '@mikrobot/quality';
import { count } from '../output/format.js';

const words = {
  collecting: 'too little is known',
  'in-control': 'in control',
  'out-of-control': 'OUT OF CONTROL',
  'not-capable': 'NOT CAPABLE',
} as const;

const figure = (value: number): string => String(Number(value.toPrecision(3)));

const metricText = (status: MetricStatus): string => {
  const { path, metric } = status;
  const name = path.split('.')[1] ?? path;
  if (status.kind === 'counted') return `${name} ${count(status.defects)} of ${count(status.count)}`;
  const unit = status.kind === 'measured' && metric.kind === 'measured' ? ` ${metric.unit}`.trimEnd() : '';
  const mean = status.usual === undefined ? '' : ` about ${figure(status.usual.center)}${unit}`;
  const lower = status.capable?.lower;
  const index =
    typeof lower === 'number'
      ? `, ${status.capable?.index === 'ppk' ? 'Ppk' : 'Cpk'} at least ${figure(lower)}`
      : '';
  return `${name}${mean}${index}`;
};

/** One line a step for people, and one for each reason to pause. */
export const qualityLines = ({ steps, reasons }: ProcessStatus): readonly string[] => [
  ...steps.map(({ title, status, metrics }) => {
    const known = metrics.filter((metric) => metric.count > 0);
    const said = known.map(metricText).join('; ');
    return `${title.padEnd(10)} ${words[status]}${said === '' ? '' : `: ${said}`}`;
  }),
  ...reasons.map(
    ({ metric, code, limit, actual, since }) =>
      `!          ${code} since ${new Date(since).toISOString()}: ${metric} ${actual}, limit ${limit}`,
  ),
];

/** The same as data: steps, reasons, and of each metric its counts and capability. */
export const qualityJson = ({ status, steps, reasons }: ProcessStatus): object => ({
  status,
  reasons,
  steps: steps.map(({ name, status: step, metrics }) => ({
    name,
    status: step,
    metrics: metrics.map((metric) => ({
      name: metric.path,
      status: metric.status,
      count: metric.count,
      ...(metric.kind === 'counted'
        ? { defects: metric.defects, codes: metric.codes }
        : { outside: metric.outside, usual: metric.usual ?? null, capable: metric.capable ?? null }),
    })),
  })),
});
