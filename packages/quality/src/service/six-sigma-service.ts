import { MikroBotError } from '@mikrobot/core';
import * as z from 'zod';
import type { ProcessMonitor } from '../monitor/process-monitor.js';
import type { MetricStatus, ProcessStatus } from '../monitor/process-status.js';
import type { GateVerdict } from '../monitor/verdict.js';
import { type DefectRates, defectRates } from '../six-sigma/defect-rates.js';
import { rolledYield } from '../six-sigma/yields.js';

const path = z.string().min(1).describe('<step>.<metric>');
const time = z.number().finite().describe('epoch ms, UTC');

/** Checks what {@link SixSigmaService.recordMeasurement} takes: a value, or an opportunity with its defect (null: none). */
export const measurementSchema = z.union(
  [
    z.strictObject({ metric: path, value: z.number().finite(), time }),
    z.strictObject({ metric: path, defect: z.string().min(1).max(100).nullable(), time }),
  ],
  {
    error:
      'Give { metric, value, time } with numbers, or { metric, defect, time } with a code or null for no defect',
  },
);
/** A measurement as it is sent. */
export type Measurement = z.input<typeof measurementSchema>;

/** Checks what {@link SixSigmaService.processCapability} takes. */
export const capabilityQuerySchema = z.strictObject({ metric: path });
/** Which metric a capability is asked of. */
export type CapabilityQuery = z.input<typeof capabilityQuerySchema>;

/** Checks what {@link SixSigmaService.sixSigmaReport} takes. */
export const reportQuerySchema = z.strictObject({
  /** Defects per million opportunities that are aimed at; 3.4 is six sigma. */
  dpmo: z.number().positive().max(1_000_000).default(3.4),
  /** Confidence of the bounds. */
  confidence: z.number().gt(0).lt(1).default(0.95),
});
/** What a report is measured by. */
export type ReportQuery = z.input<typeof reportQuerySchema>;

/** `shown`: the upper bound is within the aim. `missed`: the aim is ruled out by the point. `open`: too few data to tell. */
export type Claim = 'shown' | 'missed' | 'open';

/** One line of a report. */
export interface StepReport {
  readonly step: string;
  readonly title: string;
  readonly rates: DefectRates;
  readonly claim: Claim;
}

/** Defects of all steps against an aim. */
export interface SixSigmaReport {
  /** DPMO aimed at. */
  readonly aim: number;
  readonly confidence: number;
  readonly steps: readonly StepReport[];
  readonly total: StepReport;
  /**
   * The share that passes every metric of every step without a defect; undefined while a step has no opportunities. A metric
   * without any is left out.
   */
  readonly rolledThroughputYield: number | undefined;
}

/** What an HTTP layer needs of the six sigma service: plain functions, plain data. */
export interface SixSigmaService {
  /** Takes a value or an opportunity, and says what the gate thinks of it. */
  recordMeasurement(input: Measurement): GateVerdict;
  /** All that is known of one metric. */
  processCapability(input: CapabilityQuery): MetricStatus;
  /** Defects, yields and sigma levels of every step, against an aim. */
  sixSigmaReport(input?: ReportQuery): SixSigmaReport;
  /** What is known of each step, and whether the gate is open. */
  monitoringStatus(): { readonly process: ProcessStatus; readonly gate: GateVerdict };
}

const checked = <Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  what: string,
): z.output<Schema> => {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new MikroBotError('BAD_DATA', `${issue?.message}.`, {
    where: [what, ...(issue?.path ?? [])].join('.'),
    cause: parsed.error,
  });
};

/** Opportunities and defects of a metric: what was counted, or what was measured and lies beyond its specification. */
const countsOf = (status: MetricStatus): { readonly units: number; readonly defects: number } => ({
  units: status.count,
  defects: status.kind === 'counted' ? status.defects : status.outside,
});

const claimOf = ({ dpmo, dpmoUpper }: DefectRates, aim: number): Claim => {
  if (dpmoUpper !== undefined && dpmoUpper <= aim) return 'shown';
  return dpmo !== undefined && dpmo > aim ? 'missed' : 'open';
};

const reportOf = (
  step: string,
  title: string,
  metrics: readonly MetricStatus[],
  { dpmo: aim, confidence }: z.output<typeof reportQuerySchema>,
): StepReport => {
  const counts = metrics.map(countsOf);
  const units = counts.reduce((sum, count) => sum + count.units, 0);
  const defects = counts.reduce((sum, count) => sum + count.defects, 0);
  const rates = defectRates({ units, defects }, { confidence });
  return { step, title, rates, claim: claimOf(rates, aim) };
};

/**
 * The six sigma service of a monitor, for a thin HTTP layer: each function takes what its schema describes and answers plain
 * data; what is not known is undefined, and so absent in its JSON.
 * @returns functions that throw `MikroBotError` `BAD_DATA` for input that its schema refuses or for an unknown metric
 *
 * @example
 * ```ts
 * const service = sixSigmaService(new ProcessMonitor());
 * service.recordMeasurement({ metric: 'execution.latency', value: 142, time: Date.UTC(2024, 0, 8) });
 * service.sixSigmaReport().total.rates.dpmoUpper;
 * ```
 */
export const sixSigmaService = (monitor: ProcessMonitor): SixSigmaService => ({
  recordMeasurement(input) {
    const measurement = checked(measurementSchema, input, 'measurement');
    if ('value' in measurement) monitor.record(measurement.metric, measurement.value, measurement.time);
    else monitor.count(measurement.metric, measurement.defect ?? undefined, measurement.time);
    return monitor.gate();
  },
  processCapability(input) {
    const { metric } = checked(capabilityQuerySchema, input, 'capability query');
    const all = monitor.status().steps.flatMap(({ metrics }) => metrics);
    const found = all.find((status) => status.path === metric);
    if (found !== undefined) return found;
    throw new MikroBotError('BAD_DATA', `the plan has no metric "${metric}".`, {
      hint: `It has ${all.map((status) => status.path).join(', ')}.`,
    });
  },
  sixSigmaReport(input = {}) {
    const query = checked(reportQuerySchema, input, 'report query');
    const { steps } = monitor.status();
    const lines = steps.map(({ name, title, metrics }) => reportOf(name, title, metrics, query));
    const counts = steps.flatMap(({ metrics }) => metrics.map(countsOf)).filter(({ units }) => units > 0);
    const yields = counts.map(({ units, defects }) => 1 - defects / units);
    const isOpen = lines.some(({ rates }) => rates.opportunities === 0);
    return {
      aim: query.dpmo,
      confidence: query.confidence,
      steps: lines,
      total: reportOf(
        'all',
        'All steps',
        steps.flatMap(({ metrics }) => metrics),
        query,
      ),
      rolledThroughputYield: isOpen ? undefined : rolledYield(yields).rolledThroughputYield,
    };
  },
  monitoringStatus: () => ({ process: monitor.status(), gate: monitor.gate() }),
});
