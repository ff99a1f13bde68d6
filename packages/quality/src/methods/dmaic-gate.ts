import { compareSamples, type SampleComparison } from './compare-samples.js';
import type { DmaicPhase, DmaicProject } from './dmaic-record.js';

/** What a gate says of a project that wants to pass it. */
export interface DmaicGate {
  readonly phase: DmaicProject['phase'];
  /** Where it leads; undefined when the project is closed. */
  readonly next: DmaicProject['phase'] | undefined;
  readonly passed: boolean;
  /** What the phase still owes: the place in the record and a sentence. */
  readonly missing: readonly { readonly where: string; readonly what: string }[];
}

type Missing = DmaicGate['missing'];

const absent = (phase: DmaicPhase, content: object, wanted: Readonly<Record<string, string>>): Missing =>
  Object.entries(wanted).flatMap(([key, what]) =>
    (content as Readonly<Record<string, unknown>>)[key] === undefined
      ? [{ where: `${phase}.${key}`, what }]
      : [],
  );

/** Baseline and result compared; undefined until both are there, or while measurements lack a specification. */
export const dmaicComparison = ({ define, measure, improve }: DmaicProject): SampleComparison | undefined => {
  const { specification } = define;
  const { baseline } = measure;
  const { result } = improve;
  if (baseline === undefined || result === undefined || baseline.kind !== result.kind) return undefined;
  if (baseline.kind === 'measured' && specification === undefined) return undefined;
  return compareSamples({ baseline, result, specification });
};

const measureGate = ({ define, measure }: DmaicProject): Missing => [
  ...absent('measure', measure, {
    method: 'How the metric is taken is not written down.',
    gauge: 'Nothing says why the measurement can be trusted.',
    baseline: 'There is no baseline.',
  }),
  ...(measure.baseline?.kind === 'measured' && define.specification === undefined
    ? [{ where: 'define.specification', what: 'A measured baseline has no limits to be judged by.' }]
    : []),
];

const verified = ({ analyze }: DmaicProject): readonly string[] =>
  (analyze.causes ?? []).flatMap(({ cause, evidence, verified: proven }) =>
    proven && evidence !== undefined ? [cause] : [],
  );

const improveGate = (project: DmaicProject): Missing => {
  const { measure, improve } = project;
  const causes = verified(project);
  const actions = improve.actions ?? [];
  const missing = [
    ...(actions.length === 0 ? [{ where: 'improve.actions', what: 'No action was taken.' }] : []),
    ...actions.flatMap(({ what, against, done }, i) => [
      ...(done ? [] : [{ where: `improve.actions.${i}`, what: `"${what}" is not done.` }]),
      ...(causes.includes(against)
        ? []
        : [{ where: `improve.actions.${i}`, what: `"${against}" is not a verified cause.` }]),
    ]),
    ...absent('improve', improve, { result: 'Nothing was measured after the actions.' }),
  ];
  if (improve.result === undefined) return missing;
  if (improve.result.kind !== measure.baseline?.kind)
    return [
      ...missing,
      { where: 'improve.result', what: 'The result is of another kind than the baseline.' },
    ];
  const comparison = dmaicComparison(project);
  if (comparison?.improved) return missing;
  const p = comparison?.p === undefined ? '' : ` (p = ${Number(comparison.p.toPrecision(2))})`;
  return [
    ...missing,
    { where: 'improve.result', what: `The result is not better than the baseline by more than chance${p}.` },
  ];
};

const gates: Readonly<Record<DmaicPhase, (project: DmaicProject) => Missing>> = {
  define: ({ define }) =>
    absent('define', define, {
      problem: 'The problem is not stated.',
      goal: 'There is no goal.',
      scope: 'There is no scope.',
      customer: 'Nobody is named for whom it matters.',
      owner: 'Nobody owns the project.',
      metric: 'There is no metric.',
    }),
  measure: measureGate,
  analyze: (project) =>
    verified(project).length > 0
      ? []
      : [{ where: 'analyze.causes', what: 'No cause is verified with evidence.' }],
  improve: improveGate,
  control: ({ control }) =>
    absent('control', control, {
      chart: 'Nothing watches the metric.',
      reaction: 'Nothing says what to do at a signal.',
      owner: 'Nobody keeps the process.',
      standard: 'The new way of working is not written down.',
    }),
};

const following: Readonly<Record<DmaicPhase, DmaicProject['phase']>> = {
  define: 'measure',
  measure: 'analyze',
  analyze: 'improve',
  improve: 'control',
  control: 'closed',
};

/** What is missing before the next phase. */
export const dmaicGate = (project: DmaicProject): DmaicGate => {
  const { phase } = project;
  if (phase === 'closed') return { phase, next: undefined, passed: false, missing: [] };
  const missing = gates[phase](project);
  return { phase, next: following[phase], passed: missing.length === 0, missing };
};
