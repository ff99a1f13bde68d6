import type { MeasuredStatus, MetricStatus, ProcessStatus } from '../monitor/process-status.js';
import { mean } from '../streaming/summary.js';
import { canPause, statusWords } from './status-words.js';
import { escapeText } from './text.js';
import { chosenWriter, rangeWriter, type Writer, writer } from './ticks.js';

const NOTHING = '—';

const chosen = (value: number): string =>
  chosenWriter(writer(Math.abs(value), Math.abs(value) / 1000))(value);
const whole = writer(1, 1);
const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;
const withNote = (figure: string, note: string): string => `${figure}<small>${escapeText(note)}</small>`;

/** Writes the figures of a metric: three digits of its usual values. */
const writerOf = ({ recent, usual }: MeasuredStatus): Writer => {
  const center = Math.abs(usual?.center ?? mean(recent) ?? 0);
  const apart = usual === undefined ? center : Math.min(center || usual.sigma, usual.sigma);
  return apart === 0 ? rangeWriter([0, 1]) : writer(Math.max(center, apart), apart / 10);
};

const statusCell = (status: MetricStatus): string => {
  const word = escapeText(statusWords[status.status]);
  const isBad = status.status === 'out-of-control' || status.status === 'not-capable';
  const shown = isBad ? `<strong>${word}</strong>` : word;
  if (!canPause(status)) return withNote(shown, 'only reported');
  if (status.kind === 'counted' || status.drift === undefined) return shown;
  return withNote(shown, `drifted to the ${status.drift}`);
};

const capableCell = ({ capable }: MeasuredStatus): string => {
  if (capable === undefined) return withNote(NOTHING, 'too few values');
  if (capable.steady) return withNote(NOTHING, 'all values the same');
  if (capable.lower === null) return withNote(NOTHING, 'no interval');
  const name = capable.index === 'ppk' ? 'Ppk, ' : '';
  return withNote(
    capable.lower.toFixed(2).replace('-', '−'),
    `${name}${capable.method}${capable.fits ? '' : ', does not fit'}`,
  );
};

const measuredCells = (status: MeasuredStatus): readonly string[] => {
  const { outside, recent, usual } = status;
  const write = writerOf(status);
  const unit = status.metric.unit === '' ? '' : ` ${escapeText(status.metric.unit)}`;
  const average = mean(recent);
  const { lower, upper } = status.metric.specification;
  const limits = [
    lower === undefined ? '' : `LSL ${chosen(lower)}`,
    upper === undefined ? '' : `USL ${chosen(upper)}`,
  ].filter((text) => text !== '');
  return [
    withNote(whole(outside), limits.join(', ')),
    average === undefined
      ? withNote(NOTHING, 'no values')
      : withNote(`${write(average)}${unit}`, `last ${whole(recent.length)}`),
    capableCell(status),
    usual === undefined
      ? withNote(NOTHING, 'being learned')
      : withNote(`${write(usual.center)}${unit}`, `sigma of a point ${write(usual.sigma)}`),
  ];
};

const cellsOf = (status: MetricStatus): readonly string[] => {
  if (status.kind === 'measured') return measuredCells(status);
  const { count, defects, usual } = status;
  return [
    withNote(whole(defects), 'defects'),
    count === 0 ? withNote(NOTHING, 'no opportunities') : percent(defects / count),
    withNote(NOTHING, 'counted, not measured'),
    usual === undefined
      ? withNote(NOTHING, 'being learned')
      : withNote(percent(usual.share), `looks for ${percent(usual.shifted)}`),
  ];
};

const heads: readonly (readonly [kind: 'text' | 'num', head: string])[] = [
  ['text', 'Step'],
  ['text', 'Metric'],
  ['text', 'Status'],
  ['num', 'Count'],
  ['num', 'Out of specification'],
  ['num', 'Mean'],
  ['num', 'Cpk, lower bound'],
  ['num', 'Usual'],
];

const row = (step: string, status: MetricStatus): string => {
  const isBad = status.status === 'out-of-control' || status.status === 'not-capable';
  const figures = [whole(status.count), ...cellsOf(status)].map((cell) => `<td class="num">${cell}</td>`);
  return `<tr><th class="text" scope="row">${escapeText(step)}</th><td class="text">${escapeText(status.metric.title)}<small>${escapeText(status.path)}</small></td><td class="text${isBad ? ' loss' : ''}">${statusCell(status)}</td>${figures.join('')}</tr>`;
};

/** Steps and metrics of a process, one row a metric. */
export const metricTable = ({ steps }: ProcessStatus): string =>
  `<div class="scroll"><table><caption>Each step of the process, with what is measured or counted in it.</caption>
<thead><tr>${heads.map(([kind, head]) => `<th class="${kind}" scope="col">${head}</th>`).join('')}</tr></thead>
<tbody>
${steps.flatMap(({ title, metrics }) => metrics.map((metric, i) => row(i === 0 ? title : '', metric))).join('\n')}
</tbody></table></div>`;
