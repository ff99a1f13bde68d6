import { readFileSync } from 'node:fs';
import type { Answers, GoldenCheck, Json } from '@mikrobot/golden';
import { fmea } from '../../methods/fmea.js';
import { type GaugeAnovaInput, gaugeAnova } from '../../methods/gauge-anova.js';
import { houseOfQuality } from '../../methods/house-of-quality.js';
import { oee } from '../../methods/oee.js';
import { pareto } from '../../methods/pareto.js';
import { planningMatrix } from '../../methods/planning-matrix.js';
import { taguchiLoss } from '../../methods/taguchi-loss.js';

type Inputs = Readonly<Record<string, Json>>;

const numberOf = (inputs: Inputs, key: string): number => {
  const value = inputs[key];
  if (typeof value !== 'number') throw new Error(`inputs.${key} is ${JSON.stringify(value)}, not a number.`);
  return value;
};
/** Lists and records of the file, in the shape that the kind of check gives them. */
const as = <T>(value: Json | undefined): T => value as T;
const numbers = (inputs: Inputs, key: string): readonly number[] => as(inputs[key]);

const percent = (fraction: number | undefined): number | undefined =>
  fraction === undefined ? undefined : fraction * 100;

const gauge = (input: GaugeAnovaInput): Answers => {
  const { anova, figures } = gaugeAnova(input);
  if (anova === undefined || figures === undefined) return {};
  const { ev, av, reproducibility, grr, pv, tv, ndc } = figures;
  return {
    MS: { part: anova.part.ms, op: anova.operator.ms, int: anova.interaction.ms, err: anova.error.ms },
    Finteraction: anova.interaction.f,
    EV: ev.deviation,
    AV: av.deviation,
    GRR: grr.deviation,
    PV: pv.deviation,
    TV: tv.deviation,
    pctGRR: percent(grr.study),
    pctContribution: percent(grr.contribution),
    repeatabilityVar: ev.variance,
    reproducibilityVar: reproducibility.variance,
    grrVar: grr.variance,
    partVar: pv.variance,
    totalVar: tv.variance,
    pctStudyVarGRR: percent(grr.study),
    pctToleranceGRR: percent(grr.tolerance),
    ndc,
  };
};

/** Operators A, B, C…, each with rows of trials and columns of parts. */
const gaugeTables = (inputs: Inputs): Answers =>
  gauge({
    measurements: Object.entries(inputs).flatMap(([operator, trials]) =>
      as<number[][]>(trials).flatMap((row) =>
        row.map((value, part) => ({ part: String(part + 1), operator, value })),
      ),
    ),
  });

const gaugeColumns = (inputs: Inputs): Answers => {
  const operators = as<string[]>(inputs.operator);
  const values = numbers(inputs, 'time');
  return gauge({
    measurements: as<string[]>(inputs.prototype).map((part, i) => ({
      part,
      operator: operators[i]!,
      value: values[i]!,
    })),
    specification: { lower: numberOf(inputs, 'LSL'), upper: numberOf(inputs, 'USL') },
  });
};

const taguchi = (inputs: Inputs): Answers => {
  const { k, msd, averageLoss, totalLoss } = taguchiLoss({
    loss: {
      kind: 'nominal',
      target: numberOf(inputs, 'target'),
      tolerance: numberOf(inputs, 'delta'),
      lossAtLimit: numberOf(inputs, 'L0'),
    },
    values: [...numbers(inputs, 'data')],
    units: numberOf(inputs, 'size'),
  });
  return { k, MSD: msd, avgLoss: averageLoss, totalLoss };
};

const paretoTable = (inputs: Inputs): Answers => {
  const counts = Object.entries(as<Record<string, number>>(inputs.counts));
  const { rows, vitalFew } = pareto({ causes: counts.map(([cause, count]) => ({ cause, count })) });
  return {
    order: rows.map(({ cause }) => cause),
    freq: rows.map(({ count }) => count),
    cum: rows.map(({ cumulativeLoss }) => cumulativeLoss),
    pct: rows.map(({ share }) => percent(share)),
    cumPct: rows.map(({ cumulativeShare }) => percent(cumulativeShare)),
    vital80: vitalFew,
  };
};

