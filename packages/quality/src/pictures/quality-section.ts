import { fitBoxCox } from '../fitting/box-cox.js';
import type { Fit } from '../fitting/fitted-distribution.js';
import { fitLognormal, fitNormal } from '../fitting/normal-fit.js';
import type { MeasuredStatus, ProcessStatus } from '../monitor/process-status.js';
import { capabilityHistogramSvg } from './capability-histogram-svg.js';
import { controlChartSvg } from './control-chart-svg.js';
import { metricTable } from './metric-table.js';
import { paretoSvg } from './pareto-svg.js';
import type { PictureSize } from './picture.js';
import type { PictureLimits } from './plotted.js';
import { canPause, reasonText, statusSentence, statusWords } from './status-words.js';
import { escapeText } from './text.js';

/** A part of a page, in the shape of the sections of a back-test report. */
export interface QualitySection {
  /** Anchor: letters, digits and dashes. */
  readonly id: string;
  /** Heading, as plain text. */
  readonly title: string;
  /** What stands below the heading; everything from outside in it is escaped. */
  readonly html: string;
}

/** How a section is headed. */
export interface QualitySectionOptions {
  /** Default: `quality`. */
  readonly id?: string | undefined;
  /** Default: `Quality`. */
  readonly title?: string | undefined;
}

/** Fewer points show no course, and their values no shape. */
const ENOUGH_POINTS = 10;
/** Two stand beside each other at the width of a report. */
const half: PictureSize = { width: 470, height: 290 };
const full: PictureSize = { width: 980, height: 320 };

/** Limits of the charts that people know: three sigma around what is usual. */
const shewhart = ({ usual }: MeasuredStatus): PictureLimits | undefined =>
  usual && {
    center: usual.center,
    lower: usual.center - 3 * usual.sigma,
    upper: usual.center + 3 * usual.sigma,
    sigma: usual.sigma,
  };

const spread = { denominator: 'n - 1' } as const;
/** Curves of the methods by which a metric is judged; percentiles have none. */
const fits: Readonly<Record<string, (values: readonly number[]) => Fit>> = {
  normal: (values) => fitNormal(values, spread),
  lognormal: (values) => fitLognormal(values, spread),
  'box-cox': (values) => fitBoxCox(values, spread),
};

const picturesOf = (status: MeasuredStatus): string => {
  const { metric, recent, points, capable } = status;
  const { unit, specification, subgroup } = metric;
  const chart = controlChartSvg(
    {
      title: subgroup === 1 ? 'Last values' : `Last means of ${subgroup} values`,
      unit,
      points,
      limits: shewhart(status),
    },
    half,
  );
  const histogram = capabilityHistogramSvg(
    {
      title: 'Against the specification',
      unit,
      values: recent,
      specification,
      result: capable,
      distribution: fits[capable?.method ?? '']?.(recent).distribution,
    },
    half,
  );
  return `<div class="pair"><figure>${chart}</figure><figure>${histogram}</figure></div>`;
};

const metricPictures = (step: string, status: MeasuredStatus): string => {
  const title = escapeText(`${step}: ${status.metric.title}`);
  if (canPause(status)) return `<h3>${title}</h3>\n${picturesOf(status)}`;
  return `<details><summary>${title} (only reported, ${statusWords[status.status]})</summary>
${picturesOf(status)}</details>`;
};

/** How the process is, and why it is paused where it is. */
const wordsOf = (status: ProcessStatus): readonly string[] => {
  const sentence = escapeText(statusSentence(status));
  if (status.reasons.length === 0) return [`<p>${sentence}</p>`];
  const reasons = status.reasons.map(
    (reason) => `<li class="grave">${escapeText(reasonText(status, reason))}</li>`,
  );
  return [`<p class="shout">${sentence}</p>`, `<ul class="warnings">${reasons.join('\n')}</ul>`];
};

/** Defects of all counted metrics, by their codes. */
const defectCauses = ({ steps }: ProcessStatus): { cause: string; count: number }[] => {
  const counts = new Map<string, number>();
  for (const metric of steps.flatMap(({ metrics }) => metrics)) {
    if (metric.kind !== 'counted') continue;
    for (const [code, count] of Object.entries(metric.codes))
      if (code !== '' && count > 0) counts.set(code, (counts.get(code) ?? 0) + count);
  }
  return Array.from(counts, ([cause, count]) => ({ cause, count }));
};

/**
 * The state of a process as a section of a report: whether it is in control, what each metric says, charts of those that were
 * measured, and the causes of what was counted. Looks at home on the page of a back-test report; it needs no script.
 *
 * @example
 * ```ts
 * const html = toHtml(result, { title: 'Breakout, 2024', sections: [qualitySection(monitor.status())] });
 * ```
 */
export const qualitySection = (
  status: ProcessStatus,
  { id = 'quality', title = 'Quality' }: QualitySectionOptions = {},
): QualitySection => {
  const charted = status.steps.flatMap((step) =>
    step.metrics.flatMap((metric) =>
      metric.kind === 'measured' && metric.points.length >= ENOUGH_POINTS
        ? [metricPictures(step.title, metric)]
        : [],
    ),
  );
  const note =
    '<p class="quiet">Limits are three sigma of what was usual in phase I. One point beyond them pauses nothing: the gate acts on what adds up over points (CUSUM), and on the lower bound of Cpk.</p>';
  const causes = defectCauses(status);
  return {
    id,
    title,
    html: [
      ...wordsOf(status),
      metricTable(status),
      charted.length === 0 ? '' : note,
      ...charted,
      causes.length === 0
        ? ''
        : `<figure>${paretoSvg({ title: 'Defects by code', unit: '', causes }, full)}</figure>`,
    ]
      .filter((part) => part !== '')
      .join('\n'),
  };
};
