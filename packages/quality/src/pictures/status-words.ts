import type { ControlStatus, MetricStatus, ProcessStatus } from '../monitor/process-status.js';
import type { PauseReason } from '../monitor/verdict.js';

/** Statuses as people say them. */
export const statusWords: Readonly<Record<ControlStatus, string>> = {
  collecting: 'collecting',
  'in-control': 'in control',
  'out-of-control': 'out of control',
  'not-capable': 'not capable',
};

/** A metric of a process by `<step>.<metric>`, with the words for both. */
const metricTitle = ({ steps }: ProcessStatus, path: string): string => {
  for (const { title, metrics } of steps) {
    const found = metrics.find((metric) => metric.path === path);
    if (found !== undefined) return `${title}: ${found.metric.title}`;
  }
  return path;
};

/** Whether it can make the gate pause. */
export const canPause = ({ metric }: MetricStatus): boolean => metric.gates.length > 0;

/** In UTC, to the minute; nothing for what is no time. */
const since = (time: number): string => {
  const date = new Date(time);
  return Number.isNaN(date.getTime())
    ? ''
    : ` since ${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
};

/** One reason for a pause. */
export const reasonText = (status: ProcessStatus, reason: PauseReason): string => {
  const { metric, code, limit, actual } = reason;
  const what =
    code === 'OUT_OF_CONTROL'
      ? `is out of control (evidence ${actual}, limit ${limit})`
      : `is not capable (lower bound of its Cpk: ${actual}, asked for: ${limit})`;
  return `${metricTitle(status, metric)} ${what}${since(reason.since)}`;
};

/** How the process is, in a sentence. Whether a gate that only watches paused anything is not known here. */
export const statusSentence = (status: ProcessStatus): string => {
  const gating = status.steps.flatMap(({ metrics }) => metrics).filter(canPause);
  const [first, ...others] = status.reasons;
  if (first !== undefined)
    return others.length === 0
      ? 'There is one reason to pause trading.'
      : `There are ${others.length + 1} reasons to pause trading.`;
  const unknown = gating.filter((metric) => metric.status === 'collecting');
  if (unknown.length > 0)
    return `Collecting: what is usual is not known yet for ${unknown.length} of the ${gating.length} metrics that can pause trading.`;
  return gating.length === 0
    ? 'Nothing is watched that could pause trading.'
    : `In control: ${gating.length === 1 ? 'the metric that can pause trading is' : `all ${gating.length} metrics that can pause trading are`} as usual.`;
};