const house = (importances: readonly number[], relationships: readonly (readonly number[])[]) =>
  houseOfQuality({
    needs: importances.map((importance, i) => ({ need: `need ${i + 1}`, importance })),
    hows: relationships[0]!.map((_, i) => `how ${i + 1}`),
    relationships: relationships as (0 | 1 | 3 | 9)[][],
  }).importance;

const qfd = (inputs: Inputs): Answers => {
  const importance = house(numbers(inputs, 'customerImportance'), as<number[][]>(inputs.relationships));
  return {
    absolute: importance.map(({ absolute }) => absolute),
    relativePct: importance.map(({ relative }) => percent(relative)),
    rank: importance.map(({ rank }) => rank),
  };
};

/**
 * The check of the planning matrix gives no relationships, yet expects technical importances: they follow from those of the file's
 * one house of quality.
 */
const sharedRelationships = (): readonly (readonly number[])[] => {
  const file = new URL('../../test-data/quality-sixsigma.json', import.meta.url);
  const { checks } = JSON.parse(readFileSync(file, 'utf8')) as { checks: readonly GoldenCheck[] };
  const houses = checks.filter(({ inputs }) => 'relationships' in inputs);
  if (houses.length !== 1) throw new Error(`The file has ${houses.length} houses of quality, not one.`);
  return as(houses[0]!.inputs.relationships);
};

const planning = (inputs: Inputs): Answers => {
  const [current, goal, salesPoint] = ['current', 'goal', 'salesPoint'].map((key) => numbers(inputs, key));
  const { needs } = planningMatrix({
    needs: numbers(inputs, 'importance').map((importance, i) => ({
      need: `need ${i + 1}`,
      importance,
      current: current![i]!,
      goal: goal![i]!,
      salesPoint: salesPoint![i]!,
    })),
  });
  const rawWeight = needs.map((need) => need.rawWeight);
  const relationships =
    'relationships' in inputs ? as<number[][]>(inputs.relationships) : sharedRelationships();
  return {
    rawWeight,
    normalised: needs.map(({ normalised }) => normalised),
    technical: house(rawWeight, relationships).map(({ absolute }) => absolute),
  };
};

const failureModes = (inputs: Inputs): Answers => {
  const [occurrence, detection] = ['occurrence', 'detection'].map((key) => numbers(inputs, key));
  const { rows } = fmea({
    modes: numbers(inputs, 'severity').map((severity, i) => ({
      mode: `mode ${i + 1}`,
      severity,
      occurrence: occurrence![i]!,
      detection: detection![i]!,
    })),
  });
  return {
    rpn: rows.toSorted((a, b) => a.index - b.index).map(({ before }) => before.rpn),
    // The references were made in R, which counts from 1.
    order: rows.map(({ index }) => index + 1),
  };
};

const factors = (inputs: Inputs): Answers => {
  const [availability, performance, quality] = ['availability', 'performance', 'quality'].map((key) =>
    numberOf(inputs, key),
  );
  return {
    oee: oee({ availability: availability!, performance: performance!, quality: quality! }).oee,
  };
};

/** What a kind of check is known by: keys of its inputs, and of what it expects. */
const kinds: readonly (readonly [
  inputs: readonly string[],
  expect: readonly string[],
  solve: (inputs: Inputs) => Answers,
])[] = [
  [['A', 'B'], ['GRR'], gaugeTables],
  [['prototype', 'operator', 'time'], ['grrVar'], gaugeColumns],
  [['data', 'target', 'delta', 'L0'], ['MSD'], taguchi],
  [['counts'], ['cumPct'], paretoTable],
  [['customerImportance', 'relationships'], ['absolute'], qfd],
  [['current', 'goal', 'salesPoint'], ['rawWeight'], planning],
  [['severity', 'occurrence', 'detection'], ['rpn'], failureModes],
  [['availability', 'performance', 'quality'], ['oee'], factors],
];

/** Pareto, quality function deployment, FMEA, gauge R&R, Taguchi loss and OEE. */
export const solveMethods = ({ inputs, expect }: GoldenCheck): Answers | undefined =>
  kinds.find(
    ([given, wanted]) => given.every((key) => key in inputs) && wanted.every((key) => key in expect),
  )?.[2](inputs);
